"""The directory of the window: which binding and which page stand behind each name. Both are imported on demand."""

from importlib import import_module
from pkgutil import resolve_name
from typing import Any

from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Hall

KNOWN = {
    "first": ("first:FirstBinding", "first:FirstPage"),
    "begin": ("first:BeginBinding", "first:FirstPage"),
    "engagements": ("engagements:EngagementsBinding", "engagements:EngagementsPage"),
    "engagement": ("engagement:EngagementBinding", "engagement:EngagementPage"),
    "records": ("forms:RecordsBinding", "records:RecordsPage"),
    "form": ("forms:FormBinding", "form:FormPage"),
    "assess": ("assess:AssessBinding", "assess:AssessPage"),
    "rating": ("assess:RatingBinding", "rating:RatingPage"),
    "reveal": ("assess:RevealBinding", "reveal:RevealPage"),
    "consensus": ("results:ConsensusBinding", "consensus:ConsensusPage"),
    "readiness": ("results:ReadinessBinding", "readiness:ReadinessPage"),
    "compare": ("results:CompareBinding", "compare:ComparePage"),
    "people": ("registers:PeopleBinding", "people:PeoplePage"),
    "room": ("programme:ProgrammeBinding", "programme:ProgrammePage"),
    "desk": ("desk:DeskBinding", "desk:DeskPage"),
    "door": ("desk:DeskBinding", "desk:DoorPage"),
    "roll": ("roll:RollBinding", "roll:RollPage"),
    "minutes": ("minutes:MinutesBinding", "minutes:MinutesPage"),
    "bring": ("bring:BringBinding", "bring:BringPage"),
    "papers": ("papers:PapersBinding", "papers:PapersPage"),
    "check": ("check:CheckBinding", "check:CheckPage"),
    "exchange": ("exchange:ExchangeBinding", "exchange:ExchangePage"),
    "send": ("exchange:SendBinding", "send:SendPage"),
    "give": ("give:GiveBinding", "give:GivePage"),
    "learning": ("learning:LearningBinding", "learning:LearningPage"),
    "waiting": ("exchange:WaitingBinding", "waiting:WaitingPage"),
    "differences": ("exchange:DifferencesBinding", "differences:DifferencesPage"),
    "warnings": ("warnings:WarningsBinding", "warnings:WarningsPage"),
    "days": ("days:DaysBinding", "days:DaysPage"),
    "commitments": ("commitments:CommitmentsBinding", "commitments:CommitmentsPage"),
    "contacts": ("contacts:ContactsBinding", "contacts:ContactsPage"),
    "phases": ("phases:PhasesBinding", "phases:PhasesPage"),
    "former": ("former:FormerBinding", "former:FormerPage"),
    "feedback": ("feedback:FeedbackBinding", "feedback:FeedbackPage"),
    "tour": ("tour:TourBinding", "tour:TourPage"),
    "members": ("members:MembersBinding", "members:MembersPage"),
    "settings": ("registers:SettingsBinding", "settings:SettingsPage"),
    "help": ("registers:HelpBinding", "help:HelpPage"),
    "safety": ("safety:SafetyBinding", "safety:SafetyPage"),
    "writers": ("safety:WritersBinding", "writers:WritersPage"),
    "unlock": ("safety:UnlockBinding", "unlock:UnlockPage"),
    "find": ("registers:FindBinding", "find:FindPage"),
    "history": ("history:HistoryBinding", "history:HistoryPage"),
    "election": ("election:ElectionBinding", "election:ElectionPage"),
    "count": ("count:CountBinding", "count:CountPage"),
}
"""By the name in a `Place`: the binding in ``pitso.ui.bindings``, and the page in ``pitso.ui.pages``."""


def make(name: str, hall: Hall) -> "Binding[Any]":
    """A new page of this *name*, with the binding that connects it."""
    binding, page = KNOWN[name]
    found: Binding[Any] = resolve_name(f"pitso.ui.bindings.{binding}")(hall, resolve_name(f"pitso.ui.pages.{page}")())
    return found


def load(name: str) -> None:
    """Import what a page of this *name* is made of, so that it opens at once."""
    binding, page = (entry.partition(":")[0] for entry in KNOWN[name])
    import_module(f"pitso.ui.bindings.{binding}")
    import_module(f"pitso.ui.pages.{page}")
