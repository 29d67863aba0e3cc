"""What the screens and papers of the room are shown: workshops, sessions, participants, figures, roll, quorum."""

from datetime import date, datetime

from msgspec import Struct

from pitso.domain.rolls import State


class WorkshopLine(Struct, frozen=True):
    """A workshop with its days."""

    id: str
    engagement: str
    title: str
    kind: str
    kind_words: str
    starts: date
    ends: date
    place: str
    code: str
    """Three characters that its badges begin with."""
    outcome: str = ""
    next_date: date | None = None
    """What was agreed to follow."""
    offers: tuple[str, ...] = ()
    """In words: its languages, whether it is interpreted, what makes it accessible."""
    languages: str = ""
    interpreted: bool = False
    accessibility: tuple[str, ...] = ()
    """Codes of what makes it accessible."""


class SessionLine(Struct, frozen=True):
    """A session as the programme plans it (``09:30``) and as it was held."""

    id: str
    number: int
    title: str
    kind: str
    kind_words: str
    day: date
    starts: str
    ends: str
    led: str
    led_words: str
    chair: str
    began: datetime | None
    ended: datetime | None
    notes: str
    """What was said, as the minutes hold it."""
    peers_admitted: str
    """Why peers were let into a session of the hosts alone; empty where they were not."""

    @property
    def minutes(self) -> int | None:
        """How long it took, in whole minutes; None while it has not ended."""
        if self.began is None or self.ended is None:
            return None
        return round((self.ended - self.began).total_seconds() / 60)


class Participant(Struct, frozen=True):
    """One person, or one seat that was invited without a name, in the register of a workshop."""

    id: str
    person: str
    """Empty for a seat whose holder is not known yet."""
    name: str
    council: str
    council_name: str
    is_council: bool
    capacity: str
    capacity_words: str
    sex: str
    age_band: str
    credentials: str
    mandate: str
    identity: str
    number: int
    serial: str
    """What the badge bears."""
    invited: bool
    walk_in: bool
    came: datetime | None
    """When the person registered, by the clock of the desk."""
    desk: str
    stands_for: str
    """The attendance of whom this person came for, or empty."""
    list_consent: bool
    answer: str = ""
    """To the invitation: ``yes``, ``no`` or empty."""
    voided: tuple[int, ...] = ()
    """Numbers of badges that were lost and hold no more."""
    also: tuple[str, ...] = ()
    """Other attendances of the same person, since two records were joined."""
    also_numbers: tuple[int, ...] = ()
    """The badges of those."""

    @property
    def registered(self) -> bool:
        return self.came is not None

    @property
    def votes(self) -> bool:
        """Was the person sent with a vote?"""
        return self.credentials == "vote"


class Figures(Struct, frozen=True):
    """The figures of the room at a moment."""

    at: datetime
    invited: int
    registered: int
    walk_ins: int
    present: int
    councils_present: int
    councils_registered: int
    councils: int
    women: int
    """Of those registered."""
    young: int
    may_vote: int
    """Voters who are in the room."""


class Elector(Struct, frozen=True):
    """Somebody who may vote, for a council."""

    person: str
    name: str
    council: str
    council_name: str
    sex: str
    votes: int = 1
    registered: bool = False


class DelegationLine(Struct, frozen=True):
    """A council with the delegates it sends."""

    council: str
    name: str
    category: str
    region: str
    delegates: int
    """How many it may send."""
    votes_each: int
    standing: bool
    standing_words: str
    electors: tuple[Elector, ...]
    alternates: tuple[str, ...] = ()

    @property
    def votes(self) -> int:
        return sum(elector.votes for elector in self.electors)


class RollFault(Struct, frozen=True):
    """What is wrong with the roll, in a sentence; *stops*: it cannot be frozen so."""

    words: str
    stops: bool


class Objection(Struct, frozen=True):
    """Somebody's objection to the roll that is displayed, and the ruling on it."""

    id: str
    text: str
    by: str
    at: datetime
    ruling: str


class RollView(Struct, frozen=True):
    """The roll of a workshop: who may vote."""

    workshop: str
    state: State
    electors: tuple[Elector, ...]
    delegations: tuple[DelegationLine, ...]
    hash: str
    """SHA-256 over persons, councils and votes as they stand now."""
    faults: tuple[RollFault, ...]
    displayed_until: str
    adopted_at: datetime | None
    frozen_at: datetime | None
    frozen_by: tuple[str, ...]
    """Names of the returning officer and the scrutineer."""
    contested: bool
    """Two computers froze it differently: nobody may rely on it until two persons settled it."""
    amendments: tuple[str, ...]
    objections: tuple[Objection, ...]
    changed_since: bool
    """It is not what was displayed or adopted any more."""

    @property
    def votes(self) -> int:
        return sum(elector.votes for elector in self.electors)

    @property
    def councils(self) -> frozenset[str]:
        return frozenset(elector.council for elector in self.electors)


class QuorumLine(Struct, frozen=True):
    """One condition in words, with its figures."""

    words: str
    needed: int
    present: int
    base: int

    @property
    def met(self) -> bool:
        return self.present >= self.needed


class QuorumView(Struct, frozen=True):
    """Whether the assembly may decide at a moment, condition by condition."""

    at: datetime
    met: bool
    lines: tuple[QuorumLine, ...]
    voters: int
    """Voters in the room."""


class AmendmentLine(Struct, frozen=True):
    """A proposal to change the text of a resolution: the whole text as it would then stand."""

    id: str
    text: str
    by: str
    result: str
    """``adopted``, ``rejected``, ``withdrawn``, or empty while it is open."""


class ResolutionView(Struct, frozen=True):
    """A resolution from its proposal to its result."""

    id: str
    number: int
    """In its year; 0 while it is not decided."""
    year: int
    title: str
    text: str
    kind: str
    kind_words: str
    moved_by: str
    seconded_by: str
    mover: str
    seconder: str
    """The names of both."""
    session: str
    amendments: tuple[AmendmentLine, ...]
    decided_at: datetime | None
    mode: str
    rule: str
    result: str
    result_words: str
    votes: tuple[int, int, int] | None
    """For, against, abstaining; None where nothing was counted."""
    present: int
    """Voters in the room when it was decided."""
    quorum: str
    """The quorum with its figures, as it was at that time."""
    quorum_met: bool
    quorum_figures: tuple[tuple[int, int], ...]
    """For each condition how many were there and how many were needed; empty where none was set."""

    @property
    def called(self) -> str:
        """``3/2026``; empty while it has no number."""
        return f"{self.number}/{self.year}" if self.number else ""


class SpeechLine(Struct, frozen=True):
    """Somebody on the speakers' list; *minutes* once the speech ended."""

    id: str
    name: str
    side: str
    side_words: str
    began: datetime | None
    ended: datetime | None

    @property
    def seconds(self) -> int:
        if self.began is None or self.ended is None:
            return 0
        return round((self.ended - self.began).total_seconds())
