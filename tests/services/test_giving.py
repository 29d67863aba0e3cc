"""Everything given away in open formats: complete, plain, and without what its reader may not see."""

import csv
import re
import sqlite3
from contextlib import closing
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from pitso.domain.policies import Reader
from pitso.domain.readiness.instrument import Stage
from pitso.domain.trouble import Trouble
from pitso.services import assessments, checking, engagements, giving, hosts_copy, open_formats, people, teams
from pitso.services.workspace import Workspace
from pitso.storage.edits import Attach, Put


def one(demo: Workspace) -> str:
    return engagements.called(demo)


def tables_of(demo: Workspace, reader: Reader) -> dict[str, list[dict[str, str]]]:
    return {sheet.name: [dict(row) for row in sheet.rows] for sheet in giving.everything(demo, reader)}


def test_every_register_and_every_form_is_a_table(demo: Workspace) -> None:
    found = tables_of(demo, Reader.TEAM)
    assert {"person", "organisation", "assessment", "agreed", "commitment", "visit", "visit-team", "rating"} <= set(
        found
    )
    assert len(found["person"]) == len(demo.journal.records("person/"))
    names = {row["KEY"]: row["name"] for row in found["person"]}
    assert all(row["owner"] in names for row in found["commitment"])


@pytest.mark.parametrize("reader", [Reader.OFFICE, Reader.BOTH_SIDES])
def test_what_stays_in_the_team_is_left_out_and_counted(demo: Workspace, reader: Reader) -> None:
    whole, told = tables_of(demo, Reader.TEAM), tables_of(demo, reader)
    assert "rating" not in told
    ratings = sum(len(row) - 1 for row in whole["rating"])
    assert {row["KIND"]: row["VALUES"] for row in told["left-out"]}["rating"] == str(ratings)
    assert giving.LEFT_OUT not in whole


def test_before_the_reveal_nobody_sees_the_ratings_of_another(demo: Workspace) -> None:
    engagement = one(demo)
    begun = assessments.begin(demo, engagement, title="AS-4", stage=Stage.SCALEDOWN, held_on=date(2026, 9, 29)).record
    other = next(member for member in teams.members(demo, engagement) if member.person != demo.author)
    key = begun.partition("/")[2].replace("/", ".")
    rating = f"rating/{key}/{other.id.rpartition('/')[2]}/LEG-1"
    demo.record([Put(rating, "level", 4)], said="")
    assert rating not in {row["KEY"] for row in tables_of(demo, Reader.TEAM)["rating"]}


def test_the_three_formats_hold_the_same(demo: Workspace, tmp_path: Path) -> None:
    sheets = giving.everything(demo)
    open_formats.as_csv(sheets, tmp_path / "csv")
    open_formats.as_workbook(sheets, tmp_path / "all.xlsx")
    open_formats.as_sqlite(sheets, tmp_path / "all.db")
    with (tmp_path / "csv" / "person.csv").open(encoding="utf-8-sig", newline="") as file:
        by_csv = {row["KEY"]: row["name"].removeprefix("'") for row in csv.DictReader(file)}
    book = load_workbook(tmp_path / "all.xlsx", read_only=True)
    assert len(book.sheetnames) == len(sheets)
    with closing(sqlite3.connect(tmp_path / "all.db")) as connection:
        by_sql = {key: name.removeprefix("'") for key, name in connection.execute("SELECT KEY, name FROM person")}
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    assert by_csv == by_sql
    assert tables == len(sheets)


def test_hostile_names_are_text_in_every_format(demo: Workspace, tmp_path: Path) -> None:
    demo.record([Put('person/x"y', 'note"; DROP TABLE person;--', "=1+1"), Put('person/x"y', "name", "<b>X")], said="")
    sheets = giving.everything(demo)
    open_formats.as_sqlite(sheets, tmp_path / "all.db")
    with closing(sqlite3.connect(tmp_path / "all.db")) as connection:
        assert connection.execute("SELECT name FROM person WHERE KEY = ?", ('person/x"y',)).fetchone() == ("<b>X",)


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(demo: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        open_formats.as_sqlite(giving.everything(demo), tmp_path / "nowhere" / "all.db")
    with pytest.raises(Trouble):
        hosts_copy.write(demo, one(demo), tmp_path / "a file" / "in it" if _a_file(tmp_path) else tmp_path)
    assert not (tmp_path / "nowhere").exists()


def _a_file(folder: Path) -> bool:
    (folder / "a file").write_text("")
    return True


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_hosts_copy_leads_to_every_file_and_to_nothing_else(demo: Workspace, tmp_path: Path) -> None:
    engagement = one(demo)
    demo.record(
        [
            Attach("signed/x", "file", "photo.png", b"\x89PNG"),
            Attach("evidence/a.b/m/LEG-1/1", "file", "team.txt", b"canary of the team"),
            Put("signed/x", "engagement", engagement),
        ],
        said="",
    )
    change = hosts_copy.write(demo, engagement, tmp_path)
    place = Path(change.record)
    links = Links()
    links.feed((place / "index.html").read_text(encoding="utf-8"))
    files = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()} - {"index.html"}
    assert {unquote(link) for link in links.found} == files
    assert any(name.endswith("photo.png") for name in files)
    assert b"canary of the team" not in b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert "http" not in (place / "index.html").read_text(encoding="utf-8")
    code = re.findall(r"· ((?:[0-9a-f]{4} ){3}[0-9a-f]{4})", (place / "index.html").read_text(encoding="utf-8"))[0]
    assert checking.check(demo, code).outcome is checking.Outcome.UNCHANGED


def test_a_stopped_copy_leaves_nothing_and_a_second_one_leaves_the_first(demo: Workspace, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stopped

    begun = engagements.begin(
        demo, title="Another", country="Eswatini", host="Leaders of E", supporting="BALA", coordinating="UCLG Africa"
    ).record  # few papers
    (tmp_path / "stick").mkdir()
    with pytest.raises(Stopped):
        hosts_copy.write(demo, begun, tmp_path / "stick", stop)
    assert not list((tmp_path / "stick").iterdir()), "half a copy stays"
    first = Path(hosts_copy.write(demo, begun, tmp_path / "stick").record)
    (first / "index.html").write_text("mine")
    second = Path(hosts_copy.write(demo, begun, tmp_path / "stick").record)
    assert first != second
    assert (first / "index.html").read_text() == "mine"


def test_only_what_belongs_to_the_engagement_is_in_its_copy(demo: Workspace) -> None:
    other = engagements.begin(
        demo, title="Another", country="Eswatini", host="Leaders of E", supporting="BALA", coordinating="UCLG Africa"
    ).record
    stranger = people.add_person(demo, name="Nobody Of Lesotho").record
    held = {row["KEY"] for sheet in giving.everything(demo, engagement=other) for row in sheet.rows if "KEY" in row}
    assert other in held
    assert engagements.called(demo, "Lesotho") not in held
    assert stranger not in held
    assert not [key for key in held if key.startswith("agreed/")]


def test_an_engagement_is_told_by_title_or_not_at_all(demo: Workspace) -> None:
    assert engagements.called(demo, "lesotho") == engagements.called(demo)
    with pytest.raises(Trouble, match="which engagement"):
        engagements.called(demo, "Atlantis")
