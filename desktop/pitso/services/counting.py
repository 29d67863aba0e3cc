"""Counting a file of papers: read, count, and tell it as text, as JSON or as a paper."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from pitso.domain import counting
from pitso.domain.counting import (
    Ballots,
    Base,
    Count,
    Minimum,
    NoMajority,
    Resolved,
    Rule,
    Rules,
    Status,
    Tie,
    TieKind,
    TieLeads,
)
from pitso.domain.counting.blt import fault
from pitso.domain.trouble import Trouble
from pitso.paper.documents import count_report
from pitso.paper.documents.count_report import CountReport, CountStage, CountTie
from pitso.paper.imprint import Imprint, State
from pitso.storage.disk import disk_trouble
from pitso.words import _, figure, language, pgettext, whole

RULES = tuple(rule.value for rule in Rule)

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True)
class Counted:
    """A count with the papers that it was made from, and when their file was written."""

    count: Count
    ballots: Ballots
    at: datetime


def counted(
    papers: Path,
    rule: str,
    *,
    seats: int | None = None,
    lots: str = "",
    rules: Path | None = None,
    runoff: bool = False,
) -> Counted:
    """Count the file of *papers* under a *rule*; Trouble names the line or the key that is wrong."""
    ballots = counting.read_blt(_text(papers))
    told = counting.count(
        rule,
        ballots,
        seats=seats,
        lots=lots_in(lots, ballots.names),
        runoff=runoff,
        options=rules_in(rules) if rules else Rules(),
    )
    if not ballots.total and told.status is Status.NO_VALID_VOTES:
        raise Trouble(
            _("There is no paper in “{file}”.").format(file=papers.name),
            _("Key the papers first; without votes nobody is elected."),
        )
    return Counted(told, ballots, datetime.fromtimestamp(int(papers.stat().st_mtime), UTC))


def _text(path: Path) -> str:
    try:
        found = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise Trouble(
                _("There is no file “{file}”.").format(file=path), _("It may have been moved: look for it.")
            ) from error
        raise disk_trouble(error, path) from error
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        raise fault(line, _("the text is not in UTF-8")) from error


# ---- lots and rules ------------------------------------------------------------------------------------------------


def lots_in(said: str, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The draws in ``A,B;C,D``: names may hold commas themselves, so they are recognised and not cut."""
    longest_first = sorted(names, key=len, reverse=True)
    draws: list[list[str]] = [[]]
    rest = said.strip()
    while rest:
        name = next((name for name in longest_first if _begins(rest, name)), None)
        if name is None:
            raise Trouble(
                _("“{text}” among the lots is no candidate.").format(text=rest[:60]),
                _("Write each draw as its names in the order drawn, A,B;C,D."),
            )
        draws[-1].append(name)
        rest = rest[len(name) :].strip()
        if rest.startswith(";"):
            draws.append([])
        rest = rest[1:].strip()
    return tuple(tuple(draw) for draw in draws if draw)


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and text[len(name) :].lstrip()[:1] in ("", ",", ";")


def rules_in(path: Path) -> Rules:
    """The choices that a JSON file holds; Trouble names a key that is unknown or has no sense."""
    try:
        found = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise Trouble(
            _("“{file}” could not be read as JSON.").format(file=path.name), _("Mend the file, then try again.")
        ) from error
    if not isinstance(found, dict):
        raise _wrong(path.name, _("an object in braces is expected"))
    known = {"majority", "present", "entitled", "no_majority", "exactly", "minimum", "tie"}
    for key in found:
        if key not in known:
            raise _wrong(key, _("there is no such choice"))
    return Rules(
        majority=_one_of(found, "majority", Base, Base.VALID),
        present=_number(found, "present"),
        entitled=_number(found, "entitled"),
        no_majority=_one_of(found, "no_majority", NoMajority, NoMajority.RUNOFF),
        exactly=_yes(found, "exactly"),
        minimum=tuple(map(_minimum, _list(found, "minimum"))),
        tie=_one_of(found, "tie", TieLeads, TieLeads.LOT),
    )


def _wrong(key: str, what: str) -> Trouble:
    return Trouble(
        _("In the rules of the count, “{key}”: {what}.").format(key=key[:60], what=what),
        _("Mend the file, then try again."),
    )


def _one_of(found: dict[str, Any], key: str, kind: type[T], usual: T) -> T:
    value = found.get(key, usual)
    if value not in tuple(kind):
        raise _wrong(key, _("one of these is expected: {values}").format(values=", ".join(kind)))
    return kind(value)


