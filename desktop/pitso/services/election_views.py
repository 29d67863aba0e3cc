"""What the pages of an election are shown: frozen values."""

from enum import StrEnum

from msgspec import Struct

from pitso.domain.elections.entries import Keyed
from pitso.domain.elections.ladder import State, Step


class AskKind(StrEnum):
    """How a question of a step is answered."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    PERSON = "person"
    CHOICE = "choice"
    TICK = "tick"
    PIN = "pin"


class Ask(Struct, frozen=True):
    """One question that a step asks."""

    key: str
    kind: AskKind
    label: str
    value: str = ""
    """What stands there; ``yes`` for what is ticked."""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Code and words, for a choice or a person."""


class DeedLine(Struct, frozen=True):
    """Something that can be done at a step."""

    code: str
    words: str
    main: bool = False
    goes: str = ""
    """A page that it leads to, instead of a deed."""


class StepForm(Struct, frozen=True):
    """Questions that belong together, and what can be done with the answers."""

    title: str
    deeds: tuple[DeedLine, ...]
    asks: tuple[Ask, ...] = ()
    hint: str = ""


class StepRow(Struct, frozen=True):
    """One of several things that belong to a step: a nomination, an officer, an objection."""

    id: str
    title: str
    detail: str = ""
    pill: str = ""
    tone: str = "soft"


class RungLine(Struct, frozen=True):
    """One step in the ladder."""

    id: str
    """``papers 1``: the step and its round."""
    title: str
    detail: str
    state: State
    state_words: str


class StepView(Struct, frozen=True):
    """The step that is open on the page."""

    id: str
    step: Step
    title: str
    place: str
    state: State
    state_words: str
    told: tuple[str, ...] = ()
    """What is known of it, one sentence each."""
    why: str = ""
    warned: tuple[str, ...] = ()
    """What does not add up or cannot be met."""
    forms: tuple[StepForm, ...] = ()
    rows: tuple[StepRow, ...] = ()
    chosen: str = ""
    """The row that is open, or empty."""
    figures: tuple[tuple[str, ...], ...] = ()
    """A table: the heads, then its rows."""
    paper: str = ""
    """The paper of this step, as the papers page calls it."""


class PositionLine(Struct, frozen=True):
    """One position among those of the election."""

    id: str
    title: str
    state: str


class ElectionView(Struct, frozen=True):
    """The election page."""

    id: str
    title: str
    positions: tuple[PositionLine, ...]
    position: str
    rungs: tuple[RungLine, ...]
    step: StepView
    others: tuple[tuple[str, str], ...] = ()
    """Other elections of the engagement: id and title."""


class CandidateKey(Struct, frozen=True):
    """One candidate on the page of the count, with the key that gives a vote."""

    number: int
    key: str
    name: str
    votes: int


class PaperLine(Struct, frozen=True):
    """One paper in words."""

    words: str
    rejected: str = ""
    challenged: bool = False


class DifferenceLine(Struct, frozen=True):
    """One paper on which the two entries differ."""

    place: int
    """Its number among the differences, from 0."""
    title: str
    first: str
    second: str
    first_paper: Keyed | None = None
    second_paper: Keyed | None = None


class SumLine(Struct, frozen=True):
    """How often each of two tallies found one candidate, or a blank or rejected paper."""

    what: str
    first: int
    second: int


class ChallengeLine(Struct, frozen=True):
    """A challenged paper that waits for a decision."""

    at: int
    title: str
    paper: str


class EntryView(Struct, frozen=True):
    """The page on which papers are keyed."""

    round: str
    title: str
    second: str
    ranked: bool
    one_mark: bool
    by_tally: bool
    may_tally: bool
    slot: int
    writer: str
    """Who keys now; empty where nobody does."""
    stopped: str
    """Why nothing can be keyed here, in a sentence."""
    in_box: int
    keyed: int
    other: str
    """How far the other entry is, in words."""
    done: bool
    both_done: bool
    candidates: tuple[CandidateKey, ...]
    blank: int
    rejected: int
    last: tuple[PaperLine, ...]
    """The papers that were keyed last, the latest first."""
    differences: tuple[DifferenceLine, ...]
    challenges: tuple[ChallengeLine, ...]
    reasons: tuple[tuple[str, str], ...]
    """Why a paper is rejected: code and words."""
    closed: bool
    sums: tuple[SumLine, ...] = ()
    """Where two tallies differ, candidate by candidate."""
    warned: str = ""
