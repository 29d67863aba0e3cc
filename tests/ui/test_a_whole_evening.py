"""The main road, by keyboard alone: from the first start to the verdict, the report and the bundle."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from pitso import places, words
from pitso.domain.readiness.scoring import Verdict
from pitso.services import account, assessments, association, engagements, people, results, teams, workspace
from pitso.ui import theme
from pitso.ui.bindings.exchange import ExchangeBinding
from pitso.ui.directory import KNOWN
from pitso.ui.hall import Place
from pitso.ui.pages.assess import AssessPage
from pitso.ui.pages.compare import ComparePage
from pitso.ui.pages.consensus import ConsensusPage
from pitso.ui.pages.engagement import EngagementPage
from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.first import FirstPage
from pitso.ui.pages.help import HelpPage
from pitso.ui.pages.history import HistoryPage
from pitso.ui.pages.papers import PapersPage
from pitso.ui.pages.people import PeoplePage
from pitso.ui.pages.rating import RatingPage
from pitso.ui.pages.readiness import ReadinessPage
from pitso.ui.pages.reveal import RevealPage
from pitso.ui.pages.settings import SettingsPage
from tests.ui.conftest import House, Story
from tests.ui.hands import click

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
    house.key(ENTER)  # without a passphrase


def test_an_engagement_is_begun_with_eight_enters(house: House, own_account: Path) -> None:
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
    for _ in range(7):
        house.key(ENTER)
    page = house.page
    assert isinstance(page, FirstPage)
    assert page.name.hasFocus()
    assert "name" in page.name.accessibleDescription()
    assert not house.hall.has_workspace


def test_digits_and_enter_do_the_whole_rating(house: House) -> None:
    begin(house)
    house.key(Qt.Key.Key_3, CTRL)
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
    pages = {1: "engagement", 2: "records", 3: "assess", 6: "papers", 7: "exchange", 8: "people", 9: "settings"}
    for number, page in pages.items():
        house.key(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert house.at == page
    house.key(Qt.Key.Key_Left, ALT)
    assert house.at == "people"
    house.key(Qt.Key.Key_F1)
    assert house.at == "help"
    assert house.hall.place.code == "people"
    house.key(Qt.Key.Key_Left, ALT)
    assert house.at == "people"
    house.go(opened.place("readiness", assessment=opened.second))
    house.key(Qt.Key.Key_P, CTRL)
    assert house.at == "papers"
    assert house.hall.place.code == f"readiness {opened.second}"


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
    assert house.at == "send"
    house.key(Qt.Key.Key_2)  # anybody: open, since this computer knows no other yet
    house.key(ENTER)
    house.qtbot.waitUntil(lambda: "lesotho.pitso-bundle" in house.shell.bars.said.text(), timeout=60_000)
    assert bundle.is_file()

    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    house.hall.arrived.emit(office)
    house.settle()
    assert house.at == "engagements"
    drop(house, bundle)
    page = house.page
    assert isinstance(page, ExchangePage)
    house.qtbot.waitUntil(lambda: page.report.isVisible(), timeout=60_000)
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
    house.qtbot.waitUntil(lambda: page.document.pageCount() > 0, timeout=60_000)
    assert page.preview.isVisible()
    house.hall.asking.save_file = lambda *_words: copy  # type: ignore[method-assign] # the dialog of the system
    page.save.click()
    house.qtbot.waitUntil(lambda: copy.exists() and page.save.isEnabled(), timeout=60_000)
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


def test_the_history_of_a_page_is_one_key_or_one_press_away(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("consensus", assessment=opened.second, code="REP-4"))
    here = house.hall.place
    house.key(Qt.Key.Key_H, CTRL)
    page = house.page
    assert isinstance(page, HistoryPage)
    assert [row.title for row in page.rows.rows] == [
        "3 Established (A): Declaration signed by all parties",
        "2 Partial (C)",
    ]
    assert [row.pill for row in page.rows.rows] == ["holds now", ""]
    house.key(Qt.Key.Key_Escape)
    assert house.hall.place == here
    click(house.page.saved)
    house.settle()
    assert house.at == "history"


def test_escape_closes_a_form_and_leaves_a_page_that_only_tells(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("assess"))
    page = house.page
    assert isinstance(page, AssessPage)
    page.begin.click()
    assert page.form.isVisible()
    house.key(Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    house.key(Qt.Key.Key_K, CTRL)
    assert house.at == "find"
    house.key(Qt.Key.Key_Escape)
    assert house.at == "assess"


def test_each_engagement_opens_where_it_was_left(opened: Story) -> None:
    house = opened.house
    place = opened.place("consensus", assessment=opened.first, code="REP-4")
    house.go(place)
    house.go(Place("engagements"))
    house.key(ENTER)
    assert house.hall.place == place


def test_another_language_is_spoken_at_once(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("settings"))
    page = house.page
    assert isinstance(page, SettingsPage)
    page.languages.buttons["ar"].click()
    house.settle()
    assert words.language() == "ar"
    assert house.at == "settings"
    assert house.application.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert account.load().language == "ar"


def test_larger_type_and_night_are_worn_at_once(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("settings"))
    page = house.page
    assert isinstance(page, SettingsPage)
    page.larger.click()
    house.settle()
    assert theme.now().body == 17
    page = house.page
    assert isinstance(page, SettingsPage)
    page.looks.buttons["night"].click()
    house.settle()
    assert theme.now().night
    assert account.load() == account.Account("en", 17, "night", account.load().recent)


@pytest.mark.skipif(sys.platform != "linux", reason="the desktops of Linux")
def test_a_double_click_opens_files_from_now_on(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("settings"))
    page = house.page
    assert isinstance(page, SettingsPage)
    assert page.double_click.buttons["no"].isChecked()
    page.double_click.buttons["yes"].click()
    house.settle()
    assert association.associated()
    assert page.double_click.buttons["yes"].isChecked()
    page.double_click.buttons["no"].click()
    house.settle()
    assert not association.associated()


def test_another_person_writes(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("settings"))
    page = house.page
    assert isinstance(page, SettingsPage)
    other = next(row for row in page.people.rows if row.id != house.hall.workspace.author)
    page.people.opened.emit(other.id)
    house.settle()
    assert house.hall.workspace.author == other.id
    assert house.shell.rail is not None
    assert other.title in house.shell.rail.writer.accessibleName()


def test_a_person_is_added_and_found_while_typing(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("people"))
    page = house.page
    assert isinstance(page, PeoplePage)
    house.write("Zodwa")
    assert page.empty.isVisible()
    page.add.click()
    assert page.name.text() == "Zodwa", "what was searched is what is added"
    house.write(" N'Dour")
    house.key(ENTER)
    page.search.setText("ndour")
    assert [row.title for row in page.rows.rows] == ["Zodwa N'Dour"]


def test_a_body_gets_another_dated_name(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("people", part="bodies"))
    page = house.page
    assert isinstance(page, PeoplePage)
    page.search.setText("BALA")
    page.rows.opened.emit(page.rows.rows[0].id)
    page.new_name.setText("Botswana Association")
    page.valid_from.setText("2026-13")
    page.keep_name.click()
    assert house.shell.bars.message.isVisible()
    page.valid_from.setText("2026-06")
    page.keep_name.click()
    house.settle()
    body = people.organisation(house.hall.workspace, page.rows.rows[0].id)
    assert ("Botswana Association", "2026-06") in [(name.text, name.valid_from) for name in body.names]


def test_a_member_joins_the_team_and_is_taken_out(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("engagement"))
    page = house.page
    assert isinstance(page, EngagementPage)
    before = len(teams.members(house.hall.workspace, opened.engagement))
    page.person.setFocus()
    house.write("Zodwa N'Dour")
    house.key(ENTER)
    team = teams.members(house.hall.workspace, opened.engagement)
    assert [member.name for member in team if member.name == "Zodwa N'Dour"] == ["Zodwa N'Dour"]
    house.key(Qt.Key.Key_Z, CTRL)
    assert len(teams.members(house.hall.workspace, opened.engagement)) == before
    known = people.persons(house.hall.workspace, "ndour")[0]
    page.person.setText(f"{known.name} · {known.detail}".rstrip(" ·"))
    page.add_member.click()
    house.settle()
    assert known.id in [member.person for member in teams.members(house.hall.workspace, opened.engagement)]


def test_two_assessments_stand_beside_each_other(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("compare", code=opened.first, part=opened.second))
    page = house.page
    assert isinstance(page, ComparePage)
    expected = results.compare(house.hall.workspace, opened.first, opened.second)
    assert page.summary.text() == expected.summary
    assert page.table.rowCount() == 10
    page.former.setCurrentIndex(page.former.findData(opened.second))
    page.former.activated.emit(page.former.currentIndex())
    house.settle()
    assert page.empty.isVisible(), "an assessment is not compared with itself"


def test_the_demonstration_is_one_click_away(house: House) -> None:
    house.opening.start("")
    house.settle()
    page = house.page
    assert isinstance(page, FirstPage)
    click(page.demonstration)
    house.qtbot.waitUntil(lambda: house.hall.has_workspace, timeout=60_000)
    assert house.at == "engagement"
    shown = house.shell.page()
    assert shown is not None
    assert shown.story.isVisible()


def test_help_opens_for_the_page_and_leads_to_others(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("rating", assessment=opened.begin()))
    house.key(Qt.Key.Key_F1)
    page = house.page
    assert isinstance(page, HelpPage)
    assert "0 to 4" in page.reader.toPlainText()
    assert len(page.rows.rows) >= 14
    house.key(Qt.Key.Key_Left, ALT)
    assert house.at == "rating"


@pytest.mark.parametrize("page", sorted(KNOWN))
def test_each_page_has_its_help_with_a_picture(page: str) -> None:
    shown = {"begin": "start", "first": "start", "help": "start"}.get(page, page)
    text = places.resource(f"help/{shown}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    pictures = re.findall(r"\(\.\./pictures/([\w-]+\.png)\)", text)
    assert pictures
    for picture in pictures:
        assert places.resource(f"pictures/{picture}").is_file()


def test_a_form_that_was_asked_for_once_does_not_open_again(opened: Story, story: Path) -> None:
    house = opened.house
    house.go(opened.place("people", part="new"))
    page = house.page
    assert isinstance(page, PeoplePage)
    assert page.name.hasFocus()
    house.opening.open(str(story))
    assert house.hall.place == opened.place("people")


def test_ctrl_f_goes_to_the_search_of_the_page(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("people"))
    page = house.page
    assert isinstance(page, PeoplePage)
    page.add.setFocus()
    house.key(Qt.Key.Key_F, CTRL)
    assert page.search.hasFocus()
    house.go(opened.place("assess"))
    house.key(Qt.Key.Key_F, CTRL)
    assert house.at == "find"


def test_the_history_of_a_page_tells_who_and_when(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("rating", assessment=opened.begin(), code="LEG-1"))
    house.key(Qt.Key.Key_1)
    house.key(Qt.Key.Key_3)
    page = house.page
    assert isinstance(page, RatingPage)
    click(page.saved)
    house.settle()
    history = house.page
    assert isinstance(history, HistoryPage)
    assert [bool(row.pill) for row in history.rows.rows] == [True, False], "the latest stands now"
    assert all("Kagiso" in row.trailing for row in history.rows.rows)
    house.key(Qt.Key.Key_Left, ALT)
    assert (house.at, house.hall.place.code) == ("rating", "LEG-1")
