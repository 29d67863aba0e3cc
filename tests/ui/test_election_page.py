"""An election by keyboard and by mouse: planned, nominated, voted, keyed twice by two people, declared."""

from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pitso.domain.counting import read_blt
from pitso.domain.counting.ballots import Paper
from pitso.services import contests, elections, finding, nominations, persons_here, rounds, workspace
from pitso.services.workspace import Workspace
from pitso.ui.pages.count import CountPage
from pitso.ui.pages.election import ElectionPage
from pitso.ui.parts.fields import Picker
from pitso.ui.parts.step_form import FormCard
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from tests.ui import hands
from tests.ui.conftest import Story

ENTER, BACKSPACE = Qt.Key.Key_Return, Qt.Key.Key_Backspace
PIN = "2468"


class Vote:
    """A further election in the story's room, with the hands of those who hold it."""

    def __init__(self, opened: Story) -> None:
        self.opened, self.house = opened, opened.house
        ws = self.ws
        moment = [datetime(2026, 6, 18, 14, 30, tzinfo=UTC)]

        def clock() -> datetime:
            moment[0] += timedelta(seconds=1)
            return moment[0]

        ws.clock = ws.journal.clock = clock
        told = contests.load(ws, contests.elections(ws, opened.engagement)[0])
        self.workshop = told.workshop
        self.officers = {one.role.value: one.person for one in told.officers}
        self.counters = [one.person for one in told.officers if one.role == "counter"]
        self.voters = [one.person for one in told.roll.electors]
        for person in (self.officers["scrutineer"], *self.counters):
            persons_here.set_pin(ws, person, PIN)

    @property
    def ws(self) -> Workspace:
        return self.house.hall.workspace

    def begin(self, rule: str, names: int) -> str:
        """An election of one position with its candidates, ready for the first round; returns the position."""
        ws, second = self.ws, self.officers["scrutineer"]
        decision = {"reason": "The hosts decided so.", "second": second, "pin": PIN}
        uid = elections.begin(
            ws, self.opened.engagement, self.workshop, title="Committee", held_on=ws.today(), **decision
        ).record
        contest = elections.add_position(ws, uid, title="Auditor", rule=rule).record
        elections.adopt_rules(ws, uid, how="by consensus")
        roles = [("returning", self.officers["returning"]), ("scrutineer", second)]
        for role, person in [*roles, *(("counter", person) for person in self.counters)]:
            elections.appoint(ws, uid, person, role)
        self.write_as(self.officers["returning"])
        elections.open_nominations(ws, uid)
        for person in self.voters[20 : 20 + names]:
            made = nominations.nominate(
                ws, contest, person=person, proposer=self.voters[0], seconder=self.voters[1], consent=True
            )
            nominations.rule(ws, made.record, ruling=nominations.ACCEPTED)
        elections.close_nominations(ws, uid)
        nominations.draw_order(ws, contest, order=[one.id for one in contests.load(ws, uid).contest(contest).standing])
        return contest

    def write_as(self, person: str) -> None:
        self.house.hall.desk.do(lambda: workspace.write_as(self.ws, person))

    def at(self, contest: str, step: str = "") -> ElectionPage:
        self.house.go(self.opened.place("election", code=contest, part=step))
        return cast(ElectionPage, self.house.page)

    def card(self, page: ElectionPage, deed: str) -> FormCard:
        return next(card for card in page.cards if deed in card.deeds)

    def fill(self, card: FormCard, **answers: str) -> None:
        for key, text in answers.items():
            editor = card.editors[key]
            if isinstance(editor, Picker):
                editor.setCurrentIndex(editor.findData(text))
            elif isinstance(editor, Tick):
                hands.click(editor)
            else:
                cast(QLineEdit, editor).setText(text)

    def press(self, page: ElectionPage, deed: str) -> None:
        hands.click(self.card(page, deed).deeds[deed])
        self.house.settle()

    def open_box(self, contest: str, papers: int) -> str:
        uid = rounds.open_round(self.ws, contest).record
        figures = {"printed": 100, "issued": papers, "handed_back": 0, "not_returned": 0, "unused": 100 - papers}
        rounds.keep_figures(self.ws, uid, figures)
        rounds.make_account(self.ws, uid)
        rounds.count_box(self.ws, uid, papers)
        return uid

    def count(self, uid: str, person: str) -> CountPage:
        self.write_as(person)
        self.house.go(self.opened.place("count", code=uid))
        return cast(CountPage, self.house.page)

    def type(self, keys: str) -> None:
        """Key these characters wherever the focus stands; ``>`` is Enter and ``<`` Backspace."""
        for key in keys:
            widget = self.house.focus()
            if key in "<>":
                hands.press(widget, BACKSPACE if key == "<" else ENTER)
            else:
                hands.write(widget, key)
            self.house.settle()

    def papers(self, uid: str) -> dict[Paper, int]:
        box = self.ws.journal.record(f"box/{uid.partition('/')[2]}/0")["papers"]
        return dict(read_blt(box).papers)


