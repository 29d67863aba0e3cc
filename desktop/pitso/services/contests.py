"""An election as it is kept: read from the records into frozen values, with what follows from them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from pitso.domain import counting
from pitso.domain.counting import Ballots, Base, Count, Minimum, NoMajority, Rule, Rules, TieLeads
from pitso.domain.counting.rules import WITH_MINIMUM
from pitso.domain.elections import course, entries, slate
from pitso.domain.elections.account import Account, Sum
from pitso.domain.elections.course import Box, Course, Kind, Position, Stand
from pitso.domain.elections.entries import Keyed
from pitso.domain.elections.ladder import Candidate, Officer, Role, Round, Situation
from pitso.domain.elections.slate import Ahead, Condition, Judged, Sort, Standing
from pitso.domain.trouble import Trouble
from pitso.services import rolls
from pitso.services.electorate import Electorate, electorate
from pitso.services.room_views import RollView
from pitso.services.workspace import Workspace
from pitso.storage.journal import Record
from pitso.words import _

OF_AN_ELECTION = ("contest", "nomination", "round", "box", "lot", "objection", "result", "office", "officer")
"""Kinds of records whose ids go on with the key of their election."""

SCRATCH = "entry/"
"""Beginning of the names under which papers lie while they are being keyed."""


def key_of(uid: str) -> str:
    """What stands after the kind in the id of a record, and begins the ids of what belongs to it."""
    return uid.partition("/")[2]


CHOICES: Mapping[str, type[StrEnum]] = {
    "rule": Rule,
    "majority": Base,
    "no_majority": NoMajority,
    "tie": TieLeads,
}
"""What the rules of a position choose from, by the field."""

Choice = TypeVar("Choice", bound=StrEnum)


def _one_of(kind: type[Choice], value: Any, usual: Choice) -> Choice:
    """What a field chooses; where a newer program wrote something else, the usual one, and the record is in doubt."""
    return kind(value) if value in set(kind) else usual


def _strange(record: Record, choices: Mapping[str, type[StrEnum]]) -> bool:
    """Does a field hold what this version of the program does not know?"""
    return any(record.get(field) is not None and record[field] not in set(kind) for field, kind in choices.items())


@dataclass(frozen=True)
class HeldRound:
    """One round as it is kept."""

    id: str
    record: Record
    box: Record
    """The papers that were entered last, with what they were sorted into."""
    number: int
    recounts: int
    doubts: bool
    """Are there values of it that two computers wrote without knowing each other?"""

    @property
    def kind(self) -> Kind:
        return _one_of(Kind, self.record.get("kind"), Kind.FIRST)

    @property
    def opened(self) -> Mapping[str, Any]:
        """When, by whom, with how many voters, on which computer; empty while it is not."""
        return self.record.get("opened") or {}

    @property
    def void(self) -> Mapping[str, Any]:
        """Why it does not count, and who said so; or empty."""
        return self.record.get("void") or {}

    @property
    def holder(self) -> str:
        """The computer that holds the round, by the beginning of its key."""
        return str(self.record.get("holder") or self.opened.get("device", ""))

    @property
    def names(self) -> tuple[str, ...]:
        """Who stands in it, in the order of the paper."""
        return tuple(self.record.get("names", ()))

    @property
    def account(self) -> Account:
        """Its figures, as far as they are known."""
        figures = self.record.get("account") or self.record.get("figures") or {}
        said = self.box.get("sorted") or {}
        rejected = said.get("rejected")
        return Account(
            **{name: figures.get(name) for name in ("printed", "issued", "handed_back", "not_returned", "unused")},
            in_box=self.record.get("in_box"),
            valid=said.get("valid"),
            blank=said.get("blank"),
            rejected=None if rejected is None else sum(rejected.values()),
            not_returned_because=str(figures.get("because", "")),
            explained={which: text for which in Sum if (text := self.record.get(f"explained_{which.value}"))},
        )

    @cached_property
    def ballots(self) -> Ballots | None:
        """The papers; None while they are not entered."""
        text = self.box.get("papers")
        return counting.read_blt(text) if text else None

    @property
    def in_doubt(self) -> str:
        """Why nothing of it may be shown, in a sentence."""
        if not self.doubts:
            return ""
        return _("Two computers kept this round differently: the returning officer settles which of them counts.")


@dataclass(frozen=True)
class Contest:
    """One position with all that belongs to it."""

    id: str
    election: str
    record: Record
    candidates: tuple[Candidate, ...]
    nominations: Mapping[str, Record]
    held: tuple[HeldRound, ...]
    """All rounds, those that do not count too."""
    lots: Mapping[str, Record]
    objections: Mapping[str, Record]
    results: Mapping[str, Record]
    """Declarations, the earliest first."""
    offices: Mapping[str, Record]
    doubts: bool = False
    entitled: int | None = None

    @property
    def title(self) -> str:
        return str(self.record.get("title", ""))

    @property
    def places(self) -> int:
        return int(self.record.get("places", 1))

    @property
    def rule(self) -> Rule:
        return _one_of(Rule, self.record.get("rule"), Rule.PLURALITY)

    @property
    def vote_on_one(self) -> bool:
        return bool(self.record.get("vote_on_one"))

    @property
    def rounds(self) -> tuple[HeldRound, ...]:
        """The rounds that count."""
        return tuple(one for one in self.held if not one.void)

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """Who stands, in the order that was drawn, else by name."""
        drawn = [str(uid) for uid in (self.record.get("order_drawn") or {}).get("order", ())]
        found = [one for one in self.candidates if one.stands]
        return tuple(sorted(found, key=lambda one: (drawn.index(one.id) if one.id in drawn else len(drawn), one.name)))

    @property
    def rules(self) -> Rules:
        """What the rule leaves to choose, as it was adopted."""
        least = {"women": ("woman", _("women")), "men": ("man", _("men"))}
        minima = [
            Minimum(words, frozenset(one.name for one in self.standing if one.sex == sex), int(number))
            for which, (sex, words) in least.items()
            if (number := self.record.get(f"least_{which}")) and self.rule in WITH_MINIMUM
        ]
        return Rules(
            majority=_one_of(Base, self.record.get("majority"), Base.VALID),
            no_majority=_one_of(NoMajority, self.record.get("no_majority"), NoMajority.RUNOFF),
            exactly=bool(self.record.get("exactly")) and self.rule is Rule.BLOCK,
            minimum=tuple(minima),
            tie=_one_of(TieLeads, self.record.get("tie"), TieLeads.LOT),
        )

    @property
    def draws(self) -> tuple[tuple[str, ...], ...]:
        """The lots that were drawn, each with its names in order."""
        return tuple(tuple(lot["drawn"]["order"]) for lot in self.lots.values() if lot.get("drawn"))

    @cached_property
    def course(self) -> Course:
        """What follows from the rounds so far."""
        position = Position(self.rule, self.places, self.rules, self.entitled)
        boxes = [Box(one.kind, None if one.in_doubt else one.ballots, one.opened.get("present")) for one in self.rounds]
        told = course.follow(position, boxes, self.draws)
        if told.next_kind is Kind.FIRST and self.vote_on_one and len(self.standing) <= self.places == 1:
            return replace(told, next_kind=Kind.CONFIRMATION)
        return told

    @property
    def uncontested(self) -> bool:
        """Is everybody who stands elected without a vote?"""
        return len(self.standing) <= self.places and not self.vote_on_one

    def winners(self, *, closed: bool) -> tuple[Candidate, ...]:
        """Who is elected, as far as the count says; nobody while anything is in doubt."""
        if self.doubts or any(one.in_doubt for one in self.rounds):
            return ()
        if closed and self.uncontested:
            return self.standing
        if self.course.stand is not Stand.DECIDED:
            return ()
        by_name = {one.name: one for one in self.candidates}
        return tuple(by_name[name] for name in self.course.winners if name in by_name)

    @property
    def count_of(self) -> tuple[Count | None, ...]:
        """The count of each round that counts."""
        counts = self.course.counts
        return (*counts, *[None] * (len(self.rounds) - len(counts)))

    @property
    def declared(self) -> Mapping[str, Any]:
        """The latest declaration; empty while there is none."""
        told = [record["declared"] for record in self.results.values() if record.get("declared")]
        return told[-1] if told else {}

    @property
    def declared_number(self) -> int:
        """How many declarations were made, each in place of the one before."""
        return len(self.results)

    def seal(self, roll_hash: str) -> str:
        """One hash over all that a declaration rests on: papers, accounts, lots, who is elected, the roll."""
        told = {
            "roll": roll_hash,
            "names": [[one.id, one.name] for one in self.standing],
            "rounds": [
                [one.kind.value, one.box.get("papers"), one.record.get("account"), one.record.get("in_box")]
                for one in self.held
            ],
            "explained": [sorted(one.account.explained.items()) for one in self.held],
            "lots": [list(draw) for draw in self.draws],
            "winners": [one.id for one in self.winners(closed=True)],
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Election:
    """One election with its positions."""

    ws: Workspace = field(repr=False, compare=False)
    id: str
    record: Record
    officers: tuple[Officer, ...]
    officer_ids: Mapping[str, str]
    """The record of each officer, by person and role."""
    contests: tuple[Contest, ...]
    electorate: Electorate
    rules_in_doubt: bool = False

    @property
    def key(self) -> str:
        return key_of(self.id)

    @property
    def engagement(self) -> str:
        return str(self.record.get("engagement", ""))

    @property
    def workshop(self) -> str:
        return str(self.record.get("workshop", ""))

    @property
    def title(self) -> str:
        return str(self.record.get("title", ""))

    @property
    def held_on(self) -> date:
        return date.fromisoformat(self.record["held_on"])

    @property
    def rules(self) -> Mapping[str, Any]:
        """When, by whom and how the rules were adopted; empty while they are not."""
        return self.record.get("rules") or {}

    @property
    def opened(self) -> Mapping[str, Any]:
        """When nominations were opened."""
        return self.record.get("nominations_opened") or {}

    @property
    def closed(self) -> Mapping[str, Any]:
        """When nominations were closed; empty again when they are opened anew."""
        return self.record.get("nominations_closed") or {}

    @cached_property
    def roll(self) -> RollView:
        """The whole roll, with names and faults; it takes a while to read."""
        return rolls.roll(self.ws, self.workshop)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on all office bearers together."""
        told = self.record.get("conditions") or {}
        found = [Condition(sort, int(told[sort.value])) for sort in (Sort.WOMEN, Sort.MEN) if told.get(sort.value)]
        return (*found, *([Condition(Sort.COUNCILS)] if told.get(Sort.COUNCILS.value) else []))

    def contest(self, uid: str) -> Contest:
        """The position with this id; Trouble if it is not here."""
        found = next((one for one in self.contests if one.id == uid), None)
        if found is None:
            raise Trouble(_("This position is not here."), _("Look at the election again."))
        return found

    def winners(self, contest: Contest) -> tuple[Candidate, ...]:
        """Who is elected to a position, as far as that is known and not in doubt."""
        return contest.winners(closed=bool(self.closed))

    def judged(self, upto: Contest | None = None) -> tuple[Judged, ...]:
        """The conditions on the slate, after the positions that are decided up to and including *upto*."""
        elected: list[Standing] = []
        ahead: list[Ahead] = []
        passed = False
        for contest in self.contests:
            won = () if passed else self.winners(contest)
            decided = bool(won) or (not passed and contest.course.stand is Stand.DECIDED)
            if decided:
                elected += [_standing(one) for one in won]
            else:
                known = tuple(map(_standing, contest.standing)) if self.closed else None
                ahead.append(Ahead(contest.places, known))
            passed = passed or (upto is not None and contest.id == upto.id)
        return slate.judge(self.conditions, elected, ahead)

    def situation(self, contest: Contest, *, not_ready: bool = False) -> Situation:
        """All that the steps of a position depend on."""
        before = self._before(contest)
        won = self.winners(contest)
        opened, adopted = self.opened.get("at"), self.rules.get("at")
        decided = contest.course
        return Situation(
            rules_frozen=bool(adopted),
            roll_frozen=self.electorate.frozen and not self.electorate.contested,
            roll_faults=0 if self.electorate.frozen else sum(fault.stops for fault in self.roll.faults),
            officers=self.officers,
            candidates=tuple(one for each in self.contests for one in each.candidates)
            if not self.closed
            else contest.candidates,
            nominations_opened=bool(opened),
            nominations_closed=bool(self.closed),
            opened_before_rules=bool(opened) and (not adopted or opened < adopted),
            places=contest.places,
            vote_on_one=contest.vote_on_one,
            order_drawn=bool(contest.record.get("order_drawn")),
            not_ready=not_ready,
            position_before=before.title if before else "",
            rounds=tuple(self._round(one) for one in contest.rounds),
            stand=decided.stand,
            waits_at=decided.round,
            objections_open=sum(not one.get("ruling") for one in contest.objections.values()),
            in_doubt=self._in_doubt(contest),
            declared=bool(contest.declared),
            changed_since=bool(contest.declared) and contest.declared.get("seal") != contest.seal(self.electorate.hash),
            seated=sum(bool(one.get("accepted")) for one in contest.offices.values()),
            elected=len(won),
            handed_over=bool(contest.record.get("handed_over")),
        )

    def _before(self, contest: Contest) -> Contest | None:
        """The position before, while its result is not known."""
        place = self.contests.index(contest)
        waiting = (one for one in self.contests[:place] if not self._decided(one))
        return next(waiting, None)

    def _decided(self, contest: Contest) -> bool:
        return bool(self.closed) and (contest.uncontested or contest.course.stand is Stand.DECIDED)

    def _in_doubt(self, contest: Contest) -> str:
        told = next((one.in_doubt for one in contest.rounds if one.in_doubt), "")
        if not told and (contest.doubts or self.rules_in_doubt):
            told = _("Two computers kept this position differently: settle it first; until then no result is shown.")
        if not told and self.electorate.contested:
            told = _("Two computers froze the roll differently: settle it first; until then no result is shown.")
        return told

    def _round(self, held: HeldRound) -> Round:
        first, second = entered(self.ws, held, 1), entered(self.ws, held, 2)
        both = first.done and second.done
        differing = len(entries.differences(first.papers, second.papers)) if both else 0
        return Round(
            kind=held.kind,
            opened=bool(held.opened),
            account=held.account,
            account_made=bool(held.record.get("account")),
            entered=held.ballots is not None,
            differing=differing,
            challenged=sum(paper.challenged for paper in first.papers) if both and not differing else 0,
            in_doubt=held.in_doubt,
        )


