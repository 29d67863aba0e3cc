"""A person at the register of people: posts noted by keyboard, left by one click, consents ticked."""

from PySide6.QtCore import Qt

from pitso.services import people, posts
from pitso.ui.pages.people import BODIES, PERSONS, PeoplePage
from tests.ui.conftest import House, Story

ENTER = Qt.Key.Key_Return


def page(house: House) -> PeoplePage:
    assert isinstance(house.page, PeoplePage), house.at
    return house.page


def test_a_post_is_noted_and_left_and_stands_at_its_body(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    person = people.persons(ws, "Kagiso")[0].id
    house.hall.go("people", part=PERSONS, code=person)
    shown = page(house).posts
    shown.post.setFocus()
    house.write("Mayor of Basalt")
    house.key(Qt.Key.Key_Tab)
    shown.body.setCurrentIndex(shown.body.findText("Basalt District Council"))
    shown.since.setFocus()
    house.write("soon")
    house.key(ENTER)
    assert posts.held_by(ws, person) == ()
    assert shown.post.text() == "Mayor of Basalt", "what was typed is lost"
    shown.since.clear()
    house.write("2025")
    house.key(ENTER)
    (line,) = posts.held_by(ws, person)
    assert (line.post, line.body_name, line.since) == ("Mayor of Basalt", "Basalt District Council", "2025")
    assert shown.post.text() == ""
    body = people.organisations(ws, "basalt")[0].id
    house.hall.go("people", part=BODIES, code=body)
    assert page(house).holders.isVisible()
    shown.left.emit(line.id)
    assert posts.held_by(ws, person)[0].until == ws.today().isoformat()


def test_each_consent_is_ticked_for_itself_and_undone(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    line = next(line for line in people.persons(ws) if not line.consents)
    house.hall.go("people", part=PERSONS, code=line.id)
    tick = page(house).consents[people.PICTURED]
    tick.setFocus()
    house.key(Qt.Key.Key_Space)
    assert people.persons(ws, line.name)[0].consents == {people.PICTURED}
    house.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not tick.isChecked()
