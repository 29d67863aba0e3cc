"""How long papers take, beside ReportLab's own simplest table of the same rows."""

from collections.abc import Callable
from io import BytesIO
from time import perf_counter

from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table

from pitso.paper import text
from pitso.paper.documents import attendance_register, ballot_papers, readiness
from tests.paper import story


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of some runs, each with nothing kept from the one before."""
    taken = []
    for _ in range(times):
        text.lay.cache_clear()
        text.shape.cache_clear()
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return min(taken)


def simplest_table(number: int) -> bytes:
    """The same register as bare strings: no wrapping, no shaping, no header, no QR."""
    target = BytesIO()
    view = story.register(number)
    rows = [[str(row.number), row.name, row.body, row.role, ""] for row in view.rows]
    SimpleDocTemplate(target, pagesize=A4).build([Table(rows, rowHeights=attendance_register.ROW)])
    return target.getvalue()


def rows() -> list[tuple[str, str, str]]:
    """What, measured, bar."""
    found = [("readiness report, 51 indicators", f"{seconds(_report):.2f} s", "1 s")]
    for number, bar in ((500, "0.5 s"), (5000, "-")):
        ours, floor = seconds(lambda: _register(number), 2), seconds(lambda: simplest_table(number), 2)  # noqa: B023
        found.append(
            (f"attendance register, {number} names", f"{ours:.2f} s, {ours / floor:.1f} x simplest table", bar)
        )
    found.append(("1,000 ballot papers", f"{seconds(_ballots):.2f} s", "1 s"))
    return found


def _report() -> bytes:
    return readiness.make(story.report(), "en")


def _register(number: int) -> bytes:
    return attendance_register.make(story.register(number), "en")


def _ballots() -> bytes:
    return ballot_papers.make(story.ballots(5, 1000), "en")


if __name__ == "__main__":
    for what, measured, bar in rows():
        print(f"{what:40} {measured:36} {bar}")
