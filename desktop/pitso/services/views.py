"""What the screens show: frozen values, already in the reader's language, and nothing that a screen must work out."""

from datetime import date, datetime

from msgspec import Struct

from pitso.domain.readiness.agreement import Closeness, Rating
from pitso.domain.readiness.instrument import Stage
from pitso.domain.readiness.scoring import GateState, Verdict

# ---- always in sight ----------------------------------------------------------------------------------------------


class Standing(Struct, frozen=True):
    """What stands in the window whatever the page: where we are, who writes, what is kept."""

    workspace: str
    """Name of the workspace file without its ending."""
    office: bool
    engagement: str | None
    """Title of the engagement that is open."""
    author: str
    author_role: str
    saved_at: datetime | None
    """When the last deed was kept on this computer."""
    kept: int
    """Operations in this workspace."""
    unsent: int
    """Operations that no other computer has acknowledged."""
    undo: str | None
    """The sentence of the deed that Ctrl+Z takes back."""
    redo: str | None
    demonstration: bool
    looking_back: str
    """What is shown in place of today; empty for today."""


# ---- engagements and people ---------------------------------------------------------------------------------------


class EngagementLine(Struct, frozen=True):
    """One engagement in the list of the office."""

    id: str
    title: str
    sides: str
    assessments: int
    verdict: Verdict | None
    verdict_words: str
    verdict_on: date | None
    last_received: datetime | None


class EngagementView(Struct, frozen=True):
    """One engagement at a glance."""

    id: str
    title: str
    country: str
    started_on: date | None
    sides: tuple["SideLine", ...]
    team: tuple["MemberLine", ...]
    assessments: tuple["AssessmentLine", ...]
    next_step: str
    """One sentence: what comes next."""
    next_page: str
    """Name of the page that does it: ``people``, ``assess``, ``exchange``."""


class SideLine(Struct, frozen=True):
    """A body that takes part, by its role in the engagement."""

    role: str
    role_words: str
    organisation: str
    name: str


class MemberLine(Struct, frozen=True):
    """A member of the team or a host who rates."""

    id: str
    person: str
    name: str
    role: str
    role_words: str
    side: str
    """``peer`` or ``host``"""
    side_words: str
    organisation: str


class PersonLine(Struct, frozen=True):
    """A person in a list or a search."""

    id: str
    name: str
    detail: str
    """Role and body, in one line."""
    consents: frozenset[str] = frozenset()
    """What the person has agreed to: to be named outside the team, shown, quoted (`people.NAMED` and so on)."""


class NameLine(Struct, frozen=True):
    """One dated name of a body."""

    id: str
    text: str
    kind: str
    """``official``, ``short``, ``former`` or ``translation``"""
    kind_words: str
    valid_from: str
    """A partial date as typed: 2026, 2026-06 or 2026-06-18; or empty."""
    valid_to: str


class OrganisationView(Struct, frozen=True):
    """A body with all its names."""

    id: str
    name: str
    kind_words: str
    names: tuple[NameLine, ...]
    kind: str = ""
    category: str = ""
    """Of a council: its type, by code."""
    district: str = ""
    seats: str = ""


class HistoryLine(Struct, frozen=True):
    """One value that a field once had."""

    field_words: str
    value: str
    author: str
    device: str
    at: datetime
    current: bool


# ---- assessments --------------------------------------------------------------------------------------------------


class AssessmentLine(Struct, frozen=True):
    """One assessment in the list of an engagement."""

    id: str
    title: str
    stage: Stage
    stage_words: str
    held_on: date
    state: str
    """``rating``, ``revealed`` or ``agreed``"""
    state_words: str
    verdict: Verdict | None
    verdict_words: str
    figures: str
    """Score with range, coverage and confidence, in one line; empty while nothing is agreed."""


class LevelLine(Struct, frozen=True):
    """One level to choose, with its written description."""

    rating: Rating
    word: str
    """``Established``"""
    description: str


