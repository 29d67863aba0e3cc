"""The guided tour: its ten steps, and which of them is open."""

from dataclasses import dataclass

from pitso.services.change import Change
from pitso.services.workspace import Workspace
from pitso.words import _

AT = "tour.step"
"""Note of the copy in which the tour takes place: which step is open."""
LAST = 10


@dataclass(frozen=True)
class TourStep:
    """One step: what it is about, and what to do there."""

    number: int
    title: str
    told: str


def steps() -> tuple[TourStep, ...]:
    """The ten steps, in their order."""
    told = (
        (
            _("One look at the engagement"),
            _("Walk along the time line and the phases. Ctrl+P shows the history on one page."),
        ),
        (_("What wants a look"), _("Each warning says its rule, its facts, since when, and what clears it. Go there.")),
        (_("Reveal ratings"), _("All have rated alone. Press “Reveal”, and look where they lie apart.")),
        (_("Two assessments beside each other"), _("The drawing shows the first against the second; read what rose.")),
        (_("One more guest"), _("Type a name that is not on the list, and register the guest; the badge is printed.")),
        (
            _("Two desks become one"),
            _("Receive the bundle “desk-b”. Then Ctrl+D: one councillor stands there twice; join the two."),
        ),
        (
            _("A tie is counted"),
            _("Two counters have keyed the papers. Close the box: two are equal. Draw the lot, and keep its order."),
        ),
        (_("The declaration"), _("Look at what is declared, and print it for signature.")),
        (_("Try to scale down"), _("Move to scaling down. What is open stops you, and tells why.")),
        (
            _("The same elsewhere"),
            _("A bundle is read on an empty computer: same figures, same check codes."),
        ),
    )
    return tuple(TourStep(number, title, words) for number, (title, words) in enumerate(told, 1))


def touring(ws: Workspace) -> bool:
    """Is this the copy in which a tour takes place?"""
    return ws.journal.own(AT) is not None


def here(ws: Workspace) -> TourStep | None:
    """The step that is open; None where there is no tour."""
    noted = ws.journal.own(AT)
    return steps()[int(noted) - 1] if noted else None


def to_step(ws: Workspace, number: int) -> Change:
    """Go on, or back, to a step."""
    ws.journal.set_own(AT, str(min(max(number, 1), LAST)))
    return Change(frozenset({"tour"}), "", undoable=False)
