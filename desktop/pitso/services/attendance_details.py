"""What the desk may note of a participant besides the badge: language, disability, and a photograph by consent."""

from dataclasses import dataclass
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import pictures
from pitso.services.attached import content_of
from pitso.services.attendance import answers
from pitso.services.change import Change
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Attach, Put
from pitso.storage.journal import Attachment
from pitso.words import _

LONGEST = 600
"""Longest side of a photograph in pixels: enough to know a face by, and small in a bundle."""


@dataclass(frozen=True)
class Details:
    """Disability and photograph stand on this screen only, and on no paper."""

    language: str = ""
    """As it was typed; people speak more languages than a list holds."""
    disability: str = "not_said"
    photo_consent: bool = False
    photo: str = ""
    """Name of the file; empty where there is none, or no consent any more."""
    answer: str = ""
    """To the invitation, by code."""


def disabilities() -> dict[str, str]:
    """Whether somebody has a disability, by code; what is not said stands first."""
    return {"not_said": _("Not said"), "yes": _("Yes"), "no": _("No")}


def details(ws: Workspace, attendance: str) -> Details:
    """What was noted of one participant."""
    record = ws.journal.record(attendance)
    agreed, photo = record.get("photo_consent") == "yes", record.get("photo")
    return Details(
        language=str(record.get("language") or ""),
        disability=str(record.get("disability") or "not_said"),
        photo_consent=agreed,
        photo=photo.name if agreed and isinstance(photo, Attachment) else "",
        answer=str(record.get("answer") or ""),
    )


def picture(ws: Workspace, attendance: str) -> bytes | None:
    """The photograph; None where there is none, no consent, or its content is not here."""
    photo = ws.journal.record(attendance).get("photo")
    if not details(ws, attendance).photo or not isinstance(photo, Attachment):
        return None
    return ws.journal.body(photo.hash)


def note(
    ws: Workspace, attendance: str, *, language: str, disability: str, photo_consent: bool, answer: str = ""
) -> Change:
    """Note what was said; whoever takes the consent back is shown on no photograph any more."""
    for code, known in ((disability, disabilities()), (answer, answers())):
        if code not in known:
            raise Trouble(_("“{code}” is in no list.").format(code=code), _("Choose one of the list."))
    record = ws.journal.record(attendance)
    wanted = {
        "language": language.strip() or None,
        "disability": disability if disability != "not_said" else None,
        "photo_consent": "yes" if photo_consent else None,
        "answer": answer or None,
    }
    edits = [Put(attendance, field, value) for field, value in wanted.items() if value != record.get(field)]
    if not photo_consent and record.get("photo"):
        edits.append(Put(attendance, "photo", None))
    said = _("{name}: noted.").format(name=person_name(ws, record.get("person")))
    return ws.record(edits, said=said, made=attendance)


def attach_photo(ws: Workspace, attendance: str, path: Path) -> Change:
    """Keep a photograph, made smaller and without its place; Trouble without consent, and for what is no picture."""
    record = ws.journal.record(attendance)
    name = person_name(ws, record.get("person"))
    if record.get("photo_consent") != "yes":
        raise Trouble(
            _("{name} has not agreed to be shown in photographs.").format(name=name), _("Ask, then note the consent.")
        )
    edit = Attach(attendance, "photo", *pictures.smaller(path.name, content_of(path), LONGEST))
    return ws.record([edit], said=_("{file} was attached.").format(file=path.name), made=attendance)
