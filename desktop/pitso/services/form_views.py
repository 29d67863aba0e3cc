"""What the screens of records and forms show: frozen values, in the form's language, nothing left to work out."""

from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

# ---- the library --------------------------------------------------------------------------------------------------


class FormVersion(Struct, frozen=True):
    """One version of a form that is known here."""

    id: str
    version: str
    current: bool
    """New records are made with it."""
    shipped: bool


class FormLine(Struct, frozen=True):
    """One form of the library, with the version that new records are made with."""

    id: str
    form_id: str
    title: str
    group: str
    version: str
    languages: tuple[str, ...]
    limits: tuple[str, ...]
    """What the form asks for that Pitso does not do, a sentence each."""
    versions: tuple[FormVersion, ...]


# ---- records ------------------------------------------------------------------------------------------------------


class RecordLine(Struct, frozen=True):
    """One record in the list."""

    id: str
    form_title: str
    group: str
    name: str
    state: str
    """draft, final, signed or withdrawn."""
    state_words: str
    author: str
    at: datetime
    """When it was changed last."""
    problems: int | None
    """How many questions of a draft are left; None where they have not been counted since it changed."""
    differing: int
    """Questions to which two computers hold different answers."""
    newer_form: bool
    """A draft whose form has a newer version."""


class RevisionLine(Struct, frozen=True):
    """One finished version of a record."""

    number: int
    at: datetime
    author: str
    reason: str
    id: str


# ---- filling ------------------------------------------------------------------------------------------------------


class OptionView(Struct, frozen=True):
    """A choice on offer."""

    name: str
    label: str
    picture: bytes | None = None


class DifferView(Struct, frozen=True):
    """One of several answers that were given without knowing each other."""

    value: str
    words: str
    author: str
    device: str
    at: datetime


class FileView(Struct, frozen=True):
    """The file that answers a question."""

    name: str
    size: int
    content: bytes | None
    """Of a picture; None where it is no picture or has not arrived."""


class Ask(Struct, frozen=True):
    """A question as it stands now.

    *editor* tells how it is answered (see `services.editors.editor_of`); *words* is the answer as people read it.
    """

    key: str
    name: str
    editor: str
    label: str
    hint: str
    guidance: str
    required: bool
    locked: bool
    value: str
    words: str
    problem: str
    options: tuple[OptionView, ...] = ()
    columns: int = 1
    start: str = ""
    end: str = ""
    step: str = ""
    live: str = ""
    """The register that the choices come from, where one may be added on the spot: person or organisation."""
    personal: bool = False
    picture: bytes | None = None
    file: FileView | None = None
    differing: tuple[DifferView, ...] = ()


class Heading(Struct, frozen=True):
    """The beginning of a group within a page."""

    key: str
    label: str
    hint: str


class Grid(Struct, frozen=True):
    """Questions that share their choices, one line each."""

    key: str
    label: str
    options: tuple[OptionView, ...]
    asks: tuple[Ask, ...]


class TableRow(Struct, frozen=True):
    """One row of a repeat: its cells in words."""

    key: str
    cells: tuple[str, ...]
    problems: int


class Table(Struct, frozen=True):
    """A repeat: its rows, and what the open one asks."""

    key: str
    label: str
    hint: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    fixed: bool
    """Rows are counted by the form, and may not be added or taken away by hand."""
    open: str
    """The key of the open row, or empty."""
    blocks: "tuple[Block, ...]"


Block: TypeAlias = Ask | Heading | Grid | Table


class PageLine(Struct, frozen=True):
    """One page of the form in the outline."""

    number: int
    label: str
    done: int
    total: int
    rows: int | None
    """How many rows, where the page is a repeat."""
    problems: int


class ProblemLine(Struct, frozen=True):
    """A line that leads to a question: one to mend, one that was searched for."""

    key: str
    label: str
    message: str
    place: str = ""
    """The page on which it stands, and the row."""


class FormView(Struct, frozen=True):
    """A record that is being filled, at one of its pages."""

    record: str
    title: str
    name: str
    state: str
    state_words: str
    editable: bool
    languages: tuple[tuple[str, str], ...]
    """Full name and code of each language of the form."""
    language: str
    right_to_left: bool
    pages: tuple[PageLine, ...]
    page: int
    label: str
    hint: str
    blocks: tuple[Block, ...]
    previous: int | None
    following: int | None
    problems: int
    revision: str
    """Of an earlier version that is only looked at: when it was finished."""
    newer_form: bool
    to_agenda: int
    """How many items a finished checklist leaves open that stand on no agenda yet."""
