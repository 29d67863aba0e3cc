"""Any form on paper: blank from the form itself, filled from a session, in every language of the form."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property

from pitso import words
from pitso.paper.documents.any_form import Answer, Asked, FormSheet, Member, Section, Table
from pitso.paper.imprint import Imprint
from pitso.services.skips import Skips
from pitso.words import _, clock, day, moment, whole
from pitso.xforms import Form, Group, Head, Question, Session

OPTIONS = 40
"""A longer list of choices is not printed: one writes the name."""
COLUMNS = 5
"""Questions of a repeat that find room beside each other."""
BLANK_ROWS = 8
BLANK_COPIES = 2
"""Empty rows of a table, and empty copies of a longer repeat."""
GAP = "……"
"""Stands for an answer within a question that nobody has given yet."""
RANGE = 12
"""Steps of a scale that are printed as boxes."""


_TAG = re.compile(r"</?(?:a|b|big|div|em|font|h[1-6]|i|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE)
_OUTPUT = re.compile(r"\$?\{[^{}]+\}")


def spoken(form: Form | Head) -> dict[str, str]:
    """Code and name of the languages of a *form*; a language without a code goes by its name."""
    return {each.code or each.name: re.sub(r"\s*\([^()]*\)$", "", each.name) for each in form.languages}


def blank(form: Form, *, digest: str, imprint: Imprint) -> FormSheet:
    """The form to be filled with a pen, in the reader's language where the form speaks it."""
    return FormSheet(
        imprint=imprint,
        title=form.title or form.id,
        form=" ".join((form.id, form.version)).strip(),
        form_digest=digest,
        filled=False,
        members=_Blank(form, words.language()).members(),
    )


def filled(
    session: Session,
    *,
    digest: str,
    imprint: Imprint,
    about: Sequence[tuple[str, str]] = (),
    hidden: Collection[str] = (),
) -> FormSheet:
    """The form with what was answered; what was not asked is left away.

    Answers at *hidden* paths are not told, nor the labels and the name of the record that could repeat them.
    """
    form = session.form
    return FormSheet(
        imprint=imprint,
        title=(session.name if not hidden else "") or form.title or form.id,
        form=" ".join((form.id, form.version)).strip(),
        form_digest=digest,
        filled=True,
        members=_Filled(session, hidden).members(),
        about=tuple(about),
    )


def plain(said: str) -> str:
    """Words of a form without the marks that a screen would show as bold, as headings or as colour."""
    said = _TAG.sub("", re.sub(r"<br\s*/?>", "\n", said))
    said = re.sub(r"^#{1,6}\s+", "", said, flags=re.MULTILINE)
    said = re.sub(r"\*\*(.+?)\*\*|__(.+?)__", lambda found: found[1] or found[2], said)
    said = re.sub(r"(?<![\w*])\*(\S|\S[^*\n]*\S)\*(?![\w*])", r"\1", said)
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", said).strip()


class _Outline:
    """What a blank and a filled form have in common: the order and the number of what is asked."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.groups = {group.key: group for group in form.groups}
        self.asked = {question.path: question for question in form.questions if question.control}

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each question by its path, through the whole form."""
        order = [path for path in self._walk(self.form.outline) if kind_of(self.asked[path]) is not Answer.NOTE]
        return {path: whole(number) for number, path in enumerate(order, 1)}

    def _walk(self, keys: Sequence[str]) -> Iterator[str]:
        for key in keys:
            if key in self.groups:
                yield from self._walk(self.groups[key].members)
            elif key in self.asked:
                yield key

    def short(self, repeat: Group) -> list[Question]:
        """The questions of a repeat that fits into a table; none where it does not."""
        asked = [self.asked[key] for key in repeat.members if key in self.asked]
        wide = len(asked) < len(repeat.members) or len(asked) > COLUMNS
        long = any(kind_of(question) in (Answer.LINES, Answer.SIGNATURE, Answer.NOTE) for question in asked)
        return [] if wide or long else asked


