"""Who may be the same person twice: folded names at most two letters apart (warning W20)."""

from collections.abc import Iterator, Mapping, Sequence

from pitso.domain.folding import fold

APART = 2
"""Letters by which two spellings of a name may differ."""
SHORTEST = 6
"""Shorter names must be equal: two letters would be half of them."""


def alike(one: str, other: str) -> bool:
    """May these be two spellings of one name? Accents, spaces, hyphens and apostrophes do not count."""
    return _alike(_letters(one), _letters(other))


def _letters(name: str) -> str:
    return fold(name).replace(" ", "")


def _alike(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    return min(len(one), len(other)) >= SHORTEST and _distance(one, other) <= APART


def _distance(one: str, other: str) -> int:
    """Letters to insert, drop or change (Levenshtein), or more than `APART` as soon as that is certain."""
    if abs(len(one) - len(other)) > APART:
        return APART + 1
    one, other = _middles(one, other)
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, another in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != another)))
        if min(now) > APART:
            return APART + 1
        before = now
    return before[-1]


def _middles(one: str, other: str) -> tuple[str, str]:
    """What is left of both without the letters that they begin and end with alike."""
    start = _alike_from_start(one, other)
    one, other = one[start:], other[start:]
    end = _alike_from_start(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _alike_from_start(one: str, other: str) -> int:
    for place, (letter, another) in enumerate(zip(one, other, strict=False)):
        if letter != another:
            return place
    return min(len(one), len(other))


def pairs(names: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of ids that may be one person, each pair sorted, in order.

    *names* gives for each id the name and the body it belongs to; those of two known, different bodies are two people.
    Whoever is at most two letters apart shares one of three pieces of the name, so only those are compared.
    """
    letters = {uid: _letters(name) for uid, (name, _body) in names.items()}
    # Who belongs to a body is compared within it and with those of no known body; the latter with everybody.
    pieces: dict[tuple[str | None, int, int, str], list[str]] = {}
    for uid, text in letters.items():
        for place, start, end in _pieces(len(text)):
            for shelf in (names[uid][1], None):
                pieces.setdefault((shelf, len(text), place, text[start:end]), []).append(uid)
    found = set()
    for uid, text in letters.items():
        body = names[uid][1]
        for other in _near(text, pieces, shelves=(body, "") if body else (None,)):
            if other != uid and _alike(text, letters[other]):
                found.add((min(uid, other), max(uid, other)))
    return sorted(found)


def _pieces(length: int) -> Iterator[tuple[int, int, int]]:
    third = length // (APART + 1)
    for place in range(APART + 1):
        yield place, place * third, (place + 1) * third if place < APART else length


def _near(
    text: str, pieces: Mapping[tuple[str | None, int, int, str], list[str]], *, shelves: Sequence[str | None]
) -> set[str]:
    found: set[str] = set()
    for length in range(max(len(text) - APART, 1), len(text) + APART + 1):
        for place, start, end in _pieces(length):
            for shift in range(-APART, APART + 1):
                if start + shift >= 0:
                    piece = text[start + shift : end + shift]
                    for shelf in shelves:
                        found.update(pieces.get((shelf, length, place, piece), ()))
    return found
