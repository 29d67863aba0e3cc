"""Draw every main screen of the demonstration: ``python -m tests.pictures`` makes those that the help shows.

``python -m tests.pictures --all FOLDER`` draws all of them, day and night, in every language, at every size.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "UTC"
for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
    os.environ[variable] = tempfile.mkdtemp(prefix="pitso-account-")
sys.path.insert(0, str(HERE / "desktop"))

from PIL import Image  # noqa: E402
from PySide6.QtCore import QEvent, Qt  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from pitso.domain.elections.entries import Keyed  # noqa: E402
from pitso.domain.operation import Value  # noqa: E402
from pitso.domain.readiness.instrument import Stage  # noqa: E402
from pitso.services import (  # noqa: E402
    account,
    assessments,
    contests,
    demonstration,
    engagements,
    enrolment,
    issuing,
    keying,
    papers,
    people,
    receiving,
    record_list,
    sending,
    teams,
    waiting,
    workspace,
)
from pitso.services.account import Account  # noqa: E402
from pitso.services.workspace import Workspace  # noqa: E402
from pitso.storage.edits import Put  # noqa: E402
from pitso.ui import theme  # noqa: E402
from pitso.ui.dress import dress  # noqa: E402
from pitso.ui.hall import Hall, Place  # noqa: E402
from pitso.ui.opening import Opening  # noqa: E402
from pitso.ui.pages.check import CheckPage  # noqa: E402
from pitso.ui.pages.engagements import EngagementsPage  # noqa: E402
from pitso.ui.pages.papers import PapersPage  # noqa: E402
from pitso.ui.shell import Shell  # noqa: E402

FOLDER = HERE / "resources" / "pictures"
DRESSES = {
    "": Account("en", 16, "day"),
    "night": Account("en", 16, "night"),
    "french": Account("fr", 16, "day"),
    "portuguese": Account("pt", 16, "day"),
    "arabic": Account("ar", 16, "day"),
    "large": Account("en", 24, "day"),
}
KEPT = {
    "night": ("rating", "consensus", "readiness"),
    "french": ("rating", "readiness"),
    "portuguese": ("rating",),
    "arabic": ("rating", "consensus", "form-table"),
    "large": ("rating", "readiness"),
}
"""Which pictures are kept besides those of the usual dress."""


@dataclass
class Evening:
    """An evening in the story: a fourth assessment, half rated; then all have rated and the leader reveals."""

    ws: Workspace
    engagement: str
    assessment: str

    @classmethod
    def begin(cls, ws: Workspace) -> "Evening":
        engagement = engagements.engagements(ws)[0].id
        begun = assessments.begin(ws, engagement, title="AS-4", stage=Stage.SCALEDOWN, held_on=date(2026, 9, 29))
        return cls(ws, engagement, begun.record)

    def rate(self, raters: int, indicators: int) -> None:
        """Let the first *raters* give what they gave in the first assessment, to the first *indicators*."""
        rows = [row for row in demonstration.table("ratings") if row["assessment"] == "AS-1"]
        leader = self.ws.author
        assert leader is not None
        columns = {"peer": iter("1234"), "host": iter("123")}
        members = [m for m in teams.members(self.ws, self.engagement) if m.side in columns]
        wanted = [line.id for line in assessments.reveal_view(self.ws, self.assessment).raters][:raters]
        for member in members:
            if member.id not in wanted:
                continue
            column = f"{member.side}_{next(columns[member.side])}"
            workspace.write_as(self.ws, member.person)
            for row in rows[:indicators]:
                given = row[column]
                if given:
                    assessments.rate(
                        self.ws,
                        self.assessment,
                        rater=member.id,
                        code=row["code"],
                        rating=int(given) if given.isdigit() else given,
                    )
            if indicators == len(rows):
                assessments.finish(self.ws, self.assessment, rater=member.id, finished=True)
        workspace.write_as(self.ws, leader)


class Abroad:
    """The story goes on: an office keeps a list, a desk changed the same things, a lost computer was revoked."""

    def __init__(self, ws: Workspace, engagement: str) -> None:
        self.ws, self.engagement = ws, engagement
        self.folder = Path(tempfile.mkdtemp(prefix="pitso-abroad-"))
        self.office = self._made("UCLG Africa", office=True)
        self.desk, self.lost = self._made("Desk B"), self._made("Lost")
        self._belongs(ws, "Kagiso Naledi-Noka", "leader", "peer")
        self._belongs(self.desk, "Lineo Thaba", "desk")
        self._belongs(self.lost, "Tumelo Noka", "rapporteur")
        self._carry(ws, self.desk)
        self._carry(ws, self.office)
        person = next(iter(ws.journal.records("person/")))
        for writer, title, role in (
            (ws, "Lesotho and Botswana 2026", "Mayor of Basalt"),
            (self.desk, "Kingdom of Lesotho", "Chairperson, Basalt District Council"),
        ):
            writer.record([Put(engagement, "title", title), Put(person, "role", role)], said="")
        self.lost.record([Put(engagement, "title", "Lesotho (final)")], said="")
        enrolment.revoke(self.office, "Tumelo Noka")
        for sender in (self.office, self.desk, self.lost):
            self._carry(sender, ws)
        for name in ("Palesa Poone Pula", "Palesa Poone-Pola"):
            people.add_person(ws, name=name)

    def _made(self, name: str, *, office: bool = False) -> Workspace:
        made = workspace.create(self.folder / f"{name}.pitso", name=name, office=office, clock=self.ws.clock)
        person = people.add_person(made, name=name)
        workspace.write_as(made, person.record)
        return made

    def _belongs(self, ws: Workspace, holder: str, *roles: str) -> None:
        invitation, request = self.folder / "invitation", self.folder / "request"
        enrolment.invite(self.office, invitation, holder=holder, roles_=roles)
        said = enrolment.join(ws, invitation.read_text(encoding="utf-8"), request).said
        enrolment.admit(self.office, request, words_=said.partition(": ")[2])

    def _carry(self, sender: Workspace, receiver: Workspace) -> None:
        sending.send(sender, self.folder / "visit.pitso-bundle")
        receiving.receive(receiver, self.folder / "visit.pitso-bundle", trusting=True)

    def places(self) -> list[tuple[str, Place]]:
        here = Place("exchange", self.engagement)
        waits = next(group.device for group in waiting.waiting(self.ws) if group.decidable)
        return [
            ("exchange", here),
            ("send", replace(here, page="send")),
            ("members", replace(here, page="members")),
            ("waiting", replace(here, page="waiting", code=waits)),
            ("differences", replace(here, page="differences")),
            ("check", replace(here, page="check", code=self._paper())),
        ]

    def _paper(self) -> str:
        """The code of a paper that left before the last visit was amended."""
        first = assessments.in_order(self.ws, self.engagement)[0]
        order = papers.order(self.ws, "readiness", of=first.id, language="en")
        return issuing.issue(self.ws, order, issuing.Way.PRINTED).code


class Camera:
    """The window, and what takes its picture."""

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self.hall = Hall()
        self.shell = Shell(self.hall)
        self.opening = Opening(application, self.hall, self.shell)
        self.shell.resize(1366, 768)
        self.shell.show()
        self.shell.activateWindow()

    def settle(self, milliseconds: int = 60) -> None:
        """Let the window work for so long, whatever else the machine does."""
        end = time.thread_time() + milliseconds / 1000
        while time.thread_time() < end:
            self.application.processEvents()
            self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def take(self, place: Place, path: Path) -> None:
        """Go to *place* and keep its picture at *path*, in few colours, so that it is small."""
        self.shell.go(place)
        self.settle()
        self.settle()  # a page of questions is laid out in a second turn
        while self.shell._count_warnings.isActive():  # the head is whole when the warnings are counted
            self.settle(20)
        self.settle()
        page = self.shell.page()
        if isinstance(page, PapersPage):
            waited = 0
            while not page.preview.isVisible() and waited < 200:
                self.settle(50)
                waited += 1
            self.settle(600)
        waited = 0
        while self._works(page) and waited < 100:
            self.settle(50)
            waited += 1
        for widget in self.shell.findChildren(QWidget):  # no mouse stands on anything
            widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        taken = self.shell.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        lines = bytes(taken.constBits())
        size = (taken.width(), taken.height())
        image = Image.frombuffer("RGB", size, lines, "raw", "RGB", taken.bytesPerLine(), 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        image.quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)

    def _works(self, page: QWidget | None) -> bool:
        """Is something still worked out that *page* will show?"""
        if isinstance(page, EngagementsPage):
            return not page.figures.rows
        return isinstance(page, CheckPage) and page.outcome.isHidden()


def places(ws: Workspace, engagement: str, half: str) -> Iterator[tuple[str, Place]]:
    """Every main screen by name; *half* is the assessment of the evening."""
    lines = {line.title: line.id for line in assessments.assessments(ws, engagement)}
    here = Place("engagement", engagement)
    yield "engagement", here
    yield "engagements", Place("engagements")
    yield "warnings", replace(here, page="warnings")
    yield "days", replace(here, page="days")
    yield "commitments", replace(here, page="commitments")
    yield "contacts", replace(here, page="contacts")
    yield "tour", replace(here, page="tour")
    yield "former", replace(here, page="former")
    yield "phases", replace(here, page="phases", code="12")
    yield "assess", replace(here, page="assess")
    yield "rating", Place("rating", engagement, half, "LEG-4")
    yield "reveal", Place("reveal", engagement, half)
    yield "readiness", Place("readiness", engagement, lines["AS-3"])
    yield "dimensions", Place("readiness", engagement, lines["AS-3"], part="dimensions")
    yield "indicators", Place("readiness", engagement, lines["AS-1"], part="indicators")
    yield "spread", Place("readiness", engagement, lines["AS-1"], part="spread")
    yield "feedback", Place("feedback", engagement, lines["AS-1"])
    yield "compare", replace(here, page="compare", code=lines["AS-1"], part=lines["AS-2"])
    yield "records", replace(here, page="records")
    yield "forms", replace(here, page="records", part="forms")
    visit = next(
        line.id for line in record_list.records(ws, engagement) if line.state == "draft" and "/visit/" in line.id
    )
    yield "form", replace(here, page="form", code=visit, part="0")
    yield "form-table", replace(here, page="form", code=visit, part="2")
    for room in ("room", "desk", "door", "bring", "roll", "minutes"):
        yield room, replace(here, page=room)
    voted = contests.load(ws, contests.elections(ws, engagement)[0]).contests[1].id
    yield "election", replace(here, page="election", code=voted, part="count 0")
    yield "people", replace(here, page="people")
    yield "papers", replace(here, page="papers")
    yield "settings", replace(here, page="settings")
    yield "safety", replace(here, page="safety")
    yield "writers", replace(here, page="writers")
    yield "unlock", replace(here, page="unlock")
    yield "learning", replace(here, page="learning")
    yield "give", replace(here, page="give")
    yield "find", replace(here, page="find", code="mandate")
    yield "history", Place("history", engagement, lines["AS-2"], "REP-4", "consensus")


def half_keyed(ws: Workspace, engagement: str) -> str:
    """A further round of the story's election, of which the first person has keyed a part; its id."""
    told = contests.load(ws, contests.elections(ws, engagement)[0])
    contest = told.contests[2]
    uid = f"round/{contests.key_of(contest.id)}/3"
    opened: Value = {"device": ws.journal.device.hex()[:32], "at": told.opened["at"], "by": ws.author, "present": 88}
    names = [one.name for one in contest.standing]
    values: dict[str, Value] = {"kind": "first", "names": list(names), "opened": opened, "account": {}, "in_box": 86}
    ws.record([Put(uid, field, value) for field, value in values.items()], said="")
    votes = [Keyed((number,)) for number, many in ((1, 34), (2, 28), (3, 17)) for _vote in range(many)]
    keying.keep_entry(ws, uid, 1, votes)
    keying.end_entry(ws, uid, 1, done=False)
    return uid


