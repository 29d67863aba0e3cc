"""A record being filled:

answers in, and everything that follows from them (ODK XForms: Bindings, Events and Actions).

What a person entered and which rows there are is the state; all else is derived from it. An answer that is
undone, or that becomes relevant again, leaves no trace of what happened between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from pitso.words import _, whole
from pitso.xforms.choices import Chooser
from pitso.xforms.definition import NOTHING, Form, Question
from pitso.xforms.engine import MOST_ROWS, Engine
from pitso.xforms.entities import Entity, read_entities
from pitso.xforms.environment import Environment
from pitso.xforms.faults import FormTrouble
from pitso.xforms.instances import Document, Table, read_tree
from pitso.xforms.markup import parse
from pitso.xforms.paths import NoSuchPath, key_of, order_of, path_of, series_key, series_path, walk
from pitso.xforms.record import Field, Frame, Row, World
from pitso.xforms.schema import Element
from pitso.xforms.submission import predecessor, take, write
from pitso.xforms.texts import NO_TEXT, Output, Parts, Text
from pitso.xforms.types import fault_of, tidy
from pitso.xforms.xpath.dates import written


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps the record from being finished: ``kind`` is required, constraint, type or rows.

    ``rows``: the repeat at ``path`` is to have more rows than Pitso makes.
    """

    path: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice on offer, with its label and its media (kind to file) in the language being spoken."""

    name: str
    label: str
    media: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a deed wrote and that nothing else can tell again.

    For a value ``key`` is the question's key, ``before`` and ``after`` are texts. For a row ``key`` is the row's key
    (``/data/visit{id}``), and ``after`` is None where the row went, ``before`` where it came.
    """

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Answers:
    """The state of a record: which rows there are, and what was entered, by keys (see `Session.key`).

    ``rows`` gives for each repeat within a row (``/data/visit{id}/note``) its row ids in order, ``parked``
    those of surplus rows of counted repeats. ``values`` holds every text that cannot be derived from the others.
    Rows of counted repeats may be left out of ``rows`` and ``parked``: their count makes them, with their values.
    """

    rows: Mapping[str, tuple[str, ...]]
    parked: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]


