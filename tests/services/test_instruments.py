"""The instrument as an XLSForm: what the tables say is what the form gives, and an office may bring its own."""

import csv
import importlib.util
import json
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import load_workbook

from pitso import places
from pitso.domain.readiness.instrument import Instrument, Stage
from pitso.domain.trouble import Trouble
from pitso.services import assessments, instruments, library
from pitso.services.assessments import Assessment
from pitso.services.instrument_reading import instrument_of
from pitso.services.workspace import Workspace
from pitso.xforms import convert, read_form
from tests.services.conftest import the_engagement

FORM = Path(str(places.form("readiness")))


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return instrument_of(instruments.shipped())


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", FORM.parent / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(name: str) -> list[dict[str, str]]:
    with (FORM / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path).worksheets}


def test_the_spreadsheet_is_what_the_tables_build(build: ModuleType, tmp_path: Path) -> None:
    build.write(build.readiness(), tmp_path / "readiness.xlsx")
    assert cells(tmp_path / "readiness.xlsx") == cells(FORM / "readiness.xlsx")
    assert (FORM / "readiness.xml").read_bytes() == convert((FORM / "readiness.xlsx").read_bytes()).xform


def test_every_form_that_ships_is_what_its_tables_build(build: ModuleType, tmp_path: Path) -> None:
    assert len(build.folders()) == 20
    for name in build.folders():
        build.write(build.plain(name), tmp_path / f"{name}.xlsx")
        assert cells(tmp_path / f"{name}.xlsx") == cells(FORM.parent / name / f"{name}.xlsx")
        assert build.xform(tmp_path / f"{name}.xlsx") == (FORM.parent / name / f"{name}.xml").read_bytes()


def test_every_form_that_ships_speaks_three_languages_and_asks_nothing_that_pitso_does_not_do() -> None:
    for xform in library.shipped().values():
        form = read_form(xform)
        assert [language.code for language in form.languages] == ["en", "fr", "pt"]
        assert form.limits == ()
        for question in form.questions:
            if question.control:
                assert all(question.labels.values()), question.name
                assert all(all(choice.labels.values()) for choice in question.choices), question.name


def test_every_dimension_and_indicator_comes_through(instrument: Instrument) -> None:
    assert [(d.code, d.weight) for d in instrument.dimensions] == [
        (row["code"], int(row["weight"])) for row in table("dimensions.csv")
    ]
    assert sum(d.weight for d in instrument.dimensions) == 100
    for row, indicator in zip(table("indicators.csv"), instrument.indicators, strict=True):
        assert indicator.code == row["code"]
        assert indicator.weight == int(row["weight"])
        assert indicator.na_allowed == (row["na_allowed"] == "yes")
        assert indicator.statement["en"] == row["statement_en"]
        assert [level["en"] for level in indicator.levels] == [row[f"level_{n}_en"] for n in range(5)]
        gates = {Stage.FOUNDING: row["gate_founding_min"], Stage.SCALEDOWN: row["gate_scaledown_min"]}
        assert indicator.gates == {stage: int(minimum) for stage, minimum in gates.items() if minimum}


def test_every_text_stands_in_three_languages(instrument: Instrument) -> None:
    for indicator in instrument.indicators:
        for text in (indicator.statement, indicator.guidance, indicator.evidence, *indicator.levels):
            assert set(text) == {"en", "fr", "pt"}
            assert all(text.values())


def test_the_thresholds_are_those_of_the_settings(instrument: Instrument) -> None:
    told = json.loads((FORM / "settings.json").read_text(encoding="utf-8"))
    for stage in Stage:
        assert instrument.thresholds[stage].not_ready_below == told[stage.value]["not_ready_below"]
        assert instrument.thresholds[stage].ready_from == told[stage.value]["ready_from"]
    assert instrument.thresholds[Stage.SCALEDOWN].confidence_minimum == Fraction(60)
    assert instrument.thresholds[Stage.FOUNDING].confidence_minimum is None
    assert instrument.overall_coverage_minimum == told["overall_coverage_minimum"]


def changed(tmp_path: Path, sheet: str, column: str, row: int, value: object) -> Path:
    book = load_workbook(FORM / "readiness.xlsx")
    header = [cell.value for cell in book[sheet][1]]
    book[sheet].cell(row, header.index(column) + 1).value = value
    book.save(tmp_path / "own.xlsx")
    return tmp_path / "own.xlsx"


def test_an_office_brings_its_own_version_and_old_ratings_keep_theirs(
    demo: Workspace, first: Assessment, tmp_path: Path
) -> None:
    from datetime import date

    path = changed(tmp_path, "settings", "version", 2, "2.0")
    instruments.add_form(demo, path)
    uid = assessments.begin(
        demo, the_engagement(demo), title="AS-4", stage=Stage.FOUNDING, held_on=date(2026, 9, 30)
    ).record
    assert assessments.load(demo, uid).instrument.version == "2.0"
    again = assessments.load(demo, first.id).instrument
    assert (again.version, again.digest) == ("1.0", first.instrument.digest)
    assert [(title[-3:], current) for _uid, title, current in instruments.forms(demo)].count(("2.0", True)) == 1


@pytest.mark.parametrize(
    ("sheet", "column", "row", "value", "sentence"),
    [
        ("settings", "attribute::pitso:overall_coverage_minimum", 2, None, "overall_coverage_minimum"),
        ("settings", "attribute::pitso:overall_coverage_minimum", 2, "many", "no number"),
        ("survey", "bind::pitso:weight", 3, None, "weight"),
        ("choices", "name", 14, "9", "levels 0 to 4"),
    ],
)
def test_a_form_that_is_no_whole_instrument_says_what_it_lacks(
    demo: Workspace, tmp_path: Path, sheet: str, column: str, row: int, value: object, sentence: str
) -> None:
    with pytest.raises(Trouble) as told:
        instruments.add_form(demo, changed(tmp_path, sheet, column, row, value))
    assert sentence in str(told.value)
    assert instruments.current_xform(demo) == instruments.shipped()


@pytest.mark.parametrize("kept", ["", "{}", '{"id": "readiness"}', "half of i"])
def test_what_was_read_once_is_kept_and_what_is_not_whole_is_read_again(demo: Workspace, kept: str) -> None:
    (first, *_others) = assessments.in_order(demo, next(iter(demo.journal.records("engagement/"))))
    form = demo.journal.record(first.id)["form"]
    (place,) = [name for (name,) in demo.journal.file.rows("SELECT key FROM own WHERE key LIKE 'instrument.%'")]
    from_form = instrument_of(instruments.xform_of(demo, form))
    demo.instruments.clear()
    assert instruments.instrument(demo, form) == from_form
    demo.journal.set_own(place, kept)
    demo.instruments.clear()
    assert instruments.instrument(demo, form) == from_form
    assert len(demo.journal.own(place) or "") > 10_000
