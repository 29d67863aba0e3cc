"""How each question of a form is answered on the screen."""

from pitso.xforms import Question

MANY = 40
"""From so many choices on a list is searched instead of shown whole."""

_WIDE = {"likert": "row", "minimal": "list", "autocomplete": "search", "search": "search"}
_DATES = {"month-year": "month", "year": "year"}
_UPLOADS = {"image": "picture", "audio": "file", "video": "file", "file": "file"}
_PLAIN = {
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "note": "note",
    "rank": "rank",
    "range": "range",
    "acknowledge": "tick",
    "trigger": "tick",
    "barcode": "barcode",
    "geopoint": "place",
    "geotrace": "line",
    "geoshape": "line",
}


def editor_of(question: Question, choices: int = 0) -> str:
    """How a question is answered on the screen, from its kind and appearance.

    ``one`` and ``many`` show all choices, ``-list`` drops down, ``-search`` finds while typing, ``-row`` stands in one
    line; ``text``, ``lines``, ``url``, ``masked``, ``integer``, ``decimal``, ``thousands``, ``counter``, ``date``,
    ``month``, ``year``, ``time``, ``datetime``, ``note``, ``rank``, ``range``, ``rating``, ``tick``, ``barcode``,
    ``place``, ``line``, ``picture``, ``signature`` and ``file`` say what they are.
    """
    looks = set(question.appearance.split())
    if question.kind in ("select_one", "select_multiple"):
        base = "one" if question.kind == "select_one" else "many"
        kind = next((kind for look, kind in _WIDE.items() if look in looks), "search" if choices > MANY else "")
        return f"{base}-{kind}" if kind and (kind != "row" or base == "one") else base
    if question.kind == "image":
        return "signature" if looks & {"signature", "draw"} else "picture"
    if question.kind in _UPLOADS:
        return _UPLOADS[question.kind]
    if question.kind == "date":
        return next((kind for look, kind in _DATES.items() if look in looks), "date")
    if question.kind in ("integer", "decimal", "text") and "thousands-sep" in looks:
        return "thousands"
    if question.kind == "integer" and "counter" in looks:
        return "counter"
    if question.kind == "range" and "rating" in looks:
        return "rating"
    if question.kind == "text" and looks & {"url", "masked"}:
        return "url" if "url" in looks else "masked"
    if question.kind == "text" and ("multiline" in looks or question.parameters.get("rows", "1") not in ("", "1")):
        return "lines"
    return _PLAIN.get(question.kind, "text")
