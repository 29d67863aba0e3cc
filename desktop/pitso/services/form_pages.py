"""How a form lies on pages: a group or a few questions at a time, a repeat as a table, and how far each page is.

The plan of the pages is made once for a form. What stands on a page is read from the session when it is shown; how far
the pages are is counted once and afterwards only for those that a change touched, so that the cost of an answer does
not grow with the form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from pitso.services.filling import Filling
from pitso.services.form_views import PageLine
from pitso.services.record_ids import unmarked
from pitso.xforms import Form, Group, Question

MOST = 10
"""How many loose questions a page holds; a group of a few more stays together."""
TOGETHER = 14

SILENT = frozenset({"note"})
"""Kinds of questions that only tell something."""


@dataclass(frozen=True)
class Sheet:
    """One page of a form: the paths of what stands on it, and the group that it is of."""

    number: int
    group: Group | None
    around: tuple[Group, ...]
    members: tuple[str, ...]
    questions: tuple[str, ...]
    """The paths of the questions that stand on the page itself, outside any table."""

    @property
    def table(self) -> bool:
        """Is the page one repeat?"""
        return self.group is not None and self.group.kind == "repeat"


@dataclass
class Pages:
    """The pages of an open record, and how far they are."""

    sheets: tuple[Sheet, ...]
    of: dict[str, int]
    """The number of the page on which a question, group or repeat stands, by its path."""
    counted: dict[int, PageLine | None] = field(default_factory=dict)
    """How far each page is, None where nothing is asked on it; problems left out."""


def pages_of(filling: Filling) -> Pages:
    """The pages of an open record, laid out at the first look."""
    if filling.pages is None:
        sheets = tuple(_lay_out(filling.form))
        of = {path: sheet.number for sheet in sheets for path in _paths(filling.form, sheet.members)}
        filling.pages = Pages(sheets, of)
    return filling.pages


def group_of(form: Form, key: str) -> Group | None:
    """The group of that path or key."""
    if not key.startswith("#"):
        return form.plan.groups.get(key)
    return next((group for group in form.groups if group.key == key), None)


def asked(form: Form, path: str) -> Question | None:
    """The question at *path* if it is one that people see."""
    question = form.plan.questions.get(path)
    return question if question is not None and question.control else None


# ---- the plan -----------------------------------------------------------------------------------------------------


def _lay_out(form: Form) -> Iterator[Sheet]:
    for number, (group, around, members) in enumerate(_sheets(form, form.outline, (), None)):
        questions = tuple(path for path in _paths(form, members, tables=False) if asked(form, path))
        yield Sheet(number, group, around, members, questions)


_Raw = tuple[Group | None, tuple[Group, ...], tuple[str, ...]]


def _sheets(form: Form, members: tuple[str, ...], around: tuple[Group, ...], owner: Group | None) -> Iterator[_Raw]:
    run: list[str] = []
    for member in members:
        group = group_of(form, member)
        if group is None:
            if asked(form, member):
                run.append(member)
        elif group.kind == "repeat" or not _stays_together(form, group):
            if run:
                yield owner, around, tuple(run)
                run = []
            if group.kind == "repeat":
                yield group, around, (member,)
            else:
                yield from _sheets(form, group.members, (*around, group), group)
        elif owner is None and group.label():
            if run:
                yield owner, around, tuple(run)
                run = []
            yield group, around, group.members
        else:
            run.append(member)
        if sum(len(_asked_in(form, one)) for one in run) >= MOST:
            yield owner, around, tuple(run)
            run = []
    if run:
        yield owner, around, tuple(run)


def _stays_together(form: Form, group: Group) -> bool:
    """Is the group short, or said by the form to be one page, and without a table inside?"""
    inside = list(_groups_in(form, group))
    if any(inner.kind == "repeat" for inner in inside):
        return False
    return bool({"field-list", "table-list"} & set(group.appearance.split())) or len(_asked_in(form, group.key)) <= (
        TOGETHER
    )


def _groups_in(form: Form, group: Group) -> Iterator[Group]:
    for member in group.members:
        inner = group_of(form, member)
        if inner is not None:
            yield inner
            yield from _groups_in(form, inner)


def _asked_in(form: Form, member: str) -> list[str]:
    return [path for path in _paths(form, (member,)) if asked(form, path)]


def _paths(form: Form, members: Iterable[str], *, tables: bool = True) -> Iterator[str]:
    """The paths of *members* and of all that is in them; what is in tables only if asked for."""
    for member in members:
        group = group_of(form, member)
        if group is None:
            yield member
        elif tables or group.kind != "repeat":
            if group.path:
                yield group.path
            yield from _paths(form, group.members, tables=tables)


# ---- how far ------------------------------------------------------------------------------------------------------


def follow(filling: Filling) -> None:
    """Let go of what was counted on the pages that the last answer touched."""
    pages, session = pages_of(filling), filling.session
    for path in session.changes():
        page = pages.of.get(unmarked(path))
        if page is not None:
            pages.counted.pop(page, None)
        if filling.cells and "[" in path:
            key = session.key(path)
            for end in (at + 1 for at, sign in enumerate(key) if sign == "}"):
                filling.cells.pop(key[:end], None)


def lines(filling: Filling) -> tuple[PageLine, ...]:
    """The pages on which anything is asked now, with how far each is."""
    pages = pages_of(filling)
    faulty: dict[int, int] = {}
    for path, number in filling.session.faulty().items():
        if path in pages.of:
            faulty[pages.of[path]] = faulty.get(pages.of[path], 0) + number
    for sheet in pages.sheets:
        if sheet.number not in pages.counted:
            pages.counted[sheet.number] = _line(filling, sheet)
    counted = (pages.counted[sheet.number] for sheet in pages.sheets)
    return tuple(
        line if line.number not in faulty else replace(line, problems=faulty[line.number])
        for line in counted
        if line is not None
    )


def _line(filling: Filling, sheet: Sheet) -> PageLine | None:
    """How far one page is; None where nothing is asked on it now."""
    session = filling.session
    if sheet.table:
        path = sheet.members[0]
        rows = session.rows(path)
        shown = session.relevant(path) and (rows > 0 or not filling.form.group(path).fixed)
        return PageLine(sheet.number, label_of(filling, sheet), 0, 0, rows, 0) if shown else None
    shown_paths = [path for path in sheet.questions if session.relevant(path)]
    if not shown_paths:
        return None
    open_ = [path for path in shown_paths if _counts(filling, path)]
    done = sum(1 for path in open_ if session.value(path))
    return PageLine(sheet.number, label_of(filling, sheet), done, len(open_), None, 0)


def _counts(filling: Filling, path: str) -> bool:
    """Does the question ask for an answer, and not only tell something?"""
    return filling.form.question(path).kind not in SILENT and not filling.session.readonly(path)


def label_of(filling: Filling, sheet: Sheet) -> str:
    """What a page is called: its group, or else its first question."""
    own = (sheet.group,) if sheet.group else ()
    for group in reversed((*sheet.around, *own)):
        said = filling.session.label(group.path) if group.path else group.label(filling.session.language)
        if said:
            return said
    first = next(iter(sheet.questions), "")
    return filling.session.label(first) if first else filling.form.title
