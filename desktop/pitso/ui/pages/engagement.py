"""One engagement at a glance: its sides, its team, its assessments, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.domain.warnings import Severity
from pitso.services.programme_views import Door, Glance
from pitso.services.views import AssessmentLine, EngagementView, MemberLine, PersonLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, icon_button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import NameEntry, Picker
from pitso.ui.parts.page import Page, rule
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.timeline import Ribbon, Timeline
from pitso.ui.parts.tones import tone_of
from pitso.ui.parts.words import Icon, Tone, Words
from pitso.words import _, ngettext


def row_of(line: AssessmentLine) -> Row:
    """The row of one assessment in a list."""
    details = [line.stage_words, words.day(line.held_on)]
    if line.figures:
        details.append(line.figures)
    return Row(
        line.id,
        line.title,
        detail=" · ".join(details),
        pill=line.verdict_words or line.state_words,
        tone=tone_of(line.verdict) if line.verdict else "accent",
        icon="clipboard-list",
    )


TONES: dict[Severity, Tone] = {Severity.STOP: "wrong", Severity.WARN: "warn", Severity.NOTE: "soft"}


class EngagementPage(Page):
    """Where the engagement stands, and the button to what comes next.

    Signals:
        next_asked: the name of the page that does the next step.
        dot_opened: the place of an event on the time line.
        phase_opened: the number of a phase.
        action_taken: the place of a thing to do.
        warning_opened: the key of a warning.
        tour_begun: the user begins the guided tour.
        former_asked: the user looks at a former day.
        door_opened: the place of a line that tells how something stands.
        assessment_opened: the id of an assessment.
        member_added: id of a person, role, side.
        stranger_added: name of a person who is not known yet, role, side.
        member_removed: the id of a member.
    """

    help_page = "engagement"
    next_asked = Signal(str)
    dot_opened = Signal(int)
    phase_opened = Signal(int)
    action_taken = Signal(int)
    warning_opened = Signal(str)
    door_opened = Signal(int)
    former_asked = Signal()
    tour_begun = Signal()
    assessment_opened = Signal(str)
    member_added = Signal(str, str, str)
    member_removed = Signal(str)
    stranger_added = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._next_page = ""
        self._build_course()
        self._build_next()
        self._build_standing()
        self._build_assessments()
        self._build_sides()
        self._build_team()
        self.body.addStretch(1)
        self.look_back = Button(_("A former day"), "quiet", icon="history")
        self.look_back.clicked.connect(self.former_asked)
        self.begin_tour = Button(_("Guided tour"), "quiet", icon="circle-play")
        self.begin_tour.clicked.connect(self.tour_begun)
        self.begin_tour.hide()
        self.foot.addWidget(self.look_back)
        self.foot.addWidget(self.begin_tour)
        self.foot.addStretch(1)

    def _build_course(self) -> None:
        """When the sides met, and through which phases the engagement went."""
        self.course = Card()
        self.timeline, self.ribbon = Timeline(), Ribbon()
        self.timeline.opened.connect(self.dot_opened)
        self.ribbon.opened.connect(lambda place: self.phase_opened.emit(place + 1))
        self.here, self.ahead = Words("", "strong"), Words("", "soft")
        self.to_do = Rows(_("What is missing"), compact=True, whole=True)
        self.to_do.opened.connect(lambda place: self.action_taken.emit(int(place)))
        for widget in (self.timeline, self.ribbon, self.here, self.ahead, self.to_do):
            self.course.column.addWidget(widget)
        self.body.addWidget(self.course)

    def _build_standing(self) -> None:
        """What wants a look, and how each side of the engagement stands."""
        self.warned_title = Words(_("Wants a look"), "heading")
        self.warned_of = Rows(_("Warnings"), compact=True, whole=True)
        self.warned_of.opened.connect(self.warning_opened)
        self.doors_title = Words(_("How it stands"), "heading")
        self.doors = Rows(_("How it stands"), compact=True, whole=True)
        self.doors.opened.connect(lambda place: self.door_opened.emit(int(place)))
        for title, rows in ((self.warned_title, self.warned_of), (self.doors_title, self.doors)):
            self.body.addSpacing(theme.S)
            self.body.addWidget(title)
            self.body.addWidget(rows)

    def _build_next(self) -> None:
        self.next_card = Card("plain")
        self.next_words = Words("", "heading")
        self.next = Button(_("Go on"), "main", icon="")
        self.next.clicked.connect(self._go_on)
        row = QHBoxLayout()
        row.setSpacing(theme.L)
        row.addWidget(Icon("arrow-right", "accent", 28))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(_("What comes next"), "small"))
        column.addWidget(self.next_words)
        row.addLayout(column, 1)
        row.addWidget(self.next)
        self.next_card.column.addLayout(row)
        self.body.addWidget(self.next_card)

    def _build_assessments(self) -> None:
        self.assessments_title = Words(_("Assessments"), "heading")
        self.assessments = Rows(_("Assessments"), whole=True)
        self.assessments.opened.connect(self.assessment_opened)
        self.body.addSpacing(theme.S)
        self.body.addWidget(self.assessments_title)
        self.body.addWidget(self.assessments)

    def _build_sides(self) -> None:
        self.sides = QVBoxLayout()
        self.sides.setSpacing(theme.XS)
        card = Card()
        card.column.addLayout(self.sides)
        self.body.addSpacing(theme.S)
        self.body.addWidget(Words(_("The sides"), "heading"))
        self.body.addWidget(card)

    def _build_team(self) -> None:
        self.team = QVBoxLayout()
        self.team.setSpacing(theme.XS)
        self.person = NameEntry(_("Name of a person"), example=_("Name of a person"))
        self.role, self.side = Picker(_("Role")), Picker(_("Side"))
        self.add_member = Button(_("Add"), icon="plus")
        self.add_member.clicked.connect(self._add)
        self.person.returnPressed.connect(self._add)
        card = Card()
        card.column.addLayout(self.team)
        self.team_empty = Words(_("Nobody yet. Add the peers who rate, and the hosts if they rate too."), "soft")
        card.column.addWidget(self.team_empty)
        card.column.addWidget(rule())
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addWidget(self.person, 3)
        line.addWidget(self.role, 2)
        line.addWidget(self.side, 1)
        line.addWidget(self.add_member)
        card.column.addLayout(line)
        self.body.addSpacing(theme.S)
        self.body.addWidget(Words(_("The team and the hosts who rate"), "heading"))
        self.body.addWidget(card)

    def show_engagement(
        self, view: EngagementView, *, people: Sequence[PersonLine], roles: Sequence[tuple[str, str]]
    ) -> None:
        """Show one engagement; *people* and *roles* are those that may join the team."""
        since = _("since {day}").format(day=words.day(view.started_on)) if view.started_on else ""
        self.show_head(view.title, second=" · ".join(part for part in (view.country, since) if part))
        self._next_page = view.next_page
        self.next_words.setText(view.next_step)
        self.next_card.setVisible(bool(view.next_step))
        self.assessments.show_rows([row_of(line) for line in reversed(view.assessments)])
        self.assessments.setVisible(bool(view.assessments))
        self.assessments_title.setVisible(bool(view.assessments))
        self._show_sides(view)
        self._show_team(view.team)
        inside = {member.person for member in view.team}
        choices = [(line.id, f"{line.name} · {line.detail}".rstrip(" ·")) for line in people if line.id not in inside]
        self.person.show_names(choices)
        led = any(member.role == "leader" for member in view.team)
        usual = next((code for code, _words in roles if not (led and code == "leader")), "")
        kept = self.role.code()
        self.role.show_choices(list(roles), usual if not kept or (led and kept == "leader") else kept)
        self.side.show_choices([("peer", _("Peers")), ("host", _("Hosts"))], self.side.code())

    def offer_tour(self, offered: bool) -> None:
        """Offer the guided tour, where there is one."""
        self.begin_tour.setVisible(offered)

    def show_glance(self, glance: Glance) -> None:
        """Show how the engagement stands today."""
        self.timeline.show_dots(glance.dots, glance.gaps, glance.today)
        self.ribbon.show_phases(glance.phases)
        here = next(line for line in glance.phases if line.here)
        self.here.show_words(f"{words.whole(here.number)} · {words.colon(here.name, here.state_words)}")
        self.ahead.show_words(_ahead(glance))
        self.to_do.show_rows(
            [Row(str(place), action.words, icon="arrow-right") for place, action in enumerate(glance.actions)]
        )
        self.to_do.setVisible(bool(glance.actions))
        self.warned_of.show_rows(
            [
                Row(one.key, one.title, detail=one.told, pill=one.code, tone=TONES[one.severity])
                for one in glance.warnings
            ]
        )
        for widget in (self.warned_title, self.warned_of):
            widget.setVisible(bool(glance.warnings))
        self.doors.show_rows([_door(place, door) for place, door in enumerate(glance.doors)])

    def _show_sides(self, view: EngagementView) -> None:
        empty(self.sides)
        for side in view.sides:
            row = QHBoxLayout()
            row.setSpacing(theme.L)
            role = Words(side.role_words, "soft")
            row.addWidget(role, 1)
            row.addWidget(Words(side.name, "strong"), 2)
            self.sides.addLayout(row)

    def _show_team(self, team: Sequence[MemberLine]) -> None:
        empty(self.team)
        self.team_empty.setVisible(not team)
        for member in team:
            row = QHBoxLayout()
            row.setSpacing(theme.L)
            row.addWidget(Words(member.name, "strong"), 2)
            details = (member.role_words, member.side_words, member.organisation)
            row.addWidget(Words(" · ".join(part for part in details if part), "soft"), 3)
            remove = icon_button("trash-2", _("Take {name} out of the team").format(name=member.name))
            remove.clicked.connect(lambda _=False, identity=member.id: self.member_removed.emit(identity))
            row.addWidget(remove)
            self.team.addLayout(row)

    def _add(self) -> None:
        name, code = self.person.text().strip(), self.person.code()
        if not name:
            self.person.setFocus()
            return
        self.person.setText("")  # forgets what was typed, so that Ctrl+Z takes the deed back
        if code:
            self.member_added.emit(code, self.role.code(), self.side.code())
        else:
            self.stranger_added.emit(name, self.role.code(), self.side.code())

    def _go_on(self) -> None:
        """The next step is done on its page; the team is made up on this one."""
        if self._next_page == "people":
            self.person.setFocus()
            self.area.ensureWidgetVisible(self.person)
        else:
            self.next_asked.emit(self._next_page)

    def first_question(self) -> QWidget | None:
        return self.next if self.next_card.isVisibleTo(self) else self.assessments


def _ahead(glance: Glance) -> str:
    """What was agreed to follow, and in how many days."""
    if glance.next is None:
        return _("No next date is agreed.") if glance.dots else ""
    left = (glance.next.starts - glance.today).days
    days = ngettext("in {number} day", "in {number} days", left).format(number=words.whole(left))
    return " · ".join((words.colon(_("Next"), glance.next.words), words.day(glance.next.starts), days))


def _door(place: int, door: Door) -> Row:
    return Row(str(place), door.name, detail=door.told, pill=door.pill, tone="warn" if door.heavy else "soft")
