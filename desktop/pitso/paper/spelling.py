"""Numbers in words, as a declaration has them beside its figures: nobody mends a word with a pen."""

from collections.abc import Callable

from pitso import words

LARGEST = 999_999
"""Above it a number is written in figures alone: no assembly votes so often."""


def _listed(said: str) -> tuple[str, ...]:
    return tuple(said.split())


_EN = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_EN_TENS = _listed("twenty thirty forty fifty sixty seventy eighty ninety")
_FR = _listed(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
_FR_TENS = _listed("vingt trente quarante cinquante soixante")
_PT = _listed(
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete dezoito "
    "dezanove"
)
_PT_TENS = _listed("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
_PT_HUNDREDS = _listed("cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos")
_AR = _listed("صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة")
_AR_TENS = _listed("عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون")
_AR_HUNDREDS = _listed("مائة مائتان ثلاثمائة أربعمائة خمسمائة ستمائة سبعمائة ثمانمائة تسعمائة")


def spelled(number: int) -> str:
    """A whole number from 0 to 999,999 in words of the reader's language; a larger one in figures."""
    if not 0 <= number <= LARGEST:
        return words.whole(number)
    ways: dict[str, Callable[[int], str]] = {"fr": _french, "pt": _portuguese, "ar": _arabic}
    return ways.get(words.language(), _english)(number)


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        unit = number % 10
        return _EN_TENS[number // 10 - 2] + (f"-{_EN[unit]}" if unit else "")
    if number < 1000:
        rest = number % 100
        return f"{_EN[number // 100]} hundred" + (f" and {_english(rest)}" if rest else "")
    rest = number % 1000
    joint = " and " if rest < 100 else " "
    return f"{_english(number // 1000)} thousand" + (joint + _english(rest) if rest else "")


def _french(number: int, *, ends: bool = True) -> str:
    """*ends*: nothing follows, so that ``vingts`` and ``cents`` keep their s."""
    if number < 20:
        return _FR[number]
    if number < 100:
        return _french_tens(number, ends=ends)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        said = "cent" if hundreds == 1 else f"{_FR[hundreds]} cent"
        if not rest:
            return said + ("s" if hundreds > 1 and ends else "")
        return f"{said} {_french(rest, ends=ends)}"
    thousands, rest = divmod(number, 1000)
    said = "mille" if thousands == 1 else f"{_french(thousands, ends=False)} mille"
    return f"{said} {_french(rest, ends=ends)}" if rest else said


def _french_tens(number: int, *, ends: bool) -> str:
    if number >= 80:
        rest = number - 80
        return "quatre-vingt" + (f"-{_FR[rest]}" if rest else "s" if ends else "")
    tens = min(number // 10, 6)
    rest = number - 10 * tens
    said = _FR_TENS[tens - 2]
    if not rest:
        return said
    return f"{said} et {_FR[rest]}" if rest in (1, 11) else f"{said}-{_FR[rest]}"


def _portuguese(number: int) -> str:
    if number < 20:
        return _PT[number]
    if number < 100:
        unit = number % 10
        return _PT_TENS[number // 10 - 2] + (f" e {_PT[unit]}" if unit else "")
    if number == 100:
        return "cem"
    if number < 1000:
        rest = number % 100
        return _PT_HUNDREDS[number // 100 - 1] + (f" e {_portuguese(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    said = "mil" if thousands == 1 else f"{_portuguese(thousands)} mil"
    if not rest:
        return said
    joint = " e " if rest < 100 or rest % 100 == 0 else " "
    return said + joint + _portuguese(rest)


def _arabic(number: int) -> str:
    if number <= 10:
        return _AR[number]
    if number < 20:
        first = {11: "أحد", 12: "اثنا"}.get(number, _AR[number - 10])
        return f"{first} عشر"
    if number < 100:
        unit = number % 10
        return (f"{_AR[unit]} و" if unit else "") + _AR_TENS[number // 10 - 2]
    if number < 1000:
        rest = number % 100
        return _AR_HUNDREDS[number // 100 - 1] + (f" و{_arabic(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    return _arabic_thousands(thousands) + (f" و{_arabic(rest)}" if rest else "")


def _arabic_thousands(thousands: int) -> str:
    if thousands == 1:
        return "ألف"
    if thousands == 2:
        return "ألفان"
    return f"{_arabic(thousands)} {'آلاف' if 3 <= thousands <= 10 else 'ألف'}"
