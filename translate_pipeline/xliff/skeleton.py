"""The skeleton of an article: all of its source side that a translator must not change.

One skeleton serves all target languages. It holds the blocks, the markup behind each inline code, white space and metadata, and is the only
source of markup for pages. Same document, same bytes.
"""

from lxml import etree

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Inline, Markup, Segment, Text
from translate_pipeline.xliff import xml

__all__ = ["NAMESPACE", "parse", "serialize"]

NAMESPACE = "urn:translate-pipeline:skeleton:1"
_NS = f"{{{NAMESPACE}}}"
_KINDS = {CodeKind.OPEN: "open", CodeKind.CLOSE: "close", CodeKind.STANDALONE: "point"}
_NAMES = {name: kind for kind, name in _KINDS.items()}


def serialize(document: Document) -> bytes:
    """The skeleton of a document; targets and everything that belongs to them are left out.

    Raises:
        XliffError: a character that XML cannot carry.
    """
    root = etree.Element(f"{_NS}skeleton", nsmap={None: NAMESPACE})
    try:
        _set(root, id=document.id, language=document.source_language, last_id=document.last_id)
        _pairs(root, document.metadata, "fact")
        for markup in document.codes:
            code = _set(etree.SubElement(root, f"{_NS}code"), id=markup.code, element=markup.element)
            _translate(code, markup.translate)
            _pairs(code, markup.attributes, "attribute")
        for block in document.blocks:
            element = etree.SubElement(root, f"{_NS}block")
            _set(element, id=block.id, kind=block.kind, level=block.level or "", parent=block.parent, before=block.before)
            _pairs(element, block.attributes, "attribute")
            for segment in block.segments:
                child = _set(etree.SubElement(element, f"{_NS}segment"), id=segment.id, after=segment.after)
                _translate(child, segment.translate)
                _fill(etree.SubElement(child, f"{_NS}source"), segment.source)
    except ValueError as problem:
        raise XliffError(f"{document.id}: a character in the article cannot be written as XML ({problem}). Remove it.") from problem
    return xml.write(root, running={"source"})


def _set(element: etree._Element, /, **values: object) -> etree._Element:
    for name, value in values.items():
        if value != "":
            element.set(name.replace("_", "-"), str(value))
    return element


def _translate(element: etree._Element, translate: bool) -> None:
    if not translate:
        element.set("translate", "no")


def _pairs(element: etree._Element, pairs: tuple[tuple[str, str], ...], tag: str) -> None:
    for name, value in pairs:
        etree.SubElement(element, _NS + tag, name=name, value=value)


def _fill(element: etree._Element, content: Content) -> None:
    last: etree._Element | None = None
    for part in content:
        if isinstance(part, Code):
            last = _set(etree.SubElement(element, _NS + _KINDS[part.kind]), id=part.id, equiv=part.equiv, disp=part.disp)
        elif last is None:
            element.text = (element.text or "") + part.value
        else:
            last.tail = (last.tail or "") + part.value


def parse(data: bytes) -> Document:
    """The document that a skeleton holds, without a target language.

    Raises:
        XliffError: the bytes are no skeleton of ours.
    """
    root = xml.read(data)
    if root.tag != f"{_NS}skeleton":
        raise XliffError(f"Line {root.sourceline}: <{xml.local(root)}> is not the skeleton of an article. Run the article again.")
    try:
        return Document(
            id=_get(root, "id"),
            source_language=_get(root, "language"),
            metadata=_read_pairs(root, "fact"),
            codes=tuple(
                Markup(
                    code=_get(code, "id"),
                    element=_get(code, "element"),
                    attributes=_read_pairs(code, "attribute"),
                    translate=_get(code, "translate") != "no",
                )
                for code in root.iterchildren(f"{_NS}code")
            ),
            blocks=tuple(_block(block) for block in root.iterchildren(f"{_NS}block")),
            last_id=int(_get(root, "last-id")),
        )
    except (ValueError, KeyError) as problem:
        raise XliffError(f"The skeleton is damaged ({problem}). Run the article again.") from problem


def _get(element: etree._Element, name: str) -> str:
    return element.get(name, "")


def _read_pairs(element: etree._Element, tag: str) -> tuple[tuple[str, str], ...]:
    return tuple((_get(child, "name"), _get(child, "value")) for child in element.iterchildren(_NS + tag))


def _block(element: etree._Element) -> Block:
    return Block(
        id=_get(element, "id"),
        kind=_get(element, "kind"),
        level=int(_get(element, "level") or 0),
        parent=_get(element, "parent"),
        before=_get(element, "before"),
        attributes=_read_pairs(element, "attribute"),
        segments=tuple(
            Segment(
                id=_get(child, "id"),
                source=_content(child[0]) if len(child) else (),
                translate=_get(child, "translate") != "no",
                after=_get(child, "after"),
            )
            for child in element.iterchildren(f"{_NS}segment")
        ),
    )


def _content(element: etree._Element) -> Content:
    parts: list[Inline] = [Text(value=element.text)] if element.text else []
    for child in element:
        parts.append(Code(id=_get(child, "id"), kind=_NAMES[xml.local(child)], equiv=_get(child, "equiv"), disp=_get(child, "disp")))
        if child.tail:
            parts.append(Text(value=child.tail))
    return tuple(parts)