def _standing(candidate: Candidate) -> Standing:
    return Standing(candidate.name, candidate.sex, candidate.council)


# ---- what is being keyed ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entered:
    """What one of two people has keyed of a round: outside the journal, on this computer only."""

    slot: int
    by: str = ""
    papers: tuple[Keyed, ...] = ()
    done: bool = False


def scratch_key(held: HeldRound, slot: int) -> str:
    """Under which name an entry lies; it tells neither paper nor order."""
    return f"{SCRATCH}{key_of(held.id)}/{held.recounts}/{slot}"


def entered(ws: Workspace, held: HeldRound, slot: int) -> Entered:
    """What the first or the second person has keyed so far."""
    key = scratch_key(held, slot)
    text = ws.journal.scratch(key).get(key)
    if text is None:
        return Entered(slot)
    told = json.loads(text)
    papers = tuple(_paper(one) for one in told["papers"])
    return Entered(slot, told["by"], papers, told["done"])


def written(entry: Entered) -> str:
    """An entry as it lies in the file."""
    papers = [[list(one.marks), one.rejected or "", int(one.challenged)] for one in entry.papers]
    return json.dumps({"by": entry.by, "papers": papers, "done": entry.done})


def _paper(told: Sequence[Any]) -> Keyed:
    marks, rejected, challenged = told
    shown = tuple(tuple(mark) if isinstance(mark, list) else mark for mark in marks)
    return Keyed(shown, entries.Reason(rejected) if rejected else None, bool(challenged))


