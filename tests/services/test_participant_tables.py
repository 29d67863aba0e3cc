"""Participants from a table: matched by headings, every fault by its row, and nothing half brought in."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from pitso.domain.trouble import Trouble
from pitso.services import attendance, attendance_details, participant_tables, workshops
from pitso.services.workspace import Workspace

from .conftest import the_engagement

HEAD = "name;council;role;sex;vote"


@pytest.fixture
def workshop(demo: Workspace) -> str:
    return workshops.begin(
        demo, the_engagement(demo), title="Strategy", kind="strategy", starts=date(2026, 10, 1), ends=date(2026, 10, 1)
    ).record


def table(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_with_semicolons_as_windows_writes_it(demo: Workspace, workshop: str, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        f"{HEAD}\r\n'Mamello Moea;Basalt District Council;Councillor;F;oui\r\nSéan Pitšo;;Mayor;man;\r\n",
        "cp1252",
    )
    found = participant_tables.preview(demo, workshop, path)
    assert found.faults == ()
    assert [one.name for one in found.wanted] == ["'Mamello Moea", "Séan Pitšo"]
    assert (found.wanted[0].sex, found.wanted[0].credentials, found.wanted[0].mandate) == ("woman", "vote", "list")
    participant_tables.bring_in(demo, workshop, found)
    first, second = attendance.participants(demo, workshop)
    assert (first.council_name, first.capacity, first.number) == ("Basalt District Council", "councillor", 1)
    assert (second.capacity, second.votes) == ("mayor", False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_encoding_and_separator(
    demo: Workspace, workshop: str, tmp_path: Path, encoding: str, separator: str
) -> None:
    text = separator.join(("Prénom", "Nom de famille", "Conseil")) + "\n" + separator.join(("Réfiloé", "Noka", "C X"))
    found = participant_tables.preview(demo, workshop, table(tmp_path, text, encoding))
    assert [one.name for one in found.wanted] == ["Réfiloé Noka"]
    assert found.new_councils == ("C X",)


def test_a_workbook(demo: Workspace, workshop: str, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Badge", "Full name", "Council", "Hair"])
    sheet.append([7, "Tumelo Noka", "Juniper District Council", "red"])
    sheet.append([None, "=1+1", "Juniper District Council", None])
    book.save(tmp_path / "list.xlsx")
    found = participant_tables.preview(demo, workshop, tmp_path / "list.xlsx")
    assert found.columns[-1] == ("Hair", "")
    assert [(one.name, one.number) for one in found.wanted] == [("Tumelo Noka", 7)]
    assert [(one.row, one.words) for one in found.faults] == [(3, "“=1+1” is a formula and no name.")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (";Basalt District Council;;;", "The name is missing."),
        ("=HYPERLINK(1);;;;", "is a formula"),
        ("@SUM(A1);;;;", "is a formula"),
        ("Neo;=A1;;;", "is a formula"),
        (f"{'N' * 201};;;;", "longer than 200"),
        ("Neo;;;;perhaps", "neither yes nor no"),
    ],
)
def test_a_fault_is_told_by_its_row_and_keeps_everything_out(
    demo: Workspace, workshop: str, tmp_path: Path, row: str, words: str
) -> None:
    before = demo.journal.digest()
    found = participant_tables.preview(demo, workshop, table(tmp_path, f"{HEAD}\nThabo Good;;;;\n{row}\n"))
    assert [one.row for one in found.faults] == [3]
    assert words in found.faults[0].words
    with pytest.raises(Trouble, match="Nothing was brought in"):
        participant_tables.bring_in(demo, workshop, found)
    assert demo.journal.digest() == before


def test_one_name_twice_in_one_council_is_a_fault_and_in_two_is_not(
    demo: Workspace, workshop: str, tmp_path: Path
) -> None:
    text = f"{HEAD}\nNeo Noka;C X;;;\nNeo Noka;C Y;;;\nneo noka;c x;;;\n"
    found = participant_tables.preview(demo, workshop, table(tmp_path, text))
    assert [(one.row, one.words) for one in found.faults] == [(4, "neo noka stands in row 2 already.")]


def test_the_same_table_again_brings_nobody(demo: Workspace, workshop: str, tmp_path: Path) -> None:
    path = table(tmp_path, f"{HEAD}\nNeo Noka;Council of X;;;\nThabo Noka;Council of X;;;\n")
    participant_tables.bring_in(demo, workshop, participant_tables.preview(demo, workshop, path))
    again = participant_tables.preview(demo, workshop, path)
    assert not again.ready
    assert [one.row for one in again.notes] == [2, 3]
    councils = {one.council for one in attendance.participants(demo, workshop)}
    assert len(councils) == 1


def test_somebody_of_the_register_is_not_made_twice(demo: Workspace, workshop: str, tmp_path: Path) -> None:
    persons = len(demo.journal.records("person/"))
    path = table(tmp_path, f"{HEAD}\nLebohang Khoeli Pula;Red Aloe District Council;;;\n")
    found = participant_tables.preview(demo, workshop, path)
    participant_tables.bring_in(demo, workshop, found)
    assert len(demo.journal.records("person/")) == persons


def test_a_council_that_looks_like_a_known_one_is_told(demo: Workspace, workshop: str, tmp_path: Path) -> None:
    found = participant_tables.preview(demo, workshop, table(tmp_path, f"{HEAD}\nNeo;Basalt Distric Council;;;\n"))
    assert "is it “Basalt District Council”" in found.notes[0].words


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"colour,shape\nred,round\n", "called “name”"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "no spreadsheet"),
        ("a.csv", b"name\0\0\0", "no table"),
        ("a.csv", b"", "called “name”"),
    ],
)
def test_what_is_no_table_is_refused(
    demo: Workspace, workshop: str, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Trouble, match=words):
        participant_tables.preview(demo, workshop, tmp_path / name)
    with pytest.raises(Trouble, match="could not be read"):
        participant_tables.preview(demo, workshop, tmp_path / "gone.csv")


def test_answers_to_invitations_come_with_the_table(demo: Workspace, workshop: str, tmp_path: Path) -> None:
    path = table(tmp_path, "name;council;answer\nMpho Moea;;oui\nSéan Pitšo;;no\nLineo Thaba;;\nNeo Noka;;perhaps\n")
    found = participant_tables.preview(demo, workshop, path)
    assert [(fault.row, "neither yes nor no" in fault.words) for fault in found.faults] == [(5, True)]
    path = table(tmp_path, "name;council;answer\nMpho Moea;;oui\nSéan Pitšo;;no\nLineo Thaba;;\n")
    participant_tables.bring_in(demo, workshop, participant_tables.preview(demo, workshop, path))
    told = {one.name: one.answer for one in attendance.participants(demo, workshop)}
    assert told == {"Mpho Moea": "yes", "Séan Pitšo": "no", "Lineo Thaba": ""}


def test_an_answer_is_noted_later_and_taken_back(demo: Workspace, workshop: str) -> None:
    attendance.invite(demo, workshop, [attendance.Invited(name="Mpho Moea")])
    (one,) = attendance.participants(demo, workshop)
    for answer in ("yes", "no", ""):
        attendance_details.note(demo, one.id, language="", disability="not_said", photo_consent=False, answer=answer)
        assert attendance.participants(demo, workshop)[0].answer == answer
    with pytest.raises(Trouble):
        attendance_details.note(demo, one.id, language="", disability="not_said", photo_consent=False, answer="maybe")
