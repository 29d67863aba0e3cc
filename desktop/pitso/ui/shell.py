"""The window: the rail, the open page, the bars, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from pitso import words
from pitso.ui import theme
from pitso.words import _

if TYPE_CHECKING:  # pages and their parts are imported when the first one opens, after the window was painted
    from pitso.domain.trouble import Trouble
    from pitso.services.change import Change
    from pitso.services.views import Standing
    from pitso.ui.bindings.binding import Binding
    from pitso.ui.display import Projector
    from pitso.ui.hall import Hall, Place
    from pitso.ui.idle import Idle
    from pitso.ui.parts.bars import Bars
    from pitso.ui.parts.page import Page
    from pitso.ui.parts.rail import Rail

ENTRY_OF = {
    "send": "exchange",
    "give": "exchange",
    "members": "exchange",
    "waiting": "exchange",
    "differences": "exchange",
    "form": "records",
    "rating": "assess",
    "reveal": "assess",
    "consensus": "assess",
    "readiness": "assess",
    "compare": "assess",
    "feedback": "assess",
    "desk": "room",
    "door": "room",
    "bring": "room",
    "roll": "room",
    "minutes": "room",
    "check": "papers",
    "count": "election",
    "safety": "settings",
    "writers": "settings",
    "warnings": "engagement",
    "commitments": "engagement",
    "learning": "engagement",
    "contacts": "engagement",
    "phases": "engagement",
    "days": "engagement",
    "former": "engagement",
    "tour": "engagement",
}
"""The entry of the rail that a page without an entry of its own belongs to."""

COUNT_AFTER = 250
"""Milliseconds after the last deed at which the warnings are counted again: quick typing is not held up."""

TELLING = {"find", "help", "history", "differences", "waiting", "warnings", "days"}
"""Pages that are looked at in passing: Escape leads back."""

PAPER_OF = {
    "engagement": "history",
    "commitments": "commitments",
    "rating": "rating-sheets",
    "reveal": "rating-sheets",
    "consensus": "consensus-sheet",
    "readiness": "readiness",
    "compare": "comparison",
    "feedback": "feedback-sheet",
}
"""The sort of paper that Ctrl+P asks for, by page."""


class Shell(QWidget):
    """The one window.

    Signals:
        painted: the window was painted for the first time.
        dropped: paths of files that were dropped on the window.
    """

    painted = Signal()
    dropped = Signal(list)

    def __init__(self, hall: Hall) -> None:
        super().__init__()
        self.hall = hall
        self._bindings: dict[str, Binding[Any]] = {}
        self._back: list[Place] = []
        self._was_painted = False
        self._count_warnings = QTimer(self, singleShot=True, interval=COUNT_AFTER)
        self._count_warnings.timeout.connect(self._warn)
        self.rail: Rail | None = None
        self.setWindowTitle("Pitso")
        self.setProperty("ground", "page")
        self.setStyleSheet(theme.sheet())
        self.setAcceptDrops(True)
        self.setMinimumSize(800, 520)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.stack = QStackedWidget()
        self._row.addWidget(self.stack, 1)
        self._bars: Bars | None = None
        self._told_later: Trouble | None = None
        self._locked_at: Place | None = None
        self._idle: Idle | None = None
        self.projector: Projector | None = None
        hall.going.connect(self.go)
        hall.locking.connect(self.lock)
        hall.unlocked.connect(self.unlock)
        hall.displaying.connect(self.turn_display)
        hall.desk.changed.connect(self._changed)
        hall.desk.troubled.connect(self._troubled)
        self._keys()

    def _keys(self) -> None:
        pairs: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Y", self.redo),
            ("Alt+Left", self.back),
            ("Ctrl+K", self.find_anything),
            ("Ctrl+F", self.find_name),
            ("Ctrl+P", self.print_page),
            ("F11", self.turn_display),
            ("Ctrl+H", self.history),
            ("Ctrl+L", self.lock),
            ("Ctrl+D", self.differences),
            ("Ctrl+W", self.warnings),
            ("F1", self.help),
            ("F2", self.change_writer),
            ("F6", self.walk_panes),
            ("Escape", self.escape),
        ]
        for number in range(1, 10):
            pairs.append((f"Ctrl+{number}", partial(self._entry, number)))
        for keys, deed in pairs:
            QShortcut(QKeySequence(keys), self).activated.connect(deed)

    # ---- where we are --------------------------------------------------------------------------------------

    def set_rail(self, *, office: bool) -> None:
        """Give the window its rail, once there is a workspace to go about in."""
        from pitso.ui.parts.rail import Rail

        if self.rail is not None:
            self.rail.hide()
            self._row.removeWidget(self.rail)
            self.rail.deleteLater()
        self.rail = Rail(office=office)
        self.rail.gone.connect(self._to_entry)
        self._row.insertWidget(0, self.rail)

    def page(self) -> Page | None:
        from pitso.ui.parts.page import Page

        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def go(self, place: Place) -> None:
        """Open the page of *place*."""
        former = self.hall.place
        if self.locked:
            return
        if place.page != former.page and former.page in self._bindings:
            self._back.append(_lasting(former))
        self.enter(place)

    def enter(self, place: Place) -> None:
        """Open the page of *place* without a way back to the one before."""
        if self.locked and place.page != "unlock":
            return
        binding = self._bindings.get(self.hall.place.page)
        if binding is not None:
            binding.leave()
        self.hall.place = place
        opened = self.made(place.page)
        opened.page.bars.addWidget(self.bars)
        self.stack.setCurrentWidget(opened.page)
        opened.enter(place)
        if self._told_later is not None:
            told, self._told_later = self._told_later, None
            self._troubled(told)
        if self.rail is not None:
            self.rail.setVisible(place.page not in {"first", "unlock"})
            shown = place.part if place.page == "history" else place.page
            self.rail.show_page(ENTRY_OF.get(shown, shown))
        self._stand()
        self._remember()
        opened.page.focus_first()

    def made(self, name: str) -> Binding[Any]:
        """The page of this *name* with its binding, which is made once."""
        if name not in self._bindings:
            from pitso.ui import directory

            made = directory.make(name, self.hall)
            made.page.back_asked.connect(self.back)
            made.page.history_asked.connect(self.history)
            made.page.differences_asked.connect(self.differences)
            made.page.warnings_asked.connect(self.warnings)
            made.page.today_asked.connect(self.hall.returning)
            made.page.tour_asked.connect(self.hall.touring)
            self._bindings[name] = made
            self.stack.addWidget(made.page)
        return self._bindings[name]

    @property
    def bars(self) -> Bars:
        """The bars above the foot of the open page."""
        if self._bars is None:
            from pitso.ui.parts.bars import Bars

            self._bars = Bars()
            self._bars.undo_asked.connect(self.undo)
        return self._bars

    def binding_here(self) -> Any:
        """The binding of the open page."""
        return self._bindings[self.hall.place.page]

    def forget_pages(self) -> None:
        """Close every page: another workspace, or another language."""
        for binding in self._bindings.values():
            binding.leave()
            binding.stop()
            self.stack.removeWidget(binding.page)
            binding.page.deleteLater()
        self._bindings.clear()
        self._back.clear()
        self._bars = None

    # ---- the locked window -----------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Does somebody have to open the window before anything else?"""
        return self._locked_at is not None

    def lock(self) -> None:
        """Lock the window, if there is anything that would open it again."""
        if self.locked or not self.hall.has_workspace or self.hall.place.page in {"first", "unlock"}:
            return
        from pitso.domain.trouble import Trouble
        from pitso.services import persons_here, viewing
        from pitso.ui.hall import Place

        if self.hall.workspace.looking_back:  # no PIN could be tried there
            self.hall.returning.emit()
        if not persons_here.can_lock(self.hall.workspace):
            self._troubled(
                Trouble(
                    _("Nothing would open the window again."),
                    _("Set a PIN for who writes here first (F2), or a passphrase."),
                )
            )
            return
        self._flush()
        viewing.forget()
        self._locked_at = _lasting(self.hall.place)
        self.bars.clear()
        self.enter(Place("unlock"))

    def unlock(self) -> None:
        """The window was opened: back to where it was locked."""
        if self._locked_at is not None:
            place, self._locked_at = self._locked_at, None
            self.enter(place)

    def watch(self, minutes: Callable[[], int]) -> None:
        """From now on lock the window after so many *minutes* in which nobody touched it; 0: never."""
        from pitso.ui.idle import Idle

        if self._idle is None:
            self._idle = Idle(minutes, self)
            self._idle.idle.connect(self.lock)

    def rested(self) -> float:
        """The seconds since somebody touched a window."""
        return self._idle.rested() if self._idle is not None else 0.0

    def change_writer(self) -> None:
        """To the page on which somebody else takes over."""
        if self.hall.has_workspace and self.hall.place.page not in {"first", "unlock"}:
            self.hall.go("writers")

    def back(self) -> None:
        """To the page that this one was reached from."""
        if self._back and not self.locked:
            self.enter(self._back.pop())

    def turn_display(self) -> None:
        """F11: the room display for the projector, open or away."""
        if self.rail is None or not self.hall.has_workspace or self.locked:
            return
        if self.projector is None:
            from pitso.ui.display import Projector

            self.projector = Projector(self.hall, self)
        self.projector.turn()

    def _to_entry(self, page: str) -> None:
        self.hall.go(page)

    def _entry(self, number: int) -> None:
        from pitso.ui.parts.rail import entries

        if self.rail is not None and self.rail.isVisible():
            office = "engagements" in self.rail.buttons
            found = next((entry for entry in entries(office=office) if entry.shortcut == f"Ctrl+{number}"), None)
            if found is not None:
                self._to_entry(found.page)

    def _remember(self) -> None:
        place = self.hall.place
        if self.hall.has_workspace and place.page not in {"first", "unlock"} | TELLING:
            from pitso.services import workspace

            place = _lasting(place)
            keys = ["place", f"place.{place.engagement}"] if place.engagement else ["place"]
            for key in keys:
                self.hall.desk.ask(partial(workspace.remember, self.hall.workspace, key, place.written()))

    # ---- what is kept --------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        self._stand()
        if change.said and self.page() is not None:
            self.bars.show_said(change.said, undoable=change.undoable)
            self.bars.show()
        QTimer.singleShot(0, self, self._keep_focus)

    def _keep_focus(self) -> None:
        """What had the focus may be gone after a deed; the focus never is."""
        page = self.page()
        if page is not None and self.isActiveWindow() and QApplication.focusWidget() is None:
            page.focus_first()

    def _troubled(self, trouble: Trouble) -> None:
        if self.page() is None:
            self._told_later = trouble
            return
        self.bars.show_trouble(trouble)
        self.bars.show()
        QTimer.singleShot(0, self, self._keep_focus)

    def standing(self) -> Standing | None:
        if not self.hall.has_workspace:
            return None
        from pitso.services import workspace

        return self.hall.desk.ask(lambda: workspace.standing(self.hall.workspace, self.hall.place.engagement))

    def _stand(self) -> None:
        """Say on the page and in the rail what is kept and what was not sent."""
        standing, page = self.standing(), self.page()
        if standing is None or page is None:
            return
        short = words.clock(standing.saved_at) if standing.saved_at else ""
        saved = _("Saved on this computer {time}").format(time=short) if short else ""
        if self.hall.place.page not in {"first", "unlock"}:
            page.show_saved(saved, short)
            page.show_story(standing.demonstration)
            page.show_former(standing.looking_back)
            self._show_tour(page)
            page.show_differing(0 if self.hall.place.page == "differences" else self._differing())
            self._count_warnings.start()
        self.setWindowTitle(" – ".join(part for part in (standing.engagement or standing.workspace, "Pitso") if part))
        if self.rail is not None:
            told = words.ngettext("{number} entry not sent yet", "{number} entries not sent yet", standing.unsent)
            waiting = told.format(number=words.whole(standing.unsent)) if standing.unsent else ""
            self.rail.show_waiting(standing.unsent, waiting)
            self.rail.show_writer(standing.author, standing.author_role)

    def _show_tour(self, page: Page) -> None:
        """Say in which step of the guided tour one is."""
        from pitso.services import tour_steps

        step = tour_steps.here(self.hall.workspace) if self.hall.workspace.demonstration else None
        if step is None:
            page.show_tour("", "", first=True, last=True)
            return
        number = _("Step {number} of {all}").format(number=words.whole(step.number), all=words.whole(tour_steps.LAST))
        title = f"{number} · {step.title}"
        page.show_tour(title, step.told, first=step.number == 1, last=step.number == tour_steps.LAST)

    def _warn(self) -> None:
        """Say in the head how many warnings of the open engagement want a look."""
        page, place = self.page(), self.hall.place
        if page is None or not self.hall.has_workspace or self.locked:
            return
        from pitso.services import warnings

        if not place.engagement or place.page in {"first", "unlock", "warnings"}:
            page.show_warned(0, heavy=False)
            return
        raised = self.hall.desk.ask(lambda: warnings.raised(self.hall.workspace, place.engagement))
        if raised is not None:
            page.show_warned(raised.number, heavy=raised.heaviest == "stop")

    def warnings(self) -> None:
        """The warnings of the open engagement."""
        place = self.hall.place
        if self.rail is not None and self.hall.has_workspace and place.engagement and place.page != "warnings":
            self.hall.go("warnings")

    def _differing(self) -> int:
        from pitso.services import differing

        return self.hall.desk.ask(lambda: differing.number(self.hall.workspace)) or 0

    def undo(self) -> None:
        """Take the last deed back."""
        page = self.page()
        if self.hall.has_workspace and not self.locked and not (page is not None and page.take_back()):
            from pitso.services import workspace

            self.hall.desk.do(lambda: workspace.undo(self.hall.workspace))

    def redo(self) -> None:
        if self.hall.has_workspace and not self.locked:
            from pitso.services import workspace

            self.hall.desk.do(lambda: workspace.redo(self.hall.workspace))

    def _flush(self) -> None:
        page = self.page()
        if page is not None:
            page.leave()

    def print_page(self) -> None:
        """The paper of what is on the page."""
        if self.rail is not None and self.hall.has_workspace:
            page = self.page()
            wanted = page.paper_wanted() if page is not None else ""
            self.hall.go("papers", code=wanted or _paper_of(self.hall.place))

    def find_anything(self) -> None:
        if self.rail is not None and self.hall.has_workspace:
            self.hall.go("find")

    def find_name(self) -> None:
        """To the search field of the page; where there is none, to the search over everything."""
        page = self.page()
        field = page.search_field() if page is not None else None
        if field is not None:
            field.setFocus()
        else:
            self.find_anything()

    def help(self) -> None:
        page = self.page()
        if page is not None and self.hall.place.page != "help":
            self.hall.go("help", code=page.help_page or "start")

    def history(self) -> None:
        """What was entered on the page that is open, and before."""
        here = self.hall.place
        if self.hall.has_workspace and here.page not in {"first", "begin", "unlock"} | TELLING:
            self.hall.go("history", part=here.page, code=here.code)

    def differences(self) -> None:
        """The values that were written differently in two places."""
        if self.rail is not None and self.hall.has_workspace and self.hall.place.page != "differences":
            self.hall.go("differences")

    def escape(self) -> None:
        """Away with what is open on the page, with the bar, or from a page that only tells something."""
        page = self.page()
        if page is not None and page.escape():
            return
        if self.hall.place.page in TELLING:
            self.back()
        else:
            self.bars.clear()

    def walk_panes(self) -> None:
        """F6: from the rail to the outline to the page, and round again."""
        page = self.page()
        panes: list[QWidget] = [pane for pane in (self.rail, page.panel if page else None) if pane and pane.isVisible()]
        focus = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), None)
        after = 0 if here is None else here + 1
        if page is None or after < len(panes):
            self._focus_pane(panes[after])
        else:
            page.focus_first()

    def _focus_pane(self, pane: QWidget) -> None:
        if pane is self.rail:
            self.rail.focus_here()
            return
        from PySide6.QtCore import Qt

        able = (w for w in pane.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = next(able, None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- what the window is told ---------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks nothing: what was typed is kept first."""
        self._flush()
        if self.projector is not None:
            self.projector.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.locked:
            return
        self.dropped.emit([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()


def _lasting(place: Place) -> Place:
    """The *place* without what was asked of it once, such as to begin a new entry."""
    from dataclasses import replace

    return replace(place, part="") if place.part in {"new", "receive"} else place


def _paper_of(place: Place) -> str:
    """What the papers page calls the paper of what is on a page."""
    if place.page == "form":
        kind = "record" if place.code.startswith("record/") else "form"
        return f"{kind} {place.code[place.code.find(f'{kind}/') :]}"
    if place.page in ("engagement", "commitments"):
        return f"{PAPER_OF[place.page]} {place.engagement}"
    of = (place.part or place.assessment) if place.page == "compare" else place.assessment
    return f"{PAPER_OF.get(place.page, '')} {of}"
