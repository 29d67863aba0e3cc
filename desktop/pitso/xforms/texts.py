"""Texts of a form in its languages, with the outputs that stand in them (ODK XForms: Languages, Media)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pitso.xforms.markup import local

PLACEHOLDER = "-"
"""What pyxform writes where a translation is missing."""


@dataclass(frozen=True, slots=True)
class Output:
    """The place in a text where the value of an expression is shown."""

    source: str


Parts = tuple[str | Output, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text:

    what it says in each language, and the other forms (image, audio, guidance ...) that go with it.

    ``said`` is keyed by the language's full name, an empty text where the form has no languages;
    ``forms`` by language and then by form.
    """

    said: Mapping[str, Parts] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, Parts]] = field(default_factory=dict)

    def plain(self) -> dict[str, str]:
        """Each language's words, with outputs as the expression in braces."""
        return {language: flat(parts) for language, parts in self.said.items()}

    def of_form(self, form: str) -> dict[str, str]:
        """The words of one other *form* (such as ``guidance``) in each language that has it."""
        return {language: flat(forms[form]) for language, forms in self.forms.items() if form in forms}

    def media(self) -> dict[str, dict[str, str]]:
        """File names by language and kind, without the ``jr://`` scheme."""
        found: dict[str, dict[str, str]] = {}
        for language, forms in self.forms.items():
            files = {form: flat(parts).rsplit("/", 1)[-1] for form, parts in forms.items() if form in MEDIA_FORMS}
            if files:
                found[language] = files
        return found

    def sources(self) -> set[str]:
        """The expressions of all outputs, in whatever language."""
        parts = [part for said in self.said.values() for part in said]
        parts += [part for forms in self.forms.values() for said in forms.values() for part in said]
        return {part.source for part in parts if isinstance(part, Output)}

    def has_outputs(self) -> bool:
        """Does any language show a value inside this text?"""
        return bool(self.sources())


MEDIA_FORMS = {"image", "audio", "video", "big-image"}
NO_TEXT = Text()


def flat(parts: Parts) -> str:
    """The *parts* as one text, with outputs as the expression in braces."""
    return "".join("{" + part.source.strip() + "}" if isinstance(part, Output) else part for part in parts)


def read_parts(node: etree._Element) -> Parts:
    """The mixed content of a label, hint or value."""
    found: list[str | Output] = [node.text or ""]
    for child in node:
        if local(child) == "output":
            found.append(Output(child.get("value") or child.get("ref") or ""))
        else:
            found.extend(read_parts(child))
        found.append(child.tail or "")
    if any(isinstance(part, Output) for part in found):
        # pyxform pads a text that holds outputs with a blank on either side.
        found[0] = str(found[0]).lstrip()
        found[-1] = str(found[-1]).rstrip()
    return tuple(part for part in found if part != "")


def inline(node: etree._Element) -> Text:
    """The text that stands in the body itself, the same in every language."""
    return Text({"": read_parts(node)})


def read_itext(itext: etree._Element | None, names: list[str]) -> dict[str, Text]:
    """Every text of the ``itext`` block by its id; *names* are the languages in the order of the block.

    A placeholder is left out, so that the default language's words are shown instead.
    """
    said: dict[str, dict[str, Parts]] = {}
    forms: dict[str, dict[str, dict[str, Parts]]] = {}
    for translation, language in zip(itext if itext is not None else (), names, strict=True):
        for text in translation:
            key = str(text.get("id"))
            said.setdefault(key, {})
            forms.setdefault(key, {})
            for value in text:
                form = value.get("form") or ""
                parts = read_parts(value)
                if parts == (PLACEHOLDER,):
                    continue
                if form in ("", "long"):
                    said[key][language] = parts
                else:
                    forms[key].setdefault(language, {})[form] = parts
    return {key: Text(said[key], forms[key]) for key in said}
