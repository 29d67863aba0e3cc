"""G3: the same operations in any order, with any repetition, by any path, give the same tables.

Histories of several computers are made up: edits, deletions, words on contested facts, undo, clocks that are weeks
apart, bundles that arrive in any order or twice, segments that are lost on the way, and disks that are cloned. In the
end everybody has everything, and the tables are compared with each other and with a plain journal told apart.
"""

import hashlib
import random
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pitso.domain.trouble import Trouble
from pitso.storage import joining, rebuilding
from pitso.storage.edits import Drop, Put, Settle
from pitso.storage.file import WorkspaceFile
from pitso.storage.journal import Journal, Segment
from tests.storage.plain_journal import Plain
from tests.storage.replicas import START, everyone, new_journal, open_journal, sign

FIELDS = [("a/1", "x"), ("a/1", "y"), ("a/2", "x"), ("tag/1", "on"), ("roll/1", "closed")]
who = st.integers(0, 3)
value = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["é", "two\nlines", '"']))
events = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), who, st.sampled_from(FIELDS), value),
        st.tuples(st.just("edit"), who, st.sampled_from(FIELDS), value),
        st.tuples(st.just("drop"), who, st.sampled_from(FIELDS), st.none()),
        st.tuples(st.just("undo"), who, st.none(), st.none()),
        st.tuples(st.just("settle"), who, st.sampled_from(["person/1", "person/2"]), st.integers(0, 1)),
        st.tuples(st.just("carry"), who, st.integers(0, 10**6), who),
        st.tuples(st.just("carry"), who, st.integers(0, 10**6), who),
        st.tuples(st.just("clone"), who, st.none(), who),
        st.tuples(st.just("clone"), who, st.none(), who),
    ),
    max_size=30,
)


class Team:
    def __init__(self, folder: Path, hours: list[int]) -> None:
        self.folder = folder
        self.renewed = 0
        self.journals = [
            new_journal(folder, f"r{number}", START + timedelta(hours=shift)) for number, shift in enumerate(hours)
        ]

    def play(self, event: tuple[str, int, Any, Any]) -> None:
        what, number, about, extra = event
        journal = self.journals[number]
        if what == "edit":
            journal.commit(f"person/{number}", [Put(about[0], about[1], extra)], said="")
        elif what == "drop":
            journal.commit(f"person/{number}", [Drop(about[0])], said="")
        elif what == "settle":
            journal.commit(about, [Settle("roll/1", "closed", extra, "seen by both")], said="", undoable=False)
        elif what == "undo":
            with suppress(Trouble):
                journal.undo(f"person/{number}", said="")
        elif what == "clone":
            self.clone(number, extra)
        else:
            self.carry(number, extra, random.Random(about))

    def clone(self, number: int, target: int) -> None:
        """A disk is cloned over another computer, which sends what it holds first: both go on with one key."""
        if number == target:
            return
        everything = self.segments(target)
        self.take_in(self.journals[number], everything)
        name, start = f"r{target}", self.journals[target].clock()
        self.journals[target].file.close()
        self.journals[number].file.fold()
        shutil.copy(self.folder / f"r{number}.pitso", self.folder / f"{name}.pitso")
        twin = open_journal(WorkspaceFile.open(self.folder / f"{name}.pitso"), "", start)
        twin.sign_as(self.journals[number].device, sign)
        self.journals[target] = twin

    def segments(self, number: int) -> list[Segment]:
        joining.seal(self.journals[number], sign)
        return list(joining.outgoing(self.journals[number], {}))

    def carry(self, source: int, target: int, chance: random.Random) -> None:
        joining.seal(self.journals[source], sign)
        segments = list(joining.outgoing(self.journals[source], joining.vector(self.journals[target])))
        chance.shuffle(segments)
        self.take_in(self.journals[target], segments[: chance.randint(0, len(segments))])

    def take_in(self, journal: Journal, segments: list[Segment]) -> None:
        joining.seal(journal, sign)
        joining.receive(journal, segments, [], judge=everyone)
        joining.release(journal, judge=everyone)
        if any(fork.device == journal.device for fork in joining.forks(journal)):
            self.renewed += 1
            journal.sign_as(hashlib.sha256(f"renewed {self.renewed}".encode()).digest(), sign)

    def meet(self) -> list[Segment]:
        """Everybody gets everything, each in another order."""
        for journal in self.journals:
            joining.seal(journal, sign)
        everything = [s for number in range(len(self.journals)) for s in self.segments(number)]
        for number, journal in enumerate(self.journals):
            random.Random(number).shuffle(everything)
            joining.receive(journal, everything, [], judge=everyone)
            joining.release(journal, judge=everyone)
        return everything


