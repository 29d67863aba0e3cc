"""The window of Pitso: painted first, filled after."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from pitso.services import account
from pitso.ui import theme
from pitso.ui.dress import dress
from pitso.ui.hall import Hall
from pitso.ui.shell import Shell

QUIT = "--quit-after-paint"


def run(arguments: list[str]) -> int:
    """Open the window, on the workspace or bundle that *arguments* name; its exit status.

    With ``--quit-after-paint`` the window closes as soon as the first page of the file was painted.
    """
    gc.disable()  # nothing that is loaded now is garbage; to look for it takes a twentieth of an opening
    path = next((word for word in arguments if not word.startswith("-")), "")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("Pitso")
    application.setStyle("Fusion")
    theme.load_fonts()
    dress(application, account.load())
    hall = Hall()
    shell = Shell(hall)
    hall.asking.parent = shell
    _fit(shell)
    shell.painted.connect(lambda: _fill(shell, path, leave=QUIT in arguments))
    shell.show()
    status = application.exec()
    shell.forget_pages()
    QThreadPool.globalInstance().waitForDone()  # what is being written is written to its end
    _copy_the_day(hall)
    hall.take(None)
    return status


def _copy_the_day(hall: Hall) -> None:
    """At the end of the work the copies get what they lack; a fault is told at the next opening, the window is gone."""
    if not hall.has_workspace:
        return
    from pitso.domain.trouble import Trouble
    from pitso.services import copies
    from pitso.ui.desk import log

    try:
        copies.copy_at_the_end(hall.workspace)
    except Trouble as trouble:
        log().warning("No copy of the day: %s", trouble)
        hall.workspace.journal.set_own(copies.FAILED, str(trouble.happened))


def _fit(shell: Shell) -> None:
    """Take the usual size, or the whole screen where it is no larger than that."""
    shell.resize(1366, 768)
    room = shell.screen().availableGeometry()
    if room.width() <= shell.width() or room.height() <= shell.height():
        shell.setWindowState(shell.windowState() | Qt.WindowState.WindowMaximized)


def _fill(shell: Shell, path: str, *, leave: bool) -> None:
    """Open the file, now that the window stands; *leave* when its first page was painted."""
    status = 1
    try:
        _keep_a_log()
        status = _open(shell, path)
    finally:
        gc.freeze()
        gc.enable()
        if leave:
            shell.grab()
            QTimer.singleShot(0, shell, lambda: QApplication.exit(status))


def _open(shell: Shell, path: str) -> int:
    from pitso.services import viewing
    from pitso.ui.opening import Opening

    viewing.forget()  # what a window left that was killed
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    opening = Opening(application, shell.hall, shell)
    troubles: list[object] = []
    shell.hall.desk.troubled.connect(troubles.append)
    opening.start(path)
    shell.hall.desk.troubled.disconnect(troubles.append)
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if troubles else 0


def _keep_a_log() -> None:
    """A fault of ours goes to a file with its trace, never to the screen."""
    import logging
    from logging.handlers import RotatingFileHandler
    from types import TracebackType

    from pitso import places
    from pitso.ui.desk import bug, log

    path: Path = places.settings().with_name("pitso.log")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log().addHandler(handler)
    log().propagate = False

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        log().error("A bug of ours", exc_info=(kind, fault, trace))
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Shell):
                window.hall.desk.troubled.emit(bug())

    sys.excepthook = tell
