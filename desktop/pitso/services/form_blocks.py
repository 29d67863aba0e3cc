"""What stands on one page of a record: its questions with their answers, its tables, and what is wrong there."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from pitso import words
from pitso.services import library
from pitso.services.editors import MANY, editor_of
from pitso.services.filling import Filling
from pitso.services.form_pages import Pages, Sheet, asked, group_of, label_of, lines, pages_of
from pitso.services.form_views import (
    Ask,
    Block,
    DifferView,
    FileView,
    FormView,
    Grid,
    Heading,
    OptionView,
    ProblemLine,
    Table,
    TableRow,
)
from pitso.services.open_items import left_open
from pitso.services.record_ids import state_words, unmarked
from pitso.services.record_list import newer_form
from pitso.services.workspace import device_name, person_name
from pitso.storage.journal import Attachment
from pitso.words import _, listed
from pitso.xforms import Group, Question

HEADS = 4
"""How many questions of a row a table shows."""
WHOLE = 500
"""From so many choices on only those that are searched for are shown (see `options_like`)."""
RIGHT_TO_LEFT = ("ar", "he", "fa", "ur", "dv", "ps", "sd", "ug", "yi", "ckb", "nqo")

# ---- the whole ----------------------------------------------------------------------------------------------------


def form_view(filling: Filling, page: int, *, missing: bool = False) -> FormView:
    """The record at one of its pages; the nearest one where nothing is asked there now.

    *missing*: say beside each question that an answer is still missing, as after a look at the list of problems.
    """
    pages, outline = pages_of(filling), lines(filling)
    numbers = [line.number for line in outline]
    shown = page if page in numbers else next((n for n in numbers if n > page), numbers[-1] if numbers else 0)
    sheet = pages.sheets[shown] if pages.sheets else None
    at = numbers.index(shown) if shown in numbers else 0
    form, session = filling.form, filling.session
    return FormView(
        record=filling.record,
        title=library.title_of(form),
        name=session.name,
        state=filling.state,
        state_words=state_words(filling.state),
        editable=filling.editable,
        languages=tuple((spoken.name, spoken.code) for spoken in form.languages),
        language=session.language,
        right_to_left=session.language_code.partition("-")[0] in RIGHT_TO_LEFT,
        pages=outline,
        page=shown,
        label=label_of(filling, sheet) if sheet else form.title,
        hint=_hint(filling, sheet) if sheet else "",
        blocks=tuple(_Blocks(filling, missing=missing).page(sheet)) if sheet and numbers else (),
        previous=numbers[at - 1] if at > 0 else None,
        following=numbers[at + 1] if at + 1 < len(numbers) else None,
        problems=sum(line.problems for line in outline),
        revision=filling.revision,
        newer_form=filling.editable and newer_form(filling.ws, filling.record, filling.form_uid),
        to_agenda=len(left_open(filling)),
    )


def _hint(filling: Filling, sheet: Sheet) -> str:
    group = sheet.group
    return filling.session.hint(group.path) if group is not None and group.path and not sheet.table else ""


def problem_lines(filling: Filling) -> tuple[ProblemLine, ...]:
    """What is missing or wrong, in the order of the form."""
    session = filling.session
    return tuple(
        ProblemLine(
            key=session.key(problem.path),
            label=session.label(problem.path) or problem.path.rpartition("/")[2],
            message=problem.message,
            place=_place_of(filling, problem.path),
        )
        for problem in session.problems()
    )


def _place_of(filling: Filling, path: str) -> str:
    """The page of a question, and the number of its row."""
    pages = pages_of(filling)
    number = pages.of.get(unmarked(path))
    label = label_of(filling, pages.sheets[number]) if number is not None else ""
    row = path.rpartition("]")[0].rpartition("[")[2]
    return _("{page}, row {row}").format(page=label, row=row) if row else label


def page_of(filling: Filling, key: str) -> int:
    """The page on which the question or row at *key* stands; its rows are opened on the way."""
    pages: Pages = pages_of(filling)
    path = unmarked(key)
    for at in (place for place, sign in enumerate(key) if sign == "}"):
        row = key[: at + 1]
        filling.opened[row[: row.rindex("{")]] = row
    return pages.of.get(path, 0)


def next_open(filling: Filling, key: str, *, wrong: bool) -> str:
    """The key of the next question after *key* that has no answer, or that is *wrong*; empty where there is none."""
    session = filling.session
    paths = [path for path in session.paths() if asked(filling.form, unmarked(path)) and session.relevant(path)]
    keys = [session.key(path) for path in paths]
    start = keys.index(key) + 1 if key in keys else 0
    for path, found in [*zip(paths[start:], keys[start:], strict=True), *zip(paths[:start], keys[:start], strict=True)]:
        kind = filling.form.question(unmarked(path)).kind
        if (
            session.problem(path)
            if wrong
            else kind != "note" and not session.readonly(path) and not session.value(path)
        ):
            return found
    return ""


def find(filling: Filling, typed: str) -> tuple[ProblemLine, ...]:
    """The questions whose label or name holds what was typed, as lines that lead there."""
    wanted = typed.casefold().split()
    session = filling.session
    found = []
    for path in session.paths():
        question = asked(filling.form, unmarked(path))
        if question is None or not session.relevant(path):
            continue
        label = session.label(path)
        if wanted and all(word in f"{label} {question.name}".casefold() for word in wanted):
            found.append(
                ProblemLine(session.key(path), label or question.name, said(filling, path), _place_of(filling, path))
            )
    return tuple(found[:50])


def options_like(filling: Filling, key: str, typed: str) -> tuple[OptionView, ...]:
    """The first choices of a long list whose label holds what was typed."""
    found = filling.session.find_choices(key, typed, MANY)
    return tuple(OptionView(option.name, option.label or option.name) for option in found)


# ---- answers in words ---------------------------------------------------------------------------------------------


def said(filling: Filling, path: str) -> str:
    """The answer at *path* as people read it."""
    question = filling.form.question(unmarked(path))
    value = filling.session.value(path) or ""
    return words_of(filling, question, path, value)


def words_of(filling: Filling, question: Question, path: str, value: str) -> str:
    """A *value* of the question as people read it: labels of choices, dates written out."""
    if not value:
        return ""
    if question.kind in ("select_one", "select_multiple", "rank"):
        names = [value] if question.kind == "select_one" else value.split()
        return listed(filling.session.option_label(path, name) or name for name in names)
    if question.kind == "date":
        return _day(value, editor_of(question))
    if "thousands-sep" in question.appearance.split():
        return _grouped(value)
    if question.kind == "dateTime":
        return _moment(value)
    if question.kind == "time":
        return value[:5]
    return value


def _day(value: str, editor: str = "date") -> str:
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:  # what was typed is no date; it is shown as it stands, and marked
        return value
    return {"year": str(day.year), "month": words.month(day)}.get(editor, words.day(day))


def _grouped(value: str) -> str:
    whole, point, rest = value.partition(".")
    return f"{words.whole(int(whole))}{point}{rest}" if whole.lstrip("-").isdigit() else value


def _moment(value: str) -> str:
    try:
        return words.moment(datetime.fromisoformat(value))
    except ValueError:
        return value


# ---- one page -----------------------------------------------------------------------------------------------------


class _Blocks:
    """Reads what stands on a page from the session."""

    def __init__(self, filling: Filling, *, missing: bool) -> None:
        self.filling, self.session, self.form = filling, filling.session, filling.form
        self.missing = missing

    def page(self, sheet: Sheet) -> Iterator[Block]:
        blocks = self.blocks(sheet.members, "", "")
        group = sheet.group
        if group is not None and sheet.members == group.members and self._is_grid(group):
            blocks = iter([self.grid(group, "", list(blocks))])
        return (_untitled(block, label_of(self.filling, sheet)) for block in blocks)

    def blocks(self, members: tuple[str, ...], static: str, row: str) -> Iterator[Block]:
        """The blocks of *members*; within a table *static* is the path of its repeat and *row* that of the row."""
        for member in members:
            group = group_of(self.form, member)
            if group is None:
                if asked(self.form, member) and self.session.relevant(_in_row(member, static, row)):
                    yield self.ask(_in_row(member, static, row))
            elif group.kind == "repeat":
                series = _in_row(group.path, static, row)
                if self.session.relevant(series):
                    yield self.table(group, series)
            else:
                yield from self.group(group, static, row)

    def group(self, group: Group, static: str, row: str) -> Iterator[Block]:
        path = _in_row(group.path, static, row) if group.path else ""
        if path and not self.session.relevant(path):
            return
        label = self.session.label(path) if path else group.label(self.session.language)
        inner = list(self.blocks(group.members, static, row))
        if self._is_grid(group):
            yield self.grid(group, label, inner)
        elif inner:
            hint = self.session.hint(path) if path else ""
            if label or hint:
                yield Heading(group.key, label, hint)
            yield from inner

    def _is_grid(self, group: Group) -> bool:
        """Is every question of the group a line of one table of choices?"""
        questions = [asked(self.form, member) for member in group.members]
        looks = [set(question.appearance.split()) for question in questions if question and question.kind != "note"]
        return len(looks) > 1 and all(look & {"list-nolabel", "label", "list"} for look in looks)

    def grid(self, group: Group, label: str, inner: list[Block]) -> Grid:
        """Questions that share their choices; the one that only names the choices has no line of its own."""
        asks = [ask for ask in inner if isinstance(ask, Ask) and ask.editor != "note"]
        heads = next((ask.options for ask in asks if ask.options), ())
        notes = [ask.label for ask in inner if isinstance(ask, Ask) and ask.editor == "note" and ask.label]
        named = [ask for ask in asks if "label" not in self._looks(ask.key)]
        return Grid(group.key, label or next(iter(notes), ""), heads, tuple(named))

    def _looks(self, key: str) -> set[str]:
        return set(self.form.question(unmarked(key)).appearance.split())

    # --- questions

    def ask(self, path: str) -> Ask:
        session, question = self.session, self.form.question(unmarked(path))
        key = session.key(path)
        problem = session.problem(path)
        hidden = problem is not None and problem.kind == "required" and not self.missing
        count = self._count(path, question)
        options = self._options(path) if 0 < count <= WHOLE else ()
        editor = editor_of(question, count)
        return Ask(
            key=key,
            name=question.name,
            editor=editor,
            label=session.label(path),
            hint=session.hint(path),
            guidance=session.guidance(path),
            required=session.required(path),
            locked=session.readonly(path) or not self.filling.editable,
            value=session.value(path) or "",
            words=words_of(self.filling, question, path, session.value(path) or ""),
            problem=problem.message if problem is not None and not hidden else "",
            options=options,
            columns=_columns(question.appearance),
            start=question.parameters.get("start", ""),
            end=question.parameters.get("end", ""),
            step=question.parameters.get("step", ""),
            live=question.choice_list if question.choice_list in library.LIVE else "",
            personal=self.filling.is_personal(key),
            picture=self._picture(session.media(path).get("image") or session.media(path).get("big-image")),
            file=self._file(key, question),
            differing=self._differing(key, path, question) if key in self.filling.differing else (),
        )

    def _count(self, path: str, question: Question) -> int:
        chooses = question.control in ("select1", "select", "rank") or question.kind == "select_one"
        return self.session.choice_count(path) if chooses else 0

    def _options(self, path: str) -> tuple[OptionView, ...]:
        return tuple(
            OptionView(option.name, option.label or option.name, self._picture(option.media.get("image")))
            for option in self.session.choices(path)
        )

    def _picture(self, file: str | None) -> bytes | None:
        return self.filling.media.get(file) if file else None

    def _file(self, key: str, question: Question) -> FileView | None:
        held = self.filling.file(key)
        if held is None or not self.session.value(key):
            return None
        content = self.filling.ws.journal.body(held.hash) if question.kind == "image" else None
        return FileView(held.name, held.size, content)

    def _differing(self, key: str, path: str, question: Question) -> tuple[DifferView, ...]:
        ws = self.filling.ws
        found: dict[str, DifferView] = {}
        for version in ws.journal.history(self.filling.record, field=key):
            if version.current:
                value = version.value.name if isinstance(version.value, Attachment) else str(version.value or "")
                found.setdefault(
                    value,
                    DifferView(
                        value=value,
                        words=words_of(self.filling, question, path, value) or _("no answer"),
                        author=person_name(ws, version.author),
                        device=device_name(ws, version.device),
                        at=version.at.astimezone(),
                    ),
                )
        return tuple(found.values()) if len(found) > 1 else ()

    # --- tables

    def table(self, group: Group, series: str) -> Table:
        session = self.session
        key, identities = session.key(series), session.row_ids(series)
        opened = self.filling.opened.get(key, f"{key}{{{identities[0]}}}" if identities else "")
        keys = {f"{key}{{{identity}}}": number for number, identity in enumerate(identities, start=1)}
        heads, wrong = self._heads(group), session.faulty_rows(series)
        return Table(
            key=key,
            label=session.label(series),
            hint=session.hint(series),
            heads=tuple(self._head(head, group.path, f"{series}[1]" if keys else "") for head in heads),
            rows=tuple(
                TableRow(row, self._cells(row, f"{series}[{at}]", group.path, heads), wrong.get(identity, 0))
                for (row, at), identity in zip(keys.items(), identities, strict=True)
            ),
            fixed=group.fixed or not self.filling.editable,
            open=opened if opened in keys else "",
            blocks=tuple(self.blocks(group.members, group.path, f"{series}[{keys[opened]}]")) if opened in keys else (),
        )

    def _heads(self, group: Group) -> list[str]:
        """The questions that tell rows apart: the first few that are answered in a word or two."""
        found = []
        for path in _paths_in(self, group):
            question = asked(self.form, path)
            if question is not None and question.kind not in ("note", "image", "audio", "video", "file"):
                found.append(path)
        return found[:HEADS]

    def _head(self, path: str, static: str, row: str) -> str:
        label = self.session.label(_in_row(path, static, row)) if row else ""
        return label or self.form.question(path).label(self.session.language) or self.form.question(path).name

    def _cells(self, key: str, row: str, static: str, heads: list[str]) -> tuple[str, ...]:
        """What a row tells in the table, read again only after something in it changed."""
        if key not in self.filling.cells:
            self.filling.cells[key] = tuple(said(self.filling, _in_row(path, static, row)) for path in heads)
        return self.filling.cells[key]


def _untitled(block: Block, title: str) -> Block:
    """A block that would only say the title of the page again does not say it."""
    return replace(block, label="") if isinstance(block, Grid | Table) and block.label == title else block


def _paths_in(blocks: _Blocks, group: Group) -> Iterator[str]:
    for member in group.members:
        inner = group_of(blocks.form, member)
        if inner is None:
            yield member
        elif inner.kind != "repeat":
            yield from _paths_in(blocks, inner)


def _in_row(path: str, static: str, row: str) -> str:
    return row + path[len(static) :] if row else path


def _columns(appearance: str) -> int:
    """``columns-3`` gives 3; ``columns`` and ``quickcompact`` as many as fit, which is 0."""
    for look in appearance.split():
        if look.startswith("columns-") and look[8:].isdigit():
            return int(look[8:])
        if look in ("columns", "columns-pack", "compact", "quickcompact", "horizontal", "horizontal-compact"):
            return 0
    return 1
