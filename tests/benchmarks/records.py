"""Records in the journal and on the page: printed as a table, never asserted.

``python -m tests.benchmarks.records`` prints it alone.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pitso.services import demonstration, engagements, filling, form_blocks, form_pages, library, record_list, records
from pitso.services.filling import Filling
from pitso.services.workspace import Workspace
from pitso.xforms import read_form
from tests.benchmarks.forms import ROWS, SIZES, long_form, rows_form
from tests.benchmarks.journal import against_bare


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure, and its bar (``-`` where there is none)."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        ws = demonstration.make(Path(folder) / "records.pitso")
        try:
            return [
                *_saving(ws, Path(folder)),
                *(row for size in SIZES for row in _pages(ws, size)),
                *(row for size in ROWS for row in _table(ws, size)),
                *_listing(ws),
            ]
        finally:
            ws.close()


def _milliseconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def _begun(ws: Workspace, xform: bytes) -> Filling:
    uid = library.uid_of(xform, {})
    ws.record(library.form_edits(uid, read_form(xform), xform), said="A form.")
    record = records.begin(ws, engagements.engagements(ws)[0].id, uid).record
    return filling.open_record(ws, record)


def _saving(ws: Workspace, folder: Path) -> list[tuple[str, str, str]]:
    """One answer through the service, against a bare commit of one row; turn by turn, on the same disk."""
    open_ = _begun(ws, long_form(SIZES[-1]))

    def answer(number: int) -> None:
        records.answer(open_, "/data/plain", str(number))

    return against_bare(f"saving one answer among {SIZES[-1]:,}", ws, answer, folder / "bare.db")


def _pages(ws: Workspace, size: int) -> list[tuple[str, str, str]]:
    open_ = _begun(ws, long_form(size))
    form_blocks.form_view(open_, 0)

    def answered(number: int) -> float:
        open_.session.answer(f"/data/g{number % 10}/q2", str(number))
        return _milliseconds(lambda: _look(open_, number % 10))

    looks = [answered(number) for number in range(100)]
    return [
        (f"a record of {size:,} opened", f"{_milliseconds(lambda: filling.open_record(ws, open_.record)):.1f} ms", "-"),
        (f"its page after an answer, among {size:,}", f"{statistics.median(looks):.2f} ms", "-"),
    ]


def _look(open_: Filling, page: int) -> None:
    form_pages.follow(open_)
    form_blocks.form_view(open_, page)


def _table(ws: Workspace, size: int) -> list[tuple[str, str, str]]:
    open_ = _begun(ws, rows_form())
    for _row in range(size):
        open_.session.add_row("/data/r")
    page = form_blocks.form_view(open_, 0).page

    def answered(number: int) -> float:
        open_.session.answer(f"/data/r[{size // 2}]/q0", str(number))
        return _milliseconds(lambda: _look(open_, page))

    looks = [answered(number) for number in range(50)]
    return [(f"a table of {size} rows after an answer", f"{statistics.median(looks):.2f} ms", "-")]


def _listing(ws: Workspace) -> list[tuple[str, str, str]]:
    engagement = engagements.engagements(ws)[0].id
    form = library.current(ws, "visit")
    for _number in range(50):
        records.begin(ws, engagement, form)
    lines = record_list.records(ws, engagement)
    listed = _milliseconds(lambda: record_list.records(ws, engagement))
    counted = statistics.median(_milliseconds(partial(record_list.count, ws, line.id)) for line in lines[:20])
    return [
        ("a list of 50 drafts", f"{listed:.0f} ms", "100 ms"),
        ("counting what is left in one of them", f"{counted:.0f} ms", "-"),
    ]


if __name__ == "__main__":
    for what, measured, bar in rows():
        print(f"{what:<72}{measured:>36}   {bar}")