class Session:
    """One record of a form. Made by `Form.begin`, `Form.resume` and `Form.restore`.

    Paths are the XForm's own; the step of a repeat may carry its row number from 1 (``/data/visit[2]/day``),
    or the row's id in braces (``/data/visit{id}/day``), and means the first row where it carries neither. A
    path that leads nowhere raises `NoSuchPath`.
    """

    def __init__(
        self,
        form: Form,
        environment: Environment,
        source: etree._Element | Answers | None = None,
    ) -> None:
        self.form = form
        self.environment = environment
        self.deprecated_id = ""
        self._plan = form.plan
        self._language = form.default_language
        self._top = Row(self._plan.root, None, "")
        self._engine = Engine(self._plan, self._top)
        self._engine.furnish(self._top)
        self._world = self._engine.world = World(self, self._top, self._lists(), environment)
        self._chooser = Chooser(self._plan, self._world)
        self._faulty: dict[Field, None] = {}
        self._repaint: dict[Field, None] = {}
        self._seeds: dict[Field, float] = {}
        self._deeds: list[list[Callable[[], None]]] = []
        if isinstance(source, Answers):
            self._resume(source)
        else:
            take(self._engine, self._plan.record if source is None else source, counted=source is not None)
            self.deprecated_id = predecessor(source) if source is not None else ""
            self._engine.tell_all()
        self._load(first=source is None)

    # --- opening

    def _lists(self) -> dict[str, Document]:
        lists = dict(self._plan.lists)
        for identity, rows in self.environment.lists.items():
            if identity in self._plan.used:
                lists[identity] = Document(Table.of(rows()))
        for identity, file in self._plan.missing.items():
            if file == "":
                lists[identity] = self._last_saved()
            elif identity not in lists and identity in self._plan.used:
                raise FormTrouble(
                    _("The form reads the list “{list}”, and the file {file} is not there.").format(
                        list=identity, file=file
                    ),
                    _("Bring the form in again together with that file."),
                )
        return lists

    def _last_saved(self) -> Document:
        if self.environment.last_saved is None:
            return Document(None)
        return read_tree(parse(self.environment.last_saved), plain=True)

    def refresh_lists(self) -> None:
        """Read the lists of the environment again, because the workspace has changed under them."""
        self._world.lists.update(self._lists())
        for row in self._engine.rows():
            self._engine.enqueue(row)
            for index in self._plan.graph.choosing:
                if index in row.fields:
                    self._engine.touched[row.fields[index]] = None
        self._engine.settle()
        self._check()

    def _load(self, *, first: bool) -> None:
        engine = self._engine
        if first:
            self._preload()
        for row in list(engine.rows()):
            engine.enqueue(row)
        engine.settle()
        if first:
            for ready in self._plan.graph.on_first_load:
                # Rows that a count makes are begun by odk-new-repeat, not by the first load.
                if not any(repeat.index in self._plan.counts for repeat in ready[0].target.chain):
                    engine.act(ready)
                    engine.settle()
        for ready in self._plan.graph.on_load:
            engine.act(ready)
            engine.settle()
        for row in engine.rows():
            engine.touched.update(dict.fromkeys(row.fields.values()))
        self._check()
        self._repaint.clear()
        engine.touched_series.clear()

    def _preload(self) -> None:
        for found in self._top.fields.values():
            kind, parameter = found.element.preload
            if kind:
                self._engine.put(found, self._preloaded(kind, parameter) or found.value)

    def _preloaded(self, kind: str, parameter: str) -> str:
        if kind == "uid":
            return f"uuid:{self.environment.uuid()}"
        if kind == "timestamp":
            return written(self.environment.now()) if parameter == "start" else ""
        if kind == "date":
            return self.environment.now().date().isoformat()
        if kind != "property":
            return ""
        return self.environment.device.get(parameter.replace("phone number", "phonenumber"), "")

    def _resume(self, answers: Answers) -> None:
        self._engine.kept = answers.values

        def furnish(row: Row) -> None:
            for repeat in self._plan.graph.members[row.element.index][1]:
                key = series_key(repeat, row)
                for kept, series in ((answers.rows, row.series), (answers.parked, row.parked)):
                    for at, identity in enumerate(kept.get(key, ())):
                        inner = self._engine.new_row(repeat, row, identity)
                        inner.at = at
                        series[repeat.index].append(inner)
                        furnish(inner)

        furnish(self._top)
        for row in self._every_row():
            for found in row.fields.values():
                kept = answers.values.get(key_of(found))
                if kept is not None:
                    found.value = found.text = kept

    def _every_row(self, row: Row | None = None) -> Iterator[Row]:
        """Every row, parked ones included."""
        row = row or self._top
        yield row
        for series in (*row.series.values(), *row.parked.values()):
            for inner in series:
                yield from self._every_row(inner)

    # --- answering

    def answer(self, path: str, text: str) -> None:
        """Keep an answer; an empty *text* takes it away.

        An answer that breaks its constraint is kept and marked.

        Several choices are kept in the order of the list, a ranking in the order given.

        Raises:
            ValueError: the question is calculated, or the path leads to a group.
        """
        found = self._field(path)
        if found.element.calculate or not found.element.is_leaf:
            raise ValueError(f"{path} takes no answer")
        zone = self.environment.now().tzinfo
        assert zone is not None
        text = tidy(text, found.element.type, zone)
        if found.element.control == "select":
            text = self._chooser.in_order(found, text)
        with_actions = self._engine.enter
        self._deed(lambda: with_actions(found, text))

    def add_row(self, path: str, *, id: str | None = None) -> str:
        """A new row at the end of the repeat at *path* (``/data/visit``); gives the row's path.

        ``id`` is the row's own for ever; a new UUID where it is not given.

        Raises:
            ValueError: the path leads to no repeat, or its rows are counted by the form.
        """
        row, repeat = self._series(path)
        if repeat.index in self._plan.counts:
            raise ValueError(f"the rows of {path} are counted by the form")
        identity = id or self.environment.uuid()
        engine = self._engine

        def add() -> None:
            added = engine.grow(repeat, row, identity)
            if engine.deed is not None:
                engine.deed.append(lambda: engine.detach(added))

        self._deed(add)
        return path_of(row.series[repeat.index][-1].field)

    def remove_row(self, path: str) -> None:
        """Take away the row at *path* (``/data/visit[2]``) with all that is in it; `undo` brings it back.

        Raises:
            ValueError: the path leads to no row, or the rows are counted by the form.
        """
        row, element = walk(self._top, self._plan, path)
        if row.element is not element or not element.is_repeat:
            raise ValueError(f"{path} is no row of a repeat")
        if element.index in self._plan.counts:
            raise ValueError(f"the rows of {path} are counted by the form")
        engine, at = self._engine, row.at

        def remove() -> None:
            engine.detach(row)
            if engine.deed is not None:
                engine.deed.append(lambda: engine.attach(row, at))

        self._deed(remove)

    def undo(self) -> bool:
        """Take back the last answer, added or removed row and what it set off; False if there is none."""
        if not self._deeds:
            return False
        self._engine.quietly(reversed(self._deeds.pop()))
        self._check()
        return True

    @property
    def deeds(self) -> int:
        """How many deeds `undo` can take back."""
        return len(self._deeds)

    def _deed(self, work: Callable[[], None]) -> None:
        deed: list[Callable[[], None]] = []
        self._engine.deed = deed
        try:
            work()
            self._engine.settle()
        finally:
            self._engine.deed = None
        if deed:
            self._deeds.append(deed)
        self._check()

    def finish(self) -> None:
        """Close the record: note the end of the work, drop surplus rows of counted repeats.

        The record may be opened and answered again; whether it may be finished is said by `problems`.
        """
        for row in list(self._engine.rows()):
            for parked in row.parked.values():
                parked.clear()
        self._engine.kept = {}
        for found in self._top.fields.values():
            if found.element.preload == ("timestamp", "end"):
                self._engine.put(found, written(self.environment.now()))
        self._deeds.clear()
        self._engine.settle()
        self._check()

    # --- looking

    def value(self, path: str) -> str | None:
        """The text at *path* as expressions see it: empty where not relevant, None for a group."""
        found = self._field(path)
        return found.text if found.element.is_leaf else None

    def kept(self, path: str) -> str:
        """The text that was entered, which is kept also while the question is not relevant."""
        return self._field(path).value

    def relevant(self, path: str) -> bool:
        """Is the question, group or row shown? A repeat as a whole is judged as a new row of it would be."""
        row, element = walk(self._top, self._plan, path)
        if not element.is_repeat or row.element is element:
            return row.fields[element.index].shown
        assert element.parent is not None
        if not row.fields[element.parent.index].shown:
            return False
        new = self._engine.new_row(element, row, "").field
        new.row.at = len(row.series[element.index])
        return all(
            rule.work(Frame(self._world, new, new))
            for rule in self._plan.graph.of_field.get(element.index, ())
            if rule.aspect == "relevant"
        )

    def required(self, path: str) -> bool:
        """Must the question have an answer?"""
        return self._field(path).needed

    def readonly(self, path: str) -> bool:
        """Is the question closed to answers, by itself or a group around it, or calculated?"""
        found: Field | None = self._field(path)
        assert found is not None
        if found.element.calculate:
            return True
        while found is not None:
            if found.locked:
                return True
            found = found.up()
        return False

    def rows(self, path: str) -> int:
        """How many rows the repeat at *path* has."""
        row, repeat = self._series(path)
        return len(row.series[repeat.index])

    def row_ids(self, path: str) -> tuple[str, ...]:
        """The ids of the rows of the repeat at *path*, in order; they stay whatever rows come and go."""
        row, repeat = self._series(path)
        return tuple(inner.id for inner in row.series[repeat.index])

    def key(self, path: str) -> str:
        """The path with every row named by its id in braces, true for as long as the row is there."""
        row, element = walk(self._top, self._plan, path)
        if element.is_repeat and row.element is not element:
            return series_key(element, row)
        return key_of(row.fields[element.index])

    def path(self, key: str) -> str:
        """The path of a `key`, with the numbers that the rows have now."""
        row, element = walk(self._top, self._plan, key)
        if element.is_repeat and row.element is not element:
            return series_path(element, row)
        return path_of(row.fields[element.index])

    def question(self, path: str) -> Question:
        """The question that is asked at *path*, as the form tells it. Raises KeyError for a group."""
        _row, element = walk(self._top, self._plan, path)
        return self._plan.questions[element.path]

    def paths(self) -> Iterator[str]:
        """The path of every question in document order, row by row, not relevant ones included."""
        found = [found for row in self._engine.rows() for found in row.fields.values() if found.element.is_leaf]
        for one in sorted(found, key=order_of):
            if one.element.name[0] != "@" and not one.element.is_repeat:
                yield path_of(one)

    def problems(self, path: str | None = None) -> tuple[Problem, ...]:
        """What keeps the record from being finished, in document order; only below *path* if given.

        Nothing that is not relevant counts.
        """
        faulty: Iterable[Field] = self._faulty
        if path is not None:
            row, element = walk(self._top, self._plan, path)
            faulty = [found for found in faulty if _lies_in(found, row, element)]
        found = []
        for one in sorted(faulty, key=order_of):
            kind = self._fault(one)
            if kind is not None:
                found.append(Problem(path_of(one), kind, self._message(one, kind)))
        for up, repeat in self._engine.capped:
            if path is None and _attached(up) and up.field.shown:
                found.append(Problem(series_path(repeat, up), "rows", _too_many()))
        return tuple(found)

    def problem(self, path: str) -> Problem | None:
        """What is wrong with the one question at *path*, None where nothing is."""
        found = self._field(path)
        kind = self._fault(found) if found.element.control else None
        return None if kind is None else Problem(path_of(found), kind, self._message(found, kind))

    def faulty(self) -> Mapping[str, int]:
        """How many questions have a problem, by their path without row numbers."""
        counted: dict[str, int] = {}
        for found in self._faulty:
            if self._fault(found) is not None:
                counted[found.element.path] = counted.get(found.element.path, 0) + 1
        for up, repeat in self._engine.capped:
            if _attached(up) and up.field.shown:
                counted[repeat.path] = counted.get(repeat.path, 0) + 1
        return counted

    def faulty_rows(self, path: str) -> Mapping[str, int]:
        """How many questions have a problem in each row of the repeat at *path*, by the row's id."""
        up, repeat = self._series(path)
        counted: dict[str, int] = {}
        for found in self._faulty:
            row: Row | None = found.row
            while row is not None and not (row.element is repeat and row.up is up):
                row = row.up
            if row is not None and self._fault(found) is not None:
                counted[row.id] = counted.get(row.id, 0) + 1
        return counted

    def changes(self) -> tuple[str, ...]:
        """The paths to paint again since this was last asked, in document order.

        A question is named when its value, relevance, choices, label, marks or problem changed; a repeat as a
        whole (``/data/visit``) when its rows did.
        """
        series = [
            ((*order_of(row.field), (repeat.index, -1)), series_path(repeat, row))
            for row, repeat in self._engine.touched_series
            if _attached(row)
        ]
        fields = [(order_of(found), path_of(found)) for found in self._repaint if _attached(found.row)]
        self._repaint.clear()
        self._engine.touched_series.clear()
        return tuple(dict.fromkeys(path for _order, path in sorted([*series, *fields])))

    def entries(self) -> tuple[Entry, ...]:
        """What was written since this was last asked: values entered or drawn, rows added and removed.

        Rows come before values, outer rows before inner ones, each kind in document order. Of a new or restored record
        everything is told at the first asking, defaults of the form excepted. Calculated values are not told, nor rows
        that a count makes; a value written back to what it was is not told either.
        """
        engine = self._engine
        rows = sorted(((row.field, came) for row, came in engine.rows_made.items()), key=lambda one: order_of(one[0]))
        values = sorted(
            ((found, before) for found, before in engine.written.items() if found.value != before),
            key=lambda one: order_of(one[0]),
        )
        engine.rows_made.clear()
        engine.written.clear()
        return (
            *(Entry(key_of(row), None if came else row.row.id, row.row.id if came else None) for row, came in rows),
            *(Entry(key_of(found), before, found.value) for found, before in values),
        )

    # --- words

    @property
    def language(self) -> str:
        """The full name of the language being spoken, an empty text in a form without languages."""
        return self._language

    @property
    def language_code(self) -> str:
        """The code of the language being spoken."""
        language = self.form.language(self._language)
        return language.code if language else ""

    def speak(self, language: str) -> None:
        """Speak another language of the form, by its full name or its code; calculated labels follow.

        Raises:
            ValueError: the form does not speak it.
        """
        found = self.form.language(language)
        if found is None:
            raise ValueError(f"the form does not speak {language}")
        self._language = found.name
        engine = self._engine
        for row in engine.rows():
            engine.touched.update(dict.fromkeys(row.fields.values()))
        for rule in self._plan.graph.speakers:
            if rule.aspect not in ("label", "count"):
                for site in engine.fields_of(rule.element):
                    engine.push(rule, site)
        engine.settle()
        self._check()

    def label(self, path: str) -> str:
        """The label in the language being spoken, its outputs filled in."""
        return self._said(self._place(path), self._texts(path)[0])

    def hint(self, path: str) -> str:
        """The hint in the language being spoken, its outputs filled in."""
        return self._said(self._place(path), self._texts(path)[1])

    def guidance(self, path: str) -> str:
        """The guidance hint in the language being spoken, its outputs filled in."""
        return self._said(self._place(path), self._texts(path)[1], "guidance")

    def media(self, path: str) -> Mapping[str, str]:
        """The files that go with the label, by kind (``image``, ``audio``, ``video``, ``big-image``)."""
        media = self._texts(path)[0].media()
        return media.get(self._language) or media.get(self.form.default_language) or {}

    def choices(self, path: str) -> tuple[Option, ...]:
        """The choices on offer now, filtered and in their order, in the language being spoken."""
        found = self._field(path)
        return tuple(
            Option(name, text) if isinstance(text, str) else Option(name, self._said(found, text), self._media(text))
            for name, text in self._chooser.options(found)
        )

    def choice_count(self, path: str) -> int:
        """How many choices are on offer now."""
        return len(self._chooser.nodes(self._field(path)))

    def find_choices(self, path: str, typed: str, most: int) -> tuple[Option, ...]:
        """At most *most* choices on offer whose label holds all words that were *typed*, in the order of the list."""
        words, found = typed.casefold().split(), []
        field = self._field(path)
        for name, text in self._chooser.options(field):
            label = text if isinstance(text, str) else self._said(field, text)
            if all(word in label.casefold() for word in words):
                found.append(Option(name, label))
                if len(found) == most:
                    break
        return tuple(found)

    def option_label(self, path: str, name: str) -> str:
        """The label of one choice of the question at *path*, empty where it is not on offer."""
        return self.choice_label(self._field(path), name)

    def _texts(self, path: str) -> tuple[Text, Text]:
        _row, element = walk(self._top, self._plan, path)
        control = self._plan.controls.get(element.index)
        if control is not None:
            return control.label, control.hint
        return self._plan.group_texts.get(element.index, (NO_TEXT, NO_TEXT))

    def _place(self, path: str) -> Field:
        """The node in whose context a text is said: a repeat as a whole speaks from what is around it."""
        row, element = walk(self._top, self._plan, path)
        if element.is_repeat and row.element is not element:
            return self._engine.new_row(element, row, "").field
        return row.fields[element.index]

    def _media(self, text: Text) -> Mapping[str, str]:
        media = text.media() if text.forms else {}
        return media.get(self._language) or media.get(self.form.default_language) or {}

    def _said(self, found: Field, text: Text, form: str = "") -> str:
        """A text in the language being spoken, else in the form's own, its outputs filled in."""
        for language in (self._language, self.form.default_language, ""):
            parts = text.forms.get(language, {}).get(form) if form else text.said.get(language)
            if parts is not None:
                return self._filled(found, parts)
        return ""

    def _filled(self, found: Field, parts: Parts) -> str:
        outputs = self._plan.graph.outputs
        return "".join(
            outputs[found.element.index, part.source](Frame(self._world, found, found))
            if isinstance(part, Output)
            else part
            for part in parts
        )

    # --- what the engine asks

    def offered(self, found: Field) -> frozenset[str]:
        """The names on offer at a select."""
        return self._chooser.names(found)

    def choice_label(self, found: Field, name: str) -> str:
        """The label of one choice of a select, by its name."""
        text = self._chooser.text_of(found, name)
        return self._said(found, text) if isinstance(text, Text) else text or ""

    def itext(self, identity: str, found: Field) -> str:
        """The text of that id in the language being spoken."""
        text = self._plan.texts.get(identity)
        if text is None:
            return ""
        if text.has_outputs() and not all(
            (found.element.index, source) in self._plan.graph.outputs for source in text.sources()
        ):
            return ""
        return self._said(found, text)

    def seed_of(self, found: Field) -> float:
        """A random seed that stays with a question for the whole session."""
        if found not in self._seeds:
            self._seeds[found] = float(int(self.environment.random() * 2147483646) + 1)
        return self._seeds[found]

    # --- giving away

    def submission(self) -> bytes:
        """The record as submission XML (ODK XForms: Submission): non-relevant nodes and parked rows left out.

        Where the form notes the end of the work and `finish` was not called, the present moment stands there.
        """
        return write(self._plan, self._top, end=written(self.environment.now()), replaces=self.deprecated_id)

    def attachments(self) -> tuple[str, ...]:
        """The file names that relevant answers name (images, audio, video, files), in document order."""
        found = [
            one
            for row in self._engine.rows()
            for one in row.fields.values()
            if one.element.type == "binary" and one.text
        ]
        return tuple(dict.fromkeys(one.text for one in sorted(found, key=order_of)))

    def entities(self) -> tuple[Entity, ...]:
        """The entities that this record creates or updates, in document order."""
        return tuple(read_entities(self._engine))

    def answers(self) -> Answers:
        """The state of the record, from which `Form.resume` makes an equal session."""
        rows: dict[str, tuple[str, ...]] = {}
        parked: dict[str, tuple[str, ...]] = {}
        values: dict[str, str] = {}
        volatile = self._plan.graph.volatile
        for row in self._every_row():
            for repeat in self._plan.graph.members[row.element.index][1]:
                key = series_key(repeat, row)
                for kept, series in ((rows, row.series), (parked, row.parked)):
                    if series[repeat.index]:
                        kept[key] = tuple(inner.id for inner in series[repeat.index])
            for found in row.fields.values():
                element = found.element
                entered = not element.calculate or element.index in volatile
                if element.is_leaf and entered and found.value != element.default:
                    values[key_of(found)] = found.value
        return Answers(rows, parked, values)

    @property
    def name(self) -> str:
        """The name that the form gives its record (``instance_name``), empty where it gives none."""
        for path in self._meta("instanceName"):
            return self._top.fields[path.index].text
        return ""

    @property
    def instance_id(self) -> str:
        """The record's ``instanceID``, empty in a form without one."""
        for element in self._meta("instanceID"):
            return self._top.fields[element.index].value
        return ""

    def become_revision(self) -> None:
        """Make this the next revision of a finished record:

        a new ``instanceID``, the old one in ``deprecatedID``.
        """
        for element in self._meta("instanceID"):
            found = self._top.fields[element.index]
            self.deprecated_id = found.value
            self._engine.put(found, f"uuid:{self.environment.uuid()}")
        self._engine.settle()
        self._check()

    def _meta(self, name: str) -> list[Element]:
        return [child for meta in self._metas for child in meta.children.values() if child.name.split(":")[-1] == name]

    @cached_property
    def _metas(self) -> list[Element]:
        """The places of what a form tells about its record; asked for after every answer."""
        return [child for child in self._plan.root.children.values() if child.name.split(":")[-1] == "meta"]

    # --- finding

    def _field(self, path: str) -> Field:
        row, element = walk(self._top, self._plan, path)
        if element.is_repeat and row.element is not element:
            rows = row.series[element.index]
            if not rows:
                raise NoSuchPath(path)
            return rows[0].field
        return row.fields[element.index]

    def _series(self, path: str) -> tuple[Row, Element]:
        row, element = walk(self._top, self._plan, path)
        if not element.is_repeat or row.element is element:
            raise ValueError(f"{path} is no repeat")
        return row, element

    # --- judging

    def _check(self) -> None:
        """Judge anew whatever was touched, and every row that came or went; keep it for `changes`."""
        for found in self._engine.touched:
            self._judge(found)
        self._repaint.update(self._engine.touched)
        self._engine.touched.clear()
        for moved in self._engine.moved:
            for row in self._engine.rows(moved):
                for found in row.fields.values():
                    self._judge(found)
        self._engine.moved.clear()

    def _judge(self, found: Field) -> None:
        if found.element.control and self._fault(found) is not None and _attached(found.row):
            self._faulty[found] = None
        else:
            self._faulty.pop(found, None)

    def _fault(self, found: Field) -> str | None:
        if not found.shown:
            return None
        if found.text == "":
            return "required" if found.needed else None
        if not found.valid:
            return "constraint"
        return "type" if fault_of(found.text, found.element.type) else None

    def _message(self, found: Field, kind: str) -> str:
        if kind == "type":
            return fault_of(found.text, found.element.type) or ""
        said = self._said(found, self._plan.messages.get((found.element.index, kind), NO_TEXT))
        if said:
            return said
        return _("This question needs an answer.") if kind == "required" else _("This answer is not allowed here.")


def _too_many() -> str:
    return _("This asks for more than {most} rows; check the number.").format(most=whole(MOST_ROWS))


def _lies_in(found: Field, row: Row, element: Element) -> bool:
    here: Element | None = found.element
    while here is not None and here is not element:
        here = here.parent
    if here is None:
        return False
    place: Row | None = found.row
    while place is not None and place is not row:
        place = place.up
    return place is not None


def _attached(row: Row) -> bool:
    """Is the row, with all rows around it, part of the record?"""
    while row.up is not None:
        sisters = row.up.series[row.element.index]
        if not (row.at < len(sisters) and sisters[row.at] is row):
            return False
        row = row.up
    return True
