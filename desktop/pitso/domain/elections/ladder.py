"""The ladder of steps from adopted rules to a holder of office; each step says why it is not open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pitso.domain.elections.account import Account
from pitso.domain.elections.course import Kind, Stand
from pitso.words import _, listed, ngettext


class Step(StrEnum):
    """The steps, in their order; those of a round come once for each round."""

    RULES = "rules"
    ROLL = "roll"
    OFFICERS = "officers"
    NOMINATIONS = "nominations"
    ORDER = "order"
    OPENING = "opening"
    """The round is opened: who may vote is in the room, and they are a quorum."""
    PAPERS = "papers"
    """The account that is made before the box is opened."""
    BOX = "box"
    ENTRY = "entry"
    COUNT = "count"
    LOT = "lot"
    OBJECTIONS = "objections"
    DECLARATION = "declaration"
    OFFICE = "office"


OF_A_ROUND = (Step.OPENING, Step.PAPERS, Step.BOX, Step.ENTRY, Step.COUNT)


class State(StrEnum):
    """How a step stands."""

    DONE = "done"
    OPEN = "open"
    WAITING = "waiting"
    """The steps above come first."""
    STOPPED = "stopped"
    """Something is wrong, and is told."""
    UNNEEDED = "unneeded"


@dataclass(frozen=True)
class Rung:
    """One step with its state; *why* is a sentence where it is not done and not open."""

    step: Step
    state: State
    why: str = ""
    round: int = 0
    """Which round, the first being 0, for the steps of a round."""


class Role(StrEnum):
    """What an officer of the election does."""

    RETURNING = "returning"
    DEPUTY = "deputy"
    SCRUTINEER = "scrutineer"
    COUNTER = "counter"
    OBSERVER = "observer"


LEADING = (Role.RETURNING, Role.DEPUTY)


@dataclass(frozen=True)
class Officer:
    """Somebody who holds the election."""

    person: str
    name: str
    role: Role


@dataclass(frozen=True)
class Candidate:
    """Somebody who is nominated for one position."""

    id: str
    person: str
    name: str
    council: str = ""
    sex: str = ""
    proposer: str = ""
    seconder: str = ""
    consent: bool = False
    ruling: str = ""
    """``accepted``, ``refused``, or empty."""
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Is this a candidate in the end?"""
        return self.ruling == "accepted" and not self.withdrawn

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing before it can be ruled on: ``proposer``, ``seconder``, ``consent``."""
        found = {"proposer": self.proposer, "seconder": self.seconder, "consent": self.consent}
        return tuple(what for what, given in found.items() if not given)


@dataclass(frozen=True)
class Round:
    """One round, as far as it came."""

    kind: Kind
    opened: bool = False
    account: Account = field(default_factory=Account)
    account_made: bool = False
    """Was it made, before the box was opened?"""
    entered: bool = False
    """Are the papers entered, and the box closed for good?"""
    differing: int = 0
    """Places where the two entries part."""
    challenged: int = 0
    """Papers that wait for a decision."""
    in_doubt: str = ""
    """Why nothing of this round may be shown, in a sentence; or empty."""


@dataclass(frozen=True)
class Situation:
    """All that the steps of one position depend on."""

    rules_frozen: bool = False
    roll_frozen: bool = False
    roll_faults: int = 0
    officers: tuple[Officer, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    nominations_opened: bool = False
    nominations_closed: bool = False
    opened_before_rules: bool = False
    places: int = 1
    vote_on_one: bool = False
    """Do the rules ask for a vote where there are not more candidates than places?"""
    order_drawn: bool = False
    not_ready: bool = False
    """Readiness is not established, and nobody decided to go ahead (W07)."""
    position_before: str = ""
    """The position whose result comes first, or empty."""
    rounds: tuple[Round, ...] = ()
    stand: Stand = Stand.NEXT_ROUND
    waits_at: int = 0
    """The round that waits, or is to be held."""
    objections_open: int = 0
    in_doubt: str = ""
    declared: bool = False
    changed_since: bool = False
    """Do the records say something else than what was declared?"""
    seated: int = 0
    """How many of those elected have accepted."""
    elected: int = 0
    handed_over: bool = False

    @property
    def standing(self) -> tuple[Candidate, ...]:
        """The candidates in the end."""
        return tuple(one for one in self.candidates if one.stands)

    @property
    def uncontested(self) -> bool:
        """Is everybody elected without a vote?"""
        return self.nominations_closed and len(self.standing) <= self.places and not self.vote_on_one


def both(officers: Iterable[Officer], candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Names of candidates who act as officers, which cannot be; observers are no officers."""
    standing = {one.person for one in candidates if not one.withdrawn and one.ruling != "refused"}
    acting = {one.person: one.name for one in officers if one.role is not Role.OBSERVER and one.person in standing}
    return tuple(acting.values())


