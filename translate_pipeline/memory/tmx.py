"""TMX 1.4 level 2, written and read: the memory for other programs, theirs for ours.

Written as the DTD demands (tmx14.dtd): a span becomes `bpt` and `ept` with a common `i`, a code that stands alone `ph`, half a span `it`;
`x` ties source and target together. Facts that TMX has no attribute for are `prop` elements of our own types.
"""

from collections.abc import Iterable, Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from translate_pipeline.content import codes, join
from translate_pipeline.errors import LanguageError, TranslationMemoryError
from translate_pipeline.languages import normalise
from translate_pipeline.memory.units import Unit, numbered
from translate_pipeline.model import Code, CodeKind, Content, Inline, Text

__all__ = ["parse", "serialize"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PROPS = {"x-origin": "origin", "x-context-pre": "previous", "x-context-post": "following"}
_KINDS = {"bpt": CodeKind.OPEN, "ept": CodeKind.CLOSE, "ph": CodeKind.STANDALONE}


def serialize(units: Iterable[Unit], *, version: str) -> Iterator[bytes]:
    """A TMX file, piece by piece; `version` is that of the program. Characters that XML cannot carry are left out."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="translate-pipeline" creationtoolversion={quoteattr(version)} segtype="sentence" o-tmf="translate-pipeline"'
        ' adminlang="en" srclang="*all*" datatype="plaintext"/>\n<body>\n'
    ).encode()
    for unit in units:
        props = {name: getattr(unit, field) for name, field in _PROPS.items()} | {"x-machine": "yes" if unit.machine else ""}
        lines = [f"<tu srclang={quoteattr(unit.source_language)}>"]
        lines += [f'<prop type="{name}">{_text(value)}</prop>' for name, value in props.items() if value]
        signature = f" creationid={quoteattr(unit.person)}" if unit.person else ""
        signature += f' creationdate="{_date(unit.at)}"' if _date(unit.at) else ""
        lines.append(f"<tuv xml:lang={quoteattr(unit.source_language)}><seg>{_segment(unit.source)}</seg></tuv>")
        lines.append(f"<tuv xml:lang={quoteattr(unit.target_language)}{signature}><seg>{_segment(unit.target)}</seg></tuv>")
        yield "\n".join([*lines, "</tu>\n"]).encode()
    yield b"</body>\n</tmx>\n"


def parse(file: IO[bytes], *, name: str, source_language: str = "") -> Iterator[Unit]:
    """The pairs of a TMX file, one for each language besides the source's; read piece by piece.

    The source is the language that the unit or the header names; where that is "*all*", `source_language` or else the first.
    Entries without a source, a target or a language are passed over, but not all of them. `name` becomes the origin of entries that have none.

    Raises:
        TranslationMemoryError: the file is no well-formed TMX, declares entities, is something else, or has entries of which none is a pair.
    """
    default = ""
    entries = pairs = 0
    for default, element in _entries(file, name):
        entries += 1
        for unit in _units(element, name, default, source_language):
            pairs += 1
            yield unit
    if entries and not pairs:
        raise TranslationMemoryError(
            f"{name}: none of its entries has a text in the source language ({_language(source_language or default) or 'not known'}) "
            "and one in another. Look at srclang and xml:lang in the file, or say the source language with --from."
        )


def _entries(file: IO[bytes], name: str) -> Iterator[tuple[str, etree._Element]]:
    """Each entry with the source language of the header; an entry is gone when the next is asked for."""
    default = root = ""
    try:
        for event, element in etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
        ):
            if not root:
                root = str(element.tag)
                _check_root(element, name)
            if event == "start":
                continue
            if element.tag == "header":
                default = element.get("srclang", "")
            elif element.tag == "tu":
                yield default, element
                element.clear()
                body = element.getparent()
                if body is not None:  # what was read may go
                    del body[: body.index(element)]
    except etree.XMLSyntaxError as problem:
        raise TranslationMemoryError(f"{name}: is no well-formed TMX ({problem}).") from problem


def _check_root(root: etree._Element, name: str) -> None:
    if root.tag != "tmx":
        raise TranslationMemoryError(f"{name}: is no TMX: it begins with <{root.tag!s}>. Export it again as TMX 1.4.")
    info = root.getroottree().docinfo.internalDTD
    if info is not None and any(True for _ in info.iterentities()):
        raise TranslationMemoryError(f"{name}: declares XML entities, which a TMX file has no need of. It was not read.")


def _units(element: etree._Element, name: str, default: str, wanted: str) -> Iterator[Unit]:
    variants: list[tuple[str, Content, etree._Element]] = []
    for variant in element.iterchildren("tuv"):
        segment = variant.find("seg")
        tag = _language(variant.get(_LANG) or variant.get("lang") or "")
        if segment is not None and tag:
            variants.append((tag, join(_content(segment)), variant))
    source_tag = element.get("srclang") or default
    source_tag = _language(wanted if source_tag in ("*all*", "") else source_tag)
    source = next((item for item in variants if item[0] == source_tag), variants[0] if variants and not source_tag else None)
    if source is None:
        return
    props = {prop.get("type", ""): prop.text or "" for prop in element.iterchildren("prop")}
    for tag, target, variant in variants:
        if tag == source[0] or not target or not source[1]:
            continue
        left, right = numbered(source[1], target)
        yield Unit(
            source_language=source[0],
            target_language=tag,
            source=left,
            target=right,
            origin=props.get("x-origin", name),
            person=variant.get("creationid") or variant.get("changeid") or element.get("creationid") or "",
            at=_iso(variant.get("creationdate") or variant.get("changedate") or element.get("creationdate") or ""),
            machine=props.get("x-machine") == "yes",
            previous=props.get("x-context-pre", ""),
            following=props.get("x-context-post", ""),
        )


def _language(tag: str) -> str:
    try:
        return normalise(tag)
    except LanguageError:
        return ""


def _segment(content: Content) -> str:
    opened = {code.id for code in codes(content) if code.kind is CodeKind.OPEN}
    closed = {code.id for code in codes(content) if code.kind is CodeKind.CLOSE}
    return "".join(_text(part.value) if isinstance(part, Text) else _code(part, whole=part.id in opened & closed) for part in content)


def _code(code: Code, *, whole: bool) -> str:
    inside = _text(code.disp)
    if code.kind is CodeKind.STANDALONE:
        return f'<ph x="{code.id}">{inside}</ph>'
    if not whole:
        return f'<it pos="{"begin" if code.kind is CodeKind.OPEN else "end"}" x="{code.id}">{inside}</it>'
    return f'<bpt i="{code.id}" x="{code.id}">{inside}</bpt>' if code.kind is CodeKind.OPEN else f'<ept i="{code.id}">{inside}</ept>'


def _content(segment: etree._Element) -> Iterator[Inline]:
    """Text and codes of a `seg`; highlights (`hi`) are looked through, native code becomes what a translator is shown."""
    pairs: dict[str, str] = {}

    def walk(element: etree._Element) -> Iterator[Inline]:
        yield Text(value=element.text or "")
        for child in element.iterchildren(tag=etree.Element):
            if child.tag == "hi":
                yield from walk(child)
            else:
                yield _read_code(child, pairs)
            yield Text(value=child.tail or "")

    yield from walk(segment)


def _read_code(element: etree._Element, pairs: dict[str, str]) -> Code:
    tag, i, x = str(element.tag), element.get("i", ""), element.get("x", "")
    kind = _KINDS.get(tag, CodeKind.STANDALONE)
    if tag == "it":
        kind = CodeKind.OPEN if element.get("pos") == "begin" else CodeKind.CLOSE
    if kind is CodeKind.OPEN and tag == "bpt":
        pairs[i] = x or f"i{i}"
    identifier = pairs.get(i, x or f"i{i}") if tag == "ept" else x or f"i{i}"
    return Code(id=identifier, kind=kind, disp="".join(element.itertext()))


def _text(value: str) -> str:
    return escape(
        "".join(
            character
            for character in value
            if character in "\t\n" or (character >= " " and character not in "\ufffe\uffff" and not "\ud800" <= character <= "\udfff")
        )
    ).replace("\r", "")


def _date(at: str) -> str:
    """An ISO 8601 date or time in TMX's basic format, in UTC; "" for anything else."""
    digits = "".join(character for character in at if character.isdigit())
    if len(digits) == 8:
        return f"{digits}T000000Z"
    return f"{digits[:8]}T{digits[8:14]}Z" if len(digits) >= 14 else ""


def _iso(date: str) -> str:
    if len(date) < 8 or not date[:8].isdigit():
        return ""
    day = f"{date[:4]}-{date[4:6]}-{date[6:8]}"
    clock = date[9:15]
    return day if clock in ("", "000000") or not clock.isdigit() else f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}Z"
