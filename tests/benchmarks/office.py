"""An office with 50 engagements of the size of the demonstration: its list, its pages, the search."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pitso.domain.operation import Value
from pitso.services import demonstration, engagements, finding, overview, people, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Attach, Edit, Put
from pitso.storage.journal import Attachment

ENGAGEMENTS = 50
Rows = list[tuple[str, str, str]]


def rows() -> Rows:
    with tempfile.TemporaryDirectory() as folder:
        ws = filled(Path(folder))
        operations = ws.journal.file.rows("SELECT count(*) FROM op")[0][0]
        told = f"50 engagements, {operations:,} operations"
        known = milliseconds(lambda: engagements.known(ws))
        start = time.perf_counter()
        overview.overview(ws)
        whole = time.perf_counter() - start
        sought = statistics.median(milliseconds(partial(finding.find, ws, words)) for words in WORDS)
        found = [
            (f"the list of {told}, as far as it shows at once", f"{known:.0f} ms", "200 ms"),
            ("the same with every phase, warning and figure (in the background)", f"{whole:.1f} s", "-"),
            ("finding anything among them", f"{sought:.0f} ms", "-"),
        ]
        found += changing(ws)
        return found


WORDS = ("khoeli", "mandate", "lesotho 7", "subscription", "president")


def milliseconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def filled(folder: Path) -> Workspace:
    """An office in which the demonstration stands fifty times, each under names of its own."""
    story = demonstration.make(folder / "story.pitso")
    office = workspace.create(folder / "office.pitso", name="UCLG Africa", office=True, clock=story.clock)
    workspace.write_as(office, people.add_person(office, name="Facilitator").record)
    held = {
        uid: record
        for kind in story.journal.kinds()
        if kind not in ("device", "revision", "form")
        for uid, record in story.journal.records(f"{kind}/").items()
    }
    forms = {uid: story.journal.record(uid) for uid in story.journal.records("form/")}
    office.record(
        [
            put
            for uid, record in forms.items()
            for field, value in record.items()
            for put in [_again(story, uid, field, value)]
        ],
        said="",
    )
    (engagement,) = story.journal.records("engagement/")
    token = engagement.partition("/")[2]
    for number in range(ENGAGEMENTS):
        own = f"{number:04d}{token[4:]}"
        edits: list[Edit] = [
            Put(uid.replace(token, own), field.replace(token, own), _renamed(value, token, own))
            for uid, record in held.items()
            for field, value in record.items()
            if not isinstance(value, Attachment) and (number == 0 or token in uid or token in str(value))
        ]
        edits.append(Put(f"engagement/{own}", "title", f"Lesotho {number}"))
        office.record(edits, said="")
    story.close()
    return office


def _again(story: Workspace, uid: str, field: str, value: "Value | Attachment") -> Edit:
    if isinstance(value, Attachment):
        return Attach(uid, field, value.name, story.journal.body(value.hash) or b"")
    return Put(uid, field, value)


def _renamed(value: Value, token: str, own: str) -> Value:
    if isinstance(value, str):
        return value.replace(token, own)
    if isinstance(value, dict):
        return {key: _renamed(part, token, own) for key, part in value.items()}
    return [_renamed(part, token, own) for part in value] if isinstance(value, list) else value


def changing(ws: Workspace) -> Rows:
    """The pages of one of the engagements, opened and painted in the window of the office."""
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication

    from pitso.services.account import Account
    from pitso.ui import theme
    from pitso.ui.dress import dress
    from pitso.ui.hall import Place
    from tests.benchmarks.window import READING, again_of, first_of
    from tests.pictures import Camera

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    theme.load_fonts()
    dress(application, Account("en", theme.USUAL, theme.DAY))
    path, engagement = ws.path, engagements.known(ws)[7].id
    ws.close()
    camera = Camera(application)
    camera.opening.open(str(path))
    camera.settle(READING)
    camera.shell.grab()  # the first one lays out every page that was made, which no painting on a screen does
    taken: dict[str, list[float]] = {}
    pages = (
        "engagements",
        "engagement",
        "warnings",
        "commitments",
        "contacts",
        "phases",
        "records",
        "people",
        "papers",
    )
    for _round in range(3):
        for name in pages:
            start = time.perf_counter()
            camera.shell.go(Place(name, engagement))
            application.processEvents()
            camera.shell.grab()
            taken.setdefault(name, []).append((time.perf_counter() - start) * 1000)
            camera.settle(400)
    camera.shell.forget_pages()
    QThreadPool.globalInstance().waitForDone()
    camera.hall.take(None)
    return [
        (
            "change of screen with 50 engagements, a page opened for the first time",
            first_of(taken),
            "200 ms",
        ),
        ("the same, opened again", again_of(taken), "200 ms"),
    ]