class EvidenceLine(Struct, frozen=True):
    """One item of evidence."""

    id: str
    grade: str
    grade_words: str
    text: str
    file_name: str
    """Name of the attached file, or empty."""


class OutlineLine(Struct, frozen=True):
    """One dimension in the outline of the rating page."""

    code: str
    name: str
    done: int
    total: int
    current: bool
    dots: tuple["Dot", ...]
    """One dot for each indicator."""


class Dot(Struct, frozen=True):
    """One indicator in the outline: ``answered``, ``open`` or ``here``, and whether it lacks evidence."""

    code: str
    state: str
    lacks_evidence: bool


class RatingView(Struct, frozen=True):
    """One indicator, ready to be rated by one person."""

    assessment: str
    assessment_title: str
    engagement_title: str
    rater: str
    """Membership that rates, whose name stands in *rater_name*."""
    rater_name: str
    place: str
    """``LEG · Legal and administrative framework``"""
    position: int
    total: int
    code: str
    statement: str
    guidance: str
    evidence_hint: str
    levels: tuple[LevelLine, ...]
    na_allowed: bool
    chosen: Rating | None
    after_reveal: bool
    """The reveal is known: what is rated now is marked."""
    reason: str
    reason_wanted: bool
    """The answer is NA and its reason is still missing."""
    grade: str | None
    """The best grade of this rating's evidence items, A to D."""
    evidence: tuple[EvidenceLine, ...]
    note: str
    answered: int
    in_all: int
    without_evidence: int
    outline: tuple[OutlineLine, ...]
    previous: str | None
    """Code of the indicator before this one."""
    following: str | None
    finished: bool
    """This rater has said that the own ratings are complete."""
    gate_words: str
    """``A gate: at least 2 before founding``, or empty."""


class RaterLine(Struct, frozen=True):
    """How far one rater is: never what was rated."""

    id: str
    name: str
    side_words: str
    answered: int
    total: int
    finished: bool
    writing_here: bool
    """This rater is the author at this computer."""


class RevealView(Struct, frozen=True):
    """Before the reveal: who has finished, and nothing of what they rated."""

    assessment: str
    title: str
    stage_words: str
    raters: tuple[RaterLine, ...]
    may_reveal: bool
    why_not: str


class SpreadDot(Struct, frozen=True):
    """How many ratings, of one side, lie on one level; no names."""

    level: int
    peers: int
    hosts: int


class MinorityLine(Struct, frozen=True):
    """A minority view, without a name unless the peer asked for it."""

    id: str
    text: str
    signed: str


class ConsensusLine(Struct, frozen=True):
    """One indicator in the consensus session."""

    code: str
    statement: str
    closeness: Closeness
    closeness_words: str
    dots: tuple[SpreadDot, ...]
    specials: str
    """``1 × not known yet``, or empty."""
    proposal: Rating | None
    agreed: Rating | None
    agreed_words: str
    """``proposal 2``, ``agreed 2 (A)``, ``no agreement``"""
    single_view: bool
    late: int
    """Ratings that arrived later, not knowing the reveal."""
    after_reveal: int
    """Ratings given after the reveal."""
    seen_differently: bool


class VersionLine(Struct, frozen=True):
    """A former agreed rating: it stays visible."""

    words: str
    reason: str
    author: str
    at: datetime


class ConsensusDetail(Struct, frozen=True):
    """The open indicator of the consensus session."""

    line: ConsensusLine
    dimension: str
    guidance: str
    levels: tuple[LevelLine, ...]
    na_allowed: bool
    reason: str
    grade: str | None
    reason_required_for: tuple[Rating, ...]
    """Choosing one of these asks for a reason."""
    evidence: tuple[EvidenceLine, ...]
    minority: tuple[MinorityLine, ...]
    minority_invited: bool
    """The author here rated two or more levels away and may leave a minority view."""
    versions: tuple[VersionLine, ...]
    response: str
    """What the hosts answer; it is printed unchanged."""


