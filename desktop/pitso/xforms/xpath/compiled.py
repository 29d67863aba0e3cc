"""An expression ready to run, and how it is asked for text, number, boolean or nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pitso.xforms.instances import Node
from pitso.xforms.record import Field, Frame
from pitso.xforms.xpath.coerce import (
    Value,
    number_of_text,
    text_of_boolean,
    text_of_number,
    to_boolean,
    to_number,
    to_text,
)

AnyWork = Callable[[Frame], Value]


@dataclass(slots=True)
class Compiled:
    """An expression ready to run.

    ``kind`` is text, number, boolean, nodes, single (one node of the record) or value (known when it runs).
    """

    kind: str
    work: AnyWork
    get: Callable[[Frame], Field] | None = None
    constant: bool = False

    def text(self) -> Callable[[Frame], str]:
        work = self.work
        if self.kind == "text":
            return work  # type: ignore[return-value]
        if self.kind == "single":
            get = self.get
            assert get is not None
            return lambda frame: get(frame).text
        if self.kind == "number":
            return lambda frame: text_of_number(work(frame))  # type: ignore[arg-type]
        if self.kind == "boolean":
            return lambda frame: text_of_boolean(work(frame))  # type: ignore[arg-type]
        return lambda frame: to_text(work(frame))

    def number(self) -> Callable[[Frame], float]:
        work = self.work
        if self.kind == "number":
            return work  # type: ignore[return-value]
        if self.kind in ("single", "text"):
            text = self.text()
            return lambda frame: number_of_text(text(frame))
        return lambda frame: to_number(work(frame))

    def boolean(self) -> Callable[[Frame], bool]:
        work = self.work
        if self.kind == "boolean":
            return work  # type: ignore[return-value]
        if self.kind == "text":
            return lambda frame: work(frame) != ""
        return lambda frame: to_boolean(work(frame))

    def nodes(self) -> Callable[[Frame], Sequence[Node]]:
        work = self.work

        def nodes(frame: Frame) -> Sequence[Node]:
            value = work(frame)
            return () if isinstance(value, str | float | bool) else value

        return work if self.kind in ("nodes", "single") else nodes  # type: ignore[return-value]

    def scalar(self) -> AnyWork:
        """The value with a single node already read as its text."""
        return self.text() if self.kind == "single" else self.work
