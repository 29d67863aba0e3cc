"""Submission XML out and in, and records resumed from their answers."""

from dataclasses import replace

import pytest
from lxml import etree

from pitso.xforms import FormTrouble, Session, read_form
from tests.xforms.scenario import Scenario, environment, form_of, recalculated, state_of

SURVEY = """
| type | name | label | relevant | calculation | repeat_count | default |
| text | name | Name | | | | |
| text | hidden_by | H | ${name} = 'show' | | | was |
| begin_group | g | G | ${name} != 'none' | | | |
| image | photo | P | | | | |
| file | paper | F | | | | |
| end_group | | | | | | |
| begin_repeat | r | R | | | | |
| text | n | N | | | | |
| begin_repeat | s | S | | | 2 | |
| text | x | X | | | | |
| end_repeat | | | | | | |
| end_repeat | | | | | | |
| calculate | once | | | once(uuid()) | | |
| calculate | draw | | | random() | | |
| end | end | | | | | |
"""
SETTINGS = """
| form_id | version | namespaces | attribute::pitso:kind | instance_name |
| visit | 7 | pitso="urn:pitso:form:1" | record | concat('Visit of ', ${name}) |
"""


def filled() -> Scenario:
    scenario = Scenario.of(SURVEY, settings=SETTINGS)
    scenario.answers("name", "M & <S>\n\x07")
    scenario.answers("g/photo", "face.jpg")
    scenario.answers("g/paper", "law.pdf")
    scenario.adds("r")
    scenario.answers("r[2]/n", "two")
    scenario.answers("r[2]/s[2]/x", "deep")
    return scenario


def xml_of(session: Session) -> etree._Element:
    return etree.fromstring(session.submission())


def test_a_submission_carries_the_form_the_rows_and_the_answers() -> None:
    session = filled().session
    root = xml_of(session)
    assert (root.tag, root.get("id"), root.get("version")) == ("data", "visit", "7")
    assert root.get("{urn:pitso:form:1}kind") == "record"
    assert root.findtext("name") == "M & <S>\n"
    assert [node.findtext("n") or "" for node in root.findall("r")] == ["", "two"]
    assert root.findall("r")[1].findall("s")[1].findtext("x") == "deep"
    assert root.findtext("meta/instanceID") == session.instance_id
    assert session.name.startswith("Visit of M & <S>")
    assert b"template" not in session.submission()


def test_nodes_that_are_not_relevant_are_left_out() -> None:
    scenario = filled()
    assert xml_of(scenario.session).find("hidden_by") is None
    scenario.answers("name", "none")
    assert xml_of(scenario.session).find("g") is None
    assert scenario.session.attachments() == ()
    scenario.answers("name", "show")
    assert xml_of(scenario.session).findtext("hidden_by") == "was"
    assert scenario.session.attachments() == ("face.jpg", "law.pdf")


def test_the_end_is_noted_when_the_record_leaves() -> None:
    scenario = filled()
    assert xml_of(scenario.session).findtext("end") == "2026-01-22T12:00:00.000+02:00"
    assert scenario.says("end") == ""


def test_a_submission_read_back_is_the_same_record() -> None:
    session = filled().session
    session.answer("/data/name", "Mpho")
    session.finish()
    again = session.form.restore(session.submission(), environment())
    assert state_of(again) == state_of(session)
    assert again.submission() == session.submission()
    assert again.value("/data/once") == session.value("/data/once") != ""
    assert again.value("/data/draw") == session.value("/data/draw")


def test_a_restored_record_tells_all_that_is_in_it() -> None:
    session = filled().session
    again = session.form.restore(session.submission(), environment())
    told = {entry.key: entry.after for entry in again.entries()}
    assert told["/data/r{2}"] == "2"
    assert told["/data/r{2}/s{2}/x"] == "deep"
    assert "/data/hidden_by" not in told


def test_a_revision_names_the_one_that_it_replaces() -> None:
    session = filled().session
    first = session.instance_id
    again = session.form.restore(session.submission(), environment())
    again.become_revision()
    again.answer("/data/name", "Thabo")
    meta = xml_of(again).find("meta")
    assert meta is not None
    assert meta.findtext("deprecatedID") == first
    assert meta.findtext("instanceID") == again.instance_id
    third = session.form.restore(again.submission(), environment())
    third.become_revision()
    assert xml_of(third).findtext("meta/deprecatedID") == again.instance_id


def test_the_record_of_another_form_is_refused() -> None:
    form = form_of(SURVEY, settings=SETTINGS)
    for xml in (b"<data id='other'/>", b"<other/>", b"<data id='visit'><!DOCTYPE x></data>", b"junk"):
        with pytest.raises(FormTrouble):
            form.restore(xml)


def test_a_record_resumes_from_its_answers_with_its_rows_and_its_volatile_values() -> None:
    session = filled().session
    again = recalculated(session)
    assert state_of(again) == state_of(session)
    assert again.row_ids("/data/r") == session.row_ids("/data/r")
    assert again.instance_id == session.instance_id
    assert session.form.question("/data/draw").volatile
    assert not session.form.question("/data/name").volatile