def told(journal: Journal) -> dict[tuple[str, str], tuple[Any, bool, int, int]]:
    found = {}
    contested, differing = set(journal.contested("")), set(journal.differing(""))
    rows = journal.file.rows(
        "SELECT entity.uid, field.name, cell.different FROM cell JOIN entity ON entity.id = cell.entity "
        "JOIN field ON field.id = cell.field WHERE cell.field <> 1"
    )
    for uid, name, different in rows:
        assert ((uid, name) in differing) == (different > 1)
        shown = journal.record(uid).get(name)
        found[uid, name] = (shown, (uid, name) in contested, different, len(journal.heads(uid, name)))
    return found


def plain(segments: list[Segment]) -> dict[tuple[str, str], tuple[Any, bool, int, int]]:
    fields = Plain(segments).told()
    return {at: (it.value, it.contested, it.different, len(it.heads)) for at, it in fields.items()}


@settings(max_examples=40, deadline=None)
@given(events=events, hours=st.lists(st.integers(-500, 500), min_size=4, max_size=4))
def test_whoever_holds_the_same_operations_shows_the_same(
    events: list[tuple[str, int, Any, Any]], hours: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        team = Team(Path(folder), hours)
        for event in events:
            team.play(event)
        for number, journal in enumerate(team.journals):
            assert told(journal) == plain(team.segments(number))
        everything = team.meet()
        assert [joining.quarantined(journal) for journal in team.journals] == [[]] * 4
        assert len({journal.digest() for journal in team.journals}) == 1
        expected = plain(everything)
        for journal in team.journals:
            assert told(journal) == expected
            assert rebuilding.rebuild(journal)
            assert told(journal) == expected
            journal.file.close()


def test_every_value_of_both_branches_of_a_cloned_disk_is_kept(tmp_path: Path) -> None:
    team = Team(tmp_path, [0, 0, 0, 0])
    one, other, office = team.journals[0], 1, team.journals[2]
    one.commit("person/1", [Put("a/1", "x", "before")], said="")
    team.carry(0, 2, random.Random(7))
    team.clone(0, other)
    one.commit("person/1", [Put("a/1", "x", "here")], said="")
    team.journals[other].commit("person/1", [Put("a/1", "x", "there")], said="")
    team.take_in(office, team.segments(0))
    office.commit("person/9", [Put("a/1", "x", "office knew here")], said="")
    team.take_in(office, team.segments(other))
    assert {version.value for version in office.heads("a/1", "x")} == {"office knew here", "there"}
    assert [fork.device for fork in joining.forks(office)] == [one.device]
    team.meet()
    for journal in team.journals[:3]:
        assert journal.digest() == office.digest()
        assert [fork.device for fork in joining.forks(journal)] == [one.device]
        assert {version.value for version in journal.history("a/1")} == {"before", "here", "there", "office knew here"}


def test_a_disk_that_was_cloned_twice_has_three_histories_whichever_came_last(tmp_path: Path) -> None:
    told = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        folder = tmp_path / "".join(map(str, order))
        folder.mkdir()
        team = Team(folder, [0, 0, 0, 0])
        team.journals[0].commit("person/1", [Put("a/1", "x", "before")], said="")
        for twin in (1, 2):
            team.clone(0, twin)
        for number in range(3):
            team.journals[number].commit("person/1", [Put("a/1", "x", f"branch {number}")], said="")
        office = team.journals[3]
        for number in order:
            team.take_in(office, team.segments(number))
        assert {version.value for version in office.heads("a/1", "x")} == {"branch 0", "branch 1", "branch 2"}
        (fork,) = joining.forks(office)
        assert len(fork.names) == 3
        assert rebuilding.rebuild(office)
        told.append(office.digest())
    assert len(set(told)) == 1


def test_who_saw_one_branch_only_reads_what_others_said_of_it(tmp_path: Path) -> None:
    team = Team(tmp_path, [0, 0, 0, 0])
    office, late = team.journals[2], team.journals[3]
    team.journals[0].commit("person/1", [Put("a/1", "x", "before")], said="")
    team.clone(0, 1)
    team.journals[0].commit("person/1", [Put("a/1", "x", "here")], said="")
    team.journals[1].commit("person/1", [Put("a/1", "x", "there")], said="")
    here, there = team.segments(0), team.segments(1)
    team.take_in(office, here + there)
    office.commit("person/9", [Put("a/1", "x", "settled")], said="")
    settled = [segment for segment in team.segments(2) if segment.device == office.device]
    team.take_in(late, there + settled)
    assert joining.forks(late) == []
    assert [version.value for version in late.heads("a/1", "x")] == ["settled"]
    team.take_in(late, here)
    assert len(joining.forks(late)) == 1
    assert [version.value for version in late.heads("a/1", "x")] == ["settled"]


def test_a_copy_that_holds_unsealed_lines_of_a_branch_keeps_them_once(tmp_path: Path) -> None:
    """It hears of the branch from somebody else before the branch itself arrives, sealed."""
    team = Team(tmp_path, [0, 0, 0, 0])
    one, office = team.journals[0], team.journals[2]
    one.commit("person/1", [Put("a/1", "x", "before")], said="")
    team.clone(0, 1)
    one.commit("person/1", [Put("a/1", "x", "here")], said="")
    one.file.fold()
    shutil.copy(tmp_path / "r0.pitso", tmp_path / "copy.pitso")
    copy = open_journal(WorkspaceFile.open(tmp_path / "copy.pitso"), "copy")
    team.journals[1].commit("person/1", [Put("a/1", "x", "there")], said="")
    for number in (0, 1):
        team.take_in(office, team.segments(number))
    office.commit("person/9", [Put("a/1", "x", "settled")], said="")
    everything = team.segments(2)
    for segments in ([s for s in everything if s.device == office.device], everything):
        team.take_in(copy, segments)
    assert copy.file.rows("SELECT * FROM tail") == []
    assert copy.digest() == office.digest()
    assert rebuilding.rebuild(copy)
    assert [version.value for version in copy.history("a/1")] == [version.value for version in office.history("a/1")]


def test_an_own_branch_that_comes_back_waits_until_what_is_here_is_sealed(tmp_path: Path) -> None:
    team = Team(tmp_path, [0, 0, 0, 0])
    team.journals[0].commit("person/1", [Put("a/1", "x", "before")], said="")
    team.clone(0, 1)
    team.journals[1].commit("person/1", [Put("a/1", "x", "there")], said="")
    here = team.journals[0]
    joining.seal(here, sign)
    here.commit("person/1", [Put("a/1", "x", "here")], said="")
    assert joining.receive(here, team.segments(1), [], judge=everyone).waiting == 1
    assert [waiting.why for waiting in joining.quarantined(here)] == ["fork"]
    joining.seal(here, sign)
    joining.release(here, judge=everyone)
    assert joining.quarantined(here) == []
    assert {version.value for version in here.heads("a/1", "x")} == {"here", "there"}


def test_a_device_takes_its_own_operations_back(tmp_path: Path) -> None:
    here, office = new_journal(tmp_path, "here"), new_journal(tmp_path, "office")
    here.commit("person/1", [Put("a/1", "x", 1)], said="")
    here.file.fold()
    joining.seal(here, sign)
    here.file.fold()
    shutil.copy(tmp_path / "here.pitso", tmp_path / "older.pitso")
    here.commit("person/1", [Put("a/1", "x", 2)], said="")
    joining.seal(here, sign)
    joining.receive(office, joining.outgoing(here, {}), [], judge=everyone)
    older = open_journal(WorkspaceFile.open(tmp_path / "older.pitso"), "here")
    assert joining.receive(older, joining.outgoing(office, {}), [], judge=everyone).new == 1
    older.commit("person/1", [Put("a/1", "x", 3)], said="")
    joining.seal(older, sign)
    joining.receive(office, joining.outgoing(older, {}), [], judge=everyone)
    assert (office.record("a/1"), joining.forks(office)) == ({"x": 3}, [])
