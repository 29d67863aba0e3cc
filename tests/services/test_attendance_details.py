"""What else is noted of a participant: never needed, never printed, and a photograph by consent only."""

import io
from pathlib import Path

import pytest
from msgspec.structs import fields
from PIL import Image

from pitso.domain.policies import Reader, policy
from pitso.domain.trouble import Trouble
from pitso.services import attendance, attendance_details, workshops
from pitso.services.attendance import Invited
from pitso.services.room_views import Participant
from pitso.services.workspace import Workspace

from .conftest import the_engagement


@pytest.fixture
def somebody(demo: Workspace) -> str:
    day = demo.today()
    workshop = workshops.begin(demo, the_engagement(demo), title="W", kind="strategy", starts=day, ends=day).record
    attendance.invite(demo, workshop, [Invited("Mpho Thaba-Noka")])
    return attendance.participants(demo, workshop)[0].id


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "mpho.png"
    Image.new("RGB", (2000, 1000), "navy").save(path)
    return path


def note(demo: Workspace, uid: str, *, agreed: bool) -> None:
    attendance_details.note(demo, uid, language=" Sesotho ", disability="yes", photo_consent=agreed)


def test_what_was_noted_is_shown(demo: Workspace, somebody: str) -> None:
    assert attendance_details.details(demo, somebody) == attendance_details.Details()
    note(demo, somebody, agreed=True)
    assert attendance_details.details(demo, somebody) == attendance_details.Details("Sesotho", "yes", True)


def test_a_photograph_needs_consent_and_goes_with_it(demo: Workspace, somebody: str, picture: Path) -> None:
    with pytest.raises(Trouble, match="has not agreed"):
        attendance_details.attach_photo(demo, somebody, picture)
    note(demo, somebody, agreed=True)
    attendance_details.attach_photo(demo, somebody, picture)
    content = attendance_details.picture(demo, somebody)
    assert content is not None
    assert Image.open(io.BytesIO(content)).size == (600, 300)
    note(demo, somebody, agreed=False)
    assert attendance_details.picture(demo, somebody) is None
    assert attendance_details.details(demo, somebody).photo == ""


def test_what_is_no_picture_is_refused(demo: Workspace, somebody: str, tmp_path: Path) -> None:
    note(demo, somebody, agreed=True)
    (tmp_path / "x.jpg").write_text("no picture")
    with pytest.raises(Trouble, match="no picture"):
        attendance_details.attach_photo(demo, somebody, tmp_path / "x.jpg")
    with pytest.raises(Trouble, match="could not be read"):
        attendance_details.attach_photo(demo, somebody, tmp_path / "gone.jpg")
    with pytest.raises(Trouble, match="in no list"):
        attendance_details.note(demo, somebody, language="", disability="perhaps", photo_consent=True)


@pytest.mark.parametrize(("field", "reader"), [("photo", Reader.TEAM), ("disability", Reader.OFFICE)])
def test_it_can_be_left_out_of_a_bundle(field: str, reader: Reader) -> None:
    told = policy("attendance", field)
    assert (told.detached, told.reader) == (True, reader)


def test_no_paper_can_print_it() -> None:
    """Every list of the room is made of participants, who bear none of it."""
    assert not {"photo", "disability", "language"} & {field.name for field in fields(Participant)}


def test_a_workshop_says_what_it_offers(demo: Workspace) -> None:
    day = demo.today()
    workshop = workshops.begin(
        demo,
        the_engagement(demo),
        title="W",
        kind="strategy",
        starts=day,
        ends=day,
        languages="English, Sesotho",
        interpretation=True,
        accessibility=("sign_language", "step_free"),
    ).record
    assert workshops.workshop(demo, workshop).offers == ("English, Sesotho", "Interpreted", "No steps", "Sign language")
