"""The main road, by keyboard alone: from the first start to the verdict, the report and the bundle."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from pitso.domain.readiness.scoring import Verdict
from pitso.services import assessments, engagements, results, workspace
from pitso.ui.bindings.exchange import ExchangeBinding
from pitso.ui.hall import Place
from pitso.ui.pages.assess import AssessPage
from pitso.ui.pages.consensus import ConsensusPage
from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.first import FirstPage
from pitso.ui.pages.papers import PapersPage
from pitso.ui.pages.rating import RatingPage
from pitso.ui.pages.readiness import ReadinessPage
from pitso.ui.pages.reveal import RevealPage
from tests.ui.conftest import House, Story

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def begin(house: House) -> None:
    """First start: who are you, and the two sides."""
    house.opening.start("")
    house.settle()
    assert isinstance(house.page, FirstPage)
    house.key(ENTER)
    for text in ("Mpho Kgosi", "Mayor", "Lesotho", "Leaders of ten councils", "BALA", "UCLG Africa"):
        house.write(text)
        house.key(ENTER)


def test_an_engagement_is_begun_with_seven_enters(house: House, own_account: Path) -> None:
    begin(house)
    assert house.at == "engagement"
    ws = house.hall.workspace
    assert ws.path.name == "Lesotho.pitso"
    view = engagements.engagement(ws, house.hall.place.engagement)
    assert view.title == "Lesotho"
    assert [member.name for member in view.team] == ["Mpho Kgosi"]
    assert {side.name for side in view.sides} == {"Leaders of ten councils", "BALA", "UCLG Africa"}


def test_a_missing_name_is_told_beside_its_field(house: House) -> None:
    house.opening.start("")
    house.settle()
    house.key(ENTER)
    for _ in range(6):
        house.key(ENTER)
    page = house.page
    assert isinstance(page, FirstPage)
    assert page.name.hasFocus()
    assert "name" in page.name.accessibleDescription()
    assert not house.hall.has_workspace


def test_digits_and_enter_do_the_whole_rating(house: House) -> None:
    begin(house)
    house.key(Qt.Key.Key_2, CTRL)
    assert isinstance(house.page, AssessPage)
    house.key(ENTER)  # the one deed that an empty page offers
    house.write("First readiness visit")
    house.key(ENTER)
    assert isinstance(house.page, RatingPage)
    levels = (Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    for number in range(51):
        house.key(levels[number % 5])
        house.key(ENTER)
    assert isinstance(house.page, RevealPage)
    ws, place = house.hall.workspace, house.hall.place
    rater = assessments.reveal_view(ws, place.assessment).raters[0]
    assert (rater.answered, rater.finished) == (51, True)
    assert assessments.rating(ws, place.assessment, rater=rater.id, code="LEG-2").chosen == 1

    house.page.reveal.setFocus()
    house.key(ENTER)
    assert isinstance(house.page, ConsensusPage)
    house.page.accept.setFocus()
    house.key(ENTER)
    assert house.page.counted.text().startswith("51 agreed")
    house.go(Place("readiness", place.engagement, place.assessment))
    assert isinstance(house.page, ReadinessPage)
    expected = results.readiness(ws, place.assessment)
    assert house.page.verdict_words.text() == expected.verdict_words
    assert house.page.figures.text() == expected.figures


def test_a_rating_is_undone_and_done_again(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("rating", assessment=opened.begin(), code="LEG-1"))
    page = house.page
    assert isinstance(page, RatingPage)
    before = [choice.isChecked() for choice in page.levels]
    house.key(Qt.Key.Key_4)
    assert page.levels[4].isChecked()
    assert house.shell.bars.undo.isVisible()
    said = house.shell.bars.said.text()
    assert "LEG-1" in said or "4" in said
    house.key(Qt.Key.Key_Z, CTRL)
    assert [choice.isChecked() for choice in page.levels] == before
    house.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert page.levels[4].isChecked()


def test_the_window_opens_where_it_was_left(opened: Story, story: Path) -> None:
    house = opened.house
    house.go(opened.place("readiness", assessment=opened.second, part="dimensions"))
    house.opening.open(str(story))
    assert house.hall.place == opened.place("readiness", assessment=opened.second, part="dimensions")
    page = house.page
    assert isinstance(page, ReadinessPage)
    assert page.table.isVisible()


def test_keys_lead_everywhere_and_back(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("engagement"))
    pages = ["engagement", "assess", "papers", "exchange", "people", "settings"]
    for number, page in enumerate(pages, start=1):
        house.key(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert house.at == page
    house.key(Qt.Key.Key_Left, ALT)
    assert house.at == "people"
    house.key(Qt.Key.Key_F1)
    assert house.at == "help"
    assert house.hall.place.code == "people"
    house.key(Qt.Key.Key_Left, ALT)
    assert house.at == "people"
    house.key(Qt.Key.Key_P, CTRL)
    assert house.at == "papers"


def test_f6_walks_the_panes(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("rating", assessment=opened.first, code="LEG-1"))
    page = house.page
    assert isinstance(page, RatingPage)
    assert page.panel is not None
    assert house.shell.rail is not None
    house.key(Qt.Key.Key_F6)
    assert house.shell.rail.isAncestorOf(house.focus())
    house.key(Qt.Key.Key_F6)
    assert page.panel.isAncestorOf(house.focus())
    house.key(Qt.Key.Key_F6)
    assert house.focus() in page.levels


def test_anything_is_found_without_accents(opened: Story) -> None:
    house = opened.house
    house.key(Qt.Key.Key_K, CTRL)
    house.write("riviere")
    from pitso.ui.pages.find import FindPage

    page = house.page
    assert isinstance(page, FindPage)
    assert [row.title for row in page.rows.rows][:1] == ["Awa Rivière-Étoile"]
    house.key(ENTER)
    assert house.at == "people"


def test_the_office_receives_what_the_team_sends(opened: Story, tmp_path: Path) -> None:
    house, bundle = opened.house, tmp_path / "lesotho.pitso-bundle"
    ws = house.hall.workspace
    verdict = results.readiness(ws, opened.third)
    house.go(opened.place("exchange"))
    binding = house.shell.binding_here()
    assert isinstance(binding, ExchangeBinding)
    house.hall.asking.save_file = lambda *_words: bundle  # type: ignore[method-assign] # the dialog of the system
    house.key(ENTER)
    house.qtbot.waitUntil(lambda: "lesotho.pitso-bundle" in house.shell.bars.said.text(), timeout=10_000)
    assert bundle.is_file()

    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    house.hall.arrived.emit(office)
    house.settle()
    assert house.at == "engagements"
    drop(house, bundle)
    page = house.page
    assert isinstance(page, ExchangePage)
    house.qtbot.waitUntil(lambda: page.report.isVisible(), timeout=10_000)
    if page.unknown.isVisible():  # an unknown computer waits until its words were compared
        page.take_in.click()
        house.settle()
        assert not page.unknown.isVisible()
    house.key(Qt.Key.Key_1, CTRL)
    assert [line.title for line in engagements.engagements(office)] == ["Lesotho"]
    there = results.readiness(office, opened.third)
    assert (there.verdict, there.figures) == (verdict.verdict, verdict.figures)
    assert there.verdict is Verdict.PRECONDITIONS


def drop(house: House, file: Path) -> None:
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    house.shell.dropEvent(event)
    house.settle()


def test_a_paper_is_shown_and_saved(opened: Story, tmp_path: Path) -> None:
    house, copy = opened.house, tmp_path / "report.pdf"
    house.go(opened.place("papers", code=opened.first))
    page = house.page
    assert isinstance(page, PapersPage)
    house.qtbot.waitUntil(lambda: page.document.pageCount() > 0, timeout=20_000)
    assert page.preview.isVisible()
    house.hall.asking.save_file = lambda *_words: copy  # type: ignore[method-assign] # the dialog of the system
    page.save.click()
    assert copy.read_bytes().startswith(b"%PDF")


def test_a_file_that_is_no_workspace_is_told(house: House, tmp_path: Path) -> None:
    path = tmp_path / "letter.pitso"
    path.write_text("Dear colleagues", encoding="utf-8")
    house.opening.start(str(path))
    house.settle()
    assert house.at == "first"
    assert house.shell.bars.message.isVisible()
    assert "letter.pitso" in house.shell.bars.happened.text()


def test_a_bug_of_ours_is_told_in_one_sentence(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.opening.start("")

    def broken() -> None:
        raise ZeroDivisionError

    assert house.hall.desk.ask(broken) is None
    assert "mistake" in house.shell.bars.happened.text()
    assert "ZeroDivisionError" in caplog.text


def test_an_item_of_evidence_with_its_file_is_kept(opened: Story, tmp_path: Path) -> None:
    house = opened.house
    letter = tmp_path / "letter.txt"
    letter.write_text("We confirm.", encoding="utf-8")
    assessment = opened.begin()
    house.go(opened.place("rating", assessment=assessment, code="LEG-5"))
    page = house.page
    assert isinstance(page, RatingPage)
    page.show_file(letter)
    house.write("Letter of the ministry")
    house.key(ENTER)
    ws = house.hall.workspace
    rater = next(line for line in assessments.reveal_view(ws, assessment).raters if line.writing_here)
    kept = assessments.rating(ws, assessment, rater=rater.id, code="LEG-5").evidence
    assert ("Letter of the ministry", "letter.txt") in [(item.text, item.file_name) for item in kept]


def test_an_agreed_rating_is_changed_with_its_reason(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("consensus", assessment=opened.first, code="POL-1"))
    page = house.page
    assert isinstance(page, ConsensusPage)
    page.reason.show_text("", of="POL-1")
    house.key(Qt.Key.Key_3)
    house.key(ENTER)
    assert page.reason.hasFocus(), "a reason is asked for where the rule asks it"
    house.write("The letter of the ministry came")
    house.key(ENTER, CTRL)
    from pitso.services import consensus

    detail = consensus.consensus(house.hall.workspace, opened.first, code="POL-1").detail
    assert detail is not None
    assert (detail.line.agreed, detail.reason) == (3, "The letter of the ministry came")
    assert len(detail.versions) >= 1
    assert page.versions_title.isVisible()


def test_the_certificate_changes_the_verdict(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("readiness", assessment=opened.third))
    page = house.page
    assert isinstance(page, ReadinessPage)
    before = page.verdict_words.text()
    page.offer.click()
    house.settle()
    assert page.verdict_words.text() != before
    assert not page.offer.isVisible()


def test_a_precondition_gets_an_owner_and_a_date(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("readiness", assessment=opened.third))
    page = house.page
    assert isinstance(page, ReadinessPage)
    card = next(card for card in page._causes if hasattr(card, "owner"))
    card.owner.setCurrentIndex(1)
    card.due.setText("tomorrow")
    card.keep.click()
    assert card.fault.isVisible()
    card.due.setText("2026-11-10")
    card.keep.click()
    house.settle()
    causes = results.readiness(house.hall.workspace, opened.third).causes
    assert any(cause.owner and cause.due and cause.due.isoformat() == "2026-11-10" for cause in causes)


def test_ratings_of_a_closed_assessment_can_only_be_read(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("rating", assessment=opened.first, code="LEG-1"))
    page = house.page
    assert isinstance(page, RatingPage)
    before = [choice.isChecked() for choice in page.levels]
    house.key(Qt.Key.Key_4)
    assert [choice.isChecked() for choice in page.levels] == before
    assert not house.shell.bars.message.isVisible()
    assert "Closed" in page.late.text()