class ConsensusView(Struct, frozen=True):
    """All indicators, the contested first, and the one that is open."""

    assessment: str
    title: str
    lines: tuple[ConsensusLine, ...]
    agreed: int
    total: int
    contested: int
    close_waiting: int
    """Close indicators not agreed yet: acceptable together."""
    unanimous_waiting: int
    detail: ConsensusDetail | None
    may_agree: bool = True
    """Whoever writes here leads the team, and so may agree, accept and close."""
    may_close: bool = False
    closed: bool = False
    """Closed: every change is an amendment with a reason, and both versions are printed."""


# ---- results ------------------------------------------------------------------------------------------------------


class CauseLine(Struct, frozen=True):
    """One cause of the verdict, and what is to be done about it."""

    id: str
    words: str
    subject: str
    """Code of the indicator or dimension, or empty for the whole."""
    owner: str
    """Person who sees to the precondition, or empty."""
    due: date | None
    is_precondition: bool


class DimensionLine(Struct, frozen=True):
    """One dimension with figures that never stand without each other."""

    code: str
    name: str
    weight: int
    score: str
    """``61.5``, or ``insufficient``, or ``not applicable``"""
    range: str
    coverage: str
    confidence: str
    former: str
    """Score of the former assessment with its range, or empty."""


class IndicatorLine(Struct, frozen=True):
    """One indicator in the heat map and the tables."""

    code: str
    statement: str
    rating: str
    """``0`` to ``4``, ``NA``, ``UK``, ``ND`` or empty."""
    grade: str
    gate: GateState | None
    gate_words: str


class Figure(Struct, frozen=True):
    """A drawing as it stands on paper too, with the words that say the same."""

    title: str
    svg: bytes
    words: str


class ReadinessView(Struct, frozen=True):
    """The result of one assessment."""

    assessment: str
    title: str
    subtitle: str
    """Country, date, stage."""
    verdict: Verdict
    verdict_words: str
    advice: str
    """``This is advice by the peers; the decision is the hosts'.``"""
    figures: str
    """``32.3 (30.9 to 35.3), coverage 95.5 %, confidence 91.0 %``"""
    amended: str
    """``Amended on 17 June 2026``, or empty."""
    causes: tuple[CauseLine, ...]
    dimensions: tuple[DimensionLine, ...]
    indicators: tuple[IndicatorLine, ...]
    strengths: tuple[IndicatorLine, ...]
    priorities: tuple[IndicatorLine, ...]
    drawing: Figure | None
    """Of the part that is open, where it has one."""
    spreads: bool
    """Are there individual ratings? Not before the reveal, and not where ratings were typed from a sheet."""
    people: tuple[PersonLine, ...]
    """Who may own a precondition."""
    offer: str
    """A deed that the demonstration offers, such as entering the certificate; or empty."""


class CompareView(Struct, frozen=True):
    """Two assessments, only what is comparable."""

    former: str
    latter: str
    former_figures: str
    latter_figures: str
    summary: str
    """``47 indicators stand in both: 42 rose, 5 stayed, none fell.``"""
    dimensions: tuple[DimensionLine, ...]
    rose: tuple[IndicatorLine, ...]
    stayed: tuple[IndicatorLine, ...]
    fell: tuple[IndicatorLine, ...]
    radar: Figure


# ---- papers and exchange ------------------------------------------------------------------------------------------


class PaperLine(Struct, frozen=True):
    """A paper that can be printed now."""

    kind: str
    of: str
    """Record that it is of, or empty."""
    title: str
    detail: str
    moment: str
    """Heading it stands under: ``For the office``"""
    readers: tuple[tuple[str, str], ...] = ()
    """Code and words of each reader that it can be made for, the usual one first."""
    languages: tuple[tuple[str, str], ...] = ()
    """Code and name of each language that it can be made in."""
    standing: str = ""
    """What became of it: issued, signed, or signed and older than the records; empty where it never left."""


