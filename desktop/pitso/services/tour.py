"""The guided tour takes place in a copy of the demonstration that one may spoil: making it, and where each step is."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pitso.domain.elections.ladder import Role
from pitso.domain.policies import Reader
from pitso.domain.readiness.instrument import Stage
from pitso.domain.trouble import Trouble
from pitso.paper.imprint import CODE, groups
from pitso.services import (
    assessments,
    attendance,
    contests,
    demonstration,
    demonstration_election,
    elections,
    engagements,
    papers,
    people,
    teams,
    trust,
    workshops,
    workspace,
)
from pitso.services.attendance import Invited
from pitso.services.demonstration_room import Room
from pitso.services.receiving import receive
from pitso.services.sending import ENDING, send
from pitso.services.tour_steps import AT, touring
from pitso.services.workspace import Workspace, write_as
from pitso.storage import joining
from pitso.words import _, colon, whole

OF, WRITER, ROUND = "tour.of", "tour.writer", "tour.round"
"""Notes of the copy: the demonstration that it was copied from, who writes, what to count."""
AGAIN = "AS-1 again"
"""What the assessment is called that is rated for the tour, and not revealed yet."""
TWICE = "P041-dup"
"""Whom desk B writes down under another spelling."""


@dataclass(frozen=True)
class Spot:
    """Where a step takes place."""

    page: str
    engagement: str
    assessment: str = ""
    code: str = ""
    part: str = ""
    folder: str = ""
    """Where the file lies that the step asks for."""


@dataclass(frozen=True)
class Elsewhere:
    """The same figures on this computer and on another one, line by line; *equal* when all of them are."""

    lines: tuple[tuple[str, str, str], ...]
    equal: bool


# ---- the copy -----------------------------------------------------------------------------------------------------


def rehearse(ws: Workspace, path: Path) -> Path:
    """Make the copy at *path* in which the tour takes place. Trouble unless this is the demonstration itself."""
    if not ws.demonstration or touring(ws):
        raise Trouble(_("The tour begins in the demonstration."), _("Open the demonstration first."))
    ws.journal.file.copy(path)
    copied = workspace.open_workspace(path, key=ws.journal.file.key)
    try:
        copied.journal.set_own(AT, "1")
        copied.journal.set_own(OF, str(ws.path))
        copied.journal.set_own("author", ws.author or "")
        copied.journal.set_own(WRITER, ws.author or "")
    finally:
        copied.close()
    return path


def origin(ws: Workspace) -> Path:
    """The demonstration that the copy was made of."""
    return Path(ws.journal.own(OF) or "")


def put_away(ws: Workspace) -> None:
    """The tour is over: its copy, which is closed, goes."""
    for ending in ("", "-wal", "-shm"):
        ws.path.with_name(f"{ws.path.name}{ending}").unlink(missing_ok=True)
    shutil.rmtree(_folder(ws), ignore_errors=True)


def _folder(ws: Workspace) -> Path:
    """Where the bundle of desk B lies, beside the copy."""
    return ws.path.with_suffix("")


# ---- where each step takes place -------------------------------------------------------------------------------------


def spot(ws: Workspace, number: int) -> Spot:
    """Where a step takes place; what it needs is made ready in the copy when it is first asked for."""
    engagement = engagements.known(ws)[0].id
    _let_write(ws, ws.journal.own(WRITER) or "")
    judged = {one.title: one.id for one in assessments.in_order(ws, engagement)}
    match number:
        case 1:
            return Spot("engagement", engagement)
        case 2:
            return Spot("warnings", engagement)
        case 3:
            return Spot("reveal", engagement, judged.get(AGAIN) or _rated_again(ws, engagement))
        case 4:
            return Spot("compare", engagement, code=judged["AS-1"], part=judged["AS-2"])
        case 5:
            return Spot("desk", engagement)
        case 6:
            return Spot("exchange", engagement, folder=str(_desk_b(ws, engagement)))
        case 7:
            return _count(ws, engagement)
        case 8:
            return Spot("election", engagement, code=_treasurer(ws, engagement), part="declaration")
        case 9:
            return Spot("phases", engagement, code="12")
    return Spot("tour", engagement)


def _rated_again(ws: Workspace, engagement: str) -> str:
    """The first assessment rated once more by everybody, as the story tells, and not revealed."""
    author = ws.author
    uid = assessments.begin(ws, engagement, title=AGAIN, stage=Stage.FOUNDING, held_on=ws.today()).record
    rows = [row for row in demonstration.table("ratings") if row["assessment"] == "AS-1"]
    members = {workspace.person_name(ws, one.person): one for one in teams.members(ws, engagement)}
    raters = {f"peer_{number}": f"PEER-{number}" for number in range(1, 5)}
    raters |= {f"host_{number}": code for number, code in enumerate(demonstration.HOSTS, 1)}
    for column, code in raters.items():
        member = members[demonstration.name_of(code)]
        write_as(ws, member.person)
        demonstration.rate_all(ws, uid, member.id, rows, column)
    if author is not None:
        write_as(ws, author)
    return uid


def _let_write(ws: Workspace, person: str) -> None:
    if person and ws.author != person:
        write_as(ws, person)


def _desk_b(ws: Workspace, engagement: str) -> Path:
    """The folder with the bundle of desk B, which wrote a councillor down under another spelling."""
    place = _folder(ws)
    if place.is_dir():
        return place
    row = next(row for row in demonstration.table("participants") if row["person_id"] == TWICE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk-b.pitso"
        ws.journal.file.copy(path)
        desk = workspace.open_workspace(path, key=ws.journal.file.key)
        try:
            (workshop, *_others) = workshops.workshops(desk, engagement)
            councils = {name: uid for uid, name in attendance.councils(desk)}
            guest = Invited(
                f"{row['given_name']} {row['family_name']}",
                council=councils[row["council"]],
                capacity=row["role"].replace(" ", "_"),
                sex=row["sex"],
            )
            attendance.walk_in(desk, workshop.id, guest)
            place.mkdir()
            send(desk, place / f"desk-b{ENDING}")
            trust.believe(ws, {desk.journal.device})  # the desks compared their six words before the doors opened
        finally:
            desk.close()
    return place


def _count(ws: Workspace, engagement: str) -> Spot:
    """The box that waits to be closed; once it is, the position with its tie. The returning officer writes."""
    held = ws.journal.own(ROUND) or _keyed_again(ws, engagement)
    ws.journal.set_own(ROUND, held)
    contest = f"contest/{contests.key_of(held).rpartition('/')[0]}"
    election = contests.load(ws, elections.election_of(contest))
    _let_write(ws, next(one.person for one in election.officers if one.role is Role.RETURNING))
    closed = election.contest(contest).held[0].ballots is not None
    return Spot("election", engagement, code=contest) if closed else Spot("count", engagement, code=held)


def _keyed_again(ws: Workspace, engagement: str) -> str:
    """The vote for the treasurer is held once more, at the hour of the story."""
    coded = {
        row["person_id"]: f"{row['given_name']} {row['family_name']}" for row in demonstration.table("participants")
    }
    named = {one.name: one.id for one in people.persons(ws)}
    persons = {code: named[name] for code, name in coded.items() if name in named}
    (workshop, *_others) = workshops.workshops(ws, engagement)
    with _at(ws, datetime(2026, 6, 18, 14, tzinfo=UTC)):
        return demonstration_election.again(Room(ws, workshop.id, persons, {}, {}), engagement)


@contextmanager
def _at(ws: Workspace, moment: datetime) -> Iterator[None]:
    """Let it be another moment of the story for a while."""
    usual = ws.clock
    ws.clock = lambda: moment
    try:
        yield
    finally:
        ws.clock = usual


def _treasurer(ws: Workspace, engagement: str) -> str:
    """The position whose count was a tie."""
    (election, *_others) = contests.elections(ws, engagement)
    return contests.load(ws, election).contests[-1].id


# ---- the same elsewhere ---------------------------------------------------------------------------------------------


def read_elsewhere(ws: Workspace) -> Elsewhere:
    """Write a bundle for the coordinating office, read it on an empty computer, and compare what both say."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / f"office{ENDING}"
        send(ws, bundle, reader=Reader.OFFICE)
        office = workspace.create(
            Path(folder) / "office.pitso", name="Office", office=True, clock=ws.clock, demonstration=ws.clock()
        )
        try:
            receive(office, bundle, trusting=True)
            here_, there = _figures(ws), _figures(office)
        finally:
            office.close()
        shutil.rmtree(office.path.with_name(f"{office.path.stem}-backups"), ignore_errors=True)
    lines = tuple((name, told, there.get(name, "")) for name, told in here_.items())
    return Elsewhere(lines, equal=here_ == there)


def _figures(ws: Workspace) -> dict[str, str]:
    """What can be compared by eye: entries, the digest of all of them, verdicts with figures, the latest check code."""
    told = {_("Entries"): whole(sum(joining.vector(ws.journal).values())), _("Digest"): groups(ws.journal.digest())}
    judged = [one for one in assessments.assessments(ws, engagements.engagements(ws)[0].id) if one.verdict]
    told |= {one.title: colon(one.verdict_words, one.figures) for one in judged}
    order = papers.order(ws, "readiness", of=judged[-1].id, language="en", reader=Reader.OFFICE.value)
    told[_("Check code of {title}").format(title=judged[-1].title)] = groups(papers.digest_of(ws, order)[:CODE])
    return told
