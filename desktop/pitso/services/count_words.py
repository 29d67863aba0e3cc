"""A count in words: its rule, its result, its figures, its stages line by line."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from pitso.domain import counting
from pitso.domain.counting import Count, Resolved, Rule, Status, Tie, TieKind, TieLeads
from pitso.services.counting import Counted
from pitso.words import _, change, figure, listed, pgettext, whole


def rule_words(rule: Rule) -> str:
    """What a rule is called, with its source."""
    return {
        Rule.PLURALITY: _("Most votes, one mark"),
        Rule.MAJORITY: _("Majority, else a second round of two (Robert's Rules 44:1)"),
        Rule.BLOCK: _("Most votes, as many marks as places"),
        Rule.SNTV: _("Most votes, one mark for several places"),
        Rule.APPROVAL: _("Most votes, any number of marks"),
        Rule.IRV: _("Preferences for one place, one exclusion a stage"),
        Rule.STV_SCOTLAND: _(
            "Single transferable vote (Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52)"
        ),
        Rule.STV_ERS97: _("Single transferable vote (Newland and Britton, third edition 1997, chapter 5)"),
    }[rule]


def result_words(told: Count) -> tuple[str, ...]:
    """Who is elected, and what the room does next."""
    said = []
    if told.winners:
        said.append(_("Elected: {names}.").format(names=listed(told.winners)))
    if told.status is Status.UNCONTESTED:
        said.append(_("There are not more candidates than places: no votes were needed."))
    elif told.status is Status.NO_VALID_VOTES:
        said.append(_("There is no valid vote; nobody is elected."))
    elif told.status is Status.RUNOFF:
        said.append(_("Another round is held between: {names}.").format(names=listed(told.runoff)))
    elif told.open_tie is not None:
        said.append(_("The count waits: {names} have equal votes.").format(names=listed(told.open_tie.between)))
    if told.vacant and told.status is Status.UNCONTESTED:
        said.append(_("Places left vacant: {number}.").format(number=whole(told.vacant)))
    if told.lots_unused:
        said.append(_("Draws that belong to no tie of this count: {number}.").format(number=whole(told.lots_unused)))
    return tuple(said)


def figure_words(of: Counted) -> tuple[tuple[str, str], ...]:
    """The figures at the head of a count."""
    told = of.count
    rows = [
        (pgettext("election", "Papers"), whole(of.ballots.total)),
        (_("Valid"), whole(told.valid)),
        (_("Invalid"), whole(told.invalid)),
        (pgettext("election", "Places"), whole(told.seats)),
    ]
    if told.quota is not None:
        rows.append((_("Votes that secure election"), figure(told.quota)))
    if of.ballots.withdrawn:
        rows.append((_("Withdrawn"), listed(map(of.ballots.name, sorted(of.ballots.withdrawn)))))
    return tuple(rows)


def tie_words(tie: Tie, leads: TieLeads = TieLeads.LOT) -> tuple[str, str]:
    """What equal votes were to decide, and how they were told apart: by what the rules let them lead to."""
    decided = {
        TieKind.EXCLUSION: _("who is excluded"),
        TieKind.SURPLUS_ORDER: _("whose surplus goes first"),
        TieKind.ELECTION: _("who is elected"),
        TieKind.RUNOFF_PLACE: _("who stands in the second round"),
    }[tie.kind]
    if tie.resolved is None:
        return decided, _("open")
    if tie.resolved is Resolved.EARLIER_STAGE:
        return decided, _("by an earlier stage")
    told = {
        TieLeads.LOT: _("by lot"),
        TieLeads.SECOND_BALLOT: _("by a second ballot"),
        TieLeads.SENIORITY: _("by seniority"),
    }
    return decided, told[leads]


def standing_names(of: Counted) -> tuple[str, ...]:
    """Everybody who stands, in the order of the paper."""
    return tuple(map(of.ballots.name, of.ballots.standing))


def as_text(of: Counted) -> Iterable[str]:
    """The count as lines: figures, each stage with its votes, the result."""
    if of.ballots.title:
        yield of.ballots.title
    yield rule_words(of.count.rule)
    yield " · ".join(f"{what}: {number}" for what, number in figure_words(of))
    names = standing_names(of)
    wide = max([len(name) for name in (*names, _("Not transferable"))])
    for number, stage in enumerate(of.count.stages, 1):
        yield ""
        yield _("Stage {number}: {action}").format(number=whole(number), action=stage.action)
        for name in names:
            if name in stage.votes:
                yield f"  {name:<{wide}}  {figure(stage.votes[name]):>12}"
        if stage.nontransferable:
            yield f"  {_('Not transferable'):<{wide}}  {figure(stage.nontransferable):>12}"
    yield ""
    yield from result_words(of.count)
    yield _("Papers (SHA-256): {digest}").format(digest=counting.digest(of.ballots))


def changed(told: Count, names: Sequence[str]) -> list[tuple[str, ...]]:
    """For each of the *names* the votes at every stage, with the change beneath."""
    return list(zip(*(votes for _action, votes, _lost in stages(told, names)), strict=True))


def stages(told: Count, names: Sequence[str]) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """Each stage: what was done, the votes of each of the *names* with the change beneath, and what was lost."""
    before: dict[str, Fraction] = {}
    lost = Fraction()
    for stage in told.stages:
        votes = tuple(_changed(stage.votes.get(name), before.get(name)) for name in names)
        yield stage.action, votes, _changed(stage.nontransferable, lost) if stage.nontransferable else ""
        before, lost = dict(stage.votes), stage.nontransferable


def _changed(votes: Fraction | None, before: Fraction | None) -> str:
    if votes is None:
        return ""
    if before is None or votes == before:
        return figure(votes)
    return f"{figure(votes)}\n{change(votes - before)}"
