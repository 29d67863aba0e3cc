"""The phases in words: what each is called, what completes it, and where that is done."""

from dataclasses import dataclass

from pitso.domain.phases import State
from pitso.words import _, ngettext


@dataclass(frozen=True)
class Way:
    """Something that is still to do: in words, and the page or form on which it is done."""

    words: str
    page: str
    form: str = ""


def names() -> dict[int, str]:
    """What the phases are called."""
    return {
        1: _("Identification"),
        2: _("Choice of the supporting association"),
        3: _("Platform: contact, team, training, objective"),
        4: _("Assessment"),
        5: _("Feedback and exchange"),
        6: _("Reflection of the hosts"),
        7: _("Structure and statutes"),
        8: _("Founding and election"),
        9: _("First strategic plan"),
        10: _("Partners and South-South cooperation"),
        11: _("Learning programme"),
        12: _("Scaling down"),
        13: _("Follow-up"),
    }


def state(value: State) -> str:
    """Where a phase stands, in a word."""
    return {
        State.WAITING: _("not opened"),
        State.OPEN: _("open"),
        State.COMPLETE: _("complete"),
        State.NOT_DUE: _("not due"),
    }[value]


def ways() -> dict[str, Way]:
    """What is still to do, by the code of what is missing."""
    return {
        "country proposed": _form(_("Decide that the country is proposed for peer support."), "identification"),
        "association chosen": _form(_("Choose the supporting association."), "choice"),
        "association accepted": _form(_("Let the supporting association accept."), "choice"),
        "team trained": _form(_("Train every member of a team of two or more."), "team"),
        "objective signed": _form(_("Let both sides sign the objective."), "objective"),
        "resources covered": _form(_("Cover the next two steps of the resource plan."), "resources"),
        "ratings agreed": Way(_("Agree on the ratings to the least coverage."), "assess"),
        "feedback final": _form(_("Finish the record of the feedback session."), "feedback"),
        "hosts decided": _form(_("Let the hosts decide alone, and record it."), "reflection"),
        "statutes settled": _form(_("Settle every item of the statutes checklist."), "statutes"),
        "statutes agreed": _form(_("Agree on the draft of the statutes."), "statutes"),
        "result declared": Way(_("Declare the result of the election."), "election"),
        "plan complete": _form(_("Complete the strategic plan: owners and costs."), "plan"),
        "plan adopted": _form(_("Let the plan be adopted."), "plan"),
        "agreement signed": _form(_("Sign the South-South cooperation agreement."), "agreement"),
        "partner met": _form(_("Meet a development or financial partner."), "partners"),
        "learning dated": _form(_("Give one topic of the learning programme a date."), "programme"),
        "exit answered": _form(_("Close every item of the exit checklist."), "exit"),
        "closing signed": _form(_("Let all sides sign the closing letter."), "exit"),
        **{f"check after {months} months": Way(check(months), "phases") for months in (3, 6, 12)},
    }


def check(months: int) -> str:
    """The follow-up after so many months, as a thing to do."""
    told = ngettext("Look again after {number} month.", "Look again after {number} months.", months)
    return told.format(number=months)


def _form(words: str, form: str) -> Way:
    return Way(words, "form", form)