class _Blank(_Outline):
    """A form to be filled: everything is asked, with its condition in words."""

    def __init__(self, form: Form, language: str) -> None:
        super().__init__(form)
        found = form.language(language)
        self.language = found.name if found else form.default_language
        self.skips = Skips(self.numbers, self.asked, self._choice)

    def members(self) -> tuple[Member, ...]:
        return self._members(self.form.outline, depth=1)

    def _members(self, keys: Sequence[str], *, depth: int) -> tuple[Member, ...]:
        return tuple(member for key in keys for member in self._member(key, depth))

    def _member(self, key: str, depth: int) -> Iterator[Member]:
        if key in self.asked and not self.asked[key].calculate:
            yield self._question(self.asked[key])
        elif key in self.groups:
            yield from self._group(self.groups[key], depth)

    def _group(self, group: Group, depth: int) -> Iterator[Member]:
        title = self._text(group.labels) or (group.name if group.kind == "repeat" else "")
        only_if = self.skips.only_if(group.relevant, group.path)
        if group.kind != "repeat":
            if title or only_if:
                inner = self._members(group.members, depth=depth + 1)
                yield Section(title, depth, self._text(group.hints), only_if, inner)
            else:
                yield from self._members(group.members, depth=depth)
        elif short := self.short(group):
            heads = tuple(self._head(question) for question in short)
            yield Table(title, only_if, heads, (), BLANK_ROWS)
        else:
            for number in range(1, BLANK_COPIES + 1):
                inner = self._members(group.members, depth=depth + 1)
                yield Section(f"{title} ({whole(number)})", max(depth, 2), self._text(group.hints), only_if, inner)

    def _head(self, question: Question) -> str:
        """The head of a column: number, words, and the choices where they are few."""
        label = f"{self.numbers[question.path]} {self._text(question.labels)}"
        options = self._options(question)
        return f"{label} ({' / '.join(options)})" if 0 < len(options) <= 6 else label

    def _question(self, question: Question) -> Asked:
        return Asked(
            number=self.numbers.get(question.path, ""),
            code=question.name,
            label=self._text(question.labels) or question.name,
            kind=kind_of(question),
            hint=self._text(question.hints),
            only_if=self.skips.only_if(question.relevant, question.path),
            needed=question.required.strip() == "true()",
            options=self._options(question),
        )

    def _options(self, question: Question) -> tuple[str, ...]:
        if question.kind == "range" and (steps := _steps(question.parameters)):
            return steps
        if len(question.choices) > OPTIONS:
            return ()
        named = all(re.fullmatch(r"[A-Z0-9]{1,3}", choice.name) for choice in question.choices)
        return tuple(
            f"{choice.name}: {self._text(choice.labels)}" if named else self._text(choice.labels) or choice.name
            for choice in question.choices
        )

    def _choice(self, question: Question, value: str) -> str:
        found = next((choice for choice in question.choices if choice.name == value), None)
        return self._text(found.labels) if found else value

    def _text(self, texts: Mapping[str, str]) -> str:
        """Words in the language of the paper, else in the first one; an answer within them is a gap."""
        said = texts.get(self.language) or next(iter(texts.values()), "")
        return plain(_OUTPUT.sub(GAP, said))


