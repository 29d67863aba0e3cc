"""Records given away and forms carried over: ODK's layout, text that stays text, nothing lost on the way."""

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pitso.domain.trouble import Trouble
from pitso.services import carrying, editors, finishing, library, open_formats, records, submissions, typed
from pitso.services.filling import Filling, open_record
from pitso.services.form_tables import finished, tables
from pitso.words import speaking
from pitso.xforms import Environment
from tests.services.forms_at_hand import Desk
from tests.xforms.scenario import Scenario

VISIT = """
| type | name | label |
| begin group | about | About |
| text | title | Title |
| integer | seats | Seats |
| geopoint | spot | Where |
| end group | | |
| begin repeat | team | Team |
| text | who | Who |
| begin repeat | task | Tasks |
| text | what | What |
| end repeat | | |
| end repeat | | |
| image | face | Picture |
"""
SETTINGS = "| form_id | form_title | version |\n| visit-talk | Visit | 3 |"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.at(tmp_path)


@pytest.fixture
def visit(desk: Desk) -> Filling:
    return fill(desk, "=HYPERLINK(1)")


def fill(desk: Desk, title: str) -> Filling:
    filling = desk.begin(desk.form(VISIT, settings=SETTINGS))
    records.answer(filling, "/data/about/title", title)
    records.answer(filling, "/data/about/seats", "-12")
    records.answer(filling, "/data/about/spot", "-29.3 27.5 0 0")
    records.answer(filling, "/data/team[1]/who", "@Mpho")
    records.answer(filling, "/data/team[1]/task[1]/what", "+1")
    records.add_row(filling, "/data/team[1]/task")
    records.answer(filling, "/data/team[1]/task[2]/what", "-cut")
    records.add_row(filling, "/data/team")
    records.answer(filling, "/data/team[2]/who", 'Neo, "the second"\nline')
    records.attach(filling, "/data/face", "a.png", _png())
    finishing.finish(filling)
    return filling


def _png() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return out.getvalue()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_the_layout_of_odk(desk: Desk, visit: Filling, tmp_path: Path) -> None:
    written = open_formats.as_csv(tables(finished(desk.ws)), tmp_path / "out")
    assert [path.name for path in written] == ["visit-talk.csv", "visit-talk-team.csv", "visit-talk-task.csv"]
    (root,), team, tasks = map(read, written)
    key = visit.session.instance_id
    assert list(root) == [
        *("SubmissionDate", "about-title", "about-seats"),
        *(f"about-spot-{part}" for part in ("Latitude", "Longitude", "Altitude", "Accuracy")),
        *("face", "KEY", "SubmitterName", "AttachmentsPresent", "Status", "FormVersion", "Edits"),
    ]
    assert (root["KEY"], root["about-spot-Longitude"], root["AttachmentsPresent"]) == (key, "27.5", "1")
    assert [(row["PARENT_KEY"], row["KEY"]) for row in team] == [(key, f"{key}/team[1]"), (key, f"{key}/team[2]")]
    assert [(row["PARENT_KEY"], row["KEY"]) for row in tasks] == [
        (f"{key}/team[1]", f"{key}/team[1]/task[1]"),
        (f"{key}/team[1]", f"{key}/team[1]/task[2]"),
    ]


def test_no_text_becomes_a_formula(desk: Desk, visit: Filling, tmp_path: Path) -> None:
    root, team, tasks = map(read, open_formats.as_csv(tables(finished(desk.ws)), tmp_path / "out"))
    assert root[0]["about-title"] == "'=HYPERLINK(1)"
    assert root[0]["about-seats"] == "-12"
    assert [row["who"] for row in team] == ["'@Mpho", 'Neo, "the second"\nline']
    assert [row["what"] for row in tasks] == ["+1", "'-cut"]
    path = tmp_path / "all.xlsx"
    assert open_formats.as_workbook(tables(finished(desk.ws)), path) == 3
    sheet = load_workbook(path)["visit-talk"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (cells["about-title"].value, cells["about-title"].data_type) == ("=HYPERLINK(1)", "s")
    assert (cells["about-seats"].value, cells["about-seats"].data_type) == (-12, "n")


def test_a_submission_read_back_is_the_same_record(desk: Desk, visit: Filling, tmp_path: Path) -> None:
    assert submissions.as_submissions(desk.ws, tmp_path / "out") == 1
    (path,) = (tmp_path / "out").glob("*/*/submission.xml")
    assert path.parent.name == re.sub(":", "", visit.session.instance_id)
    held = visit.file("/data/face")
    assert held is not None
    assert (path.parent / held.name).read_bytes() == desk.ws.journal.body(held.hash)
    again = visit.form.restore(path.read_bytes(), Environment())
    assert again.submission() == visit.session.submission()


def test_drafts_and_withdrawn_records_stay_at_home(desk: Desk, tmp_path: Path) -> None:
    draft = desk.begin(desk.form(VISIT, settings=SETTINGS))
    assert submissions.as_submissions(desk.ws, tmp_path / "one") == 0
    assert submissions.as_submissions(desk.ws, tmp_path / "two", drafts=True) == 1
    finishing.finish(draft)
    finishing.withdraw(draft)
    assert submissions.as_submissions(desk.ws, tmp_path / "three", drafts=True) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "a/b\\c:d", "uuid:1", ""])