def ladder(now: Situation) -> tuple[Rung, ...]:
    """Every step of one position. The first that is not done is open or says what is wrong; those below wait."""
    return tuple(_in_order(_told(now)))


def here(rungs: Sequence[Rung]) -> Rung | None:
    """The step that is next: the first that is open or stopped."""
    return next((rung for rung in rungs if rung.state in (State.OPEN, State.STOPPED)), None)


def obstacle(rungs: Sequence[Rung], wanted: Step) -> str:
    """Why the *wanted* step cannot be done now, in a sentence; empty if it is the next one and sound."""
    rung = here(rungs)
    if rung is not None and rung.step is wanted and rung.state is State.OPEN:
        return ""
    told = next((one.why for one in (rung, *rungs) if one is not None and one.why), "")
    return told or _("Another step comes first.")


def _told(now: Situation) -> Iterable[Rung]:
    """Each step by itself: done, not needed, stopped, or open as far as it alone is concerned."""
    yield _rules(now)
    yield _roll(now)
    yield _officers(now)
    yield _nominations(now)
    yield from _order(now)
    if not now.uncontested:
        yield from _rounds(now)
    yield _objections(now)
    yield _declaration(now)
    yield _office(now)


def _in_order(rungs: Iterable[Rung]) -> Iterable[Rung]:
    above: Rung | None = None
    for rung in rungs:
        if above is not None and rung.state in (State.OPEN, State.STOPPED) and rung.step is not Step.OFFICERS:
            why = _("First: {step}.").format(step=step_words(above.step))
            yield Rung(rung.step, State.WAITING, why, rung.round)
            continue
        yield rung
        if rung.state in (State.OPEN, State.STOPPED, State.WAITING) and above is None:
            above = rung


def step_words(step: Step) -> str:
    """What a step is called."""
    return {
        Step.RULES: _("Rules adopted"),
        Step.ROLL: _("Roll frozen"),
        Step.OFFICERS: _("Officers"),
        Step.NOMINATIONS: _("Nominations"),
        Step.ORDER: _("Order on the paper"),
        Step.OPENING: _("Opening of the vote"),
        Step.PAPERS: _("Account of the papers"),
        Step.BOX: _("Papers in the box"),
        Step.ENTRY: _("Entry of the papers"),
        Step.COUNT: _("Count"),
        Step.LOT: _("Equal votes"),
        Step.OBJECTIONS: _("Objections"),
        Step.DECLARATION: _("Declaration"),
        Step.OFFICE: _("Acceptance and handover"),
    }[step]


# ---- before the vote ------------------------------------------------------------------------------------------------


def _rules(now: Situation) -> Rung:
    if now.rules_frozen and now.opened_before_rules:
        return Rung(Step.RULES, State.STOPPED, _("Nominations were opened before the rules were adopted."))
    return Rung(Step.RULES, State.DONE if now.rules_frozen else State.OPEN)


def _roll(now: Situation) -> Rung:
    if now.roll_frozen:
        return Rung(Step.ROLL, State.DONE)
    if now.roll_faults:
        told = ngettext(
            "The roll has {number} fault: mend it in the room, then freeze it.",
            "The roll has {number} faults: mend them in the room, then freeze it.",
            now.roll_faults,
        )
        return Rung(Step.ROLL, State.STOPPED, told.format(number=now.roll_faults))
    return Rung(Step.ROLL, State.OPEN)


def _officers(now: Situation) -> Rung:
    acting = both(now.officers, now.candidates)
    if acting:
        told = _("{names} cannot be a candidate and hold the election.").format(names=listed(acting))
        return Rung(Step.OFFICERS, State.STOPPED, told)
    roles = [one.role for one in now.officers]
    enough = Role.RETURNING in roles and Role.SCRUTINEER in roles
    return Rung(Step.OFFICERS, State.DONE if enough else State.OPEN)


def _nominations(now: Situation) -> Rung:
    if not now.nominations_closed:
        return Rung(Step.NOMINATIONS, State.OPEN)
    if not now.standing:
        return Rung(Step.NOMINATIONS, State.STOPPED, _("Nobody stands: open nominations again."))
    return Rung(Step.NOMINATIONS, State.DONE)


def _order(now: Situation) -> Iterable[Rung]:
    if now.uncontested:
        return
    yield Rung(Step.ORDER, State.DONE if now.order_drawn else State.OPEN)


# ---- the rounds -----------------------------------------------------------------------------------------------------


def _rounds(now: Situation) -> Iterable[Rung]:
    for at, held in enumerate(now.rounds):
        yield from _round(now, at, held)
    if now.stand is Stand.NEXT_ROUND or not now.rounds:
        yield _to_open(now, len(now.rounds))