def test_answers_of_an_older_form_are_taken_as_far_as_they_fit() -> None:
    old = Scenario.of("| type | name | label |\n| text | a | A |\n| text | gone | G |")
    old.answers("a", "kept")
    old.answers("gone", "lost")
    form = form_of("| type | name | label |\n| text | a | A |\n| text | new | N |")
    assert form.resume(old.session.answers()).value("/data/a") == "kept"


def test_namespaces_of_the_form_survive_the_round_trip() -> None:
    xform = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>
      <instance><data xmlns="urn:my:form" id="t" orx:version="3">
        <a/><orx:meta><orx:instanceID/></orx:meta></data></instance>
      <bind nodeset="/data/a" type="int" calculate="1 + 1"/>
      <bind nodeset="/data/orx:meta/orx:instanceID" jr:preload="uid"/></model></h:head><h:body/></h:html>"""
    form = read_form(xform)
    assert (form.id, form.version) == ("t", "3")
    session = form.begin(environment())
    root = etree.fromstring(session.submission())
    assert root.tag == "{urn:my:form}data"
    assert root.findtext("{urn:my:form}a") == "2"
    identity = root.findtext("{http://openrosa.org/xforms}meta/{http://openrosa.org/xforms}instanceID")
    assert identity == session.instance_id
    again = form.restore(session.submission(), environment())
    assert again.instance_id == session.instance_id
    again.become_revision()
    revised = etree.fromstring(again.submission())
    replaced = "{http://openrosa.org/xforms}meta/{http://openrosa.org/xforms}deprecatedID"
    assert revised.findtext(replaced) == identity


def test_last_saved_reads_a_submission_as_it_was_written() -> None:
    survey = "| type | name | label | default |\n| text | name | Name | ${last-saved#name} |"
    first = Scenario.of(survey)
    first.answers("name", "Mpho")
    saved = first.session.submission()
    second = Scenario.of(survey, change=lambda environment: replace(environment, last_saved=saved))
    assert second.says("name") == "Mpho"


def test_entries_tell_what_a_deed_wrote_and_nothing_that_can_be_derived() -> None:
    scenario = Scenario.of("""
    | type | name | label | calculation | trigger | default | repeat_count |
    | text | a | A | | | today() | |
    | calculate | double | | concat(${a}, ${a}) | | | |
    | text | noted | N | concat('saw ', ${a}) | ${a} | | |
    | calculate | drawn | | if(${a} = 'x', random(), '') | | | |
    | integer | many | M | | | | |
    | begin_repeat | c | C | | | | ${many} |
    | text | y | Y | | | position(..) | |
    | end_repeat | | | | | | |
    | begin_repeat | r | R | | | | |
    | text | n | N | | | | |
    | end_repeat | | | | | | |
    """)
    session = scenario.session

    def told() -> list[tuple[str, str | None, str | None]]:
        return [(entry.key, entry.before, entry.after) for entry in session.entries()]

    begun = told()
    assert ("/data/a", "", "2026-01-22") in begun
    assert ("/data/meta/instanceID", "", session.instance_id) in begun
    assert ("/data/r{1}", None, "1") in begun
    assert told() == []
    scenario.answers("a", "x")
    assert told() == [
        ("/data/a", "2026-01-22", "x"),
        ("/data/noted", "saw 2026-01-22", "saw x"),
        ("/data/drawn", "", session.value("/data/drawn")),
    ]
    scenario.answers("a", "y")
    scenario.answers("a", "x")
    assert [key for key, _before, _after in told()] == ["/data/drawn"]
    scenario.answers("many", 1)
    assert told() == [("/data/many", "", "1"), ("/data/c{1}/y", "", "1")]
    session.add_row("/data/r", id="new")
    session.answer("/data/r[2]/n", "here")
    assert told() == [("/data/r{new}", None, "new"), ("/data/r{new}/n", "", "here")]
    session.remove_row("/data/r[2]")
    session.undo()
    assert told() == []
    session.remove_row("/data/r[1]")
    assert told() == [("/data/r{1}", "1", None)]


def test_counted_rows_come_back_from_their_values_alone() -> None:
    scenario = Scenario.of("""
    | type | name | label | repeat_count | default |
    | integer | many | M | | |
    | begin_repeat | r | R | ${many} | |
    | text | x | X | | concat('row ', position(..)) |
    | end_repeat | | | | |
    """)
    scenario.answers("many", 3)
    scenario.answers("r[2]/x", "two")
    scenario.answers("r[3]/x", "three")
    scenario.answers("many", 2)
    answers = replace(scenario.session.answers(), rows={}, parked={})
    again = Scenario(scenario.session.form.resume(answers, environment()))
    assert [again.says(f"r[{at}]/x") for at in (1, 2)] == ["row 1", "two"]
    again.answers("many", 4)
    assert [again.says(f"r[{at}]/x") for at in (3, 4)] == ["three", "row 4"]
