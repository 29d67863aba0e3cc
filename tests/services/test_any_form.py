"""Forms of others in the workspace: brought in, laid on pages, filled at random, opened again, given away."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pitso.services import filling, finishing, form_blocks, form_pages, library, records
from pitso.services.filling import Filling
from pitso.services.form_views import Ask, Block, Grid, Table
from pitso.services.record_ids import unmarked
from tests.services.forms_at_hand import Desk
from tests.xforms.example_forms import EXAMPLES
from tests.xforms.test_example_forms import an_answer


def bring(desk: Desk, name: str) -> str:
    example = EXAMPLES[name]
    path = desk.folder / f"{name}.xlsx"
    path.write_bytes(example.xlsx)
    for file, content in example.media.items():
        (desk.folder / file).write_bytes(content)
    return library.bring_in(desk.ws, path).record


def asked(blocks: tuple[Block, ...]) -> set[str]:
    """The questions that a page shows, those of open rows included, without row ids."""
    found = set()
    for block in blocks:
        if isinstance(block, Ask):
            found.add(unmarked(block.key))
        elif isinstance(block, Grid):
            found |= {unmarked(ask.key) for ask in block.asks}
        elif isinstance(block, Table):
            found |= asked(block.blocks)
    return found


def fill(open_: Filling, draw: random.Random, deeds: int) -> None:
    session = open_.session
    for _deed in range(deeds):
        paths = [path for path in session.paths() if not session.readonly(path)]
        path = draw.choice(paths)
        question = session.form.question(unmarked(path))
        if question.repeat and draw.random() < 0.3 and not session.form.group(question.repeat).fixed:
            row = path[: path.rindex("]") + 1]
            if draw.random() < 0.6:
                records.add_row(open_, session.key(row[: row.rindex("[")]))
            else:
                records.remove_row(open_, session.key(row))
        elif question.control and question.kind not in ("image", "audio", "video", "file"):
            records.answer(open_, session.key(path), an_answer(session, path, question.kind, draw))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_form_of_others_is_filled_shown_and_opened_again(tmp_path: Path, name: str) -> None:
    desk = Desk.at(tmp_path)
    desk.ws.journal.file.connection.execute("PRAGMA synchronous = OFF")
    desk.ws.clock = lambda: datetime(2026, 1, 22, 10, 0, tzinfo=UTC)
    open_ = desk.begin(bring(desk, name))
    fill(open_, random.Random(name), 40)
    session = open_.session
    again = desk.open(open_.record)
    ours, theirs = session.answers(), again.session.answers()
    assert (ours.rows, ours.values) == (theirs.rows, theirs.values)
    assert session.submission() == again.session.submission()

    for key in {session.key(path)[: session.key(path).rindex("}") + 1] for path in session.paths() if "[" in path}:
        form_blocks.page_of(open_, key)  # opens the row
    shown: set[str] = set()
    for line in form_blocks.form_view(open_, 0, missing=True).pages:
        shown |= asked(form_blocks.form_view(open_, line.number, missing=True).blocks)
    there = {unmarked(path) for path in session.paths() if session.relevant(path)}
    heads = {q.path for q in session.form.questions if "label" in q.appearance.split()}
    notes = {q.path for q in session.form.questions if q.kind == "note"}
    wanted = {path for path in there if form_pages.asked(session.form, path)}
    assert wanted - shown <= heads | notes | _in_closed_rows(open_, wanted - shown), "nothing is left out of the pages"

    open_rows = [problem for problem in session.problems() if "[" not in problem.path]
    assert len(form_blocks.problem_lines(open_)) >= len(open_rows)
    for language in session.form.languages:
        session.speak(language.code)
        form_pages.follow(open_)
        form_blocks.form_view(open_, 0)
    if not session.problems():
        finishing.finish(open_)
        assert filling.open_record(desk.ws, open_.record).state == "final"


def _in_closed_rows(open_: Filling, paths: set[str]) -> set[str]:
    """Questions that are relevant in some row, though not in the one that is open."""
    opened = set(open_.opened.values())
    found = set()
    for path in paths:
        repeat = open_.form.question(path).repeat
        if repeat is not None and not any(
            unmarked(row).startswith(repeat) and _relevant(open_, row, path) for row in opened
        ):
            found.add(path)
    return found


def _relevant(open_: Filling, row: str, path: str) -> bool:
    return open_.session.relevant(row + path[len(unmarked(row)) :])