def _round(now: Situation, at: int, held: Round) -> Iterable[Rung]:
    if held.in_doubt:
        yield Rung(Step.OPENING, State.STOPPED, held.in_doubt, at)
        return
    yield Rung(Step.OPENING, State.DONE, round=at) if held.opened else _to_open(now, at)
    yield Rung(Step.PAPERS, State.DONE if held.account_made else State.OPEN, round=at)
    yield _box(held, at)
    yield _entry(held, at)
    yield from _count(now, held, at)


def _to_open(now: Situation, at: int) -> Rung:
    if now.not_ready and not at:
        return Rung(Step.OPENING, State.STOPPED, _("Readiness is not established (W07): see the warnings."), at)
    if now.position_before and not at:
        told = _("First the position before: {position}.").format(position=now.position_before)
        return Rung(Step.OPENING, State.WAITING, told, at)
    return Rung(Step.OPENING, State.OPEN, round=at)


def _box(held: Round, at: int) -> Rung:
    if held.account.in_box is None:
        return Rung(Step.BOX, State.OPEN, round=at)
    if set(held.account.unexplained):
        told = _("The account does not add up: find the paper, or say why.")
        return Rung(Step.BOX, State.STOPPED, told, at)
    return Rung(Step.BOX, State.DONE, round=at)


def _entry(held: Round, at: int) -> Rung:
    if held.entered:
        return Rung(Step.ENTRY, State.DONE, round=at)
    if held.differing:
        told = ngettext(
            "The two entries differ in {number} place: look at the paper together.",
            "The two entries differ in {number} places: look at the papers together.",
            held.differing,
        )
        return Rung(Step.ENTRY, State.STOPPED, told.format(number=held.differing), at)
    if held.challenged:
        told = ngettext(
            "{number} challenged paper waits for a decision.",
            "{number} challenged papers wait for a decision.",
            held.challenged,
        )
        return Rung(Step.ENTRY, State.STOPPED, told.format(number=held.challenged), at)
    return Rung(Step.ENTRY, State.OPEN, round=at)


def _count(now: Situation, held: Round, at: int) -> Iterable[Rung]:
    tied = now.stand is Stand.TIE and now.waits_at == at
    yield Rung(Step.COUNT, State.DONE if held.entered else State.OPEN, round=at)
    if tied:
        yield Rung(Step.LOT, State.OPEN, round=at)


# ---- after the count ------------------------------------------------------------------------------------------------


def _counted(now: Situation) -> bool:
    return now.uncontested or now.stand is Stand.DECIDED


def _objections(now: Situation) -> Rung:
    if now.objections_open:
        told = ngettext(
            "{number} objection waits for a ruling.", "{number} objections wait for a ruling.", now.objections_open
        )
        return Rung(Step.OBJECTIONS, State.STOPPED, told.format(number=now.objections_open))
    return Rung(Step.OBJECTIONS, State.DONE if _counted(now) else State.OPEN)


def _declaration(now: Situation) -> Rung:
    if now.in_doubt:
        return Rung(Step.DECLARATION, State.STOPPED, now.in_doubt)
    if now.declared and now.changed_since:
        told = _("The records were changed after the declaration: supersede it with a new one, or put them right.")
        return Rung(Step.DECLARATION, State.STOPPED, told)
    return Rung(Step.DECLARATION, State.DONE if now.declared else State.OPEN)


def _office(now: Situation) -> Rung:
    if now.declared and not now.elected:
        return Rung(Step.OFFICE, State.UNNEEDED)
    done = now.declared and now.seated >= now.elected and now.handed_over
    return Rung(Step.OFFICE, State.DONE if done else State.OPEN)


def unfit(now: Situation, candidate: Candidate, electors: Iterable[str]) -> str:
    """Why a nomination cannot be accepted, in a sentence; empty if it can. *electors* are the persons on the roll."""
    voters = set(electors)
    if candidate.lacks:
        missing = {"proposer": _("a proposer"), "seconder": _("a seconder"), "consent": _("the consent")}
        return _("It lacks: {what}.").format(what=listed(missing[what] for what in candidate.lacks))
    if candidate.person not in voters:
        return _("{name} is not on the roll.").format(name=candidate.name)
    if len({candidate.person, candidate.proposer, candidate.seconder}) < 3:
        return _("Candidate, proposer and seconder must be three different people.")
    if not {candidate.proposer, candidate.seconder} <= voters:
        return _("Proposer and seconder must be on the roll.")
    if both(now.officers, (candidate,)):
        return _("{names} cannot be a candidate and hold the election.").format(names=candidate.name)
    return ""
