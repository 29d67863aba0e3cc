"""Brings the catalogues up to the sentences in the code, compiles them and counts: ./pitso words"""

import ast
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "resources" / "words"
LANGUAGES = ("fr", "pt", "ar")
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
PLACES = 90  # characters of a line in a catalogue


@cache
def sentences() -> Catalog:
    """Every sentence in the code, with the files that say it; lines are left out, for they move with every change."""
    found = Catalog(project="Pitso", charset="utf-8", fuzzy=False)
    for name, _line, message, comments, context in extract_from_dir(
        ROOT / "desktop", [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        place = (Path(name).as_posix(), cast(int, None))  # Babel writes a file without a line for it
        found.add(message, locations=[place], auto_comments=comments, context=context)
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        place = (path.relative_to(ROOT / "desktop").as_posix(), cast(int, None))
        for message, context in inside_f_strings(path.read_text(encoding="utf-8")):
            found.add(message, locations=[place], context=context)
    return found


def inside_f_strings(code: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Sentences named inside f-strings, with their context: before Python 3.12 Babel sees an f-string in one piece."""
    for text in ast.walk(ast.parse(code)):
        if isinstance(text, ast.JoinedStr):
            yield from (said(call) for call in ast.walk(text) if isinstance(call, ast.Call) and named(call) in KEYWORDS)


def named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def said(call: ast.Call) -> tuple[str | tuple[str, ...], str | None]:
    """The sentence of one call, both forms where it counts something, and its context."""
    texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if named(call) == "pgettext":
        return texts[1], texts[0]
    return tuple(texts[:2]) if named(call) == "ngettext" else texts[0], None


def place(language: str) -> Path:
    return WORDS / language / "LC_MESSAGES" / "pitso.po"


def catalogue(language: str) -> Catalog:
    if not place(language).exists():
        return Catalog(locale=language, project="Pitso", charset="utf-8", fuzzy=False)
    with place(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(translations: Catalog) -> bytes:
    """What the program reads: fuzzy translations count, for nobody has reread them in their place yet."""
    out = BytesIO()
    write_mo(out, translations, use_fuzzy=True)
    return out.getvalue()


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def missing(translations: Catalog) -> list[Message]:
    return [message for message in translations if message.id and not all(strings(message))]


def update() -> None:
    wanted = sentences()
    for language in LANGUAGES:
        translations = catalogue(language)
        translations.update(wanted, no_fuzzy_matching=True)
        translations.obsolete.clear()
        path = place(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        out = BytesIO()
        write_po(out, translations, width=PLACES, sort_output=True, omit_header=False, include_previous=False)
        path.write_bytes(out.getvalue())
        path.with_suffix(".mo").write_bytes(compiled(translations))
        messages = [message for message in translations if message.id]
        fuzzy = sum(message.fuzzy for message in messages)
        print(f"{language}: {len(messages)} sentences, {fuzzy} not reread, {len(missing(translations))} missing")


if __name__ == "__main__":
    update()
