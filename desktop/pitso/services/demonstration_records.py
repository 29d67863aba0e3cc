"""The records of the demonstration's story that the forms of the programme hold, from the table beside the others.

A stage of the table begins a record, goes on with it, or corrects it with a reason. An answer is as a form keeps it, or
names a person by the code of the story, a person by name (`#`), a body by name (`@`) or an assessment by title (`!`).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from pitso import places
from pitso.services import finishing, library, records, typed
from pitso.services.editors import editor_of
from pitso.services.filling import Filling, open_record
from pitso.services.record_ids import FINAL
from pitso.services.workspace import Workspace
from pitso.words import _

_ROW = re.compile(r"\[(\d+)\]")
_REGISTERS = {"#": ("person/", "name"), "@": ("organisation/", "name"), "!": ("assessment/", "title")}


@dataclass(frozen=True)
class Dated:
    """Something that happened on a day (``2026-01-22``), at an hour."""

    day: str
    hour: int
    deed: Callable[[], object]


@dataclass
class Records:
    """The records while the story is told: those of the days that have come are written, in order."""

    ws: Workspace
    engagement: str
    persons: Mapping[str, str]
    on: Callable[[str, int], date]
    besides: Sequence[Dated] = ()
    """What else happened, told among the records on its day."""
    made: dict[str, str] = field(default_factory=dict)
    """The records by the keys of the table."""

    def until(self, day: str) -> None:
        """Tell all that happened before this day and was not told yet."""
        while self._to_come and self._to_come[0].day < day:
            told = self._to_come.pop(0)
            self.on(told.day, told.hour)
            told.deed()

    @cached_property
    def _to_come(self) -> list[Dated]:
        stages: list[dict[str, Any]] = json.loads(
            places.resource("demonstration/records.json").read_text(encoding="utf-8")
        )
        told = [Dated(stage["day"], stage["hour"], partial(self._tell, stage)) for stage in stages]
        return sorted([*told, *self.besides], key=lambda one: (one.day, one.hour))

    def _tell(self, stage: dict[str, Any]) -> None:
        filling = self._opened(stage)
        for name, text in stage["answers"].items():
            path = f"/data/{name}"
            _with_rows(filling, path)
            filling.session.answer(
                path, typed.kept(editor_of(filling.session.question(path)), meant(self.ws, self.persons, text))
            )
        records.keep(filling, filling.edits(), _("A record of the story."))
        if stage.get("finish") or "reason" in stage:
            finishing.finish(filling)

    def _opened(self, stage: dict[str, Any]) -> Filling:
        """The record of a stage, begun if it is the first of it, and opened again if it was finished."""
        key = stage["key"]
        if key not in self.made:
            form = library.current(self.ws, stage["form"])
            self.made[key] = records.begin(self.ws, self.engagement, form).record
        filling = open_record(self.ws, self.made[key])
        if filling.state == FINAL:
            finishing.correct(filling, stage["reason"])
        return filling


def meant(ws: Workspace, persons: Mapping[str, str], text: str) -> str:
    """What the table means: a person by the code of the story, a record of the registers, or the text itself."""
    if text[:1] in _REGISTERS:
        prefix, name = _REGISTERS[text[0]]
        return next(uid for uid, held in ws.journal.records(prefix).items() if held.get(name) == text[1:])
    return persons.get(text, text)


def _with_rows(filling: Filling, path: str) -> None:
    """Add the rows that the *path* speaks of, where they are not there yet."""
    for series, number in _series(path):
        while filling.session.rows(series) < number:
            filling.session.add_row(series)


def _series(path: str) -> Iterator[tuple[str, int]]:
    """The tables that a path goes through, each with the number of its row."""
    for row in _ROW.finditer(path):
        yield path[: row.start()], int(row[1])
