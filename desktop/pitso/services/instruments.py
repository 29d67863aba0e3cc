"""The readiness instrument of a workspace: the one that ships, or an office's own version of it."""

import hashlib
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from pitso import __version__, places
from pitso.domain.readiness.instrument import Instrument
from pitso.domain.trouble import Trouble
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.workspace import Workspace
from pitso.storage.edits import Attach, Edit, Put
from pitso.words import _

SHIPPED = "readiness/readiness.xml"


# ---- reading it once ----------------------------------------------------------------------------------------------


def instrument(ws: Workspace, form: str) -> Instrument:
    """The instrument of a form record; Trouble if its body has not arrived.

    To read a form takes the engine of forms and a tenth of a second; what was read is kept in the file, outside the
    journal, for as long as the same Pitso opens it.
    """
    if form not in ws.instruments:
        ws.instruments[form] = _kept(ws, form) or _read(ws, form)
    return ws.instruments[form]


def _kept(ws: Workspace, form: str) -> Instrument | None:
    try:
        return _decoder().decode(ws.journal.own(_place(form)) or "")
    except msgspec.MsgspecError:  # nothing is kept, or not all of it: the form itself is read
        return None


def _read(ws: Workspace, form: str) -> Instrument:
    from pitso.services.instrument_reading import instrument_of

    found = instrument_of(xform_of(ws, form))
    if not (ws.journal.file.read_only or ws.looking_back):
        ws.journal.set_own(_place(form), msgspec.json.encode(found, enc_hook=str).decode())
    return found


def _place(form: str) -> str:
    return f"instrument.{__version__}.{form}"


@lru_cache(maxsize=1)
def _decoder() -> "msgspec.json.Decoder[Instrument]":
    return msgspec.json.Decoder(Instrument, dec_hook=_fraction)


def _fraction(kind: type, text: Any) -> Fraction:
    return Fraction(text)


# ---- in the workspace ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def shipped() -> bytes:
    """The XForm of the instrument that ships with Pitso."""
    return places.form(SHIPPED).read_bytes()


def form_edits(ws: Workspace, xform: bytes, title: str) -> tuple[str, list[Edit]]:
    """The record of a form by its hash, and what brings it into the workspace if it is not there yet."""
    form = f"form/{hashlib.sha256(xform).hexdigest()[:32]}"
    if ws.journal.record(form):
        return form, []
    return form, [Put(form, "title", title), Attach(form, "xform", "form.xml", xform)]


def add_form(ws: Workspace, path: Path) -> Change:
    """Bring an office's own XLSForm into the workspace: from now on new assessments are made with it.

    Trouble names sheet, row and column of a fault, or what the form lacks to be a readiness instrument.
    """
    from pitso.services.instrument_reading import instrument_of
    from pitso.xforms import convert

    converted = convert(content_of(path))
    found = instrument_of(converted.xform)
    title = f"{found.title.get('en') or found.id} {found.version}"
    form, edits = form_edits(ws, converted.xform, title)
    edits.append(Put("form/current", "readiness", form))
    return ws.record(edits, said=_("New assessments use “{title}” now.").format(title=title), made=form)


def forms(ws: Workspace) -> tuple[tuple[str, str, bool], ...]:
    """The forms of the workspace: id, title, and whether new assessments use it."""
    current = ws.journal.record("form/current").get("readiness")
    found = ws.journal.records("form/")
    return tuple(
        (uid, str(record.get("title", "")), uid == current) for uid, record in found.items() if uid != "form/current"
    )


def current_xform(ws: Workspace) -> bytes:
    """The XForm that new assessments are made with: the office's own version, else the one that ships."""
    form = ws.journal.record("form/current").get("readiness")
    return xform_of(ws, form) if form else shipped()


def xform_of(ws: Workspace, form: str) -> bytes:
    """The XForm of a form record; Trouble if its body has not arrived."""
    attachment = ws.journal.record(form).get("xform")
    content = ws.journal.body(attachment.hash) if attachment else None
    if content is None:
        raise Trouble(
            _("The form that this assessment was made with has not arrived here."),
            _("Receive the bundle of the team that began it."),
        )
    return content
