"""Entering the papers of a box: twice by two people, or as two tallies; until the box is closed nothing is kept of it.

What is keyed lies outside the journal and leaves with neither bundle nor copy. Closing the box keeps the papers sorted,
as one value, without voter, order or time of any of them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from pitso.domain import counting
from pitso.domain.counting import Ballots
from pitso.domain.counting.ballots import Paper
from pitso.domain.counting.rules import BY_CROSSES
from pitso.domain.elections import entries
from pitso.domain.elections.account import Sum
from pitso.domain.elections.course import Kind
from pitso.domain.elections.entries import Difference, Keyed, Reason
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.services import election_words, rounds
from pitso.services.change import Change
from pitso.services.contests import Contest, Election, Entered, HeldRound, entered, key_of, scratch_key, written
from pitso.services.elections import now, require_leading
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Put
from pitso.words import _, whole

SLOTS = (1, 2)
OfSlot: TypeAlias = Callable[[Workspace, str, int], Change]
"""A deed on one of the two entries of a round."""
SLACK = 20
"""Papers that may be keyed beyond those in the box, before somebody is told that something is wrong."""


def blank_box(contest: Contest, one: HeldRound) -> Ballots:
    """The box without papers: who stands, for how many places."""
    alone = one.kind in (Kind.CONFIRMATION, Kind.SECOND_BALLOT, Kind.RUNOFF)
    title = f"{contest.title}, {election_words.kinds()[one.kind]}"
    return Ballots(1 if alone else contest.places, one.names, {}, title)


def rule_of(contest: Contest, one: HeldRound) -> counting.Rule:
    """The rule that says what a paper of this round means: a second ballot and a confirmation bear one mark."""
    plain = one.kind in (Kind.SECOND_BALLOT, Kind.CONFIRMATION)
    return counting.Rule.PLURALITY if plain else contest.rule


def reasons() -> dict[Reason, str]:
    """Why a paper does not count, in words."""
    return {
        Reason.TOO_MANY: _("more marks than allowed"),
        Reason.TOO_FEW: _("fewer marks than asked for"),
        Reason.NO_FIRST: _("no clear first preference"),
        Reason.UNCLEAR: _("the mark is not clear"),
        Reason.NAMES_VOTER: _("it tells who voted"),
        Reason.NOT_OFFICIAL: _("it is not an official paper"),
        Reason.OTHER: _("another reason"),
    }


# ---- one person keys --------------------------------------------------------------------------------------------


def require_own(ws: Workspace, uid: str, slot: int) -> tuple[Election, Contest, HeldRound, Entered]:
    """The entry of whoever writes here; Trouble for a candidate, for whoever did the other one, or after its end."""
    found = rounds.held(ws, uid)
    return *found, own_of(ws, *found[::2], slot)


def own_of(ws: Workspace, election: Election, one: HeldRound, slot: int) -> Entered:
    """As `require_own`, of a round that was read already."""
    rounds.require_here(ws, one)
    author = require_author(ws)
    if one.record.get("in_box") is None:
        raise Trouble(_("The papers in the box were not counted yet."), _("Count them first."))
    if one.ballots is not None:
        raise Trouble(_("The papers were entered already."), _("A recount begins anew."))
    if any(each.person == author and each.stands for other in election.contests for each in other.candidates):
        raise Trouble(
            _("{name} is a candidate and keys no papers.").format(name=person_name(ws, author)),
            _("Let somebody else write here (F2)."),
        )
    own, other = entered(ws, one, slot), entered(ws, one, 3 - slot)
    if other.by == author:
        raise Trouble(
            _("The two entries are made by two people; {name} made the other one.").format(
                name=person_name(ws, author)
            ),
            _("Let somebody else write here (F2)."),
        )
    if own.by not in ("", author):
        raise Trouble(
            _("{name} began this entry.").format(name=person_name(ws, own.by)),
            _("Let the same person end it, or begin it anew."),
        )
    return replace(own, by=author)


def _keep(ws: Workspace, one: HeldRound, entry: Entered) -> Change:
    ws.journal.keep_scratch(scratch_key(one, entry.slot), written(entry))
    return Change(frozenset({"entry"}), "", undoable=False)


def key_paper(ws: Workspace, uid: str, slot: int, paper: Keyed) -> Change:
    """Add one paper to an entry; Trouble for a mark for nobody, and for many more papers than are in the box."""
    _election, contest, one, own = require_own(ws, uid, slot)
    if own.done:
        raise Trouble(_("This entry was ended."), _("Open it again to add a paper."))
    _require_marks(paper.marks, len(one.names))
    if len(own.papers) >= int(one.record["in_box"]) + SLACK:
        raise Trouble(
            _("More papers were keyed than are in the box: {number}.").format(number=whole(len(own.papers))),
            _("Take the last ones back, or count the box again."),
        )
    return _keep(ws, one, replace(own, papers=(*own.papers, entries.as_marked(paper, rule_of(contest, one)))))


def _require_marks(marks: Paper, candidates: int) -> None:
    named = [number for mark in marks for number in (mark if isinstance(mark, tuple) else (mark,))]
    for number in named:
        if not 0 <= number <= candidates:
            raise Trouble(
                _("A paper names candidate {number}; there are {count}.").format(
                    number=whole(number), count=whole(candidates)
                ),
                _("Key it again with the numbers that stand beside the names."),
            )


def keep_entry(ws: Workspace, uid: str, slot: int, papers: Sequence[Keyed]) -> Change:
    """Keep a whole entry at once, ended: a pile that was keyed elsewhere and brought in."""
    _election, contest, one, own = require_own(ws, uid, slot)
    for paper in papers:
        _require_marks(paper.marks, len(one.names))
    kept = tuple(entries.as_marked(paper, rule_of(contest, one)) for paper in papers)
    return _keep(ws, one, replace(own, papers=kept, done=True))


def take_back(ws: Workspace, uid: str, slot: int) -> Change:
    """Take the paper away that was keyed last."""
    _election, _contest, one, own = require_own(ws, uid, slot)
    if own.done or not own.papers:
        raise Trouble(_("There is no paper to take back."), _("Go on."))
    return _keep(ws, one, replace(own, papers=own.papers[:-1]))


def end_entry(ws: Workspace, uid: str, slot: int, *, done: bool = True) -> Change:
    """Say that all papers were keyed, or open the entry again."""
    _election, _contest, one, own = require_own(ws, uid, slot)
    return _keep(ws, one, replace(own, done=done))


def begin_anew(ws: Workspace, uid: str, slot: int) -> Change:
    """Let go of an entry, for example because who began it is gone."""
    election, _contest, one = rounds.held(ws, uid)
    require_leading(ws, election)
    rounds.require_here(ws, one)
    ws.journal.clear_scratch(scratch_key(one, slot))
    return Change(frozenset({"entry"}), _("The entry begins anew."), undoable=False)


# ---- the two together -------------------------------------------------------------------------------------------


def by_tally(one: HeldRound) -> bool:
    """Do the two count strokes instead of keying the same pile in the same order?"""
    return bool(one.record.get("by_tally"))


def choose_way(ws: Workspace, uid: str, *, tally: bool) -> Change:
    """Key the papers twice, or count them in two tallies, where crosses are made; before anybody began."""
    election, contest, one = rounds.held(ws, uid)
    require_leading(ws, election)
    if tally and rule_of(contest, one) not in BY_CROSSES:
        raise Trouble(_("Papers with numbers cannot be counted by strokes."), _("Key each paper."))
    if any(entered(ws, one, slot).papers for slot in SLOTS):
        raise Trouble(_("The entry has begun."), _("End it in the same way, or begin it anew."))
    said = _("The papers are counted in two tallies.") if tally else _("Each paper is keyed twice.")
    return ws.record([Put(uid, "by_tally", tally)], said=said, made=uid)


def compared(ws: Workspace, one: HeldRound) -> tuple[list[Keyed], list[Keyed], tuple[Difference, ...]]:
    """Both entries and where they part: paper by paper, or for tallies sort by sort, in whatever order they came."""
    first, second = (list(entered(ws, one, slot).papers) for slot in SLOTS)
    if by_tally(one):
        first, second = sorted(first, key=_rank), sorted(second, key=_rank)
    return first, second, entries.differences(first, second)


def _rank(paper: Keyed) -> tuple[str, str, bool]:
    return str(paper.marks), paper.rejected or "", paper.challenged


def agree(ws: Workspace, uid: str, place: int, paper: Keyed | None) -> Change:
    """Both looked at the paper of one difference again: this is what it says; None: there is no such paper."""
    _election, contest, one = _to_close(ws, uid)
    first, second, found = compared(ws, one)
    if not 0 <= place < len(found):
        raise Trouble(_("This was settled meanwhile."), _("Look at the list again."))
    if paper is not None:
        _require_marks(paper.marks, len(one.names))
        paper = entries.as_marked(paper, rule_of(contest, one))
    return _keep_both(ws, one, entries.agreed(first, second, found[place], paper))


def decide(ws: Workspace, uid: str, at: int, *, rejected: Reason | None) -> Change:
    """The returning officer decides on the challenged paper at this place: it counts as keyed, or not and why."""
    election, _contest, one = _to_close(ws, uid)
    require_leading(ws, election)
    first, second, found = compared(ws, one)
    if found:
        raise Trouble(_("The two entries still differ."), _("Look at those papers together first."))
    if not (0 <= at < len(first) and first[at].challenged):
        raise Trouble(_("This was settled meanwhile."), _("Look at the list again."))
    return _keep_both(ws, one, tuple(entries.decided(entry, at, rejected=rejected) for entry in (first, second)))


def _to_close(ws: Workspace, uid: str) -> tuple[Election, Contest, HeldRound]:
    election, contest, one = rounds.held(ws, uid)
    rounds.require_here(ws, one)
    require_author(ws)
    if one.ballots is not None:
        raise Trouble(_("The papers were entered already."), _("A recount begins anew."))
    for slot in SLOTS:
        if not entered(ws, one, slot).done:
            raise Trouble(_("Not both entries were ended."), _("Two people key all papers, one after the other."))
    return election, contest, one


def _keep_both(ws: Workspace, one: HeldRound, both_: Sequence[Sequence[Keyed]]) -> Change:
    for slot, papers in zip(SLOTS, both_, strict=True):
        _keep(ws, one, replace(entered(ws, one, slot), papers=tuple(papers)))
    return Change(frozenset({"entry"}), _("Both entries say the same of this paper now."), undoable=False)


def close_box(ws: Workspace, uid: str) -> Change:
    """Keep the papers, sorted, and let go of what was keyed.

    Trouble while the entries differ, a challenged paper waits, or the sum of the papers is not explained.
    """
    election, contest, one = _to_close(ws, uid)
    require_leading(ws, election)
    papers, _second, found = compared(ws, one)
    if found:
        raise Trouble(
            _("The two entries still differ in {number} places.").format(number=whole(len(found))),
            _("Look at those papers together first."),
        )
    if any(paper.challenged for paper in papers):
        raise Trouble(_("A challenged paper waits for a decision."), _("Decide on it first."))
    box = entries.in_the_box(papers, blank_box(contest, one))
    sorted_ = entries.sort_papers(papers, box, rule_of(contest, one), contest.rules)
    if sorted_.all != int(one.record["in_box"]) and not one.account.explained.get(Sum.SORTED):
        raise Trouble(
            _("{keyed} papers were keyed and {box} are in the box.").format(
                keyed=whole(sorted_.all), box=whole(int(one.record["in_box"]))
            ),
            _("Count the box again, or explain the difference; it is printed."),
        )
    return _closed(ws, one, box, sorted_)


def _closed(ws: Workspace, one: HeldRound, box: Ballots, sorted_: entries.Sorted) -> Change:
    by = sorted({entered(ws, one, slot).by for slot in SLOTS})
    told: Value = {
        "valid": sorted_.valid,
        "blank": sorted_.blank,
        "rejected": {reason.value: number for reason, number in sorted_.rejected.items()},
        "by": list(by),
        "at": now(ws),
    }
    entity = f"box/{key_of(one.id)}/{one.recounts}"
    edits = [Put(entity, "papers", counting.write_blt(box)), Put(entity, "sorted", told)]
    deed = ws.record_shuffled(edits, said=_("The box is closed; its papers are kept sorted."), made=entity)
    ws.journal.clear_scratch(f"entry/{key_of(one.id)}/")
    return deed


def votes(papers: Sequence[Keyed], candidates: int, rule: counting.Rule) -> tuple[tuple[int, ...], int, int]:
    """For the tally on the screen: marks, or first preferences, for each candidate; blank papers; rejected ones."""
    found = Counter[int]()
    blank = rejected = 0
    for paper in papers:
        if paper.rejected is not None:
            rejected += 1
        elif not paper.marks:
            blank += 1
        else:
            shown = paper.marks if rule in BY_CROSSES else paper.marks[:1]
            found.update(number for mark in shown for number in (mark if isinstance(mark, tuple) else (mark,)))
    return tuple(found[number] for number in range(1, candidates + 1)), blank, rejected
