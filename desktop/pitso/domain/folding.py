"""Names compared as people look for them: without accents, apostrophes, hyphens or capitals."""

import unicodedata


def fold(text: str) -> str:
    """The *text* reduced to its letters, digits and single spaces: ``Letša-Poone`` and ``letsa poone`` are one."""
    letters: list[str] = []
    for character in unicodedata.normalize("NFKD", text.casefold()):
        category = unicodedata.category(character)
        if category[0] in "LN":
            letters.append(character)
        elif category[0] == "Z" or category == "Pd" or character == "/":
            letters.append(" ")
    return " ".join("".join(letters).split())


def spans(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where in *text* any of the *words* stands as `fold` sees it, as (start, end), in order and apart."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        parted = character.isspace() or unicodedata.category(character) == "Pd"
        letters = fold(character) or (" " if parted else "")
        folded += letters
        places += [place] * len(letters)
    whole = "".join(folded)
    found = [
        (places[at], places[at + len(word) - 1] + 1)
        for word in dict.fromkeys(fold(words).split())
        for at in range(len(whole))
        if whole.startswith(word, at)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
