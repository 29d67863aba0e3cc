"""Keying ballot papers through the real page of the count: one key, one paper, and the page painted again.

``python -m tests.benchmarks.election`` prints it alone.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from pitso.services import contests, demonstration, elections, engagements, nominations, persons_here, rounds, workspace
from pitso.services.workspace import Workspace

PAPERS = 60
PIN = "2468"


def rows() -> list[tuple[str, str, str]]:
    """What was measured, the figure, and its bar."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.pitso"
        demonstration.make(path).close()
        return _keying(path)


def _box(ws: Workspace, engagement: str) -> tuple[str, str]:
    """A further election in the story's room up to the open box: its round, and who keys."""
    story = contests.load(ws, contests.elections(ws, engagement)[0])
    officers = {one.role.value: one.person for one in story.officers}
    voters = [one.person for one in story.roll.electors]
    second = officers["scrutineer"]
    persons_here.set_pin(ws, second, PIN)
    decision = {"reason": "To measure.", "second": second, "pin": PIN}
    uid = elections.begin(ws, engagement, story.workshop, title="E", held_on=ws.today(), **decision).record
    contest = elections.add_position(ws, uid, title="Auditor", rule="plurality").record
    elections.adopt_rules(ws, uid, how="by consensus")
    for role in ("returning", "scrutineer", "counter"):
        elections.appoint(ws, uid, officers[role], role)
    workspace.write_as(ws, officers["returning"])
    elections.open_nominations(ws, uid)
    for person in voters[20:24]:
        made = nominations.nominate(
            ws, contest, person=person, proposer=voters[0], seconder=voters[1], consent=True
        ).record
        nominations.rule(ws, made, ruling=nominations.ACCEPTED)
    elections.close_nominations(ws, uid)
    nominations.draw_order(ws, contest, order=[one.id for one in contests.load(ws, uid).contest(contest).standing])
    held = rounds.open_round(ws, contest).record
    figures = {"printed": 100, "issued": PAPERS, "handed_back": 0, "not_returned": 0, "unused": 100 - PAPERS}
    rounds.keep_figures(ws, held, figures)
    rounds.make_account(ws, held)
    rounds.count_box(ws, held, PAPERS)
    return held, officers["counter"]


def _keying(path: Path) -> list[tuple[str, str, str]]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from pitso.ui import theme
    from pitso.ui.hall import Place
    from pitso.ui.pages.count import CountPage
    from tests.pictures import Camera

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    camera = Camera(application)
    camera.opening.open(str(path))
    ws = camera.hall.workspace
    engagement = engagements.engagements(ws)[0].id
    held, counter = _box(ws, engagement)
    workspace.write_as(ws, counter)
    camera.shell.go(Place("count", engagement, code=held))
    camera.settle()
    page = camera.shell.page()
    assert isinstance(page, CountPage)
    taken, busy = [], []
    for number in range(PAPERS):
        start, used = time.perf_counter(), time.process_time()
        QTest.keyClicks(page, "1234"[number % 4])
        application.processEvents()
        taken.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - used) * 1000)
    election = contests.load(ws, elections.election_of(held))
    (one,) = election.contests[0].held
    keyed = len(contests.entered(ws, one, 1).papers)
    assert keyed == PAPERS, f"{keyed} of {PAPERS} were keyed"
    camera.hall.take(None)
    middle = f"{statistics.median(taken):.0f} ms, {statistics.median(busy):.0f} ms of the processor"
    told = f"{middle}, worst {max(taken):.0f} ms"
    return [(f"keying one paper, {PAPERS} through the page", told, "100 ms")]


if __name__ == "__main__":
    for row in rows():
        print(*row, sep=" | ")
