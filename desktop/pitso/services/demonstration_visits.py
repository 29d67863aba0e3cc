"""The visits of the demonstration's story, recorded with the form that ships, by the deeds that people do."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pitso import places
from pitso.services import finishing, library, records
from pitso.services.filling import Filling, open_record
from pitso.services.workspace import Workspace

ROWS: Mapping[str, tuple[str, ...]] = {
    "places": ("place", "place_from", "place_to"),
    "team": ("member", "member_role", "trained"),
    "programme": ("on_day", "at_time", "what", "with_whom", "led_by"),
    "interviews": ("interviewed", "balance", "consent"),
    "documents": ("document_title", "document_date", "document_from", "kept_as", "document_codes"),
    "observations": ("observation", "observation_codes", "observation_grade"),
}
"""The questions of each table of the form, in the order of the story's cells."""


def visit(
    ws: Workspace, engagement: str, number: int, persons: Mapping[str, str], on: Callable[[str, int], date]
) -> None:
    """Record one visit of the three; the third is a draft whose report is not due yet. *on* sets the clock."""
    told = json.loads(places.resource("demonstration/visits.json").read_text(encoding="utf-8"))[number - 1]
    on(told["ends"], 15)
    filling = open_record(ws, records.begin(ws, engagement, library.current(ws, "visit")).record)
    _fill(filling, told, persons)
    if told["finished"]:
        on(told["finished"], 10)
        finishing.finish(filling)


def _fill(filling: Filling, told: Mapping[str, Any], persons: Mapping[str, str]) -> None:
    about = {
        "purpose": told["purpose"],
        "country": "LS",
        "starts": told["day"],
        "ends": told["ends"],
        "objective_known": told["objective_known"],
        "reciprocal": "no",
        "holds": told["holds"],
    }
    for name, text in about.items():
        records.type_answer(filling, f"/data/about/{name}", text)
    for table, names in ROWS.items():
        for number, cells in enumerate(told[table], start=1):
            if number > 1:
                records.add_row(filling, f"/data/{table}")
            for name, text in zip(names, cells, strict=True):
                key = filling.session.key(f"/data/{table}[{number}]/{name}")
                records.type_answer(filling, key, persons.get(text, text))
    for name in ("next_step", "next_date"):
        records.type_answer(filling, f"/data/ahead/{name}", told[name])
