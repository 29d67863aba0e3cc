"""The room: search while typing among 5,000, 120 registrations through the real page, two desks of 5,000 joined.

``python -m tests.benchmarks.room`` prints it alone.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from pitso.services import attendance, demonstration, engagements, people, presence, workshops, workspace
from pitso.services.attendance import Invited
from pitso.services.receiving import receive
from pitso.services.room import Room
from pitso.services.sending import ENDING, send
from pitso.services.views import MergeReport
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit
from tests.benchmarks.journal import bare

MANY = 5_000
FEW = 120
FIRST = ("Mpho", "Naledi", "Thabo", "Refiloe", "Tumelo", "Palesa", "Lebohang", "Šebata", "’Mamello", "Retšelisitsoe")
LAST = ("Koro", "Naleli", "Khoeli", "Moru", "Noka", "Poone", "Pula", "Thaba", "Metsi", "Sefate", "Lejoe", "Letša")
WORDS = ("mpho", "mp", "letsa", "mamello k", "basalt", "4711", "moru noka", "x")


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure, and its bar (``-`` where there is none)."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        return [*_searching(Path(folder)), *_registering(Path(folder)), *_joining(Path(folder))]


def _milliseconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def name(number: int) -> str:
    """A name for each number; no two are alike by chance."""
    first, last, other = FIRST[number % 10], LAST[number // 10 % 12], LAST[number // 120 % 12]
    return f"{first} {last}-{other} {chr(65 + number // 1440)}"


def _hall(path: Path, invited: int) -> tuple[Workspace, str]:
    """A workspace with a workshop of today, to which so many of ten councils are invited."""
    ws = workspace.create(path, name=path.stem)
    workspace.write_as(ws, people.add_person(ws, name="The desk").record)
    engagement = engagements.begin(ws, title="L", country="L", host="H", supporting="S", coordinating="C").record
    day = ws.today()
    workshop = workshops.begin(ws, engagement, title="W", kind="founding", starts=day, ends=day).record
    councils = [
        people.add_organisation(ws, name=f"{last} District Council", kind="council").record for last in LAST[:10]
    ]
    wanted = [
        Invited(name(number), council=councils[number % 10], credentials="vote", mandate="list")
        for number in range(invited)
    ]
    attendance.invite(ws, workshop, wanted)
    return ws, workshop


def _searching(folder: Path) -> list[tuple[str, str, str]]:
    ws, workshop = _hall(folder / "many.pitso", MANY)
    loaded = _milliseconds(lambda: Room(ws, workshop))
    room = Room(ws, workshop)
    taken = [_milliseconds(partial(room.find, typed)) for typed in WORDS for _again in range(20)]
    ws.close()
    worst = max(taken)
    return [
        (f"search while typing among {MANY:,}", f"{statistics.median(taken):.1f} ms, worst {worst:.1f} ms", "30 ms"),
        (f"register of {MANY:,} read when the desk opens", f"{loaded:.0f} ms", "-"),
    ]


def _registering(folder: Path) -> list[tuple[str, str, str]]:
    """Everybody through the real page: typing, Enter, and the page painted again."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from pitso.ui import theme
    from pitso.ui.hall import Place
    from pitso.ui.pages.desk import DeskPage
    from tests.pictures import Camera

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    path = folder / "desk.pitso"
    demonstration.make(path).close()
    camera = Camera(application)
    camera.opening.open(str(path))
    ws = camera.hall.workspace
    engagement = engagements.engagements(ws)[0].id
    day = ws.today()
    workshop = workshops.begin(ws, engagement, title="W", kind="strategy", starts=day, ends=day).record
    council = attendance.councils(ws)[0][0]
    attendance.invite(ws, workshop, [Invited(name(number), council=council) for number in range(FEW)])
    camera.shell.go(Place("desk", engagement))
    camera.settle()
    page = camera.shell.page()
    assert isinstance(page, DeskPage)
    connection, theirs, ours = bare(folder / "bare.db"), [], []
    for number in range(FEW):
        page.search.setText(name(number)[:-1])

        def enter() -> None:
            QTest.keyClick(page.search, Qt.Key.Key_Return)
            application.processEvents()

        ours.append(_milliseconds(enter))
        insert = partial(connection.execute, "INSERT INTO fact VALUES (?, 'a', 'b', 'c', 'd')", (number,))
        theirs.append(_milliseconds(insert))
    registered = presence.figures(ws, workshop).registered
    assert registered == FEW, f"{registered} of {FEW} were registered"
    camera.hall.take(None)
    ratio = statistics.median(ours) / statistics.median(theirs)
    told = f"{statistics.median(ours):.0f} ms, worst {max(ours):.0f} ms ({ratio:.0f} x a bare commit)"
    return [(f"Enter registers, {FEW} through the page", told, "100 ms")]


def _joining(folder: Path) -> list[tuple[str, str, str]]:
    """Two desks that registered half of 5,000 each, joined, against a bare insert of as many rows."""
    a, workshop = _hall(folder / "a.pitso", MANY)
    bundle = folder / f"carried{ENDING}"
    send(a, bundle)
    b = workspace.create(folder / "b.pitso", name="b")
    receive(b, bundle, trusting=True)
    workspace.write_as(b, people.add_person(b, name="The other desk").record)
    attendance.set_desk(b, "B")
    begun = datetime.now(UTC).astimezone().replace(microsecond=0)
    for ws, half in ((a, 0), (b, 1)):
        everybody = attendance.participants(ws, workshop)[half::2]
        edits: list[Edit] = []
        for number, one in enumerate(everybody):
            came = begun + timedelta(seconds=number)
            edits += attendance.coming(ws, one.id, came, attendance.desk(ws))
        ws.record(edits, said="Half of them.")
    back = folder / f"back{ENDING}"
    send(b, back)
    reports: list[MergeReport] = []
    joined = _milliseconds(lambda: reports.append(receive(a, back, trusting=True)))
    told = presence.figures(a, workshop)
    assert told.registered == MANY, f"{told.registered} of {MANY} after joining"
    connection = bare(folder / "bare2.db")
    values = [(number,) for number in range(reports[0].new + reports[0].known)]  # as many as the bundle holds

    def insert() -> None:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO fact VALUES (?, 'a', 'b', 'c', 'd')", values)
        connection.execute("COMMIT")

    theirs = _milliseconds(insert)
    figures = _milliseconds(lambda: presence.figures(a, workshop))
    a.close()
    b.close()
    return [
        (
            f"joining two desks of {MANY:,}, against a bare insert of the {len(values):,} operations",
            f"{joined / theirs:.1f} x ({joined:.0f} ms)",
            "8 x at 100,000",
        ),
        (f"figures of the room with {MANY:,}", f"{figures:.0f} ms", "-"),
    ]


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=" | ")
