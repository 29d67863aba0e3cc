"""The readiness instrument that an XForm holds: its dimensions, indicators and thresholds."""

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from pitso.domain.readiness.instrument import Dimension, Indicator, Instrument, Stage, Text, Thresholds
from pitso.domain.trouble import Trouble
from pitso.words import _
from pitso.xforms import Form, Question, read_form

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
