"""What an answer must look like for its type, and how it is tidied before it is kept (ODK XForms:

Data Types).
"""

from __future__ import annotations

import re
from datetime import tzinfo

from pitso.words import _
from pitso.xforms.xpath.dates import is_time, parse_date, parse_moment, written
from pitso.xforms.xpath.geography import points

_INTEGER = re.compile(r"[+-]?\d+$", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)$", re.ASCII)


def fault_of(text: str, kind: str) -> str | None:
    """Why *text* is no value of the bind type *kind*, as a sentence for the person; None where it is one."""
    match kind:
        case "int":
            return None if _INTEGER.match(text) else _("This must be a whole number.")
        case "decimal":
            return None if _DECIMAL.match(text) else _("This must be a number.")
        case "date":
            return None if parse_date(text) else _("This must be a date.")
        case "time":
            return None if is_time(text) else _("This must be a time of day.")
        case "dateTime":
            return None if parse_moment(text) else _("This must be a date with a time.")
        case "geopoint":
            found = points([text])
            return None if found and len(found) == 1 else _("This must be a place: latitude and longitude.")
        case "geotrace" | "geoshape":
            least = 2 if kind == "geotrace" else 3
            found = points([text])
            return None if found and len(found) >= least else _("This must be a line of places.")
        case _:
            return None


def tidy(text: str, kind: str, zone: tzinfo) -> str:
    """The *text* as it is kept: a number without blanks, a dateTime with its offset."""
    if kind in ("int", "decimal", "date", "time"):
        return text.strip()
    if kind == "dateTime":
        moment = parse_moment(text.strip(), zone)
        return text.strip() if moment is None or text.strip()[-6:-5] in ("+", "-") else written(moment)
    return text
