"""A talk with a form: what is answered, and what then holds."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache

from pitso.xforms import Environment, Form, Session, convert, read_form
from tests.xforms.books import table, workbook

NOON = datetime(2026, 1, 22, 12, 0, tzinfo=timezone(timedelta(hours=2)))


def environment() -> Environment:
    """A world that stands still: noon in Maseru, numbers and UUIDs in a fixed order."""
    numbers = itertools.count(1)
    identities = itertools.count(1)
    return Environment(
        clock=lambda: NOON,
        random=lambda: (next(numbers) * 0.381) % 1,
        uuid=lambda: f"00000000-0000-4000-8000-{next(identities):012d}",
        device={
            "deviceid": "laptop-7",
            "username": "mpho",
            "email": "mpho@example.org",
            "phonenumber": "+266",
        },
    )


@cache
def form_of(survey: str, choices: str = "", settings: str = "", entities: str = "", external: str = "") -> Form:
    """The form that these sheets describe; sheets are written as `books.table` reads them."""
    return read_form(xform_of(survey, choices, settings, entities, external))


@cache
def xform_of(survey: str, choices: str = "", settings: str = "", entities: str = "", external: str = "") -> bytes:
    sheets = {
        "survey": survey,
        "choices": choices,
        "settings": settings,
        "entities": entities,
        "external_choices": external,
    }
    return convert(workbook({name: table(text) for name, text in sheets.items() if text})).xform


class Scenario:
    """One session, spoken to in sentences; paths begin below ``/data``."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @classmethod
    def of(
        cls,
        survey: str,
        choices: str = "",
        *,
        settings: str = "",
        entities: str = "",
        external: str = "",
        media: Mapping[str, bytes] | None = None,
        change: Callable[[Environment], Environment] = lambda environment: environment,
    ) -> Scenario:
        if media is None:
            form = form_of(survey, choices, settings, entities, external)
        else:
            form = read_form(xform_of(survey, choices, settings, entities, external), media=media)
        return cls(form.begin(change(environment())))

    @classmethod
    def calculating(cls, expression: str, **answers: str) -> Scenario:
        """A form that calculates one *expression* as ``/data/result`` over plain text questions."""
        rows = [["type", "name", "label", "calculation"]]
        rows += [["text", name, name, ""] for name in answers]
        rows += [["calculate", "result", "", expression]]
        form = read_form(convert(workbook({"survey": rows})).xform)
        scenario = cls(form.begin(environment()))
        for name, text in answers.items():
            scenario.answers(name, text)
        return scenario

    @staticmethod
    def path(path: str) -> str:
        return path if path.startswith("/") else f"/data/{path}"

    def answers(self, path: str, text: object) -> None:
        self.session.answer(self.path(path), str(text))

    def adds(self, path: str) -> None:
        self.session.add_row(self.path(path))

    def removes(self, path: str) -> None:
        self.session.remove_row(self.path(path))

    def undoes(self) -> None:
        assert self.session.undo()

    def says(self, path: str) -> str | None:
        return self.session.value(self.path(path))

    def shows(self, path: str) -> bool:
        return self.session.relevant(self.path(path))

    def offers(self, path: str) -> list[str]:
        return [option.name for option in self.session.choices(self.path(path))]

    def labels(self, path: str) -> list[str]:
        return [option.label for option in self.session.choices(self.path(path))]

    def asks(self, path: str) -> str:
        return self.session.label(self.path(path))

    def rows(self, path: str) -> int:
        return self.session.rows(self.path(path))

    def wrong(self, path: str | None = None) -> list[tuple[str, str]]:
        problems = self.session.problems(None if path is None else self.path(path))
        return [(problem.path.removeprefix("/data/"), problem.kind) for problem in problems]


def state_of(session: Session) -> dict[str, tuple[object, ...]]:
    """All that a screen may see of a session, by path."""
    return {
        path: (
            session.value(path),
            session.relevant(path),
            session.required(path),
            session.readonly(path),
            session.label(path),
            [option.name for option in session.choices(path)],
            [problem.kind for problem in session.problems(path)],
        )
        for path in session.paths()
    }


def recalculated(session: Session) -> Session:
    """The same record, everything worked out anew."""
    return session.form.resume(session.answers(), replace(session.environment))
