"""XForm to `Form`: instance, binds, body, texts and lists (ODK XForms: Structure, Bindings, Body)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pitso.words import _, listed
from pitso.xforms.definition import Choice, Form, Group, Head, Language, Question
from pitso.xforms.faults import FormTrouble
from pitso.xforms.graph import build
from pitso.xforms.instances import Document, Item, Table, node_name, read_csv, read_file, read_tree
from pitso.xforms.markup import (
    JAVAROSA,
    ODK,
    OPENROSA,
    XFORMS,
    XHTML,
    foreign_attributes,
    local,
    namespace,
    parse,
)
from pitso.xforms.plan import Action, Control, Itemset, Plan
from pitso.xforms.schema import Element
from pitso.xforms.texts import NO_TEXT, Output, Text, inline, read_itext

_CONTROLS = {"input", "select1", "select", "upload", "trigger", "range", "rank", "secret"}
_TEMPLATE = f"{{{JAVAROSA}}}template"
_ITEXT = re.compile(r"""^\s*jr:itext\(\s*(['"])(.*)\1\s*\)\s*$""", re.DOTALL)
_INSTANCE = re.compile(r"""instance\(\s*(['"])(.*?)\1\s*\)""")
_INPUT_KINDS = {
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
_PRELOADS = {
    ("timestamp", "start"): "start",
    ("timestamp", "end"): "end",
    ("date", "today"): "today",
    ("property", "phone number"): "phonenumber",
    ("uid", ""): "instanceID",
}


def read_form(xform: bytes, *, media: Mapping[str, bytes] | None = None) -> Form:
    """The form that *xform* describes; *media* holds the files it reads (csv, geojson, xml) by their names.

    Every expression is compiled and every cycle found here, so that a session never meets a fault of the
    form.

    Raises:
        FormTrouble: it is not an XForm, an expression cannot be understood, or values wait for each other in
        a circle.
    """
    return _Reading(parse(xform), media or {}).form()


def read_head(xform: bytes) -> Head:
    """What a library shows of the form that *xform* describes: some milliseconds, where the whole takes some dozens.

    Raises:
        FormTrouble: it is not an XForm.
    """
    return _Reading(parse(xform), {}).head()


@dataclass
class _Body:
    """What has been met of the body so far."""

    controls: list[Control] = field(default_factory=list)
    groups: list[tuple[Element | None, str, etree._Element, etree._Element | None, tuple[str, ...]]] = field(
        default_factory=list
    )
    members: dict[str, list[str]] = field(default_factory=dict)
    around: dict[str, tuple[str, ...]] = field(default_factory=dict)


class _Reading:
    """One XForm being read; made, used and thrown away by `read_form`."""

    def __init__(self, root: etree._Element, media: Mapping[str, bytes]) -> None:
        self.html = root
        self.media = media
        self.limits: list[str] = []
        self.elements: list[Element] = []
        self.by_path: dict[str, Element] = {}
        self.actions: list[Action] = []
        self.counts: dict[int, str] = {}
        self.fixed: set[int] = set()
        self.messages: dict[tuple[int, str], Text] = {}
        self.instance_nodes: dict[int, etree._Element] = {}
        self.bind_nodes: dict[int, etree._Element] = {}
        self.bind_ids: dict[str, str] = {}
        self.group_texts: dict[int, tuple[Text, Text]] = {}
        self.body = _Body()
        self.body_nodes: dict[int, etree._Element] = {}
        self.choices_of: dict[str, tuple[Choice, ...]] = {}

    def head(self) -> Head:
        head = self._need(self.html, XHTML, "head")
        self.model = self._need(head, XFORMS, "model")
        title = head.find(f"{{{XHTML}}}title")
        self._languages()
        self.record = self._primary_instance()
        plain = {str(key): str(value) for key, value in self.record.attrib.items() if not str(key).startswith("{")}
        own = {key: value for key, value in plain.items() if key not in ("id", "version")}
        return Head(
            id=plain.get("id") or (namespace(self.record) if namespace(self.record) != XFORMS else ""),
            version=plain.get("version") or self.record.get(f"{{{OPENROSA}}}version") or "",
            title="" if title is None else "".join(str(text) for text in title.itertext()),
            languages=self.languages,
            attributes={**own, **foreign_attributes(self.record)},
        )

    def form(self) -> Form:
        head = self.head()
        self._texts()
        self.root = self._lay_out(self.record, None)
        self._bind()
        self._secondary_instances()
        self._model_actions()
        self._walk_body()
        questions = self._questions()
        groups = self._groups()
        plan = Plan(
            root=self.root,
            elements=self.elements,
            by_path=self.by_path,
            questions={question.path: question for question in questions},
            groups={group.path: group for group in groups if group.path},
            controls={control.element.index: control for control in self.body.controls},
            texts=self.texts,
            messages=self.messages,
            counts=self.counts,
            actions=self.actions,
            record=self.record,
            lists=self.lists,
            missing=self.missing,
            group_texts=self.group_texts,
        )
        plan.graph = build(plan)
        questions = tuple(
            replace(question, volatile=True) if self.by_path[question.path].index in plan.graph.volatile else question
            for question in questions
        )
        plan.questions = {question.path: question for question in questions}
        body = self.html.find(f"{{{XHTML}}}body")
        return Form(
            id=head.id,
            version=head.version,
            title=head.title,
            root=self.root.path,
            languages=head.languages,
            default_language=self.default_language,
            attributes=head.attributes,
            questions=questions,
            groups=groups,
            outline=tuple(self.body.members.get("", ())),
            style="" if body is None else body.get("class") or "",
            files={name: file for name, file in self.files.items() if name in plan.used},
            limits=tuple(dict.fromkeys([*self.limits, *plan.notes])),
            plan=plan,
        )

    @staticmethod
    def _need(parent: etree._Element, uri: str, name: str) -> etree._Element:
        found = parent.find(f"{{{uri}}}{name}")
        if found is None:
            raise FormTrouble(
                _("This XML is not an XForm: it has no “{name}”.").format(name=name),
                _("Convert the XLSForm again, and bring in what comes out."),
            )
        return found

    # --- languages -----------------------------------------------------------------------------------------

    def _languages(self) -> None:
        itext = self.itext = self.model.find(f"{{{XFORMS}}}itext")
        names = [str(node.get("lang")) for node in itext] if itext is not None else []
        # pyxform calls the only language of a form without languages "default".
        if names == ["default"]:
            names = [""]
        defaults = [
            name for name, node in zip(names, itext if itext is not None else (), strict=True) if node.get("default")
        ]
        self.default_language = (defaults or names or [""])[0]
        self.languages = tuple(Language(name, _code(name)) for name in names if name)
        self.names = names

    def _texts(self) -> None:
        self.texts = read_itext(self.itext, self.names)

    def _text(self, node: etree._Element | None) -> Text:
        if node is None:
            return NO_TEXT
        ref = node.get("ref")
        if not ref:
            return inline(node)
        return self._itext(ref) or Text({"": (Output(ref),)})

    def _itext(self, ref: str) -> Text | None:
        """The text that ``jr:itext('id')`` names, None for any other expression."""
        itext = _ITEXT.match(ref)
        return self.texts.get(itext.group(2), NO_TEXT) if itext else None

    # --- the primary instance ------------------------------------------------------------------------------

    def _primary_instance(self) -> etree._Element:
        for instance in self.model.findall(f"{{{XFORMS}}}instance"):
            if len(instance):
                return instance[0]
        raise FormTrouble(
            _("This XForm has no primary instance, so there is nothing to fill."),
            _("Convert the XLSForm again, and bring in what comes out."),
        )

    def _lay_out(self, node: etree._Element, parent: Element | None) -> Element:
        name = self._name_in_instance(node)
        path = f"{parent.path if parent else ''}/{name}"
        element = Element(len(self.elements), path, name, str(node.tag), parent)
        self.elements.append(element)
        self.by_path[path] = element
        self.instance_nodes[element.index] = node
        self._take_attributes(element, node)
        element.chain = parent.chain if parent else ()
        if parent is not None:
            parent.children[name] = element
        for twins in _twins(node).values():
            template = next((twin for twin in twins if twin.get(_TEMPLATE) is not None), None)
            child = self._lay_out(template if template is not None else twins[0], element)
            if template is not None and len(twins) > 1:
                # What an instance:: column adds stands on the first row, not on its template.
                self._adopt(child, next(twin for twin in twins if twin is not template))
        if not len(node):
            element.default = node.text or ""
        return element

    def _adopt(self, element: Element, node: etree._Element) -> None:
        self._take_attributes(element, node)
        for child in node:
            inner = element.children.get(self._name_in_instance(child))
            if inner is not None:
                self._adopt(inner, child)

    def _take_attributes(self, element: Element, node: etree._Element) -> None:
        for key, value in node.attrib.items():
            if key != _TEMPLATE:
                element.attributes[str(key)] = str(value)

    def _name_in_instance(self, node: etree._Element) -> str:
        return local(node) if namespace(node) in (XFORMS, namespace(self.record), "") else node_name(node)

    # --- binds ---------------------------------------------------------------------------------------------

    def _bind(self) -> None:
        for bind in self.model.findall(f"{{{XFORMS}}}bind"):
            path = (bind.get("nodeset") or "").strip()
            element = self._element(path, self.root)
            if element is None:
                raise _no_such_node(path)
            self.bind_nodes[element.index] = bind
            if bind.get("id"):
                self.bind_ids[str(bind.get("id"))] = path
            kind = bind.get("type") or "string"
            element.type = kind if kind.startswith("odk:") else kind.split(":")[-1]
            element.relevant = (bind.get("relevant") or "").strip()
            element.required = (bind.get("required") or "").strip()
            element.readonly = (bind.get("readonly") or "").strip()
            element.constraint = (bind.get("constraint") or "").strip()
            element.calculate = (bind.get("calculate") or "").strip()
            element.preload = (
                bind.get(f"{{{JAVAROSA}}}preload") or "",
                bind.get(f"{{{JAVAROSA}}}preloadParams") or "",
            )
            if element.preload[0] not in ("", "uid", "timestamp", "date", "property"):
                self.limits.append(
                    _("“{path}” is filled in by “{preload}”, which Pitso does not know; it stays empty.").format(
                        path=path, preload=element.preload[0]
                    )
                )
            for aspect, name in (("constraint", "constraintMsg"), ("required", "requiredMsg")):
                message = bind.get(f"{{{JAVAROSA}}}{name}")
                if message:
                    self.messages[element.index, aspect] = self._itext(message) or Text({"": (message,)})

    def _element(self, path: str, context: Element) -> Element | None:
        """The element at a plain *path* (steps only); an attribute's element is made when first addressed."""
        element: Element | None = context
        if path.startswith("/"):
            first, *steps = path[1:].split("/")
            element = self.root if first == self.root.name else None
        else:
            steps = path.split("/")
        for step in steps:
            if element is None:
                return None
            if step == "..":
                element = element.parent
            elif step.startswith("@"):
                element = self._attribute(element, step)
            elif step not in (".", ""):
                element = element.children.get(step)
        return element

    def _attribute(self, owner: Element, step: str) -> Element | None:
        if step not in owner.children:
            name = step[1:]
            if name not in owner.attributes:
                return None
            element = Element(len(self.elements), f"{owner.path}/{step}", step, name, owner)
            element.default = owner.attributes.pop(name)
            element.chain = owner.chain
            self.elements.append(element)
            self.by_path[element.path] = element
            owner.children[step] = element
        return owner.children[step]

    # --- lists ---------------------------------------------------------------------------------------------

    def _secondary_instances(self) -> None:
        self.lists: dict[str, Document] = {}
        self.files: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        for instance in self.model.findall(f"{{{XFORMS}}}instance"):
            identity = instance.get("id")
            if identity is None or (len(instance) and instance[0] is self.record):
                continue
            source = instance.get("src")
            if source is None:
                self.lists[identity] = read_tree(instance[0]) if len(instance) else Document(None)
                continue
            file = source.rsplit("/", 1)[-1]
            if source != "jr://instance/last-saved":
                self.files[identity] = file
            if source == "jr://instance/last-saved":
                self.missing[identity] = ""
            elif file in self.media:
                self.lists[identity] = read_file(file, self.media[file])
            else:
                self.missing[identity] = file

    # --- actions -------------------------------------------------------------------------------------------

    def _model_actions(self) -> None:
        for node in self.model:
            self._action(node, None)
        if any(element.name.split(":")[-1] == "audit" for element in self.elements):
            self.limits.append(_("The form asks for an audit file; Pitso keeps the history of every answer itself."))
        submission = self.model.find(f"{{{XFORMS}}}submission")
        if submission is not None and (submission.get(f"{{{OPENROSA}}}auto-send") or "").startswith("true"):
            self.limits.append(_("The form asks to be sent by itself; Pitso sends when a person does so."))
        if submission is not None and submission.get("base64RsaPublicKey"):
            self.limits.append(_("The form asks for encrypted submissions; Pitso protects the workspace instead."))

    def _action(self, node: etree._Element, source: Element | None) -> bool:
        name, uri = local(node), namespace(node)
        if (name, uri) in (("setgeopoint", ODK), ("recordaudio", ODK), ("setlocation", ODK)):
            self.limits.append(
                _("“{path}” is filled by a device that Pitso does not use, and stays empty.").format(
                    path=node.get("ref") or ""
                )
            )
            return True
        if name != "setvalue":
            return False
        target = self._element(self._ref(node), source or self.root)
        if target is None:
            raise _no_such_node(self._ref(node))
        events = frozenset((node.get("event") or node.get("{http://www.w3.org/2001/xml-events}event") or "").split())
        unknown = events - {
            "odk-instance-first-load",
            "odk-new-repeat",
            "xforms-value-changed",
            "xforms-ready",
            "odk-instance-load",
        }
        if unknown:
            self.limits.append(
                _("An action waits for the event “{event}”, which Pitso does not have.").format(
                    event=listed(sorted(unknown))
                )
            )
        self.actions.append(Action(events, target, node.get("value") or "", node.text or "", source))
        return True

    def _ref(self, node: etree._Element) -> str:
        ref = node.get("ref") or node.get("nodeset")
        if not ref and node.get("bind"):
            ref = self.bind_ids.get(str(node.get("bind")))
        return (ref or "").strip()

    # --- the body ------------------------------------------------------------------------------------------

    def _walk_body(self) -> None:
        body = self.html.find(f"{{{XHTML}}}body")
        if body is not None:
            self._walk(body, self.root, ())

    def _walk(self, parent: etree._Element, context: Element, around: tuple[str, ...]) -> None:
        key = around[-1] if around else ""
        members = self.body.members.setdefault(key, [])
        for node in parent:
            name = local(node)
            if name == "group":
                self._group(node, context, around, members)
            elif name == "repeat":
                self._repeat(node, None, context, around, members)
            elif name in _CONTROLS:
                self._control(node, name, context, around, members)
            elif self._action(node, context) or name in ("label", "hint"):
                continue
            else:
                raise FormTrouble(
                    _("The form uses “{name}”, which Pitso does not know yet.").format(name=name),
                    _("Ask the question in another way, or fill this form with another program."),
                )

    def _group(self, node: etree._Element, context: Element, around: tuple[str, ...], members: list[str]) -> None:
        ref = self._ref(node)
        element = self._element(ref, context) if ref else None
        if ref and element is None:
            raise _no_such_node(ref)
        repeat = next((child for child in node if local(child) == "repeat"), None)
        if repeat is not None and self._element(self._ref(repeat), context) is element:
            self._repeat(repeat, node, context, around, members)
            return
        key = element.path if element is not None else f"#{len(self.body.groups)}"
        members.append(key)
        self.body.groups.append((element, key, node, None, around))
        self._walk(node, element or context, (*around, key))

    def _repeat(
        self,
        node: etree._Element,
        group: etree._Element | None,
        context: Element,
        around: tuple[str, ...],
        members: list[str],
    ) -> None:
        element = self._element(self._ref(node), context)
        if element is None:
            raise _no_such_node(self._ref(node))
        self._make_repeat(element)
        count = node.get(f"{{{JAVAROSA}}}count")
        if count:
            self.counts[element.index] = count.strip()
        if (node.get(f"{{{JAVAROSA}}}noAddRemove") or "").startswith("true"):
            self.fixed.add(element.index)
        members.append(element.path)
        self.body.groups.append((element, element.path, group if group is not None else node, node, around))
        if group is not None:
            for other in group:
                if other is not node and local(other) not in ("label", "hint"):
                    self._walk_one(other, element, (*around, element.path))
        self._walk(node, element, (*around, element.path))

    def _walk_one(self, node: etree._Element, context: Element, around: tuple[str, ...]) -> None:
        holder = etree.Element("holder")
        holder.append(node)
        self._walk(holder, context, around)

    @staticmethod
    def _make_repeat(element: Element) -> None:
        element.is_repeat = True
        at = len(element.parent.chain) if element.parent else 0
        for inner in (element, *element.below()):
            inner.chain = (*inner.chain[:at], element, *inner.chain[at:])

    def _control(
        self,
        node: etree._Element,
        name: str,
        context: Element,
        around: tuple[str, ...],
        members: list[str],
    ) -> None:
        element = self._element(self._ref(node), context)
        if element is None:
            raise _no_such_node(self._ref(node))
        element.control = name
        element.has_select = name in ("select", "select1", "rank")
        members.append(element.path)
        self.body.around[element.path] = around
        itemset = None
        for child in node:
            if local(child) == "itemset":
                itemset = _itemset(child)
            self._action(child, element)
        if node.get("query"):
            itemset = Itemset(str(node.get("query")), "name", "label")
            element.has_select = True
            self._external_choices(itemset)
        elif itemset is None and any(local(child) == "item" for child in node):
            itemset = self._inline_items(node, element)
        appearance = node.get("appearance") or ""
        if appearance.startswith(("ex:", "intent:")):
            self.limits.append(
                _("“{path}” asks another app for its answer; in Pitso it is typed.").format(path=element.path)
            )
        if appearance.startswith("search(") or " search(" in appearance:
            self.limits.append(
                _("“{path}” searches its choices with search(); use select_one_from_file instead.").format(
                    path=element.path
                )
            )
        self.body.controls.append(
            Control(
                element,
                name,
                self._text(_child(node, "label")),
                self._text(_child(node, "hint")),
                itemset,
                {str(key): str(value) for key, value in node.attrib.items()},
            )
        )
        self.body_nodes[element.index] = node

    def _external_choices(self, itemset: Itemset) -> None:
        """The list of a select_one_external, which is part of the file ``itemsets.csv``."""
        named = _INSTANCE.search(itemset.nodeset)
        if named is None or named.group(2) in self.lists:
            return
        identity = named.group(2)
        self.files[identity] = "itemsets.csv"
        data = self.media.get("itemsets.csv")
        if data is None:
            self.missing[identity] = "itemsets.csv"
            return
        table = read_csv(data, "itemsets.csv")
        rows = [item.cells for item in table.where("list_name", identity)]
        self.lists[identity] = Document(Table(list(table.columns), rows))

    def _inline_items(self, node: etree._Element, element: Element) -> Itemset:
        """Choices written in the control itself become a list of their own."""
        identity = f"items of {element.path}"
        rows = []
        for item in node:
            if local(item) != "item":
                continue
            value, label = _child(item, "value"), _child(item, "label")
            name = "" if value is None else value.text or ""
            key = f"{element.path}/{name}:label"
            if label is not None:
                self.texts[key] = self._text(label)
            rows.append({"name": name, "itextId": key})
        self.lists[identity] = Document(Table.of(rows))
        return Itemset(f"instance('{identity}')/root/item", "name", "jr:itext(itextId)")

    # --- the form as data ----------------------------------------------------------------------------------

    def _questions(self) -> tuple[Question, ...]:
        controls = {control.element.index: control for control in self.body.controls}
        return tuple(
            self._question(element, controls.get(element.index))
            for element in self.elements
            if element.is_leaf and not element.is_repeat and element is not self.root and element.name[0] != "@"
        )

    def _question(self, element: Element, control: Control | None) -> Question:
        bind = self.bind_nodes.get(element.index)
        node = self.body_nodes.get(element.index)
        label = control.label if control else NO_TEXT
        hint = control.hint if control else NO_TEXT
        attributes = {
            **foreign_attributes(self.instance_nodes[element.index]),
            **_foreign(element.attributes),
            **(foreign_attributes(node) if node is not None else {}),
            **(foreign_attributes(bind) if bind is not None else {}),
        }
        plain = dict(control.attributes) if control else {}
        choice_list, choice_filter, choices = self._choices(control.itemset if control else None)
        return Question(
            path=element.path,
            name=element.name,
            kind=self._kind(element, control),
            type=element.type,
            control=control.tag if control else "",
            appearance=plain.get("appearance", ""),
            labels=label.plain(),
            hints=hint.plain(),
            guidance=hint.of_form("guidance"),
            media=label.media(),
            relevant=element.relevant,
            required=element.required,
            readonly=element.readonly,
            constraint=element.constraint,
            calculate=element.calculate,
            constraint_messages=self.messages.get((element.index, "constraint"), NO_TEXT).plain(),
            required_messages=self.messages.get((element.index, "required"), NO_TEXT).plain(),
            default=element.default,
            attributes={key: value for key, value in attributes.items() if key.partition(":")[0] != "jr"},
            parameters={
                key: value
                for key, value in plain.items()
                if key not in ("ref", "nodeset", "bind", "appearance", "mediatype", "query") and not key.startswith("{")
            },
            groups=self.body.around.get(element.path, _ancestors(element)),
            repeat=element.chain[-1].path if element.chain else None,
            choice_list=choice_list,
            choice_filter=choice_filter,
            choices=choices,
            mediatype=plain.get("mediatype", ""),
            volatile=False,
        )

    def _kind(self, element: Element, control: Control | None) -> str:
        if element.preload[0]:
            return _PRELOADS.get(element.preload, element.preload[1] or element.preload[0])
        if control is None:
            if element.parent is not None and element.parent.name.split(":")[-1] == "meta":
                return element.name.split(":")[-1]
            return "calculate" if element.calculate else "hidden"
        if control.tag == "upload":
            family = control.attributes.get("mediatype", "").split("/")[0]
            return family if family in ("image", "audio", "video") else "file"
        if control.tag in ("input", "secret"):
            if element.has_select:
                return "select_one"
            note = element.type == "string" and element.readonly == "true()"
            if note and not element.default and not element.calculate:
                return "note"
            return _INPUT_KINDS.get(element.type, "text")
        if control.tag == "trigger" and element.type in _INPUT_KINDS:
            return _INPUT_KINDS[element.type]
        return {
            "select1": "select_one",
            "select": "select_multiple",
            "trigger": "acknowledge",
        }.get(control.tag, control.tag)

    def _choices(self, itemset: Itemset | None) -> tuple[str, str, tuple[Choice, ...]]:
        if itemset is None:
            return "", "", ()
        named = _INSTANCE.search(itemset.nodeset)
        if named is None:
            return "", itemset.nodeset, ()
        identity = named.group(2)
        start = itemset.nodeset.find("[")
        filtered = itemset.nodeset[start + 1 : itemset.nodeset.rfind("]")].strip() if start >= 0 else ""
        if identity not in self.choices_of:
            self.choices_of[identity] = self._all_choices(identity, itemset)
        return identity, filtered, self.choices_of[identity]

    def _all_choices(self, identity: str, itemset: Itemset) -> tuple[Choice, ...]:
        document = self.lists.get(identity)
        if document is None or not isinstance(document.root, Table):
            return ()
        return tuple(self._choice(item, itemset) for item in document.root.items)

    def _choice(self, item: Item, itemset: Itemset) -> Choice:
        text = NO_TEXT
        if "itextId" in itemset.label:
            text = self.texts.get(item.cell("itextId"), NO_TEXT)
            labels = text.plain()
        else:
            labels = {"": item.cell(itemset.label)}
        spoken = {itemset.value, "itextId"} | ({itemset.label} if text is NO_TEXT else set())
        columns = {
            self._canonical(name): item.cell(name)
            for name in item.table.columns
            if name not in spoken and item.cell(name)
        }
        return Choice(item.cell(itemset.value), labels, columns, text.media())

    def _canonical(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        if not colon:
            return name
        uri = self.html.nsmap.get(prefix)
        return f"pitso:{rest}" if uri == "urn:pitso:form:1" else name

    def _groups(self) -> tuple[Group, ...]:
        return tuple(
            self._group_as_data(element, key, node, repeat, around)
            for element, key, node, repeat, around in self.body.groups
        )

    def _group_as_data(
        self,
        element: Element | None,
        key: str,
        node: etree._Element,
        repeat: etree._Element | None,
        around: tuple[str, ...],
    ) -> Group:
        bind = self.bind_nodes.get(element.index) if element is not None else None
        label, hint = self._text(_child(node, "label")), self._text(_child(node, "hint"))
        if element is not None:
            self.group_texts[element.index] = (label, hint)
        sources: Iterable[etree._Element] = (
            source
            for source in (
                self.instance_nodes.get(element.index) if element is not None else None,
                node,
                repeat,
                bind,
            )
            if source is not None
        )
        attributes: dict[str, str] = _foreign(element.attributes) if element is not None else {}
        for source in sources:
            attributes.update(foreign_attributes(source))
        appearance = node.get("appearance") or (repeat.get("appearance") if repeat is not None else "") or ""
        return Group(
            path=element.path if element is not None else "",
            key=key,
            name=element.name if element is not None else "",
            kind="group" if repeat is None else "repeat",
            appearance=appearance,
            labels=label.plain(),
            hints=hint.plain(),
            media=label.media(),
            relevant=element.relevant if element is not None else "",
            attributes={k: v for k, v in attributes.items() if k.partition(":")[0] != "jr"},
            groups=around,
            repeat=next((outer.path for outer in reversed(element.chain) if outer is not element), None)
            if element is not None
            else None,
            count=self.counts.get(element.index, "") if element is not None else "",
            fixed=element is not None and (element.index in self.fixed or element.index in self.counts),
            members=tuple(self.body.members.get(key, ())),
        )


def _foreign(attributes: Mapping[str, str]) -> dict[str, str]:
    holder = etree.Element("holder", dict(attributes))
    return foreign_attributes(holder)


def _code(name: str) -> str:
    """``English (en)`` gives ``en``; a name without parentheses is its own code."""
    found = re.search(r"\(([^()]+)\)\s*$", name)
    return found.group(1).strip() if found else name


def _twins(node: etree._Element) -> dict[str, list[etree._Element]]:
    twins: dict[str, list[etree._Element]] = {}
    for child in node:
        twins.setdefault(str(child.tag), []).append(child)
    return twins


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if local(child) == name), None)


def _ancestors(element: Element) -> tuple[str, ...]:
    return tuple(reversed([outer.path for outer in _outward(element)]))


def _outward(element: Element) -> Iterator[Element]:
    outer = element.parent
    while outer is not None and outer.parent is not None:
        yield outer
        outer = outer.parent


def _itemset(node: etree._Element) -> Itemset:
    value, label = _child(node, "value"), _child(node, "label")
    return Itemset(
        str(node.get("nodeset")),
        "name" if value is None else value.get("ref") or "name",
        "label" if label is None else label.get("ref") or "label",
    )


def _no_such_node(path: str) -> FormTrouble:
    return FormTrouble(
        _("The form speaks of “{path}”, which is not in its instance.").format(path=path),
        _("Check the spelling of the name."),
        question=path,
    )
