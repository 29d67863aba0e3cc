"""Participants from a table: columns matched by name, looked at, then brought in whole or not at all."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from msgspec.structs import replace

from pitso.domain import doubles
from pitso.domain.folding import fold
from pitso.domain.trouble import Trouble
from pitso.services import attendance, people
from pitso.services.attendance import Invited
from pitso.services.change import Change
from pitso.services.people import NAME_LIMIT
from pitso.services.workspace import Workspace
from pitso.words import _, ngettext, whole

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 20_000
SHOWN = 8
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "participant", "nom", "nom complet", "nome", "nome completo", "الاسم"),
    "given": ("given name", "first name", "prenom", "nome proprio", "forename"),
    "family": ("family name", "surname", "last name", "nom de famille", "apelido", "sobrenome"),
    "council": ("council", "organisation", "organization", "body", "conseil", "collectivite", "municipio", "conselho"),
    "capacity": ("capacity", "role", "function", "office", "fonction", "qualite", "cargo", "funcao"),
    "sex": ("sex", "gender", "sexe", "genre", "sexo", "genero"),
    "age_band": ("age", "age band", "tranche d age", "idade", "faixa etaria"),
    "vote": ("vote", "voter", "with vote", "delegate", "votant", "voto", "votante"),
    "mandate": ("mandate", "mandat", "mandato"),
    "contact": ("contact", "telephone", "phone", "email", "e mail", "telefone", "courriel"),
    "answer": ("answer", "reply", "comes", "reponse", "resposta", "vem", "vient"),
    "number": ("badge", "badge number", "number", "no", "numero"),
}
"""The names that a column may bear, folded, in the languages in which such lists come."""
SAID: Mapping[str, tuple[str, ...]] = {
    "woman": ("woman", "female", "f", "w", "femme", "feminin", "mulher", "feminino"),
    "man": ("man", "male", "m", "h", "homme", "masculin", "homem", "masculino"),
    "yes": ("yes", "y", "1", "x", "true", "oui", "o", "sim", "s", "delegate with a vote"),
    "no": ("no", "n", "0", "false", "non", "nao", "delegate without a vote"),
    "young": ("35 and under", "young", "youth", "jeune", "jovem"),
    "older": ("36 and over", "older"),
}
FORMULA = re.compile(r"[=+@]|-\d")
"""How a cell begins that a spreadsheet would work out."""


@dataclass(frozen=True)
class Faulty:
    """A row that cannot be brought in, or that is left out, and why."""

    row: int
    words: str


@dataclass(frozen=True)
class Preview:
    """What a table would bring: nothing of it while there is a fault."""

    file: str
    columns: tuple[tuple[str, str], ...]
    """What each column was read as: its head, and the word for it; empty where it is left out."""
    wanted: tuple[Invited, ...]
    faults: tuple[Faulty, ...]
    notes: tuple[Faulty, ...]
    """Rows that stand in the register already, or look like somebody known."""
    new_councils: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...] = ()
    """The first of them as they are shown: name, council, vote."""

    @property
    def ready(self) -> bool:
        return bool(self.wanted) and not self.faults


def column_words() -> dict[str, str]:
    """What a column is read as, by code."""
    return {
        "name": _("Name"),
        "given": _("Given name"),
        "family": _("Family name"),
        "council": _("Council or body"),
        "capacity": _("Takes part as"),
        "sex": _("Sex"),
        "age_band": _("Age"),
        "vote": _("Vote"),
        "mandate": _("Mandate of the council"),
        "contact": _("Contact"),
        "answer": _("Answer to the invitation"),
        "number": _("Badge"),
    }


# ---- reading --------------------------------------------------------------------------------------------------------


def preview(ws: Workspace, workshop: str, path: Path) -> Preview:
    """Look at the table in *path* (CSV or XLSX) without keeping anything; Trouble where it cannot be read at all."""
    rows = list(_rows(path))
    head = next(iter(rows), [])
    read_as = [_column(cell) for cell in head]
    if "name" not in read_as and not {"given", "family"} <= set(read_as):
        raise Trouble(
            _("No column of “{file}” is called “name”.").format(file=path.name),
            _("Give the first row a heading for each column: name, council, role, sex, vote."),
        )
    named = column_words()
    columns = tuple((cell, named.get(code, "")) for cell, code in zip(head, read_as, strict=True) if cell.strip())
    look = _Look(ws, workshop)
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            look.at(number, {code: cell.strip() for code, cell in zip(read_as, cells, strict=False) if code})
    return Preview(
        path.name,
        columns,
        tuple(look.wanted),
        tuple(look.faults),
        tuple(look.notes),
        tuple(look.new_councils),
        tuple(look.shown(one) for one in look.wanted[:SHOWN]),
    )


def _column(head: str) -> str:
    """What a column is, by its heading; empty for one that nobody asks for."""
    folded = fold(head.replace("_", " "))
    return next((code for code, names in COLUMNS.items() if folded in map(fold, names)), "")


def _rows(path: Path) -> Iterator[list[str]]:
    """The cells of the table as text, at most so many rows."""
    try:
        if path.stat().st_size > LARGEST:
            raise Trouble(_("“{file}” is larger than 20 MB.").format(file=path.name), _("Bring in a smaller table."))
        content = path.read_bytes()
    except OSError as error:
        raise Trouble(
            _("“{file}” could not be read.").format(file=path.name), _("Look for it, then choose it again.")
        ) from error
    rows = _of_workbook(path.name, content) if content.startswith(b"PK") else _of_text(path.name, content)
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise Trouble(
                _("“{file}” has more than {number} rows.").format(file=path.name, number=whole(MOST_ROWS)),
                _("Bring in a smaller table."),
            )
        yield row


def _of_workbook(name: str, content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(cell) for cell in row]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise Trouble(
            _("“{file}” is no spreadsheet that can be read.").format(file=name),
            _("Save it again as XLSX or CSV, then choose that file."),
        ) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _of_text(name: str, content: bytes) -> Iterator[list[str]]:
    """Lines of a CSV file: UTF-8 or UTF-16, else as Windows writes it; commas, semicolons or tabs."""
    text = _decoded(content)
    if "\0" in text:
        raise Trouble(_("“{file}” is no table.").format(file=name), _("Save it as CSV or XLSX, then choose that file."))
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Trouble(
            _("“{file}” is no table that can be read.").format(file=name),
            _("Save it again as CSV or XLSX, then choose that file."),
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


# ---- looking at rows ------------------------------------------------------------------------------------------------


class _Look:
    """Goes through the rows with what is known in mind: the register, the persons, the bodies."""

    def __init__(self, ws: Workspace, workshop: str) -> None:
        known = attendance.participants(ws, workshop)
        self.wanted: list[Invited] = []
        self.faults: list[Faulty] = []
        self.notes: list[Faulty] = []
        self.new_councils: list[str] = []
        self._of_body = dict(attendance.bodies(ws))
        self._bodies = {fold(name): uid for uid, name in self._of_body.items()}
        self._persons: dict[tuple[str, str], str] = {}
        for uid, record in ws.journal.records("person/").items():
            if not record.get("same_as"):
                self._persons[fold(str(record.get("name") or "")), str(record.get("organisation") or "")] = uid
        self._here = {(fold(one.name), one.council) for one in known if one.name}
        self._numbers = {one.number for one in known}
        self._seen: dict[tuple[str, str], int] = {}
        self._capacities = {fold(told): code for code, told in attendance.capacities().items()}
        self._capacities |= {code.replace("_", " "): code for code in attendance.capacities()}

    def at(self, row: int, cells: Mapping[str, str]) -> None:
        """Take in one row, or say what is wrong with it."""
        name = " ".join(cells.get("name", "").split())
        name = name or " ".join(f"{cells.get('given', '')} {cells.get('family', '')}".split())
        wrong = [*self._wrong_name(name), *self._wrong_cells(cells)]
        self.faults += [Faulty(row, words) for words in wrong]
        if wrong:
            return
        council = self._council(row, cells.get("council", ""))
        key = (fold(name), council if council.startswith("organisation/") else fold(council))
        if (first := self._seen.setdefault(key, row)) != row:
            told = _("{name} stands in row {row} already.").format(name=name, row=whole(first))
            self.faults.append(Faulty(row, told))
        elif key in self._here:
            self.notes.append(Faulty(row, _("{name} is invited already; the row is left out.").format(name=name)))
        else:
            self.wanted.append(self._invited(name, council, cells))

    def _wrong_name(self, name: str) -> Iterator[str]:
        if not name:
            yield _("The name is missing.")
        elif FORMULA.match(name):
            yield _("“{name}” is a formula and no name.").format(name=name[:40])
        elif len(name) > NAME_LIMIT:
            yield _("The name is longer than {limit} letters.").format(limit=whole(NAME_LIMIT))

    def _wrong_cells(self, cells: Mapping[str, str]) -> Iterator[str]:
        if FORMULA.match(council := cells.get("council", "")):
            yield _("“{name}” is a formula and no name.").format(name=council[:40])
        if (number := cells.get("number", "")) and (not number.isdecimal() or int(number) in self._numbers):
            yield _("Badge “{number}” is no number, or somebody has it already.").format(number=number[:20])
        elif number:
            self._numbers.add(int(number))
        if (vote := cells.get("vote", "")) and _said(vote, "yes", "no") is None:
            yield _("“{words}” under “vote” is neither yes nor no.").format(words=vote[:20])
        if (answer := cells.get("answer", "")) and _said(answer, "yes", "no") is None:
            yield _("“{words}” under “answer” is neither yes nor no.").format(words=answer[:20])

    def _council(self, row: int, text: str) -> str:
        """The id of the council, or its name where it is new; one that looks like a known one is told."""
        text = " ".join(text.split())
        if not text:
            return ""
        if uid := self._bodies.get(fold(text)):
            return uid
        if text not in self.new_councils:
            self.new_councils.append(text)
            near = next((name for name in self._of_body.values() if doubles.alike(name, text)), "")
            if near:
                told = _("“{name}” is new here; is it “{other}”?").format(name=text, other=near)
                self.notes.append(Faulty(row, told))
        return text

    def _invited(self, name: str, council: str, cells: Mapping[str, str]) -> Invited:
        vote = _said(cells.get("vote", ""), "yes", "no")
        capacity = self._capacities.get(fold(cells.get("capacity", "")), "other")
        mandates = {fold(told): code for code, told in attendance.mandates().items()}
        mandate = mandates.get(fold(cells.get("mandate", "")), "list" if vote == "yes" else "")
        return Invited(
            name=name,
            person=self._persons.get((fold(name), council), ""),
            council=council,
            capacity=capacity,
            sex=_said(cells.get("sex", ""), "woman", "man") or "not_said",
            age_band=_said(cells.get("age_band", ""), "young", "older") or "not_said",
            credentials={"yes": "vote", "no": "no_vote", None: "none"}[vote],
            mandate=mandate,
            contact=cells.get("contact", ""),
            number=int(cells["number"]) if cells.get("number") else 0,
            answer=_said(cells.get("answer", ""), "yes", "no") or "",
        )

    def shown(self, one: Invited) -> tuple[str, str, str]:
        """Name, council and vote, as the preview shows them."""
        body = self._of_body.get(one.council, one.council)
        return one.name, body, attendance.credentials()[one.credentials]


def _said(text: str, *codes: str) -> str | None:
    """Which of the *codes* a cell says, in any of the languages."""
    folded = fold(text)
    return next((code for code in codes if folded in SAID[code]), None)


# ---- bringing in ----------------------------------------------------------------------------------------------------


def bring_in(ws: Workspace, workshop: str, looked_at: Preview) -> Change:
    """Invite everybody of the table in one deed; Trouble while a row is wrong: then nothing is kept."""
    if not looked_at.ready:
        raise Trouble(
            _("Nothing was brought in: the table has faults, or nobody new."),
            _("Mend the rows that are named, then choose the file again."),
        )
    made: dict[str, str] = {}
    wanted = [_with_body(ws, one, made) for one in looked_at.wanted]
    edits = [edit for name, uid in made.items() for edit in people.organisation_edits(uid, name, "council")]
    edits_ = [*edits, *attendance.invitation_edits(ws, workshop, wanted)]
    number = len(wanted)
    said = ngettext("{number} participant was brought in.", "{number} participants were brought in.", number)
    return ws.record(edits_, said=said.format(number=whole(number)), made=workshop)


def _with_body(ws: Workspace, one: Invited, made: dict[str, str]) -> Invited:
    """The same with a new body in place of its name; one body for one name."""
    if not one.council or one.council.startswith("organisation/"):
        return one
    if one.council not in made:
        made[one.council] = f"organisation/{ws.token()}"
    return replace(one, council=made[one.council])
