"""G14: an old program keeps and passes on what a newer one wrote, and never rewrites it."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pitso.domain import policies
from pitso.domain.policies import Policy
from pitso.domain.trouble import Trouble
from pitso.services import workspace
from pitso.storage import backups, joining, rebuilding
from pitso.storage.edits import Put
from pitso.storage.journal import Segment
from tests.storage.replicas import carry, everyone, new_journal, sign

FIRST = Path(__file__).parents[1] / "data" / "first.pitso"
FIRST_DIGEST = "3c4cf69d9d5f7de9e715f663c109312c35b51c3f9362d5b133af69fa90849d56"


def of_the_future(lines: list[Any], by: str = "9.4.0") -> Segment:
    """A segment as a newer program may write it."""
    device = hashlib.sha256(b"future").digest()
    written = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    header = json.dumps(
        {
            "device": device.hex(),
            "first": 1,
            "last": len(lines),
            "lines": hashlib.sha256(written).hexdigest(),
            "previous": "",
            "knows": {},
            "by": by,
            "something": "new",
        }
    ).encode()
    return Segment(device, 1, len(lines), header, sign(header), written)


FUTURE: list[Any] = [
    [1, 10**12, "set", "note/1", "text", "read here", "person/1", []],
    [2, 10**12 + 1, "annotate", "note/1", "text", {"ink": "red"}, "person/1", [1]],
    [3, 10**12 + 2, "set", "note/2", "text", "with a ninth part", "person/1", [], {"mood": "calm"}],
    [4, 10**12 + 3, "set", "note/3", "shape", {"points": [1, 2]}, "person/1", []],
    [5, "another shape altogether"],
]


def test_what_is_not_understood_is_kept_counted_and_passed_on_as_it_came(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    segment = of_the_future(FUTURE)
    received = joining.receive(here, [segment], [], judge=everyone)
    assert (received.new, received.unread) == (5, 3)
    assert here.records("note/") == {"note/1": {"text": "read here"}, "note/3": {"shape": {"points": [1, 2]}}}
    assert joining.needing(here) == {"9.4.0": 3}
    assert joining.vector(here)[segment.device] == 5
    carry(here, there)
    assert list(joining.outgoing(there, {})) == [segment]
    assert there.digest() == here.digest()
    assert rebuilding.rebuild(here)
    assert joining.needing(here) == {"9.4.0": 3}


def test_a_number_under_which_a_newer_program_wrote_here_is_not_given_twice(tmp_path: Path) -> None:
    here = new_journal(tmp_path, "future")  # the computer that goes on with an older program
    joining.receive(here, [of_the_future(FUTURE)], [], judge=everyone)
    here.commit("person/1", [Put("note/9", "text", "by the older one")], said="")
    ((number,),) = here.file.rows("SELECT max(id) & ((1 << 40) - 1) FROM op")
    assert number == len(FUTURE) + 1
    joining.seal(here, sign)
    assert [(s.first, s.last) for s in joining.outgoing(here, {})] == [(1, 5), (6, 6)]


@pytest.mark.parametrize(
    "line",
    [
        [1, 10**12, "set", "note/1", "text", 1.5, "person/1", []],
        [1, 10**12, "set", "note/1", "text", 2**53, "person/1", []],
        [1, 10**12, "set", "note/1", "text", {"a": [0.5]}, "person/1", []],
        [1, 10**12, "set", "note", "text", "x", "person/1", []],
        [1, 0, "set", "note/1", "text", "x", "person/1", []],
        [1, 10**12, "set", "note/1", 5, "x", "person/1", []],
        [2, 10**12, "set", "note/1", "text", "x", "person/1", []],
        {"seq": 1},
        "text",
    ],
)
def test_what_breaks_the_format_is_refused_whole(tmp_path: Path, line: Any) -> None:
    here = new_journal(tmp_path, "here")
    before = here.digest()
    with pytest.raises(Trouble, match="no record of Pitso"):
        joining.receive(here, [of_the_future([line])], [], judge=everyone)
    assert here.digest() == before
    assert joining.vector(here) == {}


def test_a_newer_program_reads_what_an_older_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other policies make other tables from the same lines, at the next opening."""
    ws = workspace.create(tmp_path / "desk.pitso", name="Desk")
    ws.record([Put("box/1", "papers", 63)], said="")
    ws.record([Put("box/1", "papers", 64)], said="")
    ws.close()
    monkeypatch.setitem(policies.POLICIES, "box.papers", Policy(policies.Merge.ONCE))
    monkeypatch.setattr("pitso.storage.taking.ONCE", frozenset({"papers"}))
    monkeypatch.setattr("pitso.storage.rebuilding.VERSION", "newer")
    newer = workspace.open_workspace(tmp_path / "desk.pitso")
    assert newer.journal.contested("") == [("box/1", "papers")]
    assert rebuilding.rebuild(newer.journal)
    newer.close()


def test_a_file_of_the_first_version_opens_is_brought_up_and_keeps_its_digest(tmp_path: Path) -> None:
    shutil.copy(FIRST, tmp_path / "first.pitso")
    ws = workspace.open_workspace(tmp_path / "first.pitso")
    try:
        assert {version.value for version in ws.journal.heads("note/n1", "text")} == {"one", "three"}
        assert ws.journal.differing("") == [("note/n1", "text")]
        assert ws.journal.record("note/n3") == {"text": "unsealed"}
        assert rebuilding.rebuild(ws.journal)
        former = backups.backups(backups.folder_beside(ws.path), "first")
        assert [backup.before_step for backup in former] == [True]
    finally:
        ws.close()


def test_the_digest_of_the_lines_is_the_one_that_the_first_version_told(tmp_path: Path) -> None:
    """Opening makes a new device, which says again what was unsealed: the digest is compared before that."""
    from pitso.storage.file import WorkspaceFile
    from tests.storage.replicas import open_journal

    shutil.copy(FIRST, tmp_path / "first.pitso")
    journal = open_journal(WorkspaceFile.open(tmp_path / "first.pitso"), "")
    assert (journal.own("author"), journal.own("name")) == ("person/c43b704bb74bdad2", "Visit")
    assert journal.digest() == FIRST_DIGEST
    rebuilding.bring_up(journal)
    assert journal.digest() == FIRST_DIGEST
