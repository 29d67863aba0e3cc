"""Which way text runs: bidi levels, and how pieces that run their own way stand in one sentence."""

import re
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from unicodedata import bidirectional

from bidi import algorithm

from pitso import words

_RIGHT_TO_LEFT = ("R", "AL")
_NEEDS_BIDI = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_ISOLATES = {"\u2066": "\u202a", "\u2067": "\u202b", "\u2068": "\u202a", "\u2069": "\u202c"}
_KNOWN = str.maketrans(_ISOLATES | {"\u202d": "", "\u202e": ""})
"""Isolates as embeddings, since python-bidi knows only these; no overrides, which print a name backwards."""
_ALIKE = str.maketrans(dict.fromkeys("123456789", "0"))
"""Figures that run alike."""
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}


def runs_right_to_left(text: str, *, document: bool) -> bool:
    """Which way a paragraph runs in a document that runs right to left or not.

    A Latin name in an Arabic paper keeps its full stop at its right; an Arabic sentence that opens with a
    Latin name still runs from the right there.
    """
    if document:
        kinds = {bidirectional(letter) for letter in text}
        return bool(kinds.intersection(_RIGHT_TO_LEFT)) or "L" not in kinds
    strong = (kind for letter in text if (kind := bidirectional(letter)) in ("L", *_RIGHT_TO_LEFT))
    return next(strong, "L") != "L"


def joined(parts: Iterable[str], separator: str = " · ", *, right_to_left: bool) -> str:
    """Parts that each run their own way, one after the other as the document runs."""
    mark = "\u200f" if right_to_left else ""
    shown = (embedded(part, right_to_left=right_to_left) for part in parts if part)
    return f"{mark}{separator}{mark}".join(shown)


def own(said: str) -> str:
    """What a person wrote, inside a sentence in the reader's language."""
    return embedded(said, right_to_left=words.right_to_left())


def side_by_side(parts: Iterable[str]) -> str:
    """Short facts on one line, in the order in which the reader reads."""
    return joined(parts, right_to_left=words.right_to_left())


def embedded(part: str, *, right_to_left: bool) -> str:
    """What a person wrote, to stand inside a sentence of a document: it keeps its own way, full stop included."""
    part = part.translate(_CONTROLS)
    its_way = runs_right_to_left(part, document=right_to_left)
    if its_way == right_to_left:
        return part
    return ("\u202b" if its_way else "\u202a") + part + "\u202c"


def known(text: str) -> str:
    """The *text* with the marks of direction that the algorithm knows."""
    return text.translate(_KNOWN)


def levels(text: str, *, right_to_left: bool) -> tuple[int, ...]:
    """The bidi level of each character before lines are made."""
    if not right_to_left and not _NEEDS_BIDI.search(text):
        return (0,) * len(text)
    return _levels(text.translate(_ALIKE), right_to_left)


@lru_cache(maxsize=5_000)
def _levels(text: str, right_to_left: bool) -> tuple[int, ...]:
    """Kept, because a table is full of numbers that differ only in their figures."""
    storage: dict[str, Any] = {
        "base_level": int(right_to_left),
        "base_dir": "LR"[right_to_left],
        "chars": [],
        "runs": deque(),
    }
    algorithm.get_embedding_levels(text, storage)
    for position, character in enumerate(storage["chars"]):
        character["position"] = position
        character["type"] = character["type"] or "L"  # a letter younger than this Python's tables
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = [int(right_to_left)] * len(text)
    for character in storage["chars"]:
        found[character["position"]] = character["level"]
    return tuple(found)


def _resolve_brackets(characters: list[dict[str, Any]]) -> None:
    """A pair of brackets goes the way of what it holds (rule N0, which python-bidi leaves out)."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for position, character in enumerate(characters):
        if character["type"] != "ON":
            continue
        if character["ch"] in _BRACKETS:
            open_at.append(position)
        elif character["ch"] in _BRACKETS.values():
            for depth in reversed(range(len(open_at))):
                opening = characters[open_at[depth]]
                if _BRACKETS[opening["ch"]] == character["ch"] and opening["level"] == character["level"]:
                    pairs.append((open_at[depth], position))
                    del open_at[depth:]
                    break
    for first, last in sorted(pairs):
        direction = _bracket_direction(characters, first, last)
        if direction:
            characters[first]["type"] = characters[last]["type"] = direction


def _bracket_direction(characters: list[dict[str, Any]], first: int, last: int) -> str | None:
    around = "LR"[characters[first]["level"] % 2]
    inside = {_side(character["type"]) for character in characters[first + 1 : last]} - {None}
    if around in inside:
        return around
    if not inside:
        return None
    before = (_side(character["type"]) for character in reversed(characters[:first]))
    context = next((side for side in before if side), around)
    return context if context in inside else around


def _side(kind: str) -> str | None:
    if kind == "L":
        return "L"
    return "R" if kind in ("R", "AL", "EN", "AN") else None