class BundleLine(Struct, frozen=True):
    """A bundle that left, came, or was refused."""

    id: int
    at: datetime
    words: str
    sentences: tuple[str, ...]
    """What was told of it then."""
    receipt: bool
    """Can a receipt of it be put on paper?"""


class ExchangeView(Struct, frozen=True):
    """What is kept here, what was sent, what the office has."""

    kept: int
    sent: int
    acknowledged: int
    waiting: int
    bundles: tuple[BundleLine, ...]
    devices: tuple[str, ...]
    """Who is known."""
    roster: "RosterView"
    office_known: bool = False
    """Is it the office that has acknowledged, or any other computer?"""
    unknown: tuple["UnknownSigner", ...] = ()
    waiting_groups: tuple["WaitingGroup", ...] = ()
    parties: tuple["PartyLine", ...] = ()
    """Whom a bundle can be locked for."""
    only_here_since: datetime | None = None
    """Since when something exists on this computer only, if for more than a day."""
    suggested_name: str = ""
    """File name for the next bundle."""


class UnknownSigner(Struct, frozen=True):
    """A computer whose entries wait until somebody here takes it in."""

    device: str
    """Its key, as hexadecimal digits."""
    name: str
    words: str
    """Six words to compare by voice."""
    operations: int


class WaitingGroup(Struct, frozen=True):
    """Entries of one computer that wait for the same reason."""

    device: str
    name: str
    why: str
    why_words: str
    operations: int
    decidable: bool
    """May a person here let them in all the same?"""


class WaitingEntry(Struct, frozen=True):
    """One entry that waits, as it was written; nothing of it holds here."""

    what: str
    value: str
    author: str
    at: datetime


class PartyLine(Struct, frozen=True):
    """Somebody a bundle can be written for."""

    key: str
    name: str
    unsent: int
    """Entries that they have not said they hold."""
    reader: str
    """For whose eyes a bundle for them is made, if nothing else is said."""


class Side(Struct, frozen=True):
    """One of several values that were written without knowing each other."""

    value: str
    author: str
    device: str
    at: datetime
    shown: bool
    """Is it the one that is shown meanwhile?"""


class Difference(Struct, frozen=True):
    """A field with several values."""

    entity: str
    field: str
    what: str
    contested: bool
    """Does none of them hold until two people settle it?"""
    sides: tuple[Side, ...]
    words_said: tuple[str, ...]
    """Who has said already which one counts, and why."""
    third: bool
    """May a third value be written?"""


class DoubleLine(Struct, frozen=True):
    """Two records that may be of one person, or of one body."""

    one: str
    other: str
    one_told: str
    other_told: str


class SeatLine(Struct, frozen=True):
    """A computer on the list of members."""

    device: str
    name: str
    holder: str
    roles: str
    words: str
    here: bool
    revoked_after: int | None


class RosterView(Struct, frozen=True):
    """Who belongs."""

    number: int
    """The number of the list; 0 where there is none."""
    keeps: bool
    """Is this the office, which keeps the list?"""
    astray: str
    """Why an office does not keep it any more, and what to do; empty elsewhere."""
    own_words: str
    """The six words of this computer."""
    belongs: bool
    """Is this computer on the list?"""
    seats: tuple[SeatLine, ...]


class Asked(Struct, frozen=True):
    """Who asks to belong."""

    holder: str
    invited: str
    computer: str
    roles: tuple[str, ...]
    words: str
    """Six words to compare by voice."""


class MergeReport(Struct, frozen=True):
    """What a bundle brought, in plain words."""

    bundle: str
    sender: str
    sender_words: str
    """Six words that stand for the sender's key."""
    new: int
    known: int
    waiting: int
    conflicts: int
    missing_files: int
    sentences: tuple[str, ...]
    unknown: tuple[UnknownSigner, ...] = ()
    touched: frozenset[str] = frozenset()
    """Kinds of records that changed."""