def _number(found: dict[str, Any], key: str) -> int | None:
    value = found.get(key)
    if value is not None and (type(value) is not int or not 0 <= value <= 10**9):
        raise _wrong(key, _("a whole number of persons is expected"))
    return value


def _yes(found: dict[str, Any], key: str) -> bool:
    value = found.get(key, False)
    if not isinstance(value, bool):
        raise _wrong(key, _("true or false is expected"))
    return value


def _list(found: dict[str, Any], key: str) -> list[Any]:
    value = found.get(key, [])
    if not isinstance(value, list):
        raise _wrong(key, _("a list is expected"))
    return value


def _minimum(found: Any) -> Minimum:
    if isinstance(found, dict) and set(found) == {"name", "of", "least"}:
        name, of, least = found["name"], found["of"], found["least"]
        names = isinstance(of, list) and all(isinstance(one, str) for one in of)
        if isinstance(name, str) and names and type(least) is int and least >= 0:
            return Minimum(name, frozenset(of), least)
    raise _wrong("minimum", _("each condition has a name, a list “of” candidates, and a number “least”"))


# ---- words ---------------------------------------------------------------------------------------------------------


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
        said.append(_("Elected: {names}.").format(names=", ".join(told.winners)))
    if told.status is Status.UNCONTESTED:
        said.append(_("There are not more candidates than places: no votes were needed."))
    elif told.status is Status.NO_VALID_VOTES:
        said.append(_("There is no valid vote; nobody is elected."))
    elif told.status is Status.RUNOFF:
        said.append(_("Another round is held between: {names}.").format(names=", ".join(told.runoff)))
    elif told.open_tie is not None:
        said.append(_("The count waits: {names} have equal votes.").format(names=", ".join(told.open_tie.between)))
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
        rows.append((_("Withdrawn"), ", ".join(map(of.ballots.name, sorted(of.ballots.withdrawn)))))
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


# ---- the paper -----------------------------------------------------------------------------------------------------


def report(of: Counted) -> bytes:
    """The report of the count as a PDF, in the reader's language; a draft, for a declaration makes it final."""
    digest = counting.digest(of.ballots)
    imprint = Imprint(
        title=_("Report of the count"),
        engagement=of.ballots.title,
        code=f"CR-{digest[:8].upper()}",
        state=State.DRAFT,
        reader="",
        as_of=of.at,
    )
    return count_report.make(report_view(of, imprint, digest), language())


def report_view(
    of: Counted,
    imprint: Imprint,
    papers_digest: str,
    *,
    leads: TieLeads = TieLeads.LOT,
    signers: tuple[tuple[str, str], ...] = (),
) -> CountReport:
    """Everything that the report of a count prints; *leads* is what equal votes lead to under its rules."""
    names = standing_names(of)
    return CountReport(
        imprint=imprint,
        title=of.ballots.title or _("Report of the count"),
        rule=rule_words(of.count.rule),
        result=result_words(of.count),
        figures=figure_words(of),
        candidates=names,
        stages=tuple(_stages(of.count, names)),
        ties=tuple(
            CountTie(whole(tie.stage), decided, ", ".join(tie.between), resolved)
            for tie, (decided, resolved) in ((tie, tie_words(tie, leads)) for tie in of.count.ties)
        ),
        papers_digest=papers_digest,
        signers=signers,
    )


def changed(told: Count, names: Sequence[str]) -> list[tuple[str, ...]]:
    """For each of the *names* the votes at every stage, with the change beneath."""
    return list(zip(*(stage.votes for stage in _stages(told, names)), strict=True))


def _stages(told: Count, names: Sequence[str]) -> Iterable[CountStage]:
    before: dict[str, Fraction] = {}
    lost = Fraction()
    for stage in told.stages:
        votes = tuple(_changed(stage.votes.get(name), before.get(name)) for name in names)
        yield CountStage(stage.action, votes, _changed(stage.nontransferable, lost) if stage.nontransferable else "")
        before, lost = dict(stage.votes), stage.nontransferable


def _changed(votes: Fraction | None, before: Fraction | None) -> str:
    if votes is None:
        return ""
    if before is None or votes == before:
        return figure(votes)
    sign = "+" if votes > before else "–"
    return f"{figure(votes)}\n{sign}{figure(abs(votes - before))}"
