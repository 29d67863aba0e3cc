"""Submission XML out and in (ODK XForms: Submission, Repeats; OpenRosa form submission)."""

from __future__ import annotations

from lxml import etree

from pitso.xforms.engine import Engine
from pitso.xforms.markup import JAVAROSA, XFORMS, local
from pitso.xforms.plan import Plan
from pitso.xforms.record import Row
from pitso.xforms.schema import Element

_TEMPLATE = f"{{{JAVAROSA}}}template"


def write(plan: Plan, top: Row, *, end: str, replaces: str) -> bytes:
    """The record below *top* as XML.

    ``end`` stands where the form notes the end of the work and it was not noted yet; ``replaces`` is the
    instanceID of the revision that this one replaces, an empty text for a first one.
    """
    namespaces = {prefix: uri for prefix, uri in plan.record.nsmap.items() if prefix is not None}
    root = etree.Element(_tag(plan.root), nsmap=namespaces)
    _write(root, plan.root, top, end)
    if replaces:
        _name_predecessor(root, replaces)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _tag(element: Element) -> str:
    return element.tag.removeprefix(f"{{{XFORMS}}}")


def _write(node: etree._Element, element: Element, row: Row, end: str) -> None:
    for key, value in element.attributes.items():
        node.set(key, value)
    if element.is_leaf:
        text = row.fields[element.index].text
        if not text and element.preload == ("timestamp", "end"):
            text = end
        node.text = _clean(text) or None
    for name, inner in element.children.items():
        if name[0] == "@":
            node.set(inner.tag, _clean(row.fields[inner.index].text))
        elif inner.is_repeat:
            for below in row.series[inner.index]:
                if below.field.shown:
                    _write(etree.SubElement(node, _tag(inner)), inner, below, end)
        elif row.fields[inner.index].shown:
            _write(etree.SubElement(node, _tag(inner)), inner, row, end)


def _clean(text: str) -> str:
    """The text without the control characters that XML cannot carry."""
    if text.isprintable():
        return text
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff")
    )


def _name_predecessor(root: etree._Element, replaces: str) -> None:
    for meta in root:
        if local(meta) == "meta":
            tag = str(meta.tag).replace("meta", "deprecatedID")
            node = next((child for child in meta if local(child) == "deprecatedID"), None)
            if node is None:
                node = etree.SubElement(meta, tag)
            node.text = replaces
            return


def predecessor(source: etree._Element) -> str:
    """The instanceID of the revision that the record *source* replaces, empty where it is the first."""
    metas = [node for node in source if local(node) == "meta"]
    return next((child.text or "" for meta in metas for child in meta if local(child) == "deprecatedID"), "")


def take(engine: Engine, source: etree._Element, *, counted: bool) -> None:
    """Fill the record of *engine* with the values and rows of *source*, shaped as the primary instance.

    What *source* lacks keeps its default. Rows of counted repeats are taken only if *counted*, else their
    count makes them.
    """
    _take(engine, engine.plan.root, engine.top, source, counted)


def _take(engine: Engine, element: Element, row: Row, source: etree._Element, counted: bool) -> None:
    if element.is_leaf:
        field = row.fields[element.index]
        field.value = field.text = source.text or ""
    for name, inner in element.children.items():
        if name[0] == "@" and source.get(inner.tag) is not None:
            field = row.fields[inner.index]
            field.value = field.text = str(source.get(inner.tag))
    for node in source:
        found = _named(element, node)
        if found is None or node.get(_TEMPLATE) is not None:
            continue
        if not found.is_repeat:
            _take(engine, found, row, node, counted)
        elif counted or found.index not in engine.plan.counts:
            series = row.series[found.index]
            inner_row = engine.new_row(found, row, str(len(series) + 1))
            inner_row.at = len(series)
            series.append(inner_row)
            _take(engine, found, inner_row, node, counted)


def _named(element: Element, node: etree._Element) -> Element | None:
    found = element.children.get(local(node))
    if found is not None or node.prefix is None:
        return found
    return element.children.get(f"{node.prefix}:{local(node)}")
