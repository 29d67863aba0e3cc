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