@pytest.fixture
def vote(opened: Story) -> Vote:
    return Vote(opened)


def test_ctrl_5_leads_to_the_election_and_the_ladder_is_walked_with_the_arrows(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("engagement"))
    house.key(Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    page = cast(ElectionPage, house.page)
    assert house.at == "election"
    assert page.panel is not None
    assert page.panel.title.text() == "Office bearers of LALA"
    page.rungs.setFocus()
    for _step in range(3):
        house.key(Qt.Key.Key_Up)
    house.key(ENTER)
    assert page.title.text() == "Count"
    assert page.figures.rowCount() == 2
    hands.click(page.parts.buttons[list(page.parts.buttons)[1]] if page.parts else page)
    house.settle()
    assert page.second.text() == "Deputy President"


def test_an_election_is_planned_from_the_first_position_to_the_adopted_rules(vote: Vote) -> None:
    house, ws = vote.house, vote.ws
    house.go(vote.opened.place("election"))
    page = cast(ElectionPage, house.page)
    hands.click(page.new)
    house.settle()
    card = vote.card(page, "begin")
    vote.fill(card, title="Committee", held_on="tomorrow")
    vote.press(page, "begin")
    assert "year-month-day" in card._fields["held_on"].fault.text()
    vote.fill(card, held_on="2026-06-18")
    if "reason" in card.editors:
        vote.fill(card, reason="The hosts decided so.", second=name_of(card, vote.officers["scrutineer"]), pin=PIN)
    card.editors["title"].setFocus()
    house.key(ENTER)
    assert page.title.text() == "Rules adopted"
    vote.fill(vote.card(page, "add-position"), title="Auditor", places="two")
    vote.press(page, "add-position")
    assert "whole number" in vote.card(page, "add-position")._fields["places"].fault.text()
    vote.fill(vote.card(page, "add-position"), places="1")
    vote.press(page, "add-position")
    vote.fill(vote.card(page, "conditions"), women="1", councils="")
    vote.press(page, "conditions")
    vote.fill(vote.card(page, "adopt"), how="by consensus")
    vote.press(page, "adopt")
    uid = contests.elections(ws, vote.opened.engagement)[-1]
    assert contests.load(ws, uid).rules["how"] == "by consensus"
    assert page.title.text() == "Officers"


def name_of(card: FormCard, person: str) -> str:
    """How a person is written in the list of a field."""
    ask = next(ask for ask in card.form.asks if ask.key == "second")
    return dict(ask.choices)[person]


def test_a_nomination_is_noted_completed_and_ruled_on(vote: Vote) -> None:
    contest = vote.begin("plurality", 2)
    uid = elections.election_of(contest)
    elections.open_nominations(vote.ws, uid)
    page = vote.at(contest, "nominations 0")
    card = vote.card(page, "nominate")
    names = dict(card.form.asks[0].choices)
    vote.fill(card, person="Nobody at all")
    vote.press(page, "nominate")
    assert "Choose a name" in card._fields["person"].fault.text()
    vote.fill(card, person=names[vote.voters[30]], seconder=names[vote.voters[1]])
    vote.press(page, "nominate")
    made = contests.load(vote.ws, uid).contest(contest).candidates
    new = next(one for one in made if one.person == vote.voters[30])
    page.rows.setFocus()
    hands.click(page.rows.viewport(), page.rows.rect_of(new.id).center())
    vote.house.settle()
    row = vote.card(page, "refuse")
    assert "It lacks: a proposer, the consent." in row.form.hint
    vote.fill(row, proposer=names[vote.voters[2]], consent="yes")
    vote.press(page, "complete")
    hands.click(page.rows.viewport(), page.rows.rect_of(new.id).center())
    vote.house.settle()
    vote.press(page, "accept")
    assert len(contests.load(vote.ws, uid).contest(contest).standing) == 3


def test_a_round_goes_from_its_opening_to_the_box(vote: Vote) -> None:
    page = vote.at(vote.begin("plurality", 2))
    assert page.title.text() == "First round"
    page.cards[0].deeds["open-round"].setFocus()
    vote.house.key(ENTER)
    assert page.title.text() == "Account of the papers"
    vote.fill(
        vote.card(page, "make-account"), printed="100", issued="87", handed_back="0", not_returned="0", unused="12"
    )
    vote.press(page, "make-account")
    assert "Printed is not issued and unused together." in vote.house.shell.bars.happened.text()
    vote.fill(vote.card(page, "explain printed"), text="One was torn in the printer.")
    vote.press(page, "explain printed")
    vote.press(page, "make-account")
    assert page.title.text() == "Papers in the box"
    vote.fill(vote.card(page, "count-box"), number="87")
    vote.press(page, "count-box")
    assert page.title.text() == "Entry of the papers"
    vote.press(page, "entry")
    assert vote.house.at == "count"


def test_papers_with_one_mark_are_keyed_twice_and_what_differs_is_looked_at(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("plurality", 2), 5)
    page = vote.count(uid, vote.counters[0])
    vote.type("1120<0x")
    assert page.told.text().endswith("5 of 5 papers")
    assert [button.candidate.votes for button in page.buttons] == [2, 1]
    hands.click(page.undo)
    hands.click(page.rejected)
    hands.click(page.end)
    page = vote.count(uid, vote.counters[1])
    hands.click(page.buttons[0])
    hands.click(page.buttons[1])
    vote.type("20x")
    hands.click(page.end)
    vote.house.settle()
    assert page.close_box.isHidden()
    first = next(card for card in page.findChildren(QWidget) if card.property("card") == "warn" and card.isVisible())
    assert first.isVisible()
    vote.write_as(vote.officers["returning"])
    vote.house.settle()
    page.agreed.emit(0, "first")
    vote.house.settle()
    assert page.close_box.isVisible()
    page.close_box.setFocus()
    vote.house.key(ENTER)
    assert vote.house.at == "election"
    assert vote.papers(uid) == {(1,): 2, (2,): 1, (): 2}
    assert vote.ws.journal.scratch("") == {}


def test_two_tallies_that_differ_are_shown_candidate_by_candidate(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("plurality", 3), 5)
    page = vote.count(uid, vote.officers["returning"])
    hands.click(page.ways.buttons["tally"])
    vote.house.settle()
    for counter, keys in zip(vote.counters, ("11230", "11133"), strict=True):
        page = vote.count(uid, counter)
        vote.type(keys)
        hands.click(page.end)
    vote.house.settle()
    names = [button.candidate.name for button in page.buttons]
    said = [each.text() for each in page.findChildren(Words) if each.text().count(" and ") == 1]
    assert said == [f"{names[0]}: 2 and 3", f"{names[1]}: 1 and 0", f"{names[2]}: 1 and 2", "blank: 1 and 0"]


def test_papers_with_several_crosses_are_keyed_by_the_mouse_alone(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("approval", 3), 2)
    for counter in vote.counters:
        page = vote.count(uid, counter)
        assert not page.next.isEnabled()
        for button in (page.buttons[2], page.buttons[0], page.buttons[1], page.buttons[1]):
            hands.click(button)
        assert (page.next.isEnabled(), page.end.isEnabled()) == (True, False)
        hands.click(page.next)
        vote.house.settle()
        assert [button.candidate.votes for button in page.buttons] == [1, 0, 1]
        hands.click(page.blank)
        hands.click(page.end)
    vote.write_as(vote.officers["returning"])
    vote.house.settle()
    hands.click(page.close_box)
    assert vote.papers(uid) == {(1, 3): 1, (): 1}


def test_papers_with_numbers_are_keyed_in_the_order_of_the_preferences(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("irv", 3), 3)
    for counter in vote.counters:
        page = vote.count(uid, counter)
        vote.type("231>1-3>>2<>0")
        assert page.told.text().endswith("3 of 3 papers")
        assert page.in_hand.text() == "The paper in hand: nothing yet"
        hands.click(page.end)
    vote.write_as(vote.officers["returning"])
    vote.house.settle()
    hands.click(page.close_box)
    assert vote.papers(uid) == {(2, 3, 1): 1, (1, 0, 3): 1, (): 1}


def test_ctrl_z_takes_back_a_paper_and_no_deed(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("plurality", 2), 5)
    page = vote.count(uid, vote.counters[0])
    vote.type("12")
    vote.house.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.told.text().endswith("1 of 5 papers")
    assert vote.ws.journal.record(uid)["in_box"] == 5


def test_a_challenged_paper_waits_for_a_decision(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("plurality", 2), 2)
    for counter in vote.counters:
        page = vote.count(uid, counter)
        vote.type("1?2")
        hands.click(page.end)
    vote.write_as(vote.officers["returning"])
    vote.house.settle()
    assert page.close_box.isHidden()
    page.decided.emit(1, "unclear")
    vote.house.settle()
    hands.click(page.close_box)
    assert vote.papers(uid) == {(1,): 1, (): 1}


def test_a_candidate_or_the_first_counter_cannot_make_the_second_entry(vote: Vote) -> None:
    uid = vote.open_box(vote.begin("plurality", 2), 2)
    page = vote.count(uid, vote.voters[20])
    assert "is a candidate" in page.stopped_words.text()
    page = vote.count(uid, vote.counters[0])
    vote.type("12")
    hands.click(page.end)
    vote.house.settle()
    assert page.again.isVisible()
    assert page.keys.isHidden()


def test_a_result_is_declared_with_the_pin_of_a_scrutineer_and_office_accepted(vote: Vote) -> None:
    contest = vote.begin("plurality", 2)
    uid = vote.open_box(contest, 3)
    for counter in vote.counters:
        page = vote.count(uid, counter)
        vote.type("121")
        hands.click(page.end)
    vote.write_as(vote.officers["returning"])
    vote.house.settle()
    hands.click(page.close_box)
    vote.house.settle()
    election = vote.at(contest)
    assert election.title.text() == "Declaration"
    card = vote.card(election, "declare")
    vote.fill(card, second=name_of(card, vote.officers["scrutineer"]), pin="1111")
    vote.press(election, "declare")
    assert "not the PIN" in vote.house.shell.bars.happened.text()
    vote.fill(vote.card(election, "declare"), pin=PIN)
    vote.press(election, "declare")
    assert election.title.text() == "Acceptance and handover"
    vote.fill(vote.card(election, "take-office"), **{"from": "2026-06-18", "until": "2029-06-18"})
    vote.press(election, "take-office")
    (office,) = contests.load(vote.ws, elections.election_of(contest)).contest(contest).offices.values()
    assert office["until"] == "2029-06-18"
    assert QApplication.focusWidget() is not None


def test_ctrl_p_leads_to_the_paper_of_the_step_and_a_candidate_is_found_by_name(opened: Story) -> None:
    house = opened.house
    told = contests.load(house.hall.workspace, contests.elections(house.hall.workspace, opened.engagement)[0])
    house.go(opened.place("election", code=told.contests[0].id, part="declaration 0"))
    house.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert house.at == "papers"
    assert house.hall.place.code == f"declaration {told.contests[0].id}"
    house.go(opened.place("find"))
    house.write("khoeli moru")
    house.settle()
    found = {line.id for line in finding.find(house.hall.workspace, "khoeli moru")}
    assert told.contests[0].id in found
    house.shell.binding_here()._pick(told.contests[0].id)
    house.settle()
    page = cast(ElectionPage, house.page)
    assert page.second.text() == "President"
