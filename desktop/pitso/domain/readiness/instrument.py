"""The readiness instrument: versioned data that an office may replace, never code."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

Text: TypeAlias = Mapping[str, str]
"""One text in several languages, by language code."""


def said(text: Text, language: str) -> str:
    """The *text* in this language, else in English, else in the first language it has."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


class Stage(StrEnum):
    """What the readiness is for: each stage has its own gates and thresholds."""

    FOUNDING = "founding"
    SCALEDOWN = "scaledown"


LEVELS = (0, 1, 2, 3, 4)
NOT_APPLICABLE, UNKNOWN, NO_AGREEMENT = "NA", "UK", "ND"


@dataclass(frozen=True)
class Indicator:
    """One thing to rate, with the written description of its five levels."""

    code: str
    dimension: str
    weight: int
    statement: Text
    guidance: Text
    evidence: Text
    levels: tuple[Text, ...]
    na_allowed: bool
    gates: Mapping[Stage, int]
    """The minimum level before a stage, for the stages that this indicator guards."""


@dataclass(frozen=True)
class Dimension:
    """A group of indicators that is scored together; the weights of all add up to 100."""

    code: str
    weight: int
    name: Text
    question: Text
    minimum: Mapping[Stage, int]


@dataclass(frozen=True)
class Thresholds:
    """Where a verdict turns at one stage, in per cent."""

    not_ready_below: Fraction
    ready_from: Fraction
    confidence_minimum: Fraction | None


@dataclass(frozen=True)
class Instrument:
    """A version of the readiness form: dimensions, indicators, weights, gates and thresholds."""

    id: str
    version: str
    digest: str
    """SHA-256 of the form it was read from: every assessment keeps it."""
    title: Text
    languages: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    thresholds: Mapping[Stage, Thresholds]
    dimension_coverage_minimum: Fraction
    overall_coverage_minimum: Fraction
    strong_evidence: frozenset[str]
    minimum_raters: int
    spread_requires_reason: int
    distance_requires_reason: int

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """The indicators by their code, such as ``LEG-1``."""
        return {indicator.code: indicator for indicator in self.indicators}

    def of(self, dimension: str) -> tuple[Indicator, ...]:
        """The indicators of one dimension, in the order of the form."""
        return tuple(indicator for indicator in self.indicators if indicator.dimension == dimension)


MANDATE_TO_FOUND = "POL-4"


def for_strengthening(instrument: Instrument) -> Instrument:
    """The instrument where an association exists already: its mandate to be founded is no gate (model, section 10)."""
    return replace(instrument, indicators=tuple(map(_without_mandate, instrument.indicators)))


def _without_mandate(indicator: Indicator) -> Indicator:
    if indicator.code != MANDATE_TO_FOUND:
        return indicator
    return replace(
        indicator, gates={stage: least for stage, least in indicator.gates.items() if stage is Stage.SCALEDOWN}
    )
