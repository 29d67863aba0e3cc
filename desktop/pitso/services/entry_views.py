"""The page of the count, read: who keys, what was keyed, where the two entries differ."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pitso.domain.counting.rules import BY_CROSSES
from pitso.domain.elections import entries
from pitso.domain.elections.entries import SAID_BY_PEOPLE, Difference, Keyed
from pitso.domain.trouble import Trouble
from pitso.services import election_words, keying, rounds
from pitso.services.contests import Election, HeldRound, entered
from pitso.services.election_views import CandidateKey, ChallengeLine, DifferenceLine, EntryView, PaperLine, SumLine
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, listed, ngettext, pgettext, whole

KEYS = "123456789abcdefghijklmnopqrstuvwyz"
"""The keys of the candidates, in the order of the paper; ``0`` is a blank paper, ``x`` one that is rejected."""
SHOWN = 6


def key_of_candidate(number: int) -> str:
    """The key that names candidate *number*; empty where there are more candidates than keys."""
    return KEYS[number - 1] if number <= len(KEYS) else ""


def entry(ws: Workspace, uid: str) -> EntryView:
    """The entry of a round, for whoever writes here."""
    election, contest, one = rounds.held(ws, uid)
    slot = _slot(ws, one)
    own, other = entered(ws, one, slot), entered(ws, one, 3 - slot)
    rule = keying.rule_of(contest, one)
    votes, blank, rejected = keying.votes(own.papers, len(one.names), rule)
    both_done = own.done and other.done
    found = keying.compared(ws, one)[2] if both_done else ()
    return EntryView(
        round=uid,
        title=contest.title,
        second=election_words.kinds()[one.kind],
        ranked=rule not in BY_CROSSES,
        one_mark=rule in entries.ONE_MARK,
        by_tally=keying.by_tally(one),
        may_tally=rule in BY_CROSSES and not own.papers and not other.papers,
        slot=slot,
        writer=person_name(ws, own.by or ws.author),
        stopped=_stopped(ws, election, one, slot),
        in_box=int(one.record.get("in_box") or 0),
        keyed=len(own.papers),
        other=_other(ws, other.by, len(other.papers), done=other.done),
        done=own.done,
        both_done=both_done,
        candidates=tuple(
            CandidateKey(number, key_of_candidate(number), name, votes[number - 1])
            for number, name in enumerate(one.names, 1)
        ),
        blank=blank,
        rejected=rejected,
        last=tuple(_line(one, paper) for paper in reversed(own.papers[-SHOWN:])),
        differences=tuple(_difference(one, place, each) for place, each in enumerate(found)),
        challenges=_challenges(ws, one) if both_done and not found else (),
        reasons=tuple((reason.value, keying.reasons()[reason]) for reason in SAID_BY_PEOPLE),
        closed=one.ballots is not None,
        sums=_sums(one, own.papers, other.papers, slot) if found and keying.by_tally(one) else (),
        warned=_warned(one, len(own.papers)) if own.done else "",
    )


def _slot(ws: Workspace, one: HeldRound) -> int:
    """The entry of whoever writes here: the one begun, else the first that nobody began."""
    by = {slot: entered(ws, one, slot).by for slot in keying.SLOTS}
    own = [slot for slot in keying.SLOTS if by[slot] == ws.author]
    free = [slot for slot in keying.SLOTS if not by[slot]]
    return (own or free or [1])[0]


def _stopped(ws: Workspace, election: Election, one: HeldRound, slot: int) -> str:
    """Why whoever writes here cannot key, in a sentence."""
    try:
        keying.own_of(ws, election, one, slot)
    except Trouble as trouble:
        return f"{trouble.happened} {trouble.remedy}"
    return ""


def _other(ws: Workspace, by: str, keyed: int, *, done: bool) -> str:
    if not by:
        return _("The other entry was not begun.")
    told = ngettext("{name} has keyed {number} paper.", "{name} has keyed {number} papers.", keyed).format(
        name=person_name(ws, by), number=whole(keyed)
    )
    return f"{told} {_('That entry is ended.')}" if done else told


def _warned(one: HeldRound, keyed: int) -> str:
    in_box = int(one.record.get("in_box") or 0)
    if keyed == in_box:
        return ""
    return _("{keyed} papers were keyed and {box} are in the box.").format(keyed=whole(keyed), box=whole(in_box))


def paper_words(one: HeldRound, paper: Keyed | None) -> str:
    """What a paper says: the names in the order of the preferences, or that it is blank or rejected."""
    if paper is None:
        return _("no such paper")
    if paper.rejected is not None:
        return _("rejected: {reason}").format(reason=keying.reasons()[paper.rejected])
    if not paper.marks:
        return _("blank")
    return listed(_mark(one, mark) for mark in paper.marks)


def _mark(one: HeldRound, mark: int | tuple[int, ...]) -> str:
    if isinstance(mark, tuple):
        return " = ".join(_mark(one, each) for each in mark)
    return one.names[mark - 1] if mark else _("skipped")


def _line(one: HeldRound, paper: Keyed) -> PaperLine:
    why = keying.reasons()[paper.rejected] if paper.rejected else ""
    return PaperLine(paper_words(one, paper), why, paper.challenged)


def _difference(one: HeldRound, place: int, each: Difference) -> DifferenceLine:
    title = _("Paper {number}").format(number=whole(each.first_at + 1))
    if keying.by_tally(one):
        title = _("Difference {number}").format(number=whole(place + 1))
    return DifferenceLine(place, title, _reading(one, each.first), _reading(one, each.second), each.first, each.second)


def _reading(one: HeldRound, paper: Keyed | None) -> str:
    said = paper_words(one, paper)
    return f"{said} · {_('challenged')}" if paper is not None and paper.challenged else said


def _sums(one: HeldRound, own: Sequence[Keyed], other: Sequence[Keyed], slot: int) -> tuple[SumLine, ...]:
    """What two tallies found differently often: marks for each name, blank and rejected papers, all papers.

    Where all of these agree, the same marks stand on other papers: then it is told of each sort of paper.
    """
    both = (own, other) if slot == 1 else (other, own)
    marks, sorts = [_tally(one, papers) for papers in both], [_sorts(one, papers) for papers in both]
    return _apart(marks, (*one.names, *(what for tally in marks for what in tally))) or _apart(
        sorts, [what for tally in sorts for what in tally]
    )


def _tally(one: HeldRound, papers: Sequence[Keyed]) -> Counter[str]:
    found = Counter({pgettext("election", "Papers"): len(papers)})
    for paper in papers:
        if paper.marks and paper.rejected is None:
            found.update(_mark(one, mark) for mark in paper.marks)
        else:
            found[paper_words(one, paper)] += 1
    return found


def _sorts(one: HeldRound, papers: Sequence[Keyed]) -> Counter[str]:
    return Counter(_reading(one, paper) for paper in papers)


def _apart(tallies: Sequence[Counter[str]], whats: Iterable[str]) -> tuple[SumLine, ...]:
    first, second = tallies
    return tuple(
        SumLine(what, first[what], second[what]) for what in dict.fromkeys(whats) if first[what] != second[what]
    )


def _challenges(ws: Workspace, one: HeldRound) -> tuple[ChallengeLine, ...]:
    papers = keying.compared(ws, one)[0]
    return tuple(
        ChallengeLine(at, _("Paper {number}").format(number=whole(at + 1)), paper_words(one, paper))
        for at, paper in enumerate(papers)
        if paper.challenged
    )
