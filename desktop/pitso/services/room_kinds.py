"""The sorts of papers of a workshop."""

from collections.abc import Callable
from typing import Any

from pitso.domain.policies import Reader
from pitso.paper.documents import (
    attendance_register,
    badges,
    certificate,
    delegates_roll,
    proceedings,
    workshop_programme,
    workshop_statistics,
)
from pitso.services import proceedings_papers, room_papers
from pitso.services.paper_kind import (
    Kind,
    for_signature,
    for_the_office,
    in_the_room,
)
from pitso.services.workspace import Workspace
from pitso.words import _


def _of_workshop(
    title: Callable[[], str],
    moment: Callable[[], str],
    view: Callable[[Workspace, str, Reader], Any],
    draw: Callable[[Any, str], bytes],
    *readers: Reader,
) -> Kind:
    """A sort of paper that is made of a workshop."""
    return Kind(title, moment, room_papers.found, view, draw, room_papers.sources, readers)


ROOM = {
    "programme": _of_workshop(
        lambda: _("Programme"),
        in_the_room,
        proceedings_papers.programme_paper,
        workshop_programme.make,
        Reader.BOTH_SIDES,
        Reader.PUBLIC,
    ),
    "badges": _of_workshop(
        lambda: _("Badges"),
        in_the_room,
        lambda ws, of, _reader: room_papers.badge_sheet(ws, of),
        badges.make,
        Reader.TEAM,
    ),
    "register-blank": _of_workshop(
        lambda: _("Register to sign, of those invited"),
        in_the_room,
        room_papers.invited_register,
        attendance_register.make,
        Reader.TEAM,
    ),
    "register": _of_workshop(
        lambda: _("Attendance register"),
        for_signature,
        room_papers.register,
        attendance_register.make,
        Reader.TEAM,
        Reader.OFFICE,
    ),
    "roll": _of_workshop(
        lambda: _("Roll of delegates"), for_signature, room_papers.roll, delegates_roll.make, Reader.BOTH_SIDES
    ),
    "roll-to-sign": _of_workshop(
        lambda: _("Roll to sign for the ballot paper"),
        in_the_room,
        lambda ws, of, reader: room_papers.roll(ws, of, reader, for_signing=True),
        delegates_roll.make,
        Reader.BOTH_SIDES,
    ),
    "resolutions": _of_workshop(
        lambda: _("Book of resolutions"),
        for_signature,
        proceedings_papers.book,
        proceedings.make,
        Reader.BOTH_SIDES,
        Reader.OFFICE,
        Reader.PUBLIC,
    ),
    "minutes": _of_workshop(
        lambda: _("Minutes"),
        for_signature,
        proceedings_papers.minutes,
        proceedings.make,
        Reader.BOTH_SIDES,
        Reader.TEAM,
        Reader.OFFICE,
    ),
    "certificates": _of_workshop(
        lambda: _("Certificates of attendance"),
        for_signature,
        room_papers.certificates,
        certificate.make,
        Reader.TEAM,
    ),
    "statistics": _of_workshop(
        lambda: _("Figures of the workshop"),
        for_the_office,
        proceedings_papers.statistics,
        workshop_statistics.make,
        Reader.OFFICE,
        Reader.BOTH_SIDES,
        Reader.PUBLIC,
    ),
}
"""The papers of a workshop."""
