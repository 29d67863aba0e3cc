"""What people type as a date, a time, a number or a place, as the form keeps it.

Whatever cannot be understood stays as it was typed, and the form says what is wrong with it: nothing is lost.
"""

import re
from datetime import date

from pitso.words import language

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY = re.compile(r"(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{2}|\d{4})$")
_MONTH = re.compile(r"(?:(\d{4})-(\d{1,2})|(\d{1,2})[./\s-](\d{4}))$")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*h?$", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}([\s\u00a0\u202f'’]\d{3})+([.,]\d+)?$")
_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


def kept(editor: str, text: str) -> str:
    """The *text* that was typed into an *editor* (see `editors.editor_of`), as the form keeps it."""
    plain = text.strip()
    match editor:
        case "date":
            return day(plain)
        case "month":
            return month(plain)
        case "year":
            return f"{plain}-01-01" if re.fullmatch(r"\d{4}", plain.translate(_ARABIC)) else day(plain)
        case "time":
            return time(plain)
        case "datetime":
            return moment(plain)
        case "integer" | "decimal" | "thousands" | "counter" | "range":
            return number(plain)
        case "place":
            return place(plain)
        case _:
            return text


def day(text: str) -> str:
    """``18/6/2026``, ``18.06.26`` or ``2026-6-18`` as ``2026-06-18``; the day stands before the month."""
    digits = text.translate(_ARABIC)
    iso, written = _ISO_DAY.match(digits), _DAY.match(digits)
    if iso:
        return _date(iso[1], iso[2], iso[3]) or text
    if written:
        year = written[3] if len(written[3]) == 4 else f"20{written[3]}"
        return _date(year, written[2], written[1]) or text
    return text


def month(text: str) -> str:
    """``6/2026`` or ``2026-06`` as the first day of that month, which is how forms keep a month."""
    found = _MONTH.match(text.translate(_ARABIC))
    if not found:
        return day(text)
    return _date(found[1] or found[4], found[2] or found[3], "1") or text


def _date(year: str, month_: str, day_: str) -> str:
    try:
        return date(int(year), int(month_), int(day_)).isoformat()
    except ValueError:
        return ""


def time(text: str) -> str:
    """``9``, ``9.30``, ``9h30`` or ``09:30`` as ``09:30:00.000``, which is how forms keep a time of day."""
    found = _TIME.match(text.translate(_ARABIC))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return text
    return f"{int(found[1]):02}:{int(found[2] or 0):02}:00.000"


def moment(text: str) -> str:
    """A date and a time of day with a blank between them; the session adds the time zone."""
    first, _blank, last = text.replace("T", " ").rpartition(" ")
    if not first or "+" in last or last.count(":") > 1:
        return text
    on, at = day(first), time(last)
    return f"{on}T{at}" if re.match(r"\d{4}-\d\d-\d\d$", on) and at.endswith(".000") else text


def number(text: str) -> str:
    """``12 500,5`` and ``3,5`` with a point, and without anything between the thousands.

    In English ``12,500`` is twelve thousand, in the other languages twelve and a half.
    """
    digits = text.translate(_ARABIC).replace("\u2212", "-")
    if _GROUPED.match(digits):
        digits = re.sub(r"[\s\u00a0\u202f'’]", "", digits)
    if language() == "en" and re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3}){2,}(\.\d+)?", digits) or re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+", digits):
        return digits.replace(",", "")
    return digits.replace(",", ".") if re.fullmatch(r"[+-]?\d*,\d+", digits) else digits


def place(text: str) -> str:
    """``-29.31, 27.48`` as latitude, longitude, height and accuracy with blanks between them."""
    parts = [part for part in re.split(r"[;,\s]+", text.translate(_ARABIC)) if part]
    return " ".join([*parts, "0", "0"][:4]) if len(parts) in (2, 3) else text
