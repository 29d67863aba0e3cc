"""Posts, who holds them, and training: dates that may be years alone, and bad input told."""

from datetime import date

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import finding, people, posts
from pitso.services.workspace import Workspace


@pytest.fixture
def clerk(demo: Workspace) -> tuple[str, str]:
    """A person and a body of the demonstration."""
    return people.persons(demo)[0].id, people.organisations(demo)[0].id


def test_a_post_is_held_until_it_is_left(demo: Workspace, clerk: tuple[str, str]) -> None:
    person, body = clerk
    tenure = posts.take(demo, person=person, body=body, post="Town clerk", since="2024-05").record
    (line,) = posts.held_by(demo, person)
    assert (line.post, line.since, line.held_on(date(2026, 9, 30))) == ("Town clerk", "2024-05", True)
    assert posts.of_body(demo, body) == (line,)
    posts.leave(demo, tenure, "2026-08")
    (line,) = posts.held_by(demo, person)
    assert line.held_on(date(2026, 8, 31))
    assert not line.held_on(date(2026, 9, 1))
    assert person in {found.id for found in finding.find(demo, "town clerk")}


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        ("2026", "2025", "before it begins"),
        ("2026-05", "2026-04-30", "before it begins"),
        ("", "", "date"),
        ("", "soon", "date"),
    ],
)
def test_a_post_that_ends_before_it_begins_is_told(
    demo: Workspace, clerk: tuple[str, str], since: str, until: str, why: str
) -> None:
    person, body = clerk
    tenure = posts.take(demo, person=person, body=body, post="Mayor", since=since).record
    with pytest.raises(Trouble, match=why):
        posts.leave(demo, tenure, until)
    assert posts.held_by(demo, person)[0].until == ""


@pytest.mark.parametrize(
    ("body", "post", "since"),
    [("", "Mayor", ""), ("organisation/none", "Mayor", ""), (None, " ", ""), (None, "Mayor", "May")],
)
def test_what_is_no_post_is_told(
    demo: Workspace, clerk: tuple[str, str], body: str | None, post: str, since: str
) -> None:
    with pytest.raises(Trouble):
        posts.take(demo, person=clerk[0], body=clerk[1] if body is None else body, post=post, since=since)
    assert posts.held_by(demo, clerk[0]) == ()


def test_the_office_bearers_of_the_story_hold_their_offices(demo: Workspace) -> None:
    held = {line.post: line.person_name for person in people.persons(demo) for line in posts.held_by(demo, person.id)}
    assert held["President"] == "Refiloe Koro-Naleli"
    assert set(held) >= {"President", "Deputy President", "Treasurer"}


def test_the_training_of_the_peers_is_told(demo: Workspace) -> None:
    told = [line for person in people.persons(demo) for line in posts.training(demo, person.id)]
    assert sorted(line.day for line in told) == ["2025-11-12"] * 4 + ["2026-05-06"]
