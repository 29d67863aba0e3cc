"""The reader's language: translated sentences, and dates and numbers written as that language writes them.

The language is a context variable, so that a paper can be made in French by a thread
while the screen speaks English.
"""

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from io import BytesIO
from typing import Literal

from pitso import places

LANGUAGES = {"en": "English", "fr": "Français", "pt": "Português", "ar": "العربية"}
"""Code and own name of each language that screens and papers speak."""

_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    compiled = places.resource(f"words/{language}/LC_MESSAGES/pitso.mo")
    if language == "en" or not compiled.is_file():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))


def _(sentence: str) -> str:
    """The *sentence* in the reader's language."""
    return _catalogue(_language.get()).gettext(sentence)


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for this *number* of things, in the reader's language."""
    return _catalogue(_language.get()).ngettext(one, many, number)


def pgettext(context: str, sentence: str) -> str:
    """The *sentence* where one English word stands for several things, told apart by *context*."""
    return _catalogue(_language.get()).pgettext(context, sentence)


def language() -> str:
    """The code of the reader's language, such as ``fr``."""
    return _language.get()


def right_to_left() -> bool:
    """Does the reader's language run from right to left?"""
    return _language.get() == "ar"


def speak(code: str) -> None:
    """From now on the reader of this thread reads the language *code*."""
    _language.set(code if code in LANGUAGES else "en")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within this block the reader reads the language *code*."""
    token = _language.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def _locale() -> str:
    # British English: day before month, as in all English-speaking countries that Pitso travels to.
    return {"en": "en_GB", "pt": "pt_PT"}.get(_language.get(), _language.get())


def day(value: date) -> str:
    """A date with its month in words: 22 January 2026."""
    return _whole_among_others(_dated(value, "long", _locale()))


@lru_cache(maxsize=4096)
def _dated(value: date, width: Literal["long", "medium"], locale: str) -> str:
    from babel.dates import format_date

    return format_date(value, width, locale=locale)


def listed(parts: Iterable[str]) -> str:
    """Several things in a row, with the comma of the language."""
    return ("، " if language() == "ar" else ", ").join(parts)


def short_day(value: date) -> str:
    """A date with its month abbreviated: 22 Jan 2026."""
    return _whole_among_others(_dated(value, "medium", _locale()))


def _whole_among_others(date_words: str) -> str:
    """An Arabic date with a mark before it: after a Latin name its first figure would else run with the name."""
    return f"\u200f{date_words}" if right_to_left() else date_words


def month(value: date) -> str:
    """A month with its year: January 2026."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", value, locale=_locale()))


def clock(value: datetime) -> str:
    """The time of day: 10:42."""
    from babel.dates import format_time

    return format_time(value, "HH:mm", locale=_locale())


def moment(value: datetime) -> str:
    """Date and time of day: 22 Jan 2026, 10:42."""
    return _("{day}, {clock}").format(day=short_day(value), clock=clock(value))


def colon(what: str, said: str) -> str:
    """A thing and what is said of it, with the colon as the language sets it."""
    return _("{what}: {said}").format(what=what, said=said)


def whole(value: int) -> str:
    """A whole number with the thousands separator of the language."""
    return _whole(value, _locale())


@lru_cache(maxsize=4096)
def _whole(value: int, locale: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale)


def figure(value: Fraction) -> str:
    """A figure of votes with as many decimals as it has, five at most: 27, 12.5, 0.00001."""
    return whole(value.numerator) if value.denominator == 1 else _figure(value, _locale())


@lru_cache(maxsize=4096)
def _figure(value: Fraction, locale: str) -> str:
    from decimal import Decimal

    from babel.numbers import format_decimal

    return format_decimal(Decimal(value.numerator) / value.denominator, "#,##0.#####", locale=locale)


def change(value: Fraction) -> str:
    """By how much a figure has grown or fallen: +20, –0.5. The sign stays before its figure in Arabic too."""
    mark = "\u200e" if right_to_left() else ""
    return f"{mark}{'+' if value > 0 else '–'}{figure(abs(value))}"


def tenth(value: Fraction) -> str:
    """A figure rounded half up to one decimal, in the language's digits and decimal mark: 32.3.

    Rounding is for display only (readiness-scoring, section 3).
    """
    return _tenths((value * 20 + 1) // 2, _locale())


@lru_cache(maxsize=4096)
def _tenths(value: int, locale: str) -> str:
    from decimal import Decimal

    from babel.numbers import format_decimal

    return format_decimal(Decimal(value) / 10, "#,##0.0", locale=locale)


def size(value: int) -> str:
    """So many bytes in the largest unit that leaves a figure before the point: 3 MB, 12 GB."""
    for number, unit in ((10**9, _("GB")), (10**6, _("MB")), (10**3, _("kB"))):
        if value >= number:
            return f"{whole(value // number)}\u00a0{unit}"
    return f"{whole(value)}\u00a0{_('bytes')}"


def percent(value: Fraction) -> str:
    """A figure of per cent with one decimal and the language's sign: 95.5 %."""
    return _("{number} %").format(number=tenth(value))
