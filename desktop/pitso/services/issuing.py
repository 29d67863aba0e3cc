"""Issuing: a paper that leaves the house bears a check code and the number of its copy, and both are kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pitso import words
from pitso.domain.policies import Reader
from pitso.paper.imprint import CODE, groups
from pitso.services import papers
from pitso.services.change import Change
from pitso.services.papers import Order, Paper
from pitso.services.workspace import NOBODY, Workspace
from pitso.storage import joining
from pitso.storage.edits import Put
from pitso.words import _, whole


class Way(StrEnum):
    """How a copy left the house."""

    PRINTED = "printed"
    SAVED = "saved"
    OPENED = "opened"


@dataclass(frozen=True)
class Issued:
    """A paper with its number, and the deed by which it left."""

    paper: Paper
    code: str
    copy: int
    change: Change

    @property
    def grouped(self) -> str:
        """The check code as it stands in the footer."""
        return groups(self.code)


def issue(ws: Workspace, order: Order, way: Way) -> Issued:
    """Make the paper as it leaves the house, and keep that it did. It binds: paper cannot be taken back.

    The same words have the same code, so that printing them again is another copy of the same paper. Each copy has
    a record of its own: two computers that print at once lose nothing, and both numbers stand in the check.
    """
    at = _now(ws)
    paper = papers.drawn(ws, order, lambda digest: copies(ws, digest[:CODE]) + 1, at)
    if ws.looking_back:  # its remark says so; nothing is written, so its code is not kept either
        return Issued(paper, paper.digest[:CODE], 1, Change(frozenset(), ws.looking_back, undoable=False))
    return _keep(ws, order, paper, way, at)


def register(ws: Workspace, paper: Paper, kind: str, way: Way, *, reader: Reader = Reader.BOTH_SIDES) -> Issued:
    """Keep that a paper left that tells of one moment, such as a receipt: its code is known, nothing changes it."""
    return _keep(ws, Order(kind, "", words.language(), reader), paper, way, _now(ws))


def _now(ws: Workspace) -> datetime:
    return ws.clock().astimezone().replace(second=0, microsecond=0)


def _keep(ws: Workspace, order: Order, paper: Paper, way: Way, at: datetime) -> Issued:
    code = paper.digest[:CODE]
    number = copies(ws, code) + 1
    record, copy = f"paper/{code}", f"copy/{code}/{ws.token()}"
    facts: dict[str, str | int] = {
        "sort": order.kind,
        "of": order.of,
        "language": order.language,
        "reader": order.reader.value,
        "title": paper.file_name.removesuffix(".pdf").replace("-", " "),
        "state": paper.state,
        "digest": paper.digest,
    }
    left: dict[str, str | int] = {
        "number": number,
        "at": at.isoformat(),
        "by": ws.author or NOBODY,
        "way": way.value,
        "knew": json.dumps({device.hex()[:32]: seq for device, seq in sorted(joining.vector(ws.journal).items())}),
    }
    edits = [Put(record, field, value) for field, value in facts.items()]
    edits += [Put(copy, field, value) for field, value in left.items()]
    change = ws.record(edits, said=_said(paper, number), undoable=False, made=record)
    return Issued(paper, code, number, change)


def _said(paper: Paper, number: int) -> str:
    if number == 1:
        return _("{paper} was issued.").format(paper=paper.title)
    return _("{paper} was issued again: copy {number}.").format(paper=paper.title, number=whole(number))


def copies(ws: Workspace, code: str) -> int:
    """The highest number that a copy of this paper bears; 0 where none has left."""
    return max((int(copy.get("number", 0)) for copy in ws.journal.records(f"copy/{code}/").values()), default=0)
