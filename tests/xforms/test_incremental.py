"""After any script of answers, rows and undoings, a record is what a full recalculation makes of it."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitso.xforms import Answers, Form, convert, read_form
from tests.xforms.books import table, widened, workbook
from tests.xforms.scenario import Scenario, environment, recalculated, state_of

SURVEY = """
| type | name | label | relevant | calculation | repeat_count |
| integer | many | Many | | | |
| text | on | On ${many} | | | |
| calculate | copy | | | concat(${on}, ${many}) | |
| begin_group | g | G | ${on} != '' | | |
| text | deep | Deep | | | |
| select_one l | first | First | | | |
| select_multiple l | more | More | | | |
| end_group | | | | | |
| calculate | after | | | if(${deep} = '', 'none', concat(${deep}, ${more})) | |
| begin_repeat | r | R | ${on} != 'off' | | |
| integer | n | N ${copy} | | | |
| text | t | T | ${n} > 1 | | |
| calculate | share | | | ${n} div sum(/data/r[position() > 0]/n) | |
| calculate | carried | | | coalesce(indexed-repeat(${balance}, ${r}, position(..) - 1), 0) | |
| calculate | balance | | | ${carried} + coalesce(${n}, 0) | |
| calculate | upto | | | sum(/data/r[position() <= position(current()/..)]/n) | |
| calculate | grown | | | sum(/data/r[position() < position(current()/..)]/grown) + 1 | |
| calculate | over_two | | | join('', /data/r[position() = position(current()/..) - 2]/t) | |
| begin_repeat | inner | I | | | ${n} |
| text | x | X | | | |
| calculate | at | | | concat(position(../..), '-', position(..)) | |
| calculate | place | | | concat(${at}, '-', count(../../inner), ${x}) | |
| end_repeat | | | | | |
| calculate | xs | | | join(',', ${x}) | |
| text | note | Of ${xs} | | | |
| end_repeat | | | | | |
| begin_repeat | counted | C | | | ${many} |
| integer | c | C | ${many} != 9 | | |
| calculate | half | | | ${c} div ${many} | |
| end_repeat | | | | | |
| calculate | sum | | | sum(${n}) + sum(${half}) | |
| calculate | rows | | | concat(count(${r}), '/', count(${inner}), '/', count(${counted})) | |
| calculate | second | | | indexed-repeat(${x}, ${r}, 2, ${inner}, 1) | |
| select_one ${t} | which | Which | | | |
| text | noted | Noted | | | |
"""
FURTHER = {
    "many": {"constraint": ". < 5"},
    "deep": {"required": "${many} > 1"},
    "more": {"choice_filter": "group = ${on} or name = ${first}"},
    "n": {"constraint": ". > ../../many", "default": "position(..)"},
    "x": {"required": "${t} != ''"},
    "which": {"choice_filter": "${t} != ''"},
    "noted": {"trigger": "${on}", "calculation": "${second}"},
}
CHOICES = """
| list_name | name | label | group |
| l | a | A ${on} | off |
| l | b | B | on |
| l | c | C | on |
"""
BOOK = workbook({"survey": widened(table(SURVEY), FURTHER), "choices": table(CHOICES)})
PLACES = ["many", "on", "g/deep", "g/first", "g/more", "which", "counted[1]/c", "counted[2]/c"]
IN_ROW = ["n", "t", "note", "inner[1]/x", "inner[2]/x"]
TEXTS = ["", "1", "2", "3", "on", "off", "a", "b", "a c", "x", "7.5", "-1"]

DEEDS = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(PLACES), st.sampled_from(TEXTS)),
    st.tuples(
        st.just("answer"),
        st.builds("r[{}]/{}".format, st.integers(1, 3), st.sampled_from(IN_ROW)),
        st.sampled_from(TEXTS),
    ),
    st.tuples(st.just("add"), st.just("r"), st.just("")),
    st.tuples(st.just("remove"), st.builds("r[{}]".format, st.integers(1, 3)), st.just("")),
    st.tuples(st.just("undo"), st.just(""), st.just("")),
)


@cache
def form() -> Form:
    return read_form(convert(BOOK).xform)


def begun() -> Scenario:
    return Scenario(form().begin(environment()))


def do(scenario: Scenario, deed: tuple[str, str, str]) -> None:
    kind, path, text = deed
    try:
        if kind == "answer":
            scenario.answers(path, text)
        elif kind == "add":
            scenario.adds(path)
        elif kind == "remove":
            scenario.removes(path)
        else:
            scenario.session.undo()
    except LookupError:
        # The script speaks of a row that is not there; a screen would not.
        pass


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DEEDS, max_size=14))
def test_incremental_is_full_recalculation(script: list[tuple[str, str, str]]) -> None:
    scenario = begun()
    for deed in script:
        do(scenario, deed)
    again = recalculated(scenario.session)
    assert state_of(scenario.session) == state_of(again)
    assert again.answers() == scenario.session.answers()


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=14))
def test_what_the_deeds_wrote_makes_the_same_record_again(script: list[tuple[str, str, str]]) -> None:
    scenario = begun()
    rows: dict[str, list[str]] = {}
    there: set[str] = set()
    values: dict[str, str] = {}
    for deed in (("", "", ""), *script):
        if deed[0]:
            do(scenario, deed)
        for entry in scenario.session.entries():
            if not entry.key.endswith("}"):
                values[entry.key] = str(entry.after)
                continue
            ids = rows.setdefault(entry.key[: entry.key.rindex("{")], [])
            if entry.after is None:
                there.discard(entry.key)
                continue
            there.add(entry.key)
            if entry.after not in ids:
                ids.append(entry.after)
    kept = {series: tuple(i for i in ids if f"{series}{{{i}}}" in there) for series, ids in rows.items()}
    again = form().resume(Answers(kept, {}, values), environment())
    assert state_of(again) == state_of(scenario.session)


@settings(max_examples=40, deadline=None)
@given(st.lists(DEEDS, max_size=8), DEEDS)
def test_undo_brings_back_all_that_was(script: list[tuple[str, str, str]], last: tuple[str, str, str]) -> None:
    scenario = begun()
    for deed in script:
        do(scenario, deed)
    before, depth = state_of(scenario.session), scenario.session.deeds
    if last[0] != "undo":
        do(scenario, last)
        if scenario.session.deeds > depth:
            scenario.undoes()
        assert state_of(scenario.session) == before


@settings(max_examples=40, deadline=None)
@given(st.lists(DEEDS, max_size=8), DEEDS)
def test_changes_name_all_that_changed(script: list[tuple[str, str, str]], last: tuple[str, str, str]) -> None:
    scenario = begun()
    for deed in script:
        do(scenario, deed)
    scenario.session.changes()
    before = state_of(scenario.session)
    do(scenario, last)
    after = state_of(scenario.session)
    named = scenario.session.changes()
    for path, seen in after.items():
        told = any(path == name or path.startswith((f"{name}[", f"{name}/")) for name in named)
        assert seen == before.get(path) or told, path


@pytest.mark.parametrize("script", [[("remove", "r[1]", ""), ("add", "r", ""), ("answer", "r[1]/n", "2")]])
def test_a_repeat_emptied_and_begun_again(script: list[tuple[str, str, str]]) -> None:
    scenario = begun()
    for deed in script:
        do(scenario, deed)
    assert state_of(scenario.session) == state_of(recalculated(scenario.session))
    assert scenario.rows("r[1]/inner") == 2
