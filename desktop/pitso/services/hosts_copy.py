"""The hosts' copy: all that the hosts may have of an engagement, on a stick, in formats that open anywhere.

An index page for any browser, the papers as PDF, the tables as csv and as one SQLite file, the files and pictures as
they were brought in. What stays within the peer team is not in it, and the index says how much that is.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from pitso import words
from pitso.domain.policies import Reader, policy
from pitso.services import giving, issuing, open_formats, papers
from pitso.services.change import Change
from pitso.services.form_tables import SheetOfRecords
from pitso.services.issuing import Way
from pitso.services.papers import Order
from pitso.services.programme_kinds import FORMS
from pitso.services.submissions import safe_name
from pitso.services.views import PaperLine
from pitso.services.workspace import Workspace
from pitso.storage.disk import disk_trouble, part_of, write_whole
from pitso.storage.edits import kind_of
from pitso.storage.journal import Attachment
from pitso.words import _, ngettext, whole

INDEX, PAPERS, TABLES, FILES = "index.html", "papers", "tables", "files"
BLANK = "form"
"""The sort of papers that are empty forms: they tell nothing of the engagement."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class _Paper:
    """A paper of the copy: what it is, the file, and the check code in its footer."""

    title: str
    detail: str
    file: str
    code: str


def write(ws: Workspace, engagement: str, folder: Path, tell: Tell = lambda _done, _of: None) -> Change:
    """Write the hosts' copy of an *engagement* into a new folder within *folder*; Trouble for a full or vanished drive.

    *tell* hears how many of the papers are made; what it raises stops the writing. Each paper is issued, so that its
    code can be checked years later.
    """
    title = str(ws.journal.record(engagement).get("title") or ws.name)
    place = _new_name(folder, f"{safe_name(title.replace(' ', '-'))}-{ws.today().isoformat()}")
    part = part_of(place)
    try:
        number = _fill(ws, engagement, title, part, tell)
        part.rename(place)
    except OSError as error:
        raise disk_trouble(error, place) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)  # nothing, once it has its name
    told = ngettext("{number} paper", "{number} papers", number).format(number=whole(number))
    said = _("The hosts’ copy is in “{folder}”: {papers}. Open {file} in it.").format(
        folder=place.name, papers=told, file=INDEX
    )
    return Change(frozenset({"paper", "copy"}), said, undoable=False, record=str(place))


def _fill(ws: Workspace, engagement: str, title: str, place: Path, tell: Tell) -> int:
    """Write everything into the folder *place*; says how many papers."""
    (place / PAPERS).mkdir(parents=True)
    sheets = giving.everything(ws, Reader.BOTH_SIDES, engagement=engagement)
    tables = open_formats.as_csv(sheets, place / TABLES)
    open_formats.as_sqlite(sheets, place / TABLES / "everything.db")
    files = _files(ws, sheets, place / FILES)
    lines = [line for line in papers.available(ws, engagement) if _is_for_hosts(line)]
    made: list[_Paper] = []
    for number, line in enumerate(lines):
        tell(number, len(lines))
        made.append(_paper(ws, line, place / PAPERS))
    tell(len(lines), len(lines))
    page = _index(title, made, [path.name for path in tables], files, giving.sentence(sheets), day=ws.today())
    write_whole(place / INDEX, page.encode())
    return len(made)


def _new_name(folder: Path, name: str) -> Path:
    """A folder that is not there yet: a copy is never mixed with an earlier one."""
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{name}-{number}", number + 1
    return place


def _is_for_hosts(line: PaperLine) -> bool:
    """Empty forms tell nothing, and a form that has a name as a paper is in it once, as a filled form."""
    return line.kind != BLANK and line.kind not in FORMS and Reader.BOTH_SIDES.value in dict(line.readers)


def _paper(ws: Workspace, line: PaperLine, folder: Path) -> _Paper:
    spoken = dict(line.languages)
    language = words.language() if words.language() in spoken else next(iter(spoken))
    issued = issuing.issue(ws, Order(line.kind, line.of, language, Reader.BOTH_SIDES), Way.SAVED)
    path = folder / issued.paper.file_name
    if path.exists():
        path = folder / f"{path.stem}-{issued.code[:4]}.pdf"
    write_whole(path, issued.paper.pdf)
    return _Paper(line.title, line.detail, path.name, issued.grouped)


def _files(ws: Workspace, sheets: Iterable[SheetOfRecords], folder: Path) -> list[str]:
    """Write the files of all records in the tables; says which. One that has not arrived here is left out."""
    keys = [row[giving.KEY] for sheet in sheets for row in sheet.rows if giving.KEY in row]
    records = ws.journal.several(key for key in keys if "/" in key)
    written = []
    for uid, record in records.items():
        for field, value in record.items():
            if not isinstance(value, Attachment) or not Reader.BOTH_SIDES.sees(policy(uid, field).reader):
                continue
            content = ws.journal.body(value.hash)
            if content is not None:
                name = f"{kind_of(uid)}-{value.hash[:6]}-{safe_name(value.name)}"
                folder.mkdir(exist_ok=True)
                write_whole(folder / name, content)
                written.append(name)
    return written


STYLE = """
body { font: 18px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1d1b16;
  background: #f6f4ee } h1 { font-size: 1.9rem } h2 { font-size: 1.3rem; margin-top: 2.2rem }
li { margin: .45rem 0 } a { color: #0f5a63 } small { color: #5c574b } img { max-width: 100%; border-radius: 8px }
"""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def _index(title: str, made: list[_Paper], tables: list[str], files: list[str], left_out: str, *, day: date) -> str:
    """The page that leads to everything; one file without anything from elsewhere, so that it opens in any browser."""
    language = words.language()
    direction = "rtl" if language == "ar" else "ltr"
    rows = [_linked(f"{PAPERS}/{one.file}", one.title, f"{one.detail} · {one.code}".strip(" ·")) for one in made]
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(_('The hosts’ copy, written on {date}.').format(date=words.day(day)))}</p>",
        f"<p>{escape(left_out)}</p>" if left_out else "",
        _section(_("Papers"), rows),
        _section(_("Tables, for any spreadsheet program"), [_linked(f"{TABLES}/{name}", name, "") for name in tables]),
        _section(_("Everything in one database file"), [_linked(f"{TABLES}/everything.db", "everything.db", "SQLite")]),
        _section(_("Files and pictures"), [_file(name) for name in files]),
    ]
    body = "\n".join(part for part in parts if part)
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{STYLE}</style>'
        f"</head><body>\n{body}\n</body></html>\n"
    )


def _section(title: str, rows: list[str]) -> str:
    return f"<h2>{escape(title)}</h2>\n<ul>\n{chr(10).join(rows)}\n</ul>" if rows else ""


def _linked(path: str, title: str, detail: str) -> str:
    told = f"<br><small>{escape(detail)}</small>" if detail else ""
    return f'<li><a href="{escape(path)}">{escape(title)}</a>{told}</li>'


def _file(name: str) -> str:
    path = escape(f"{FILES}/{name}")
    if name.lower().endswith(PICTURES):
        return f'<li><a href="{path}"><img src="{path}" alt="{escape(name)}"></a></li>'
    return _linked(f"{FILES}/{name}", name, "")
