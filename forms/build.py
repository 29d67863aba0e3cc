"""Makes the XLSForms that ship from the tables beside them: python forms/build.py

The tables are easier to compare and translate than a spreadsheet; the spreadsheet is what an office opens, changes and
brings back. The readiness instrument has tables of its own; every other folder holds `survey.csv`, `choices.csv` and
`settings.json`, written as in an XLSForm with `label::en` for `label::English (en)`. Beside the spreadsheet stands what
comes out of it, so that a laptop in the field converts nothing. A test builds again and compares.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from pyxform.xls2xform import convert

HERE = Path(__file__).parent
NAMESPACE = 'pitso="urn:pitso:form:1"'
LANGUAGES = {"en": "English (en)", "fr": "Français (fr)", "pt": "Português (pt)"}

Row = dict[str, Any]


def table(name: str, folder: str = "readiness") -> list[dict[str, str]]:
    with (HERE / folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(folder: str) -> dict[str, list[Row]]:
    """The sheets of a form that is written as an XLSForm is, in the tables of its *folder*."""
    settings = json.loads((HERE / folder / "settings.json").read_text(encoding="utf-8"))
    row = {
        "form_title": settings["title"]["en"],
        "form_id": settings["id"],
        "version": settings["version"],
        "default_language": LANGUAGES["en"],
        "instance_name": settings["instance_name"],
        "namespaces": NAMESPACE,
        **{f"attribute::pitso:title_{code}": settings["title"][code] for code in LANGUAGES},
        **{f"attribute::pitso:group_{code}": settings["group"][code] for code in LANGUAGES},
        "attribute::pitso:moment": str(settings["moment"]),
    }
    sheets = {name: [spelt_out(cells) for cells in table(f"{name}.csv", folder)] for name in ("survey", "choices")}
    return {**sheets, "settings": [row]}


def spelt_out(cells: Mapping[str, str]) -> Row:
    """The *cells* with the full names of languages in their columns."""
    found: Row = {}
    for column, text in cells.items():
        kind, mark, code = column.rpartition("::")
        found[f"{kind}::{LANGUAGES[code]}" if mark and code in LANGUAGES else column] = text
    return found


def readiness() -> dict[str, list[Row]]:
    """The sheets of the readiness instrument: one group a dimension, four questions an indicator."""
    words = {row["key"]: row for row in (*table("translations.csv"), *table("guidance.csv"))}
    settings = json.loads((HERE / "readiness" / "settings.json").read_text(encoding="utf-8"))
    dimensions, indicators = table("dimensions.csv"), table("indicators.csv")
    survey: list[Row] = []
    choices: list[Row] = [*scale(words), *grades(words)]
    for dimension in dimensions:
        survey.append(group(dimension, words))
        for indicator in indicators:
            if indicator["dimension"] == dimension["code"]:
                survey += questions(indicator, words)
                choices += levels(indicator, words)
        survey.append({"type": "end group"})
    return {"survey": survey, "choices": choices, "settings": [form_settings(settings, words)]}


def said(column: str, texts: Mapping[str, str]) -> Row:
    return {f"{column}::{name}": texts[code] for code, name in LANGUAGES.items()}


def group(dimension: dict[str, str], words: Mapping[str, dict[str, str]]) -> Row:
    code = dimension["code"]
    return {
        "type": "begin group",
        "name": code,
        "appearance": "field-list",
        **said("label", words[f"dim.{code}"]),
        **said("hint", words[f"question.{code}"]),
        "bind::pitso:dimension": code,
        "bind::pitso:weight": dimension["weight"],
        "bind::pitso:founding_minimum": dimension["minimum_founding"],
        "bind::pitso:scaledown_minimum": dimension["minimum_scaledown"],
    }


def questions(indicator: dict[str, str], words: Mapping[str, dict[str, str]]) -> Iterable[Row]:
    code = indicator["code"]
    yield {
        "type": f"select_one {code}",
        "name": code,
        **said("label", words[f"ind.{code}"]),
        **said("hint", words[f"evidence.{code}"]),
        **said("guidance_hint", words[f"guidance.{code}"]),
        "bind::pitso:indicator": code,
        "bind::pitso:weight": indicator["weight"],
        "bind::pitso:founding_gate": indicator["gate_founding_min"],
        "bind::pitso:scaledown_gate": indicator["gate_scaledown_min"],
        "bind::pitso:na": indicator["na_allowed"],
        "bind::pitso:source": indicator["inspiration"],
    }
    if indicator["na_allowed"] == "yes":
        yield {
            "type": "text",
            "name": f"{code}_reason",
            **said("label", words["word.reason"]),
            "relevant": f"${{{code}}} = 'NA'",
            "required": "yes",
        }
    yield {
        "type": "select_one evidence",
        "name": f"{code}_evidence",
        **said("label", words["word.evidence"]),
        "relevant": f"${{{code}}} != '' and ${{{code}}} != 'NA' and ${{{code}}} != 'UK'",
    }
    yield {"type": "text", "name": f"{code}_note", "appearance": "multiline", **said("label", words["word.note"])}


def levels(indicator: dict[str, str], words: Mapping[str, dict[str, str]]) -> Iterable[Row]:
    code = indicator["code"]
    for level in range(5):
        yield {"list_name": code, "name": str(level), **said("label", words[f"lvl.{code}.{level}"])}
    for special in ("NA", "UK") if indicator["na_allowed"] == "yes" else ("UK",):
        yield {"list_name": code, "name": special, **said("label", words[f"scale.{special}"])}


def scale(words: Mapping[str, dict[str, str]]) -> Iterable[Row]:
    for name in ("0", "1", "2", "3", "4", "NA", "UK", "ND"):
        yield {"list_name": "scale", "name": name, **said("label", words[f"scale.{name}"])}


def grades(words: Mapping[str, dict[str, str]]) -> Iterable[Row]:
    for name in "ABCD":
        yield {"list_name": "evidence", "name": name, **said("label", words[f"evidence.{name}"])}


def form_settings(settings: dict[str, Any], words: Mapping[str, dict[str, str]]) -> Row:
    thresholds = {
        "strong_evidence": " ".join(settings["strong_evidence"]),
        "minimum_raters": settings["minimum_raters"],
        "spread_requires_reason": settings["spread_requires_reason"],
        "distance_requires_reason": settings["distance_from_median_requires_reason"],
        "dimension_coverage_minimum": settings["dimension_coverage_minimum"],
        "overall_coverage_minimum": settings["overall_coverage_minimum"],
        **{
            f"{stage}_{name}": value
            for stage in ("founding", "scaledown")
            for name, value in settings[stage].items()
            if name != "dimension_minimum"
        },
    }
    return {
        "form_title": words["instrument.title"]["en"],
        "form_id": settings["id"],
        "version": settings["version"],
        "default_language": LANGUAGES["en"],
        "namespaces": NAMESPACE,
        **{f"attribute::pitso:title_{code}": words["instrument.title"][code] for code in LANGUAGES},
        **{f"attribute::pitso:{name}": str(value) for name, value in thresholds.items()},
    }


def write(sheets: Mapping[str, list[Row]], path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) or None for column in columns])
        sheet.freeze_panes = "A2"
    book.save(path)


def xform(path: Path) -> bytes:
    """What the spreadsheet at *path* says, as the form that is filled."""
    found: str = convert(path.read_bytes(), validate=False, pretty_print=False, file_type=".xlsx").xform
    return found.encode()


def folders() -> list[str]:
    """The folders of the forms that are written as an XLSForm is."""
    return sorted(path.parent.name for path in HERE.glob("*/survey.csv"))


if __name__ == "__main__":
    write(readiness(), HERE / "readiness" / "readiness.xlsx")
    (HERE / "readiness" / "readiness.xml").write_bytes(xform(HERE / "readiness" / "readiness.xlsx"))
    for name in folders():
        write(plain(name), HERE / name / f"{name}.xlsx")
        (HERE / name / f"{name}.xml").write_bytes(xform(HERE / name / f"{name}.xlsx"))
