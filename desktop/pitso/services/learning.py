"""Learning: from points to dated topics of the learning programme, and which points nobody uses yet."""

from dataclasses import dataclass
from datetime import date

from pitso.domain.folding import fold
from pitso.services import answers
from pitso.services.answers import Row
from pitso.services.workspace import Workspace
from pitso.words import _

LEARNERS = ("hosts", "supporting", "both")


@dataclass(frozen=True)
class PointLine:
    """One learning point: what, who learned it, and the topic of the programme that uses it, if one does."""

    record: str
    text: str
    learned_by: str
    learned_by_words: str
    topic: str
    on: date | None
    """The day of that topic; a topic without one is a wish, and the point is not in use."""

    @property
    def used(self) -> bool:
        return self.on is not None


@dataclass(frozen=True)
class LearningView:
    """The learning points of an engagement, those that wait first, and the record of the programme, if there is one."""

    points: tuple[PointLine, ...]
    programme: str

    @property
    def used(self) -> int:
        return sum(point.used for point in self.points)


def learners() -> dict[str, str]:
    """Who learned, by the code in the form."""
    return {"hosts": _("The hosts"), "supporting": _("The supporting side"), "both": _("Both sides")}


def learning(ws: Workspace, engagement: str) -> LearningView:
    """What was learned in an engagement and what became of it.

    A point belongs to a topic that names it, or whose name stands in the point.
    """
    programmes = answers.said(ws, engagement, "programme")
    topics = [row for one in programmes for row in one.table("topics")]
    points = [
        PointLine(
            record=one.at,
            text=one.values.get("text", ""),
            learned_by=one.values.get("learned_by", ""),
            learned_by_words=learners().get(one.values.get("learned_by", ""), ""),
            topic=topic.values.get("topic", "") if (topic := _topic_of(one, topics)) is not None else "",
            on=topic.day("topic_on") if topic is not None else None,
        )
        for one in answers.said(ws, engagement, "learning")
    ]
    points.sort(key=lambda point: (point.used, point.on or date.max, fold(point.text)))
    return LearningView(tuple(points), programmes[-1].at if programmes else "")


def _topic_of(point: Row, topics: list[Row]) -> Row | None:
    """The topic that uses a point, one with a date before others."""
    named = fold(point.values.get("programme_item", ""))
    found = [
        topic
        for topic in topics
        if point.at in topic.values.get("from_points", "").split()
        or (named and fold(topic.values.get("topic", "")) == named)
    ]
    return min(found, key=lambda topic: topic.day("topic_on") or date.max, default=None)
