"""Which tone a verdict, a rating or a grade speaks in; the words say the same."""

from pitso.domain.readiness.agreement import Closeness
from pitso.domain.readiness.scoring import Verdict
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


def tone_of(verdict: Verdict | None) -> Tone:
    """The tone of a verdict."""
    return _VERDICTS[verdict] if verdict else "soft"


def tone_of_closeness(closeness: Closeness) -> Tone:
    """The tone of how near ratings lie."""
    return _CLOSENESS[closeness]
