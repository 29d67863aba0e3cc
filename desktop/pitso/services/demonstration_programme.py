"""What the demonstration's story promised and wrote between its records: commitments by their table."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from pitso.services import commitments
from pitso.services.demonstration_records import Dated
from pitso.services.workspace import Workspace

Table = Mapping[str, Mapping[str, str]]
"""The rows of a table of the story by their ids."""
OF_PRECONDITIONS = ("CM-07", "CM-14")
"""Commitments that are made where the verdict asks for them."""


def told(ws: Workspace, engagement: str, persons: Mapping[str, str], promised: Table) -> list[Dated]:
    """What happened on which day, in no order; *persons* are records by their codes in the tables."""
    return list(_promises(ws, engagement, persons, promised))


def _promises(ws: Workspace, engagement: str, persons: Mapping[str, str], promised: Table) -> Iterator[Dated]:
    for code, row in promised.items():
        if code not in OF_PRECONDITIONS:
            yield Dated(row["made_on"], 16, partial(_promise, ws, engagement, persons[row["owner"]], row))
        if row["changed_on"]:
            yield Dated(row["changed_on"], 17, partial(_what_became, ws, engagement, row))


def _promise(ws: Workspace, engagement: str, owner: str, row: Mapping[str, str]) -> None:
    commitments.record(
        ws,
        engagement,
        text=row["text"],
        owner=owner,
        due=date.fromisoformat(row["due"]),
        importance=row["importance"],
        side=row["side"],
        source=row["source"],
    )


def _what_became(ws: Workspace, engagement: str, row: Mapping[str, str]) -> None:
    held = ws.journal.records(commitments.beginning(engagement), fields=["text"])
    uid = next(uid for uid, one in held.items() if one["text"] == row["text"])
    if row["state"] == "under way":
        commitments.begin_work(ws, uid)
    else:
        commitments.done(ws, uid, proof=row["told"])
