"""The contact log by keyboard: a call in one line, an answer to a letter, a person who has left."""

from PySide6.QtCore import Qt

from pitso.services import contacts
from pitso.services.programme_views import ContactLine
from pitso.ui.pages.contacts import ContactsPage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


def at_log(opened: Story) -> ContactsPage:
    opened.house.go(opened.place("contacts"))
    page = opened.house.page
    assert isinstance(page, ContactsPage)
    return page


def lines(opened: Story) -> tuple[ContactLine, ...]:
    return contacts.contacts(opened.house.hall.workspace, opened.engagement)


def test_a_call_is_logged_by_keyboard_and_the_page_is_never_left(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    assert page.means.hasFocus()
    house.write("Te")
    house.key(TAB)
    house.write("c")
    house.key(TAB)
    for letter in "Mpho Never-Seen":  # names are offered meanwhile
        house.write(letter)
        house.settle()
    house.key(TAB)
    house.write("Dates of visit 4")
    house.key(ENTER)
    assert house.at == "contacts"
    (call,) = [line for line in lines(opened) if line.subject == "Dates of visit 4"]
    assert (call.means, call.direction) == ("telephone", "both")
    assert "Mpho Never-Seen" in call.parties
    assert page.means.hasFocus()
    assert page.subject.text() == ""
    assert page.what.text() == "Dates of visit 4"


def test_what_is_missing_is_told_beside_its_field(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    page.when.setText("yesterday")
    house.key(TAB)
    house.key(ENTER)
    assert "day and time" in page.when_field.fault.text()
    assert page.when.hasFocus()
    page.when.setText("2026-09-29 10:00")
    house.key(ENTER)
    assert page.party.hasFocus()
    assert len(lines(opened)) == 14


def test_the_open_letter_stands_on_top_and_is_answered(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    assert page.rows.rows[1].pill == "5 days late"
    page.rows.setFocus()
    house.key(ENTER)
    hands.click(page.answer)
    assert page.direction.code() == "received"
    assert page.party.code() == lines(opened)[0].party
    assert page.subject.hasFocus()
    house.write("The certificate is being printed")
    house.key(ENTER)
    assert not any(line.waits for line in lines(opened))
    assert "answers: Registration of LALA" in page.told.text()


def test_what_came_of_it_is_chosen_and_a_left_office_leads_to_its_form(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    house.hall.go("contacts", code=lines(opened)[0].id)
    house.settle()
    assert not page.change.isVisible()
    page.outcome.setCurrentIndex(page.outcome.findData("left_office"))
    page.outcome.activated.emit(page.outcome.currentIndex())
    house.settle()
    assert page.change.isVisible()
    hands.click(page.change)
    house.settle()
    assert house.at == "form"
    assert "/leadership/" in house.hall.place.code


def test_a_summary_and_a_day_are_kept_by_themselves(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    page.rows.setFocus()
    house.key(ENTER)
    page.summary.setFocus()
    house.write("Asked twice")
    page.answer_by.setFocus()
    page.answer_by.setText("2026-10-09")
    house.key(TAB)
    assert (lines(opened)[0].summary, str(lines(opened)[0].answer_by)) == ("Asked twice", "2026-10-09")
    page.answer_by.setFocus()
    page.answer_by.setText("soon")
    house.key(TAB)
    assert "year-month-day" in page.answer_field.fault.text()


def test_escape_empties_the_line_then_closes_the_card_then_asks_nothing_more(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    page.rows.setFocus()
    house.key(ENTER)
    page.subject.setText("half typed")
    house.key(ESCAPE)
    assert page.subject.text() == ""
    assert page.card.isVisible()
    house.key(ESCAPE)
    assert not page.card.isVisible()
    assert house.at == "contacts"


def test_the_body_in_whose_name_it_went_out_is_chosen(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    page.rows.setFocus()
    house.key(ENTER)
    assert page.own.currentText() == "UCLG Africa"
    page.own.setCurrentIndex(page.own.findText("BALA"))
    page.own.activated.emit(page.own.currentIndex())
    house.settle()
    assert "BALA to Ministry" in page.who.text()


def test_words_narrow_the_log(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    house.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    house.write("manual bala")
    assert [row.title for row in page.rows.rows] == ["Office manual of BALA"]


def test_a_commitment_is_made_of_it(opened: Story) -> None:
    page, house = at_log(opened), opened.house
    page.rows.setFocus()
    house.key(ENTER)
    page.promise.click()
    house.settle()
    assert house.at == "commitments"
