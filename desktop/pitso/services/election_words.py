"""Words that the pages and papers of an election share."""

from pitso.domain.counting import Base, Rule, TieLeads
from pitso.domain.elections.account import Sum
from pitso.domain.elections.course import Kind
from pitso.domain.elections.ladder import Rung, State, Step, step_words
from pitso.domain.elections.slate import Judged, Judgement, Sort
from pitso.services.contests import Contest, HeldRound
from pitso.services.count_words import rule_words
from pitso.words import _, ngettext, whole


def state(of: State) -> str:
    """How a step stands, in words."""
    return {
        State.DONE: _("done"),
        State.OPEN: _("next"),
        State.WAITING: _("not yet"),
        State.STOPPED: _("stop"),
        State.UNNEEDED: _("not needed"),
    }[of]


def kinds() -> dict[Kind, str]:
    """What a round is held for, in words."""
    return {
        Kind.FIRST: _("First round"),
        Kind.RUNOFF: _("Second round"),
        Kind.REPEAT: _("Repeated ballot"),
        Kind.SECOND_BALLOT: _("Second ballot between equals"),
        Kind.CONFIRMATION: _("Yes or no"),
    }


def title(contest: Contest | None, rung: Rung) -> str:
    """What a step is called; the opening of a round bears the name of the round."""
    if rung.step is Step.OPENING:
        if contest is not None and rung.round < len(contest.rounds):
            return kinds()[contest.rounds[rung.round].kind]
        if contest is not None and contest.course.next_kind is not None:
            return kinds()[contest.course.next_kind]
    return step_words(rung.step)


def position_words(contest: Contest) -> str:
    """How a position is filled, in one line."""
    places = ngettext("{number} place", "{number} places", contest.places).format(number=whole(contest.places))
    parts = [places, rule_words(contest.rule)]
    if contest.rule is Rule.MAJORITY:
        parts.append(majorities()[contest.rules.majority])
    parts.append(ties()[contest.rules.tie])
    return " · ".join(parts)


def majorities() -> dict[Base, str]:
    """Of what a majority is more than half, in words."""
    return {
        Base.VALID: _("more than half of the valid votes"),
        Base.PRESENT: _("more than half of those present"),
        Base.ENTITLED: _("more than half of all on the roll"),
    }


def ties() -> dict[TieLeads, str]:
    """What equal votes lead to, in words."""
    return {
        TieLeads.LOT: _("equal votes: by lot"),
        TieLeads.SECOND_BALLOT: _("equal votes: a second ballot, then by lot"),
        TieLeads.SENIORITY: _("equal votes: by seniority"),
    }


def condition_words(judged: Judged) -> str:
    """A condition on all office bearers together, and how it stands."""
    least = judged.condition.least
    what = {
        Sort.WOMEN: ngettext("at least {number} woman", "at least {number} women", least),
        Sort.MEN: ngettext("at least {number} man", "at least {number} men", least),
        Sort.COUNCILS: _("no two from one council"),
    }[judged.condition.sort].format(number=whole(least))
    stands = {
        Judgement.MET: _("met"),
        Judgement.OPEN: _("still possible"),
        Judgement.BROKEN: _("cannot be met any more"),
    }[judged.judgement]
    names = f" ({', '.join(judged.names)})" if judged.names else ""
    return f"{what}: {stands}{names}"


def sums() -> dict[Sum, str]:
    """The sums of the account, in words."""
    return {
        Sum.PRINTED: _("printed = issued + unused"),
        Sum.BOX: _("in the box = issued – handed back – not returned"),
        Sum.SORTED: _("in the box = valid + blank + rejected"),
    }


def figures() -> dict[str, str]:
    """The figures of the account that are counted before the box is opened, in words."""
    return {
        "printed": _("Printed"),
        "issued": _("Issued"),
        "handed_back": _("Handed back and replaced"),
        "not_returned": _("Not returned"),
        "unused": _("Unused"),
    }


def round_title(contest: Contest, one: HeldRound) -> str:
    """A round with its position: ``President, second round``."""
    same = [each for each in contest.held if each.kind is one.kind]
    words = kinds()[one.kind]
    number = f" {whole(same.index(one) + 1)}" if len(same) > 1 else ""
    return f"{contest.title}, {words}{number}"
