"""Looks that a form asks for and the screen does not have: told, so that nothing is passed over silently."""

import re

from pitso.words import _
from pitso.xforms import Form

_CHOICES = "minimal autocomplete likert columns columns-pack compact quick quickcompact horizontal horizontal-compact"
_GRIDS = "vertical label list-nolabel list field-list table-list no-buttons"
_WORDS = "multiline numbers thousands-sep url masked counter month-year year no-calendar rating no-ticks"
_DEVICES = "signature draw new new-front front hidden-answer"
SHOWN = frozenset(f"{_CHOICES} {_GRIDS} {_WORDS} {_DEVICES}".split())
"""Appearances that are done, or that ask for nothing that a laptop could do otherwise."""

_MEASURED = re.compile(r"columns-\d+|w\d+|search\(.*|ex:.*|intent:.*")
_MAPS = frozenset({"maps", "placement-map", "map", "quick map"})


def limits(form: Form) -> tuple[str, ...]:
    """What is shown otherwise than the form asks, a sentence each."""
    found: dict[str, None] = {}
    for question in form.questions:
        if not question.control:
            continue
        name = question.label(form.default_language) or question.name
        for look in _looks(question.appearance):
            if look in _MAPS:
                found[_("“{name}” is answered by typing the place, not on a map.").format(name=name)] = None
            elif look not in SHOWN and not _MEASURED.fullmatch(look):
                said = _("“{name}” asks for the look “{look}”; Pitso shows it as usual.")
                found[said.format(name=name, look=look)] = None
        if question.kind in ("audio", "video"):
            found[_("“{name}” is not recorded in Pitso; its file is picked.").format(name=name)] = None
    return tuple(found)


def _looks(appearance: str) -> list[str]:
    """The words of an appearance; a call with brackets is one word."""
    return re.findall(r"(?:[^\s(]|\([^)]*\))+", appearance)
