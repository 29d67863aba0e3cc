"""What was written apart stands side by side; a contested fact needs two people; nothing sealed is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import differences, people, receiving, sending, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put

Pair = tuple[Workspace, Workspace]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    one, two = (workspace.create(tmp_path / f"{name}.pitso", name=name) for name in ("one", "two"))
    for ws, name in ((one, "Lineo"), (two, "Thabo")):
        workspace.write_as(ws, people.add_person(ws, name=name).record)
    yield one, two
    one.close()
    two.close()


def meet(pair: Pair, folder: Path) -> None:
    for sender, receiver in (pair, pair[::-1]):
        sending.send(sender, folder / "b.pitso-bundle")
        receiving.receive(receiver, folder / "b.pitso-bundle", trusting=True)


def apart(pair: Pair, folder: Path, entity: str, field: str, *values: object) -> None:
    for ws, value in zip(pair, values, strict=True):
        assert value is None or isinstance(value, str | int)
        ws.record([Put(entity, field, value)], said="")
    meet(pair, folder)


def test_both_sides_see_both_values_with_who_and_where(pair: Pair, tmp_path: Path) -> None:
    apart(pair, tmp_path, "engagement/1", "title", "Lesotho", "Kingdom of Lesotho")
    for ws in pair:
        (difference,) = differences.differences(ws)
        assert {(side.value, side.author) for side in difference.sides} == {
            ("Lesotho", "Lineo"),
            ("Kingdom of Lesotho", "Thabo"),
        }
        assert [side.shown for side in difference.sides] == [True, False]
    differences.choose(pair[0], "engagement/1", "title", 1)
    meet(pair, tmp_path)
    assert [differences.differences(ws) for ws in pair] == [(), ()]
    with pytest.raises(Trouble, match="settled meanwhile"):
        differences.choose(pair[1], "engagement/1", "title", 0)


def test_a_contested_fact_holds_once_two_people_say_the_same(pair: Pair, tmp_path: Path) -> None:
    one, two = pair
    apart(pair, tmp_path, "roll/1", "closed", 79, 81)
    (difference,) = differences.differences(one)
    assert difference.contested
    assert "closed" not in one.journal.record("roll/1")
    place = next(number for number, side in enumerate(difference.sides) if side.value == "81")
    with pytest.raises(Trouble, match="reason"):
        differences.settle(one, "roll/1", "closed", place, " ")
    differences.settle(one, "roll/1", "closed", place, "counted again")
    assert differences.differences(one)[0].words_said == ("Lineo: 81, because counted again",)
    differences.settle(one, "roll/1", "closed", place, "counted a third time")
    assert "closed" not in one.journal.record("roll/1"), "one person twice is not two people"
    meet(pair, tmp_path)
    place = next(n for n, side in enumerate(differences.differences(two)[0].sides) if side.value == "81")
    differences.settle(two, "roll/1", "closed", place, "agreed")
    meet(pair, tmp_path)
    assert [ws.journal.record("roll/1") for ws in pair] == [{"closed": 81}] * 2
    assert [differences.differences(ws) for ws in pair] == [(), ()]


def test_a_sealed_rating_of_another_is_no_difference_to_look_at(pair: Pair, tmp_path: Path) -> None:
    apart(pair, tmp_path, "rating/e.a/m/LEG-1", "level", 1, 3)
    assert pair[0].journal.differing("rating/")
    assert differences.differences(pair[0]) == ()
    pair[0].record([Put("assessment/e/a", "revealed", "now")], said="")
    assert len(differences.differences(pair[0])) == 1


def test_an_empty_third_value_is_refused(pair: Pair, tmp_path: Path) -> None:
    apart(pair, tmp_path, "engagement/1", "title", "Lesotho", "Kingdom of Lesotho")
    with pytest.raises(Trouble, match="Nothing was written"):
        differences.write_third(pair[0], "engagement/1", "title", "  ")