class _Filled(_Outline):
    """A form that was filled: what was asked, with its answers, row by row."""

    def __init__(self, session: Session, hidden: Collection[str]) -> None:
        super().__init__(session.form)
        self.session, self.hidden = session, hidden

    def members(self) -> tuple[Member, ...]:
        return self._members(self.form.outline, {}, depth=1)

    def _members(self, keys: Sequence[str], rows: Mapping[str, str], *, depth: int) -> tuple[Member, ...]:
        return tuple(member for key in keys for member in self._member(key, rows, depth))

    def _member(self, key: str, rows: Mapping[str, str], depth: int) -> Iterator[Member]:
        if key in self.asked:
            at = _within(key, rows)
            if self.session.relevant(at):
                yield self._question(self.asked[key], at)
        elif key in self.groups:
            yield from self._group(self.groups[key], rows, depth)

    def _group(self, group: Group, rows: Mapping[str, str], depth: int) -> Iterator[Member]:
        at = _within(group.path, rows) if group.path else ""
        if at and not self.session.relevant(at):
            return
        title = (self._label(group) if self.hidden else plain(self.session.label(at))) if at else ""
        if group.kind == "repeat":
            yield from self._rows(group, at, title or group.name, rows, depth)
        elif title:
            yield Section(title, depth, "", "", self._members(group.members, rows, depth=depth + 1))
        else:
            yield from self._members(group.members, rows, depth=depth)

    def _rows(self, group: Group, at: str, title: str, rows: Mapping[str, str], depth: int) -> Iterator[Member]:
        every = [{**rows, group.path: f"{at}[{number}]"} for number in range(1, self.session.rows(at) + 1)]
        if short := self.short(group):
            heads = tuple(f"{self.numbers[question.path]} {self._label(question)}" for question in short)
            answered = tuple(tuple(self._shown(q, _within(q.path, row)) for q in short) for row in every)
            yield Table(title, "", heads, answered, 0)
            return
        for number, row in enumerate(every, 1):
            inner = self._members(group.members, row, depth=depth + 1)
            yield Section(f"{title} ({whole(number)})", max(depth, 2), "", "", inner)

    def _label(self, question: Question | Group) -> str:
        said = question.labels.get(self.session.language) or question.label()
        return plain(_OUTPUT.sub(GAP, said))

    def _question(self, question: Question, at: str) -> Asked:
        return Asked(
            number=self.numbers.get(question.path, ""),
            code=question.name,
            label=(self._label(question) if self.hidden else plain(self.session.label(at))) or question.name,
            kind=kind_of(question),
            answer=self._shown(question, at),
        )

    def _shown(self, question: Question, at: str) -> str:
        """The answer as a person reads it."""
        if at in self.hidden:
            return _("(left out)")
        value = (self.session.value(at) or "") if self.session.relevant(at) else ""
        if not value:
            return ""
        if kind_of(question) in (Answer.ONE, Answer.SEVERAL, Answer.ORDER) and question.kind != "range":
            labels = {option.name: plain(option.label) for option in self.session.choices(at)}
            return "; ".join(labels.get(name) or name for name in value.split())
        if kind_of(question) is Answer.TICK:
            return _("Yes")
        return _dated(question, value)


def _within(path: str, rows: Mapping[str, str]) -> str:
    """A path of the form as a path of the session: each repeat around it with the number of its row."""
    repeat = max((each for each in rows if path == each or path.startswith(f"{each}/")), key=len, default="")
    return rows[repeat] + path[len(repeat) :] if repeat else path


def _dated(question: Question, value: str) -> str:
    """A date or moment with its month in words; anything else as it was written."""
    try:
        if question.type == "date":
            return day(date.fromisoformat(value[:10]))
        if question.type == "time":
            return clock(datetime.combine(date.min, time.fromisoformat(value)))
        if question.type == "dateTime":
            return moment(datetime.fromisoformat(value))
    except ValueError:
        return value
    return value


def _steps(parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The steps of a scale, where a row of boxes holds them."""
    try:
        start, end, step = (float(parameters[key]) for key in ("start", "end", "step"))
    except (KeyError, ValueError):
        return ()
    number = round((end - start) / step) if step else RANGE
    if not 0 < number < RANGE:
        return ()
    return tuple(f"{start + place * step:g}" for place in range(number + 1))


def kind_of(question: Question) -> Answer:
    """How a question is answered with a pen."""
    if question.kind == "note":
        return Answer.NOTE
    if question.kind == "text" and "multiline" in question.appearance:
        return Answer.LINES
    if question.kind == "image" and "signature" in question.appearance:
        return Answer.SIGNATURE
    if question.kind.startswith("select_one"):
        return Answer.ONE
    if question.kind.startswith("select_multiple"):
        return Answer.SEVERAL
    kinds = {
        "rank": Answer.ORDER,
        "range": Answer.ONE,
        "date": Answer.DATE,
        "time": Answer.TIME,
        "dateTime": Answer.MOMENT,
        "datetime": Answer.MOMENT,
        "acknowledge": Answer.TICK,
        "trigger": Answer.TICK,
        "image": Answer.FILE,
        "audio": Answer.FILE,
        "video": Answer.FILE,
        "file": Answer.FILE,
        "geopoint": Answer.PLACE,
        "geotrace": Answer.PLACE,
        "geoshape": Answer.PLACE,
    }
    return kinds.get(question.kind, Answer.LINE)
