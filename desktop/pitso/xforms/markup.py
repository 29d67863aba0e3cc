"""Reading XML from outside: no entities, no network, no document type."""

from lxml import etree

from pitso.words import _
from pitso.xforms.faults import FormTrouble

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
EVENTS = "http://www.w3.org/2001/xml-events"
PITSO = "urn:pitso:form:1"

_PREFIXES = {JAVAROSA: "jr", OPENROSA: "orx", ODK: "odk", ENTITIES: "entities", PITSO: "pitso"}
_PLAIN = {XFORMS, XHTML, EVENTS}


def parse(xml: bytes) -> etree._Element:
    """The root of the document *xml*.

    Raises:
        FormTrouble: it is not well-formed, or it declares a document type (the door of XXE and entity bombs).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if b"<!DOCTYPE" in xml.replace(b"\0", b"") or b"<!ENTITY" in xml.replace(b"\0", b""):
        raise _declares_type()
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormTrouble(
            _("This file is not well-formed XML: {fault}.").format(fault=str(error).rstrip(".")),
            _("Make the file again with the program that wrote it."),
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares_type()
    return root


def _declares_type() -> FormTrouble:
    return FormTrouble(
        _("This XML declares a document type, which could read other files of this computer."),
        _("Remove the DOCTYPE from the file."),
    )


def local(node: etree._Element) -> str:
    """The name of *node* without its namespace."""
    return str(etree.QName(node).localname)


def namespace(node: etree._Element) -> str:
    """The namespace of *node*, or an empty text."""
    return str(etree.QName(node).namespace or "")


def foreign_attributes(node: etree._Element) -> dict[str, str]:
    """The attributes of *node* in namespaces of their own, keyed ``prefix:local``.

    The prefix is the usual one of a known namespace (``pitso``, ``entities``, ``orx``, ``odk``, ``jr``),
    whatever the document calls it, and the document's own prefix for any other.
    """
    found = {}
    for key, value in node.attrib.items():
        name = etree.QName(str(key))
        uri = name.namespace
        if uri is None or uri in _PLAIN:
            continue
        prefix = _PREFIXES.get(uri) or next((p for p, u in node.nsmap.items() if u == uri and p), "")
        found[f"{prefix}:{name.localname}"] = str(value)
    return found
