"""G11: erased values are gone from the file's bytes, come in and go out no more; signatures still hold."""

from pathlib import Path

import pytest

from pitso.domain.policies import Reader
from pitso.exchange.keys import signed_by
from pitso.services import erasure, people, receiving, sending, workspace
from pitso.services.workspace import Workspace
from pitso.storage import departing, joining, rebuilding
from pitso.storage.edits import Put

NAME = "Khotso Canary-Letsie"


@pytest.fixture
def team(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "team.pitso", name="Team")


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "office.pitso", name="Office", office=True)


def carry(source: Workspace, target: Workspace, tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.pitso-bundle"
    sending.send(source, path)
    receiving.receive(target, path, trusting=True)
    return path


def bytes_of(ws: Workspace) -> bytes:
    """What lies in the file and its write-ahead log at this very moment."""
    files = [ws.path, *ws.path.parent.glob(f"{ws.path.name}-wal")]
    return b"".join(path.read_bytes() for path in files).lower()


def words(ws: Workspace) -> list[bytes]:
    return [word for word in (b"canary", b"khotso") if word in bytes_of(ws)]


def test_it_leaves_every_replica_and_never_comes_back(team: Workspace, office: Workspace, tmp_path: Path) -> None:
    person = people.add_person(team, name=NAME).record
    team.record([Put(person, "name", f"{NAME} II")], said=f"Renamed to {NAME} II")
    other = people.add_person(team, name="Mpho Stays").record
    before = carry(team, office, tmp_path, "before")
    assert words(team) == words(office) == [b"canary", b"khotso"]
    erasure.erase(office, person, "asked for by letter")
    assert words(office) == []
    assert people.persons(office, "khotso") == ()
    carry(office, team, tmp_path, "after")
    assert words(team) == []
    assert (team.journal.record(other)["name"], office.journal.record(other)["name"]) == ("Mpho Stays",) * 2
    assert receiving.receive(office, before).new == 0
    assert words(office) == []
    late = workspace.create(tmp_path / "late.pitso", name="Late")
    carry(team, late, tmp_path, "to late")
    receiving.receive(late, before, trusting=True)
    assert words(late) == []
    assert team.journal.digest() == office.journal.digest() == late.journal.digest()
    for ws in (team, office, late):
        assert all(signed_by(s.device, s.header, s.signature) for s in joining.outgoing(ws.journal, {}))
        assert rebuilding.rebuild(ws.journal)
        assert departing.without_content(ws.journal) == []
        assert [v.erased for v in ws.journal.history(person, field="name")] == [True, True]


def test_what_came_first_and_was_erased_before_is_refused(team: Workspace, office: Workspace, tmp_path: Path) -> None:
    """The content arrives without its line, and only then the line and the word that it is erased."""
    person = people.add_person(team, name=NAME).record
    joining.seal(team.journal, team.key.sign)
    named = departing.freight(team.journal, {}, reader=Reader.TEAM).contents
    contents = list(departing.contents(team.journal, named))
    erasure.erase(team, person, "asked for")
    joining.seal(team.journal, team.key.sign)
    segments = list(joining.outgoing(team.journal, {}))
    joining.receive(office.journal, segments, contents, judge=lambda segment: "")
    assert words(office) == []
    assert joining.receive(office.journal, segments, contents, judge=lambda segment: "").contents == 0
    assert words(office) == []


def test_a_name_that_is_written_again_stands(team: Workspace) -> None:
    person = people.add_person(team, name=NAME).record
    erasure.erase(team, person, "asked for")
    team.record([Put(person, "name", "Somebody Else")], said="")
    assert team.journal.record(person)["name"] == "Somebody Else"


def test_papers_that_were_keyed_leave_no_trace(team: Workspace) -> None:
    team.journal.keep_scratch("ballots/1/canary", "khotso")
    assert words(team) == [b"canary", b"khotso"]
    team.journal.file.copy(team.path.with_name("copy.pitso"))
    assert b"khotso" not in team.path.with_name("copy.pitso").read_bytes()
    team.journal.clear_scratch("ballots/1/")
    assert words(team) == []
