"""The readiness instrument, read from the XLSForm that ships or from an office's own version of it."""

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from pitso import places
from pitso.domain.readiness.instrument import Dimension, Indicator, Instrument, Stage, Text, Thresholds
from pitso.domain.trouble import Trouble
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.workspace import Workspace
from pitso.storage.edits import Attach, Edit, Put
from pitso.words import _
from pitso.xforms import Form, Question, convert, read_form

SHIPPED = "readiness/readiness.xml"
STAGES = {Stage.FOUNDING: "founding", Stage.SCALEDOWN: "scaledown"}


@lru_cache(maxsize=8)
def instrument_of(xform: bytes) -> Instrument:
    """The instrument in an XForm; Trouble names what is missing for it to be one."""
    form = read_form(xform)
    attributes = _Attributes(form.attributes, form.id)
    codes = {language.name: language.code for language in form.languages} or {"": "en"}
    dimensions = tuple(
        Dimension(
            code=group.attributes["pitso:dimension"],
            weight=_Attributes(group.attributes, group.name).whole("weight"),
            name=_text(group.labels, codes),
            question=_text(group.hints, codes),
            minimum={
                stage: _Attributes(group.attributes, group.name).whole(f"{prefix}_minimum")
                for stage, prefix in STAGES.items()
            },
        )
        for group in form.groups
        if "pitso:dimension" in group.attributes
    )
    indicators = tuple(
        _indicator(form, question, codes) for question in form.questions if "pitso:indicator" in question.attributes
    )
    if not dimensions or not indicators:
        raise Trouble(
            _("The form “{form}” is no readiness instrument: it has no dimensions or no indicators.").format(
                form=form.id
            ),
            _("Give its groups bind::pitso:dimension and its questions bind::pitso:indicator."),
        )
    return Instrument(
        id=form.id,
        version=form.version,
        digest=hashlib.sha256(xform).hexdigest(),
        title=_title(form, codes),
        languages=tuple(codes.values()),
        dimensions=dimensions,
        indicators=indicators,
        thresholds={stage: _thresholds(attributes, prefix) for stage, prefix in STAGES.items()},
        dimension_coverage_minimum=attributes.fraction("dimension_coverage_minimum"),
        overall_coverage_minimum=attributes.fraction("overall_coverage_minimum"),
        strong_evidence=frozenset(attributes.text("strong_evidence").split()),
        minimum_raters=attributes.whole("minimum_raters"),
        spread_requires_reason=attributes.whole("spread_requires_reason"),
        distance_requires_reason=attributes.whole("distance_requires_reason"),
    )


class _Attributes:
    """Values that ride on a form in Pitso's namespace; Trouble names what is missing or is no number."""

    def __init__(self, attributes: Mapping[str, str], of: str) -> None:
        self._attributes, self._of = attributes, of

    def text(self, name: str) -> str:
        if not (value := self._attributes.get(f"pitso:{name}", "")):
            raise Trouble(
                _("The instrument says nothing of “{name}” ({of}).").format(name=name, of=self._of),
                _("Fill the column pitso:{name} of the form, then bring it in again.").format(name=name),
            )
        return value

    def fraction(self, name: str) -> Fraction:
        text = self.text(name)
        try:
            return Fraction(text)
        except (ValueError, ZeroDivisionError) as error:
            raise Trouble(
                _("“{text}” is no number (pitso:{name} of {of}).").format(text=text, name=name, of=self._of),
                _("Write a number there, then bring the form in again."),
            ) from error

    def whole(self, name: str) -> int:
        return int(self.fraction(name))

    def given(self, name: str) -> bool:
        return bool(self._attributes.get(f"pitso:{name}"))


def _thresholds(attributes: _Attributes, prefix: str) -> Thresholds:
    confidence = f"{prefix}_confidence_minimum"
    return Thresholds(
        not_ready_below=attributes.fraction(f"{prefix}_not_ready_below"),
        ready_from=attributes.fraction(f"{prefix}_ready_from"),
        confidence_minimum=attributes.fraction(confidence) if attributes.given(confidence) else None,
    )


def _title(form: Form, codes: Mapping[str, str]) -> Text:
    titles = {code: form.attributes.get(f"pitso:title_{code}", "") for code in codes.values()}
    return {code: title for code, title in titles.items() if title} or {"en": form.title}


def _text(labels: Mapping[str, str], codes: Mapping[str, str]) -> Text:
    return {codes[language]: text for language, text in labels.items() if language in codes}


def _indicator(form: Form, question: Question, codes: Mapping[str, str]) -> Indicator:
    attributes = _Attributes(question.attributes, question.name)
    dimension = next(
        (
            form.group(path).attributes["pitso:dimension"]
            for path in reversed(question.groups)
            if "pitso:dimension" in form.group(path).attributes
        ),
        None,
    )
    levels = {choice.name: _text(choice.labels, codes) for choice in question.choices}
    if dimension is None or not all(str(level) in levels for level in range(5)):
        raise Trouble(
            _("The indicator “{code}” stands outside every dimension, or lacks one of the levels 0 to 4.").format(
                code=question.name
            ),
            _("Put it into a group with bind::pitso:dimension and give its list the choices 0, 1, 2, 3 and 4."),
        )
    return Indicator(
        code=question.attributes["pitso:indicator"],
        dimension=dimension,
        weight=attributes.whole("weight"),
        statement=_text(question.labels, codes),
        guidance=_text(question.guidance, codes),
        evidence=_text(question.hints, codes),
        levels=tuple(levels[str(level)] for level in range(5)),
        na_allowed="NA" in levels,
        gates={
            stage: attributes.whole(f"{prefix}_gate")
            for stage, prefix in STAGES.items()
            if attributes.given(f"{prefix}_gate")
        },
    )


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
    converted = convert(content_of(path))
    instrument = instrument_of(converted.xform)
    title = f"{instrument.title.get('en') or instrument.id} {instrument.version}"
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
