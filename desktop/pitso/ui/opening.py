"""Opening: from a path or a beginning to the page where one was last."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pitso.domain.trouble import Trouble
from pitso.ui import hold_none, theme
from pitso.ui.dress import dress
from pitso.ui.hall import Hall, Place
from pitso.ui.shell import Shell
from pitso.words import _

if TYPE_CHECKING:
    from pitso.services.account import Account
    from pitso.services.workspace import Workspace
    from pitso.ui.bindings.binding import Binding

BUNDLE = ".pitso-bundle"
FORM = ".xlsx"
COPY_AFTER = 60_000
"""Milliseconds after the opening at which the copy of the day is made, if there is none yet."""
LATER = ("pitso.services.results", "pitso.services.papers", "pitso.services.exchange")


def makers() -> "dict[str, Callable[[Hall], Binding[Any]]]":
    """What makes each page with its binding; a page is imported when it first opens."""

    def first(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.first import FirstBinding
        from pitso.ui.pages.first import FirstPage

        return FirstBinding(hall, FirstPage())

    def begin(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.first import BeginBinding
        from pitso.ui.pages.first import FirstPage

        return BeginBinding(hall, FirstPage())

    def engagements(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.engagements import EngagementsBinding
        from pitso.ui.pages.engagements import EngagementsPage

        return EngagementsBinding(hall, EngagementsPage())

    def engagement(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.engagement import EngagementBinding
        from pitso.ui.pages.engagement import EngagementPage

        return EngagementBinding(hall, EngagementPage())

    def records(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.forms import RecordsBinding
        from pitso.ui.pages.records import RecordsPage

        return RecordsBinding(hall, RecordsPage())

    def form(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.forms import FormBinding
        from pitso.ui.pages.form import FormPage

        return FormBinding(hall, FormPage())

    def assess(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.assess import AssessBinding
        from pitso.ui.pages.assess import AssessPage

        return AssessBinding(hall, AssessPage())

    def rating(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.assess import RatingBinding
        from pitso.ui.pages.rating import RatingPage

        return RatingBinding(hall, RatingPage())

    def reveal(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.assess import RevealBinding
        from pitso.ui.pages.reveal import RevealPage

        return RevealBinding(hall, RevealPage())

    def consensus(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.results import ConsensusBinding
        from pitso.ui.pages.consensus import ConsensusPage

        return ConsensusBinding(hall, ConsensusPage())

    def readiness(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.results import ReadinessBinding
        from pitso.ui.pages.readiness import ReadinessPage

        return ReadinessBinding(hall, ReadinessPage())

    def compare(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.results import CompareBinding
        from pitso.ui.pages.compare import ComparePage

        return CompareBinding(hall, ComparePage())

    def people(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.registers import PeopleBinding
        from pitso.ui.pages.people import PeoplePage

        return PeopleBinding(hall, PeoplePage())

    def room(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.programme import ProgrammeBinding
        from pitso.ui.pages.programme import ProgrammePage

        return ProgrammeBinding(hall, ProgrammePage())

    def desk(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.desk import DeskBinding
        from pitso.ui.pages.desk import DeskPage

        return DeskBinding(hall, DeskPage())

    def door(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.desk import DeskBinding
        from pitso.ui.pages.desk import DeskPage

        return DeskBinding(hall, DeskPage(door=True))

    def roll(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.roll import RollBinding
        from pitso.ui.pages.roll import RollPage

        return RollBinding(hall, RollPage())

    def minutes(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.minutes import MinutesBinding
        from pitso.ui.pages.minutes import MinutesPage

        return MinutesBinding(hall, MinutesPage())

    def bring(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.bring import BringBinding
        from pitso.ui.pages.bring import BringPage

        return BringBinding(hall, BringPage())

    def papers(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.papers import PapersBinding
        from pitso.ui.pages.papers import PapersPage

        return PapersBinding(hall, PapersPage())

    def check(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.check import CheckBinding
        from pitso.ui.pages.check import CheckPage

        return CheckBinding(hall, CheckPage())

    def exchange(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.exchange import ExchangeBinding
        from pitso.ui.pages.exchange import ExchangePage

        return ExchangeBinding(hall, ExchangePage())

    def send(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.exchange import SendBinding
        from pitso.ui.pages.send import SendPage

        return SendBinding(hall, SendPage())

    def give(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.give import GiveBinding
        from pitso.ui.pages.give import GivePage

        return GiveBinding(hall, GivePage())

    def learning(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.learning import LearningBinding
        from pitso.ui.pages.learning import LearningPage

        return LearningBinding(hall, LearningPage())

    def waiting(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.exchange import WaitingBinding
        from pitso.ui.pages.waiting import WaitingPage

        return WaitingBinding(hall, WaitingPage())

    def differences(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.exchange import DifferencesBinding
        from pitso.ui.pages.differences import DifferencesPage

        return DifferencesBinding(hall, DifferencesPage())

    def warnings(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.warnings import WarningsBinding
        from pitso.ui.pages.warnings import WarningsPage

        return WarningsBinding(hall, WarningsPage())

    def days(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.days import DaysBinding
        from pitso.ui.pages.days import DaysPage

        return DaysBinding(hall, DaysPage())

    def commitments(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.commitments import CommitmentsBinding
        from pitso.ui.pages.commitments import CommitmentsPage

        return CommitmentsBinding(hall, CommitmentsPage())

    def contacts(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.contacts import ContactsBinding
        from pitso.ui.pages.contacts import ContactsPage

        return ContactsBinding(hall, ContactsPage())

    def phases(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.phases import PhasesBinding
        from pitso.ui.pages.phases import PhasesPage

        return PhasesBinding(hall, PhasesPage())

    def former(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.former import FormerBinding
        from pitso.ui.pages.former import FormerPage

        return FormerBinding(hall, FormerPage())

    def feedback(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.feedback import FeedbackBinding
        from pitso.ui.pages.feedback import FeedbackPage

        return FeedbackBinding(hall, FeedbackPage())

    def tour(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.tour import TourBinding
        from pitso.ui.pages.tour import TourPage

        return TourBinding(hall, TourPage())

    def members(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.members import MembersBinding
        from pitso.ui.pages.members import MembersPage

        return MembersBinding(hall, MembersPage())

    def settings(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.registers import SettingsBinding
        from pitso.ui.pages.settings import SettingsPage

        return SettingsBinding(hall, SettingsPage())

    def help(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.registers import HelpBinding
        from pitso.ui.pages.help import HelpPage

        return HelpBinding(hall, HelpPage())

    def safety(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.safety import SafetyBinding
        from pitso.ui.pages.safety import SafetyPage

        return SafetyBinding(hall, SafetyPage())

    def writers(hall: Hall) -> "Binding[Any]":
        from pitso.services.persons_here import MINUTES
        from pitso.ui.bindings.safety import WritersBinding
        from pitso.ui.pages.writers import WritersPage

        return WritersBinding(hall, WritersPage(MINUTES))

    def unlock(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.safety import UnlockBinding
        from pitso.ui.pages.unlock import UnlockPage

        return UnlockBinding(hall, UnlockPage())

    def find(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.registers import FindBinding
        from pitso.ui.pages.find import FindPage

        return FindBinding(hall, FindPage())

    def history(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.history import HistoryBinding
        from pitso.ui.pages.history import HistoryPage

        return HistoryBinding(hall, HistoryPage())

    def election(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.election import ElectionBinding
        from pitso.ui.pages.election import ElectionPage

        return ElectionBinding(hall, ElectionPage())

    def count(hall: Hall) -> "Binding[Any]":
        from pitso.ui.bindings.count import CountBinding
        from pitso.ui.pages.count import CountPage

        return CountBinding(hall, CountPage())

    every = [
        first,
        begin,
        engagements,
        engagement,
        records,
        form,
        assess,
        rating,
        reveal,
        consensus,
        readiness,
        compare,
    ]
    every += [people, papers, check, exchange, send, give, waiting, differences, members, settings, help, find, history]
    every += [learning]
    every += [room, desk, door, bring, roll, minutes]
    every += [safety, writers, unlock, warnings, days]
    every += [commitments, contacts, phases, former, feedback, tour]
    every += [election, count]
    return {make.__name__: make for make in every}


def _load_later() -> None:
    for name in LATER:
        import_module(name)


class Opening(QObject):
    """Brings workspaces into the window."""

    def __init__(self, application: QApplication, hall: Hall, shell: Shell) -> None:
        super().__init__(shell)
        hold_none()
        shell.know_pages(makers())
        self._application, self._hall, self._shell = application, hall, shell
        hall.opening.connect(self.open)
        hall.arrived.connect(self.arrive)
        hall.dressing.connect(self.dress_anew)
        hall.returning.connect(self.return_to_today)
        hall.touring.connect(self.tour)
        shell.dropped.connect(self.take_files)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._colours_changed)

    def start(self, path: str) -> None:
        """Open *path*, or what was opened last, or the first page."""
        from pitso.services import account

        recent = next((recent for recent in account.load().recent[:1] if Path(recent).is_file()), "")
        if recent and (not path or path.endswith(BUNDLE)):  # a bundle goes into the workspace that was open last
            self.open(recent)
        if path:
            self.open(path)
        if not self._hall.has_workspace and self._hall.place.page != "unlock":
            self._shell.enter(Place("first"))

    def open(self, path: str) -> None:
        """Open a workspace, or bring a bundle in."""
        from pitso.services import copies, workspace

        if path.endswith(BUNDLE):
            self.take_files([path])
            return
        if self._hall.desk.ask(lambda: workspace.protected(Path(path))):
            self._shell.enter(Place("unlock", code=path))
            return
        opened = self._hall.desk.ask(lambda: copies.opened(Path(path), self._hall.asking.agreed))
        if opened is not None:
            self.arrive(opened)

    def arrive(self, opened: "Workspace") -> None:
        """A workspace is open: show the page where one was last in it."""
        from pitso.services import account, copies, engagements, workspace

        account.save(account.load().opened(str(opened.path.resolve())))
        self._shell.forget_pages()  # while the former file is open: what is left on a page is kept there
        self._hall.take(opened)
        self._shell.set_rail(office=opened.office)
        place = Place.read(workspace.recall(opened, "place")) if not opened.looking_back else None
        lines = self._hall.desk.ask(lambda: engagements.known(opened)) or ()
        known = {line.id for line in lines}
        if place is None or place.page not in makers() or (place.engagement and place.engagement not in known):
            only = lines[0].id if len(lines) == 1 or (lines and not opened.office) else ""
            place = Place("engagement", engagement=only) if only and not opened.office else Place("engagements")
        self._shell.enter(place)
        self._shell.watch(self._idle)
        if (worry := self._hall.desk.ask(lambda: copies.worries(opened))) is not None:
            self._hall.desk.troubled.emit(worry)
        QTimer.singleShot(200, self, self._warm)
        QTimer.singleShot(COPY_AFTER, self, self._copy_the_day)

    def tour(self, way: str) -> None:
        """Begin, go on in, or end the guided tour."""
        from pitso.ui import touring

        touring.go(self._hall, way)

    def return_to_today(self) -> None:
        """Leave the former day: the workspace opens again as it is."""
        from pitso.services import former_day

        if self._hall.has_workspace and self._hall.workspace.looking_back:
            opened = self._hall.desk.ask(lambda: former_day.back(self._hall.workspace))
            if opened is not None:
                self.arrive(opened)

    def _copy_the_day(self) -> None:
        from pitso.services import copies

        if self._hall.has_workspace:
            self._hall.begin_work_on_file(copies.copy_of_the_day, lambda _made: None)

    def _idle(self) -> int:
        """After how many idle minutes the window locks itself; 0: never."""
        from pitso.services import persons_here

        if not self._hall.has_workspace:
            return 0
        ws = self._hall.workspace
        return persons_here.lock_after(ws) if persons_here.can_lock(ws) else 0

    def _warm(self) -> None:
        """Load what later pages need while the person reads the first one: drawings and papers take a while."""
        if self._hall.has_workspace and not all(name in sys.modules for name in LATER):
            self._hall.begin_work(_load_later, lambda _none: None)

    def take_files(self, paths: list[str]) -> None:
        """Files that were dropped or named: bundles and forms are brought in, a workspace is opened."""
        bundles = [Path(path) for path in paths if path.endswith(BUNDLE)]
        others = [path for path in paths if path.endswith(".pitso")]
        forms = [Path(path) for path in paths if path.endswith(FORM)]
        if others and not bundles:
            self.open(others[0])
        elif forms and self._hall.has_workspace:
            self._hall.go("records", part="forms")
            self._shell.binding_here().bring_in(forms[0])
        elif bundles and self._hall.has_workspace:
            self._hall.go("exchange")
            self._shell.binding_here().receive(bundles)
        elif bundles:
            self._hall.desk.troubled.emit(
                Trouble(
                    _("This is a bundle; it is brought into a workspace."),
                    _("Begin or open a workspace first, then drop the bundle on the window."),
                )
            )

    def dress_anew(self, account: "Account") -> None:
        """Put on another language, size or colours, and make every page anew in them."""
        dress(self._application, account)
        place = self._hall.place
        self._shell.forget_pages()
        if self._hall.has_workspace:
            self._shell.set_rail(office=self._hall.workspace.office)
        self._shell.enter(place)

    def _colours_changed(self) -> None:
        from pitso.services import account

        chosen = account.load()
        if chosen.theme == theme.SYSTEM:
            self.dress_anew(chosen)