def test_a_name_from_outside_never_leads_out_of_its_folder(name: str, tmp_path: Path) -> None:
    safe = submissions.safe_name(name)
    assert (tmp_path / safe).resolve().parent == tmp_path.resolve()


# ---- versions -----------------------------------------------------------------------------------------------------

NEWER = """
| type | name | label |
| text | title | Title |
| select_one size | seats | Seats |
| begin repeat | team | The team |
| begin group | person | Person |
| text | who | Who |
| end group | | |
| begin repeat | task | Tasks |
| integer | what | What |
| end repeat | | |
| end repeat | | |
"""
SIZE = "| list_name | name | label |\n| size | 12 | Twelve |"


def test_versions_stand_side_by_side_and_a_draft_keeps_its_own(desk: Desk) -> None:
    first = desk.form(VISIT, settings=SETTINGS)
    draft = desk.begin(first)
    second = desk.form(NEWER, SIZE, SETTINGS.replace("3", "4"))
    line = next(line for line in library.forms(desk.ws) if line.form_id == "visit-talk")
    assert [(version.version, version.current) for version in line.versions] in (
        [("3", False), ("4", True)],
        [("4", True), ("3", False)],
    )
    assert desk.open(draft.record).form_uid == first
    library.use(desk.ws, first)
    assert library.current(desk.ws, "visit-talk") == first
    library.use(desk.ws, second)
    assert library.current(desk.ws, "visit-talk") == second


def test_a_draft_is_carried_over_by_the_names_of_its_questions(desk: Desk) -> None:
    draft = desk.begin(desk.form(VISIT, settings=SETTINGS))
    records.answer(draft, "/data/about/title", "Visit to Basalt")
    records.answer(draft, "/data/about/seats", "9")
    records.answer(draft, "/data/about/spot", "-29.3 27.5 0 0")
    records.add_row(draft, "/data/team")
    records.answer(draft, "/data/team[2]/who", "Neo")
    records.add_row(draft, "/data/team[2]/task")
    records.answer(draft, "/data/team[2]/task[1]/what", "count")
    second = desk.form(NEWER, SIZE, SETTINGS.replace("3", "4"))
    report = carrying.carried(draft)
    assert {(line.label, line.message.partition(":")[0]) for line in report.misfits} == {
        ("Where", "-29.3 27.5 0 0"),
        ("Seats", "9"),
        ("What", "count"),
    }
    carrying.carry_over(draft, report)
    there = open_record(desk.ws, draft.record)
    assert there.form_uid == second
    assert there.session.value("/data/title") == "Visit to Basalt"
    assert there.session.value("/data/team[2]/person/who") == "Neo"
    assert there.session.kept("/data/team[2]/task[1]/what") == "count"
    assert desk.ws.journal.history(draft.record, field="/data/about/spot")[0].value == "-29.3 27.5 0 0"


# ---- forms from outside -------------------------------------------------------------------------------------------


def test_a_faulty_form_is_refused_with_its_place_and_nothing_is_kept(desk: Desk) -> None:
    before = desk.operations()
    with pytest.raises(Trouble, match="Row 2") as told:
        desk.form("| type | name | label | relevant |\n| text | a | A | ${nowhere} = 1 |")
    assert told.value.remedy
    with pytest.raises(Trouble, match=r"towns\.csv"):
        desk.form("| type | name | label |\n| select_one_from_file towns.csv | town | Town |")
    assert desk.operations() == before