# ---- reading ----------------------------------------------------------------------------------------------------


def load(ws: Workspace, uid: str) -> Election:
    """An election with its positions; Trouble if it is not here."""
    record = ws.journal.record(uid)
    if "held_on" not in record:
        raise Trouble(_("This election is not here."), _("Bring in the bundle that holds it, or begin a new one."))
    key = key_of(uid)
    found = {kind: ws.journal.records(f"{kind}/{key}/") for kind in OF_AN_ELECTION}
    doubts = {entity for kind in OF_AN_ELECTION for entity, _f in _differing(ws, f"{kind}/{key}/")}
    may_vote = electorate(ws, record["workshop"])
    contests = [
        _contest(contest, found, doubts, uid, may_vote.votes if may_vote.frozen else None)
        for contest in sorted(found["contest"], key=lambda one: (found["contest"][one].get("order", 0), one))
    ]
    acting = found["officer"].items()
    officers = {uid_: one for uid_, one in acting if one.get("person") and one.get("role") in set(Role)}
    names = ws.journal.several(str(one["person"]) for one in officers.values())
    return Election(
        ws=ws,
        id=uid,
        record=record,
        officers=tuple(
            Officer(str(one["person"]), str(names.get(one["person"], {}).get("name", "")), Role(one["role"]))
            for one in officers.values()
        ),
        officer_ids={f"{one['person']} {one['role']}": officer for officer, one in officers.items()},
        contests=tuple(contests),
        electorate=may_vote,
        rules_in_doubt=bool(_differing(ws, uid)),
    )


