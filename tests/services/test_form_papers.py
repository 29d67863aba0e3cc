"""Records on paper: their answers, without those about persons for others; checked, signed, older once they go on."""

from pathlib import Path

import pytest

from pitso.services import checking, filling, finishing, issuing, papers, people, record_list, records, signing
from pitso.services.checking import Outcome
from pitso.services.form_papers import filled_record
from pitso.services.form_views import RecordLine
from pitso.services.issuing import Issued, Way
from pitso.services.workspace import Workspace
from tests.paper import reading
from tests.services.conftest import the_engagement


def visit(ws: Workspace, state: str) -> str:
    return next(line.id for line in visits(ws) if line.state == state)


def visits(ws: Workspace) -> list[RecordLine]:
    return [line for line in record_list.records(ws, the_engagement(ws)) if line.form_title == "Visit record"]


def printed(ws: Workspace, record: str) -> Issued:
    return issuing.issue(ws, papers.order(ws, "record", of=record, language="en"), Way.PRINTED)


def personal(ws: Workspace, record: str) -> list[str]:
    """What was answered about persons."""
    opened = filling.open_record(ws, record)
    asked = (path for path in opened.session.paths() if opened.is_personal(opened.session.key(path)))
    return [value for path in asked if (value := opened.session.value(path))]


@pytest.mark.parametrize("language", ["en", "fr", "pt"])
def test_a_record_is_printed_in_the_languages_of_its_form(demo: Workspace, language: str) -> None:
    record = visit(demo, "final")
    if language not in dict(papers.sort_of("record").languages(demo, record)):
        pytest.skip("the form does not speak it")
    made = papers.make(demo, "record", of=record, language=language)
    reading.sound(made.pdf)
    assert demo.journal.record(record)["name"] in reading.whole(made.pdf)


def test_a_draft_says_so_and_the_list_offers_every_record_once(demo: Workspace) -> None:
    lines = [line for line in papers.available(demo, the_engagement(demo)) if line.kind == "record"]
    assert len(lines) == len({line.of for line in lines}) == 34
    drafts = [line.detail for line in lines if not line.detail.endswith(" · final")]
    assert sorted(drafts) == ["Exit checklist · draft", "Visit record · draft"]
    assert [line.detail for line in lines].count("Learning point · final") == 12
    assert "State draft" in reading.whole(papers.make(demo, "record", of=visit(demo, "draft"), language="en").pdf)


def test_what_is_about_persons_stays_in_the_team(demo: Workspace) -> None:
    record = next(line.id for line in visits(demo) if personal(demo, line.id))
    told = personal(demo, record)
    assert told, "the form asks something about persons"
    within, others = (
        reading.whole(papers.make(demo, "record", of=record, language="en", reader=reader).pdf)
        for reader in ("team", "both")
    )
    for value in told:
        assert value in within
        assert value not in others
    assert "Left out for this reader" in others
    assert "(left out)" in others
    assert "(left out)" not in within


def test_a_person_who_has_not_agreed_is_not_named_in_a_record_for_others(demo: Workspace) -> None:
    record = visit(demo, "final")
    leader = str(demo.author)
    name = str(demo.journal.record(leader)["name"])
    for allowed in (True, False):
        people.consent(demo, leader, people.NAMED, allowed)
        told = [
            reading.whole(papers.make(demo, "record", of=record, language="en", reader=reader).pdf)
            for reader in ("team", "both")
        ]
        assert name in told[0]
        assert (name in told[1]) == allowed


def test_a_signed_record_is_older_once_it_goes_on(demo: Workspace, tmp_path: Path) -> None:
    record = visit(demo, "final")
    once = printed(demo, record)
    assert checking.check(demo, once.code).outcome is Outcome.UNCHANGED
    scan = tmp_path / "visit.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n scan")
    signing.attach(demo, once.code, scan)
    assert demo.journal.record(record)["state"] == "signed"
    opened = filling.open_record(demo, record)
    finishing.correct(opened, "A date was wrong.")
    found = checking.check(demo, once.code)
    assert found.outcome is Outcome.CHANGED
    assert "signed version is older" in found.said
    assert "State" in [line.field_words for line in found.changes]


def test_a_changed_answer_is_told_by_its_question(demo: Workspace) -> None:
    record = visit(demo, "draft")
    once = printed(demo, record)
    opened = filling.open_record(demo, record)
    path = next(
        path
        for path in opened.session.paths()
        if opened.session.question(path).kind == "text"
        and opened.session.relevant(path)
        and not opened.is_personal(opened.session.key(path))
    )
    records.answer(opened, opened.session.key(path), "Another A & B <c>")
    found = checking.check(demo, once.code)
    assert found.outcome is Outcome.CHANGED
    assert found.changes[0].value == "Another A & B <c>"


def test_a_view_of_a_record_is_the_same_each_time(demo: Workspace) -> None:
    from pitso.domain.policies import Reader

    record = visit(demo, "final")
    assert filled_record(demo, record, Reader.TEAM) == filled_record(demo, record, Reader.TEAM)
