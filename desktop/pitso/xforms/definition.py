"""A form as data: its questions, groups, choices, languages and attributes, immutable and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from pitso.words import _
from pitso.xforms.faults import FormTrouble

if TYPE_CHECKING:
    from pitso.xforms.environment import Environment
    from pitso.xforms.plan import Plan
    from pitso.xforms.session import Answers, Session

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_MEDIA: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the form: its full name as the form writes it, ``English (en)``, and its code, ``en``."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a list of choices.

    ``labels`` are keyed by the language's full name (an empty text in a form without languages); ``media`` by
    language and then kind (``image``, ``audio``, ``video``, ``big-image``); ``columns`` are the further
    columns of the sheet, foreign ones as ``pitso:score``.
    """

    name: str
    labels: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    media: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: NO_MEDIA)

    def label(self, language: str = "") -> str:
        """The label in *language* (full name), or the first one that there is."""
        return _in_language(self.labels, language) or self.name


@dataclass(frozen=True, slots=True)
class Question:
    """A leaf of the primary instance: asked, calculated or hidden.

    Texts are keyed by the language's full name (an empty text in a form without languages); where a label
    holds an output its path stands in braces. ``kind`` is the XLSForm type (``text``, ``integer``,
    ``select_one``, ``note``, ``calculate``, ``hidden``, ``start`` ...), ``control`` the XForm element (empty
    when nothing is asked). ``relevant``, ``required``, ``readonly``, ``constraint`` and ``calculate`` are the
    expressions, empty where none. ``attributes`` are those of foreign namespaces from ``bind::``, ``body::``
    and ``instance::`` columns, keyed ``prefix:local`` (a bind wins); ``parameters`` are the plain attributes
    of the control (start, end, step, rows ...). ``groups`` are the paths of the groups and repeats around it,
    outermost first; ``repeat`` the innermost repeat. ``choices`` is the whole list, before any filter; empty
    where the list comes from a repeat or a missing file. ``volatile``: its calculation cannot be computed
    again (clock, randomness, once).
    """

    path: str
    name: str
    kind: str
    type: str
    control: str
    appearance: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    guidance: Mapping[str, str]
    media: Mapping[str, Mapping[str, str]]
    relevant: str
    required: str
    readonly: str
    constraint: str
    calculate: str
    constraint_messages: Mapping[str, str]
    required_messages: Mapping[str, str]
    default: str
    attributes: Mapping[str, str]
    parameters: Mapping[str, str]
    groups: tuple[str, ...]
    repeat: str | None
    choice_list: str
    choice_filter: str
    choices: tuple[Choice, ...]
    mediatype: str
    volatile: bool

    def label(self, language: str = "") -> str:
        """The label in *language* (full name), or the first one that there is."""
        return _in_language(self.labels, language)


@dataclass(frozen=True, slots=True)
class Group:
    """A group or a repeat.

    ``kind`` is ``group`` or ``repeat``; ``path`` is empty for a group of the body alone.

    ``count`` is the expression of a counted repeat; ``fixed`` tells that rows may not be added or removed by
    hand. ``members`` are the paths of the questions, groups and repeats directly inside, in the order of the
    body; a group of the body alone stands as ``#3``, which is its ``key``.
    """

    path: str
    key: str
    name: str
    kind: str
    appearance: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    media: Mapping[str, Mapping[str, str]]
    relevant: str
    attributes: Mapping[str, str]
    groups: tuple[str, ...]
    repeat: str | None
    count: str
    fixed: bool
    members: tuple[str, ...]

    def label(self, language: str = "") -> str:
        """The label in *language* (full name), or the first one that there is."""
        return _in_language(self.labels, language)


@dataclass(frozen=True)
class Head:
    """What a form says about itself, fit for a list of many forms; the fields are those of `Form`."""

    id: str
    version: str
    title: str
    languages: tuple[Language, ...]
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """A form, read once and shared by every session that fills it.

    ``attributes`` are those of the primary instance's root in foreign namespaces, keyed ``prefix:local``
    (settings column ``attribute::pitso:kind`` gives ``pitso:kind``), and its plain ones but id and version by
    their name. ``languages`` is empty in a form without translations; ``default_language`` is then an empty
    text. ``questions`` and ``groups`` stand in document order; ``outline`` holds the paths (or keys) of the
    top level of the body. ``limits`` says, a sentence each, what the form asks for that Pitso does not do.
    """

    id: str
    version: str
    title: str
    root: str
    languages: tuple[Language, ...]
    default_language: str
    attributes: Mapping[str, str]
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    outline: tuple[str, ...]
    style: str
    files: Mapping[str, str]
    limits: tuple[str, ...]
    plan: Plan = field(repr=False, compare=False)

    def question(self, path: str) -> Question:
        """The question at the XForm *path* without row numbers. Raises KeyError where there is none."""
        return self.plan.questions[path]

    def group(self, path: str) -> Group:
        """The group or repeat at the *path* without row numbers. Raises KeyError where there is none."""
        return self.plan.groups[path]

    def language(self, name_or_code: str) -> Language | None:
        """The language of that full name or code, None where the form does not speak it."""
        wanted = name_or_code.casefold()
        for language in self.languages:
            if wanted in (language.name.casefold(), language.code.casefold()):
                return language
        return None

    def begin(self, environment: Environment | None = None) -> Session:
        """A new record of this form, its defaults and first-load actions done.

        Raises:
            FormTrouble: a file or list that the form reads is neither in its media nor in the *environment*.
        """
        from pitso.xforms.environment import Environment
        from pitso.xforms.session import Session

        return Session(self, environment or Environment())

    def resume(self, answers: Answers, environment: Environment | None = None) -> Session:
        """A record that was begun before, from what `Session.answers` gave; no default is set anew.

        What *answers* says of questions or rows that this form does not have is passed over.
        """
        from pitso.xforms.environment import Environment
        from pitso.xforms.session import Session

        return Session(self, environment or Environment(), answers)

    def restore(self, submission: bytes, environment: Environment | None = None) -> Session:
        """A record from submission XML; `Session.become_revision` makes it the next revision.

        Raises:
            FormTrouble: it is not XML, or the record of another form.
        """
        from pitso.xforms.environment import Environment
        from pitso.xforms.markup import local, parse
        from pitso.xforms.session import Session

        record = parse(submission)
        if local(record) != self.plan.root.name or (self.id and record.get("id", self.id) != self.id):
            raise FormTrouble(
                _("This is a record of the form “{other}”, not of “{form}”.").format(
                    other=record.get("id") or local(record), form=self.id
                ),
                _("Open it with its own form."),
            )
        return Session(self, environment or Environment(), record)


def _in_language(texts: Mapping[str, str], language: str) -> str:
    return texts[language] if language in texts else next(iter(texts.values()), "")