def as_read(ws: Workspace, uid: str) -> Election:
    """The same, read once until anything is written: lists of papers ask for each election a dozen times."""
    state = ws.journal.file.state
    kept = ws.elections.get(uid)
    if kept is None or kept[0] != state:
        kept = ws.elections[uid] = (state, load(ws, uid))
    return kept[1]


def _differing(ws: Workspace, prefix: str) -> list[tuple[str, str]]:
    return [*ws.journal.contested(prefix), *ws.journal.differing(prefix)]


def _contest(
    uid: str,
    found: Mapping[str, Mapping[str, Record]],
    doubts: set[str],
    election: str,
    entitled: int | None,
) -> Contest:
    def of(kind: str) -> dict[str, Record]:
        return {each: one for each, one in found[kind].items() if each.startswith(f"{kind}/{key_of(uid)}/")}

    boxes = of("box")
    nominated = dict(sorted(of("nomination").items(), key=lambda item: str(item[1].get("at", ""))))
    own = tuple(f"{kind}/{key_of(uid)}/" for kind in ("nomination", "lot", "result"))
    return Contest(
        id=uid,
        election=election,
        record=found["contest"][uid],
        candidates=tuple(_candidate(each, one) for each, one in nominated.items()),
        nominations=nominated,
        held=tuple(
            sorted((_held(each, one, boxes, doubts) for each, one in of("round").items()), key=lambda one: one.number)
        ),
        lots=of("lot"),
        objections=dict(sorted(of("objection").items(), key=lambda item: str(item[1].get("at", "")))),
        results=dict(sorted(of("result").items())),
        offices=of("office"),
        doubts=_strange(found["contest"][uid], CHOICES)
        or any(entity == uid or entity.startswith(own) for entity in doubts),
        entitled=entitled,
    )


