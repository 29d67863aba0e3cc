"""A paper that left the house: found again by its code, told by whom and when it changed, signed and come back."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import (
    assessments,
    checking,
    consensus,
    issuing,
    papers,
    receiving,
    results,
    sending,
    signing,
    teams,
    workspace,
)
from pitso.services.assessments import Assessment
from pitso.services.checking import Check, Outcome
from pitso.services.issuing import Issued, Way
from pitso.services.workspace import Workspace
from tests.services.conftest import story
from tests.services.test_papers import text_of

SCAN = b"\xff\xd8\xff\xe0 a photograph"


def printed(ws: Workspace, of: str, kind: str = "readiness") -> Issued:
    return issuing.issue(ws, papers.order(ws, kind, of=of, language="en"), Way.PRINTED)


def writer(ws: Workspace) -> str:
    return workspace.person_name(ws, ws.author)


def third(ws: Workspace) -> str:
    return story(ws)[2].id


def test_the_second_print_says_that_it_is_copy_two(demo: Workspace, first: Assessment) -> None:
    once, again = printed(demo, first.id), printed(demo, first.id)
    assert (once.copy, again.copy) == (1, 2)
    assert once.code == again.code
    assert "copy 2" not in text_of(once.paper)[0]
    assert "copy 2" in text_of(again.paper)[0]
    assert once.grouped in text_of(once.paper)[-1]
    assert "printed on 30 Sept 2026" in text_of(once.paper)[0]


def test_issuing_binds_and_does_not_change_what_papers_say(demo: Workspace, first: Assessment) -> None:
    before = papers.make(demo, "readiness", of=first.id, language="en")
    once = printed(demo, first.id)
    assert not once.change.undoable
    with pytest.raises(Trouble):
        workspace.undo(demo)
    assert papers.make(demo, "readiness", of=first.id, language="en") == before


@pytest.mark.parametrize("written", ["{code}", "{grouped}", "  {upper} ", "PITSO:LSO-RR-1:{upper}", "{dashed}", "{o}"])
def test_a_code_is_understood_as_people_and_scanners_write_it(demo: Workspace, first: Assessment, written: str) -> None:
    once = printed(demo, first.id)
    typed = written.format(
        code=once.code,
        grouped=once.grouped,
        upper=once.code.upper(),
        dashed=once.grouped.replace(" ", "-"),
        o=once.code.replace("0", "O").replace("1", "l"),
    )
    found = checking.check(demo, typed)
    assert found.outcome is Outcome.UNCHANGED
    assert found.of == first.id
    assert found.title == "Readiness report: AS-1"


@pytest.mark.parametrize("typed", ["", "9f3c", "hello", "9f3c 21aa 77d2 0b1", "zzzz zzzz zzzz zzzz"])
def test_what_is_no_code_is_told(demo: Workspace, typed: str) -> None:
    with pytest.raises(Trouble, match="no check code"):
        checking.check(demo, typed)


def test_an_unknown_code_is_told_with_what_is_near(demo: Workspace, first: Assessment) -> None:
    once = printed(demo, first.id)
    wrong = ("0" if once.code[0] != "0" else "1") + once.code[1:]
    found = checking.check(demo, wrong)
    assert found.outcome is Outcome.UNKNOWN
    assert "misread" in found.said
    assert found.near == (once.grouped,)
    assert checking.check(demo, "0123456789abcdef").near == ()


def test_a_change_is_told_with_its_author_and_moment(demo: Workspace) -> None:
    once = printed(demo, third(demo))
    results.take_offer(demo, third(demo))
    found = checking.check(demo, once.code)
    assert found.outcome is Outcome.CHANGED
    assert found.said.startswith(f"Changed since by {writer(demo)}, last on 30 Sept 2026")
    assert "LEG-2: Agreed" in [line.field_words for line in found.changes]
    assert "LEG-2: Agreed" in "\n".join(checking.as_text(found))
    assert checking.as_json(found)["outcome"] == "changed"


def test_a_change_elsewhere_leaves_a_paper_as_it_is(demo: Workspace, first: Assessment) -> None:
    once = printed(demo, first.id)
    results.take_offer(demo, third(demo))
    assert checking.check(demo, once.code).outcome is Outcome.UNCHANGED


def test_a_change_taken_back_makes_the_paper_true_again(demo: Workspace) -> None:
    once = printed(demo, third(demo))
    owner = str(demo.author)
    results.see_to(demo, third(demo), cause="gate_not_met.LEG-2", owner=owner, due=date(2027, 1, 31))
    assert checking.check(demo, once.code).outcome is Outcome.CHANGED
    workspace.undo(demo)
    assert checking.check(demo, once.code).outcome is Outcome.UNCHANGED


def test_before_the_reveal_a_check_tells_of_no_rating(demo: Workspace) -> None:
    engagement = story(demo)[0].engagement
    begun = assessments.begin(
        demo, engagement, title="AS-4", stage=story(demo)[0].stage, held_on=date(2026, 9, 29)
    ).record
    once = printed(demo, begun, "consensus-sheet")
    rater = assessments.load(demo, begun).raters[0]
    workspace.write_as(demo, rater.person)
    assessments.rate(demo, begun, rater=rater.id, code="LEG-1", rating=3)
    found = checking.check(demo, once.code)
    assert found.outcome is Outcome.UNCHANGED
    assert found.changes == ()


def test_the_office_finds_a_paper_that_the_team_printed(
    demo: Workspace, first: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = printed(demo, first.id)
    sending.send(demo, tmp_path / "b.pitso-bundle")
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    assert checking.check(office, once.code).outcome is Outcome.UNKNOWN
    receiving.receive(office, tmp_path / "b.pitso-bundle", trusting=True)
    found = checking.check(office, once.code)
    assert found.outcome is Outcome.UNCHANGED
    assert [copy.by for copy in found.copies] == [writer(demo)]
    office.close()


def test_two_computers_that_print_at_once_lose_no_copy(demo: Workspace, first: Assessment, tmp_path: Path) -> None:
    other_path = tmp_path / "other.pitso"
    demo.journal.file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(demo.path, other_path)
    other = workspace.open_workspace(other_path)
    here, there = printed(demo, first.id), printed(other, first.id)
    assert here.code == there.code
    sending.send(other, tmp_path / "b.pitso-bundle")
    other.close()
    receiving.receive(demo, tmp_path / "b.pitso-bundle", trusting=True)
    assert [copy.number for copy in checking.check(demo, here.code).copies] == [1, 1]
    assert printed(demo, first.id).copy == 2


def told(ws: Workspace, kind: str, of: str) -> str:
    lines = checking.with_standing(ws, papers.available(ws))
    return next(line.standing for line in lines if (line.kind, line.of) == (kind, of))


def test_a_signed_copy_comes_back_and_a_later_change_says_so(demo: Workspace, tmp_path: Path) -> None:
    scan = tmp_path / "signed.jpg"
    scan.write_bytes(SCAN)
    once = printed(demo, third(demo))
    assert told(demo, "readiness", third(demo)) == "issued"
    signing.attach(demo, once.grouped, scan, signed_on=date(2026, 9, 25))
    found = checking.check(demo, once.code)
    assert ("State", "signed") in found.details
    (copy,) = found.signed
    assert (copy.file, copy.on, copy.by) == ("signed.jpg", "25 September 2026", writer(demo))
    assert demo.journal.body(copy.hash) == SCAN
    assert told(demo, "readiness", third(demo)) == "signed on 25 September 2026"
    results.take_offer(demo, third(demo))
    assert told(demo, "readiness", third(demo)).endswith("the signed version is older")
    assert "signed version is older" in checking.check(demo, once.code).said
    later = printed(demo, third(demo))
    assert later.code != once.code
    assert ("State", "demonstration") in checking.check(demo, later.code).details


def test_what_is_no_scan_or_not_of_a_known_paper_is_told(demo: Workspace, first: Assessment, tmp_path: Path) -> None:
    once, text, scan = printed(demo, first.id), tmp_path / "signed.jpg", tmp_path / "scan.png"
    text.write_text("not a photograph", encoding="utf-8")
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    for typed, path, words in (
        (once.code, text, "no PDF, PNG or JPEG"),
        (once.code, tmp_path / "gone.pdf", "could not be read"),
        ("0123456789abcdef", scan, "known here"),
        ("12", scan, "no check code"),
    ):
        with pytest.raises(Trouble, match=words):
            signing.attach(demo, typed, path)
    with pytest.raises(Trouble, match="future"):
        signing.attach(demo, once.code, scan, signed_on=date(2030, 1, 1))
    assert checking.check(demo, once.code).signed == ()


def test_a_paper_is_found_by_its_code_or_its_name(demo: Workspace, first: Assessment) -> None:
    once = printed(demo, first.id)
    expected = ((f"paper/{once.code}", "Readiness report: AS-1", once.grouped),)
    assert checking.find(demo, once.grouped) == expected
    assert checking.find(demo, "readiness lesotho") == expected
    assert checking.find(demo, "0123456789abcdef") == ()


def test_an_answer_of_the_hosts_changes_what_the_paper_said(demo: Workspace, first: Assessment) -> None:
    once = printed(demo, first.id)
    host = next(member for member in teams.members(demo, first.engagement) if member.side == teams.HOST)
    workspace.write_as(demo, host.person)
    consensus.respond(demo, first.id, code="POL-4", text="We see it otherwise now.")
    found: Check = checking.check(demo, once.code)
    assert found.outcome is Outcome.CHANGED
    assert (found.changes[0].field_words, found.changes[0].author) == ("POL-4: The hosts", host.name)
