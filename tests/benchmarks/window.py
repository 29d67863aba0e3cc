"""The window, from the start of the process: against a bare PySide6 window with the same fonts."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pitso.services import demonstration

ROUNDS = 5
READING = 3000
"""Milliseconds for which somebody looks at the first page, while the others are loaded."""

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel
from pathlib import Path

class Window(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", time.time(), flush=True)
        QTimer.singleShot(0, app.quit)

app = QApplication(sys.argv[:1])
app.setStyle("Fusion")
for font in Path(sys.argv[1]).glob("*.ttf"):
    QFontDatabase.addApplicationFontFromData(font.read_bytes())
window = Window("Pitso")
window.resize(1366, 768)
window.show()
app.exec()
"""

OURS = """
import resource, sys, time
from pitso import app

fill = app._fill

def told(*args, **kwargs):
    print("painted", time.time(), flush=True)
    fill(*args, **kwargs)
    print("usable", time.time(), flush=True)
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)

app._fill = told
sys.exit(app.run([sys.argv[1], "--quit-after-paint"]))
"""


def rows() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.pitso"
        demonstration.make(path).close()
        fonts = Path(__file__).parents[2] / "resources" / "fonts"
        bare, ours = [], []
        for _round in range(ROUNDS):
            bare.append(run(BARE, fonts))
            ours.append(run(OURS, path))
        return [*started(bare, ours), *changing(path)]


def run(code: str, argument: Path) -> dict[str, float]:
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, str(argument)], capture_output=True, text=True, check=True, env=os.environ
    )
    told = {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}
    return {name: value - start if name != "memory" else value for name, value in told.items()}


def started(bare: list[dict[str, float]], ours: list[dict[str, float]]) -> list[tuple[str, str, str]]:
    base = statistics.median(one["painted"] for one in bare)
    painted = statistics.median(one["painted"] for one in ours)
    usable = statistics.median(one["usable"] for one in ours)
    memory = statistics.median(one["memory"] for one in ours)
    return [
        ("window painted, against a bare PySide6 window", f"{painted / base:.2f} x ({painted * 1000:.0f} ms)", "1.5 x"),
        ("usable with the demonstration", f"{usable:.2f} s", "1 s"),
        ("memory after opening the demonstration", f"{memory:.0f} MB", "-"),
    ]


def first_of(taken: dict[str, list[float]]) -> str:
    """The milliseconds of the first opening of each page: the median, and the slowest."""
    return _told({name: first for name, (first, *_again) in taken.items()})


def again_of(taken: dict[str, list[float]]) -> str:
    """The same of the later openings; of each page the slowest one counts."""
    return _told({name: max(again) for name, (_first, *again) in taken.items()})


def _told(taken: dict[str, float]) -> str:
    slowest = max(taken, key=lambda name: taken[name])
    return f"{statistics.median(taken.values()):.0f} ms, slowest {taken[slowest]:.0f} ms ({slowest})"


def changing(path: Path) -> list[tuple[str, str, str]]:
    """Each page of the demonstration, opened and painted; the slowest and the median."""
    from PySide6.QtWidgets import QApplication

    from pitso.services.account import Account
    from pitso.ui import theme
    from pitso.ui.dress import dress
    from tests.pictures import Camera, Evening, places

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    theme.load_fonts()
    dress(application, Account("en", theme.USUAL, theme.DAY))
    camera = Camera(application)
    camera.opening.open(str(path))
    evening = Evening.begin(camera.hall.workspace)
    evening.rate(1, 9)
    camera.settle(READING)
    camera.shell.grab()  # the first one lays out every page that was made, which no painting on a screen does
    taken: dict[str, list[float]] = {}
    for _round in range(3):
        for name, place in places(evening.ws, evening.engagement, evening.assessment):
            start = time.perf_counter()
            camera.shell.go(place)
            application.processEvents()
            camera.shell.grab()
            taken.setdefault(name, []).append((time.perf_counter() - start) * 1000)
            camera.settle(200)
    camera.hall.take(None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        ("change of screen on the demonstration, a page opened for the first time", first_of(taken), "100 ms"),
        ("the same, opened again", again_of(taken), "100 ms"),
        ("memory after every page", f"{peak:.0f} MB", "-"),
    ]
