"""The guided tour takes place in a copy of the demonstration that one may spoil: making it, and where each step is."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pitso.domain.policies import Reader
from pitso.domain.readiness.instrument import Stage
from pitso.domain.trouble import Trouble
from pitso.paper.imprint import CODE, groups
from pitso.services import (
    assessments,
    attendance,
    contests,
    demonstration,
    engagements,
    papers,
    teams,
    workshops,
    workspace,
)
from pitso.services.attendance import Invited
from pitso.services.receiving import receive
from pitso.services.sending import ENDING, send
from pitso.services.tour_steps import AT, touring
from pitso.services.workspace import Workspace, write_as
from pitso.storage import joining
from pitso.words import _, colon, whole

OF = "tour.of"
"""Note of the copy: the demonstration that it was copied from."""
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


# ---- where each step takes place -------------------------------------------------------------------------------------


def spot(ws: Workspace, number: int) -> Spot:
    """Where a step takes place; what it needs is made ready in the copy when it is first asked for."""
    engagement = engagements.engagements(ws)[0].id
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
            _join_desk_b(ws, engagement)
            return Spot("differences", engagement)
        case 7:
            return Spot("election", engagement, code=_treasurer(ws, engagement), part="count")
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


def _join_desk_b(ws: Workspace, engagement: str) -> None:
    """Desk B wrote a councillor down under another spelling; its bundle is brought in, once."""
    if ws.journal.own("tour.desk"):
        return
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
            bundle = Path(folder) / f"desk-b{ENDING}"
            send(desk, bundle)
        finally:
            desk.close()
        receive(ws, bundle, trusting=True)
    ws.journal.set_own("tour.desk", "done")


def _treasurer(ws: Workspace, engagement: str) -> str:
    """The position whose count was a tie."""
    (election, *_others) = contests.elections(ws, engagement)
    held = ws.journal.records(f"contest/{contests.key_of(election)}/", fields=["title"])
    return next(uid for uid, one in held.items() if one["title"] == "Treasurer")


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
