"""What the demonstration's story promised and wrote between its records: commitments and contacts by their tables."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial

from pitso.services import commitments, contacts, terms, workshops
from pitso.services.demonstration_records import Dated, meant
from pitso.services.workspace import Workspace

Table = Mapping[str, Mapping[str, str]]
"""The rows of a table of the story by their ids."""
OF_PRECONDITIONS = ("CM-07", "CM-14")
"""Commitments that are made where the verdict asks for them."""


COUNCIL, TERM_ENDS, TERM_NOTED = "Basalt District Council", date(2027, 3, 1), "2026-09-08"
"""The council whose term ends next, and when that was noted."""
STRATEGY = date(2026, 8, 18), date(2026, 8, 19)
"""When the workshop was held that adopted the first plan."""
BEGUN = "2025-10-20"
"""When the engagement was opened here: letters that are older were logged on that day."""


def told(ws: Workspace, engagement: str, persons: Mapping[str, str], promised: Table, log: Table) -> list[Dated]:
    """What happened on which day, in no order; *persons* are records by their codes in the tables."""
    strategy = Dated(STRATEGY[0].isoformat(), 8, partial(_strategy, ws, engagement))
    term = Dated(TERM_NOTED, 12, partial(_term, ws, engagement))
    return [*_promises(ws, engagement, persons, promised), *_log(ws, engagement, persons, log), term, strategy]


def _term(ws: Workspace, engagement: str) -> None:
    council = meant(ws, {}, f"@{COUNCIL}")
    terms.note(ws, engagement, council, ends=TERM_ENDS, planned=False)


def _strategy(ws: Workspace, engagement: str) -> None:
    starts, ends = STRATEGY
    begun = workshops.begin(
        ws, engagement, title="Strategy workshop", kind="strategy", starts=starts, ends=ends, place="Maseru"
    )
    workshops.agree_next(ws, begun.record, date(2026, 9, 21))


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


def _log(ws: Workspace, engagement: str, persons: Mapping[str, str], log: Table) -> Iterator[Dated]:
    logged: dict[str, str] = {}
    for code, row in log.items():
        day = max(row["at"][:10], BEGUN)
        yield Dated(day, 18, partial(_contact, ws, engagement, persons, code, row, logged))
        if row["outcome"]:
            yield Dated(row["outcome_on"], 19, partial(_outcome, ws, code, row, logged))


def _contact(
    ws: Workspace,
    engagement: str,
    persons: Mapping[str, str],
    code: str,
    row: Mapping[str, str],
    logged: dict[str, str],
) -> None:
    change = contacts.log(
        ws,
        engagement,
        at=datetime.fromisoformat(row["at"]),
        by=row["means"],
        direction=row["direction"],
        own=meant(ws, persons, row["own"]),
        party=meant(ws, persons, row["party"]),
        subject=row["subject"],
        answer_by=date.fromisoformat(row["answer_by"]) if row["answer_by"] else None,
        answers=logged.get(row["answers"], ""),
    )
    logged[code] = change.record


def _outcome(ws: Workspace, code: str, row: Mapping[str, str], logged: Mapping[str, str]) -> None:
    contacts.conclude(ws, logged[code], row["outcome"])