def _candidate(uid: str, record: Record) -> Candidate:
    return Candidate(
        id=uid,
        person=str(record.get("person", "")),
        name=str(record.get("name", "")),
        council=str(record.get("council", "")),
        sex=str(record.get("sex", "")),
        proposer=str(record.get("proposer", "")),
        seconder=str(record.get("seconder", "")),
        consent=bool(record.get("consent")),
        ruling=str((record.get("ruling") or {}).get("ruling", "")),
        withdrawn=bool(record.get("withdrawn")),
    )


def _held(uid: str, record: Record, boxes: Mapping[str, Record], doubts: set[str]) -> HeldRound:
    recounts = len(record.get("recounts") or ())
    box = f"box/{key_of(uid)}/{recounts}"
    return HeldRound(
        id=uid,
        record=record,
        box=boxes.get(box, {}),
        number=int(uid.rpartition("/")[2]),
        recounts=recounts,
        doubts=uid in doubts or box in doubts or _strange(record, {"kind": Kind}),
    )


def moment_of(told: Mapping[str, Any]) -> datetime | None:
    """When something that is kept with its time was done."""
    return datetime.fromisoformat(told["at"]) if told.get("at") else None


def standing_at(ws: Workspace, workshop: str) -> frozenset[str]:
    """The persons who stand in the elections of a workshop and did not withdraw."""
    engagement = str(ws.journal.record(workshop).get("engagement", ""))
    held = [one for uid in elections(ws, engagement) if (one := load(ws, uid)).workshop == workshop]
    return frozenset(each.person for one in held for contest in one.contests for each in contest.standing)


def elections(ws: Workspace, engagement: str) -> tuple[str, ...]:
    """The elections of an engagement, the earliest first."""
    found = {
        uid: record
        for uid, record in ws.journal.records("election/").items()
        if record.get("engagement") == engagement and record.get("held_on")
    }
    order = ("held_on", "planned_on")
    return tuple(sorted(found, key=lambda uid: (*(str(found[uid].get(field, "")) for field in order), uid)))
