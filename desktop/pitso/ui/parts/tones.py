"""Which tone a verdict, a rating or a grade speaks in; the words say the same."""

from pitso.domain.readiness.agreement import Closeness
from pitso.domain.readiness.scoring import GateState, Verdict
from pitso.ui.parts.words import Tone

_VERDICTS: dict[Verdict, Tone] = {
    Verdict.READY: "done",
    Verdict.PRECONDITIONS: "warn",
    Verdict.NOT_READY: "wrong",
    Verdict.UNDETERMINED: "soft",
}
_CLOSENESS: dict[Closeness, Tone] = {
    Closeness.UNANIMOUS: "done",
    Closeness.CLOSE: "done",
    Closeness.DISCUSS: "warn",
    Closeness.CONTESTED: "wrong",
    Closeness.UNRATED: "soft",
}


_GATES: dict[GateState, Tone] = {
    GateState.MET: "done",
    GateState.ON_WORD_ONLY: "warn",
    GateState.NOT_MET: "wrong",
    GateState.UNKNOWN: "soft",
}


def tone_of_gate(gate: GateState | None) -> Tone:
    """The tone of a gate."""
    return _GATES[gate] if gate else "soft"


def tone_of(verdict: Verdict | None) -> Tone:
    """The tone of a verdict."""
    return _VERDICTS[verdict] if verdict else "soft"


def tone_of_closeness(closeness: Closeness) -> Tone:
    """The tone of how near ratings lie."""
    return _CLOSENESS[closeness]