def test_pictures_of_labels_come_with_the_form(desk: Desk) -> None:
    media = desk.folder / "talk-media"
    media.mkdir()
    (media / "map.png").write_bytes(_png())
    form = desk.form("| type | name | label | media::image |\n| text | a | A | map.png |")
    assert dict(library.media_of(desk.ws, form)) == {"map.png": _png()}


# ---- what people type ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("editor", "text", "kept"),
    [
        ("date", "18/6/2026", "2026-06-18"),
        ("date", "18.06.26", "2026-06-18"),
        ("date", "2026-6-8", "2026-06-08"),
        ("date", "١٨/٦/٢٠٢٦", "2026-06-18"),
        ("date", "31/2/2026", "31/2/2026"),
        ("date", "tomorrow", "tomorrow"),
        ("month", "6/2026", "2026-06-01"),
        ("month", "2026-06", "2026-06-01"),
        ("year", "2026", "2026-01-01"),
        ("time", "9", "09:00:00.000"),
        ("time", "9h30", "09:30:00.000"),
        ("time", "24:00", "24:00"),
        ("datetime", "18/6/2026 9.30", "2026-06-18T09:30:00.000"),
        ("datetime", "2026-06-18T09:30:00.000+02:00", "2026-06-18T09:30:00.000+02:00"),
        ("decimal", "3,5", "3.5"),
        ("decimal", "12 500,5", "12500.5"),
        ("decimal", "1,234,567.8", "1234567.8"),
        ("integer", "1.234", "1.234"),
        ("integer", "twelve", "twelve"),
        ("place", "-29.31, 27.48", "-29.31 27.48 0 0"),
        ("text", "  as it is ", "  as it is "),
    ],
)
def test_what_is_typed_is_kept_as_the_form_has_it(editor: str, text: str, kept: str) -> None:
    assert typed.kept(editor, text) == kept


def test_a_comma_is_what_it_is_in_the_language_of_the_reader() -> None:
    assert typed.kept("integer", "12,500") == "12500"
    with speaking("fr"):
        assert typed.kept("decimal", "12,500") == "12.500"


# ---- looks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "appearance", "editor"),
    [
        ("text", "", "text"),
        ("text", "multiline", "lines"),
        ("text", "url", "url"),
        ("text", "masked", "masked"),
        ("text", "numbers thousands-sep", "thousands"),
        ("integer", "counter", "counter"),
        ("integer", "", "integer"),
        ("decimal", "", "decimal"),
        ("select_one yn", "", "one"),
        ("select_one yn", "minimal", "one-list"),
        ("select_one yn", "autocomplete", "one-search"),
        ("select_one yn", "likert", "one-row"),
        ("select_multiple yn", "columns-3", "many"),
        ("select_multiple yn", "minimal", "many-list"),
        ("select_multiple yn", "autocomplete", "many-search"),
        ("rank yn", "", "rank"),
        ("range", "", "range"),
        ("range", "rating", "rating"),
        ("date", "", "date"),
        ("date", "month-year", "month"),
        ("date", "year", "year"),
        ("time", "", "time"),
        ("dateTime", "", "datetime"),
        ("acknowledge", "", "tick"),
        ("trigger", "", "tick"),
        ("note", "", "note"),
        ("barcode", "", "barcode"),
        ("geopoint", "placement-map", "place"),
        ("geotrace", "", "line"),
        ("geoshape", "", "line"),
        ("image", "", "picture"),
        ("image", "signature", "signature"),
        ("image", "draw", "signature"),
        ("audio", "", "file"),
        ("video", "", "file"),
        ("file", "", "file"),
    ],
)
def test_each_kind_and_look_has_its_editor(kind: str, appearance: str, editor: str) -> None:
    scenario = Scenario.of(
        f"| type | name | label | appearance |\n| {kind} | a | A | {appearance} |",
        "| list_name | name | label |\n| yn | y | Y |\n| yn | n | N |",
    )
    assert editors.editor_of(scenario.session.question("/data/a")) == editor


def test_looks_that_the_screen_does_not_have_are_told(desk: Desk) -> None:
    form = desk.form(
        """
        | type | name | label | appearance |
        | text | a | A | w4 multiline |
        | geopoint | b | B | placement-map |
        | image | c | C | annotate |
        | audio | d | D | |
        """
    )
    line = next(line for line in library.forms(desk.ws) if line.id == form)
    assert [limit.partition("”")[0] for limit in line.limits] == ["“B", "“C", "“D"]