def draw(folder: Path, *, everything: bool) -> int:
    """Draw the pictures into *folder*; how many."""
    application = QApplication([])
    application.setStyle("Fusion")
    theme.load_fonts()
    dress(application, DRESSES[""])
    camera = Camera(application)
    camera.shell.enter(Place("first"))
    story = Path(tempfile.mkdtemp(prefix="pitso-story-")) / "Lesotho.pitso"
    demonstration.make(story).close()
    camera.opening.open(str(story))
    evening = Evening.begin(camera.hall.workspace)
    evening.rate(1, 9)
    drawn = _round(
        camera, folder, list(places(evening.ws, evening.engagement, evening.assessment)), everything=everything
    )
    evening.rate(7, 51)
    assessments.reveal(camera.hall.workspace, evening.assessment)
    session = [("consensus", Place("consensus", evening.engagement, evening.assessment))]
    drawn += _round(camera, folder, session, everything=everything)
    box = ("count", Place("count", evening.engagement, code=half_keyed(camera.hall.workspace, evening.engagement)))
    drawn += _round(camera, folder, [box], everything=everything)
    abroad = Abroad(camera.hall.workspace, evening.engagement)
    drawn += _round(camera, folder, abroad.places(), everything=everything)
    account.save(account.Account())  # a computer that has opened nothing yet
    drawn += _round(camera, folder, [("first", Place("first"))], everything=everything)
    camera.hall.take(None)
    return drawn


def _round(camera: Camera, folder: Path, wanted: list[tuple[str, Place]], *, everything: bool) -> int:
    drawn = 0
    for dressed, chosen in DRESSES.items():
        camera.opening.dress_anew(chosen)
        for name, place in wanted:
            if everything or not dressed or name in KEPT[dressed]:
                camera.take(place, folder / f"{'-'.join(part for part in (name, dressed) if part)}.png")
                drawn += 1
    return drawn


def main(arguments: list[str]) -> None:
    """Draw the kept pictures, or all of them."""
    everything = arguments[:1] == ["--all"]
    folder = Path(arguments[1]) if everything and len(arguments) > 1 else FOLDER
    print(f"{draw(folder, everything=everything)} pictures in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
