"""Feedback: strengths first, then what is seen differently, then the rest; the hosts answer in their words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.programme_views import FeedbackLine, FeedbackView
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Field, KeptText
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.steps import FEEDBACK, Steps
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext


class FeedbackPage(Page):
    """The points of a feedback session, one of them open with the hosts' answer.

    Signals:
        stepped: the name of the page of another step.
        opened: the code of a point.
        responded: what the hosts answer to the open point.
        promise_asked: somebody promises something on the open point.
        agenda_asked: what is seen differently goes to the agenda of the next meeting.
        host_asked: a host takes over at this computer.
    """

    help_page = "feedback"
    stepped = Signal(str)
    opened = Signal(str)
    responded = Signal(str)
    agenda_asked = Signal()
    promise_asked = Signal()
    host_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps()
        self.steps.stepped.connect(self.stepped)
        self.add_line(self.steps)
        self.strengths = Card("done")
        self.strengths_title, self.strengths_told = Words(_("Told first: the strengths"), "strong"), Words()
        self.strengths.column.addWidget(self.strengths_title)
        self.strengths.column.addWidget(self.strengths_told)
        self._build_point()
        self.rows = Rows(_("Points for attention"), compact=True, whole=True)
        self.rows.opened.connect(self.opened)
        for widget in (self.strengths, self.point, self.rows):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.host = Button(_("A host takes over"), icon="users")
        self.host.clicked.connect(self.host_asked)
        self.agenda = Button("", "main", icon="list")
        self.agenda.clicked.connect(self.agenda_asked)
        self.foot.addWidget(flowing(self.host, self.agenda, apart=True))

    def _build_point(self) -> None:
        self.point = Card()
        self.statement, self.stands = Words("", "heading"), Words("", "strong")
        self.response = KeptText(_("The hosts’ answer"), lines=3)
        self.response.kept.connect(self.responded)
        self.response_field = Field(_("The hosts’ answer"), self.response, hint=_("It is printed as it is written."))
        self.promise = Button(_("Make a commitment of it"))
        self.promise.clicked.connect(self.promise_asked)
        for widget in (self.statement, self.stands, self.response_field):
            self.point.column.addWidget(widget)
        self.point.column.addWidget(self.promise, 0, Qt.AlignmentFlag.AlignLeading)

    def show_feedback(self, view: FeedbackView, *, chosen: str) -> None:
        """Show what is told, with the *chosen* point open."""
        told = ngettext("{number} is seen differently", "{number} are seen differently", view.differing)
        self.show_head(
            _("Feedback with the hosts"),
            second=view.subtitle,
            place=view.title,
            beside=told.format(number=words.whole(view.differing)) if view.differing else "",
        )
        self.steps.show_step(FEEDBACK, revealed=True)
        self.strengths_told.show_words("\n".join(view.strengths))
        self.strengths.setVisible(bool(view.strengths))
        line = next((line for line in view.lines if line.code == chosen), None)
        self.point.setVisible(line is not None)
        if line is not None:
            self._show_point(line, host=view.host)
        self.rows.show_rows([_row(line) for line in view.lines], chosen=chosen)
        waits = ngettext("Put {number} on the agenda", "Put {number} on the agenda", view.to_agenda)
        self.agenda.show_words(waits.format(number=words.whole(view.to_agenda)))
        self.agenda.setVisible(bool(view.to_agenda))
        self.host.setVisible(not view.host)

    def _show_point(self, line: FeedbackLine, *, host: str) -> None:
        self.point.show_look("warn" if line.differs else "plain")
        self.statement.show_words(words.colon(line.code, line.statement))
        parts = [words.colon(_("Peers"), line.peers)]
        if line.hosts:
            parts.append(words.colon(_("Hosts"), line.hosts))
        self.stands.show_words(" · ".join(parts))
        self.response.show_text(line.response, of=line.code)
        self.response.setReadOnly(not host)
        who = _("{name} writes here").format(name=host) if host else _("Only a host answers.")
        self.response_field.show_hint(f"{who} {_('It is printed as it is written.')}")

    def leave(self) -> None:
        self.response.flush()

    def first_question(self) -> QWidget | None:
        """A host answers; whoever reads begins at the top, where the title and the strengths stand."""
        return self.steps.buttons[FEEDBACK] if self.response.isReadOnly() else self.response

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.response.hasFocus():
            self.rows.setFocus()
        else:
            super().keyPressEvent(event)


def _row(line: FeedbackLine) -> Row:
    pill = _("seen differently") if line.differs else ""
    agenda = _("on the agenda") if line.on_agenda else ""
    return Row(
        line.code,
        words.colon(line.code, line.statement),
        detail=" · ".join(part for part in (line.peers, line.response, agenda) if part),
        pill=pill,
        tone="warn",
    )
