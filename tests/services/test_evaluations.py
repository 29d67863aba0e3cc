"""Evaluation sheets: nothing below five, no small cell, no name, no time, no order."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pitso.services import engagements, evaluations, finishing, library, records
from pitso.services.answers import Said
from pitso.services.evaluations import LEAST
from pitso.services.filling import open_record
from pitso.services.workspace import Workspace

SHEET = {
    "/data/about/capacity": "elected",
    "/data/about/sex": "woman",
    "/data/marks/useful": "5",
    "/data/marks/heard": "4",
    "/data/marks/equals": "4",
    "/data/marks/pace": "3",
    "/data/words/again": "yes",
}


def key_in(ws: Workspace, **besides: str) -> str:
    """Key in one sheet; *besides* by the names of the questions."""
    engagement = engagements.called(ws)
    record = records.begin(ws, engagement, library.current(ws, "evaluation")).record
    filling = open_record(ws, record)
    told = SHEET | {path: besides.get(path.rpartition("/")[2], text) for path, text in SHEET.items()}
    told |= {f"/data/words/{name}": text for name, text in besides.items() if name in ("next_month", "missing")}
    for path, text in told.items():
        records.answer(filling, path, text)
    finishing.finish(filling)
    return record


def test_fewer_than_five_sheets_show_nothing(demo: Workspace) -> None:
    for _sheet in range(LEAST - 1):
        key_in(demo, next_month="Write to my council")
    told = evaluations.evaluation(demo, engagements.called(demo))
    assert (told.sheets, told.shown, told.marks, told.groups, told.next_month) == (4, False, (), (), ())


def test_from_five_sheets_on_the_means_are_told_and_small_groups_are_not(demo: Workspace) -> None:
    for number in range(6):
        key_in(demo, sex="woman" if number else "man", useful=str(3 + number % 2), next_month=f"Deed {9 - number}")
    told = evaluations.evaluation(demo, engagements.called(demo))
    (useful, *_others) = told.marks
    assert useful.mean == Fraction(7, 2)
    assert useful.counts == (0, 0, 3, 3, 0)
    assert {group.name: group.sheets for group in told.groups} == {"Elected leaders": 6, "Women": None, "Men": None}
    assert told.again == (("Yes", 6), ("No", 0), ("Not sure", 0))
    assert list(told.next_month) == sorted(told.next_month)


def test_an_answer_of_a_few_is_not_told(demo: Workspace) -> None:
    for number in range(6):
        key_in(demo, again="no" if number == 0 else "yes")
    assert evaluations.evaluation(demo, engagements.called(demo)).again == ()


def test_a_sheet_holds_no_name_and_no_moment(demo: Workspace) -> None:
    held = demo.journal.record(key_in(demo))
    assert not [key for key in held if any(word in key for word in ("began", "ended", "filled_on", "device"))]
    assert demo.journal.record(key_in(demo))["name"] == held["name"] == "Evaluation sheet"


SHEETS = st.lists(
    st.fixed_dictionaries(
        {
            "capacity": st.sampled_from(["elected", "officer", "none_of_these"]),
            "sex": st.sampled_from(["woman", "man", "unsaid"]),
            "useful": st.sampled_from("12345"),
        }
    ),
    max_size=40,
)


@settings(max_examples=60)
@given(SHEETS)
def test_no_group_that_is_told_is_small_and_none_can_be_subtracted(told: Sequence[dict[str, str]]) -> None:
    sheets = [Said(str(place), dict(values)) for place, values in enumerate(told)]
    for group in evaluations.GROUPS:
        lines = evaluations.groups_of(group, sheets)
        hidden = sum(line.sheets is None for line in lines)
        assert all(line.sheets is None or line.sheets >= LEAST for line in lines)
        shown = sum(line.sheets or 0 for line in lines)
        assert hidden != 1 or len(lines) == 1, "what is hidden is the rest of what is told"
        assert hidden == 0 or shown <= len(sheets) - 1


@pytest.mark.parametrize("question", ["next_month", "missing"])
def test_what_people_wrote_keeps_no_order_of_sheets(demo: Workspace, question: str) -> None:
    for text in ("Zeal", "Bread", "Maps", "Chairs", "Apples"):
        key_in(demo, **{question: text})
    told = evaluations.evaluation(demo, engagements.called(demo))
    assert getattr(told, question) == ("Apples", "Bread", "Chairs", "Maps", "Zeal")
