"""Reading, cutting and comparing the content of segments."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from translate_pipeline.model import Code, CodeKind, Content, Document, Inline, Text

__all__ = ["code_problems", "codes", "display", "fingerprint", "from_text", "join", "plain", "slice_content", "source_fingerprint"]


def from_text(value: str) -> Content:
    """Content made of `value` alone; empty content for an empty string."""
    return (Text(value=value),) if value else ()


def plain(content: Iterable[Inline]) -> str:
    """The characters to be read and translated, without inline codes. Offsets of terms and issues count in this string."""
    return "".join(part.value for part in content if isinstance(part, Text))


def display(content: Iterable[Inline]) -> str:
    """The characters as they stand in the article: like `plain`, with the plain text that codes stand for."""
    return "".join(part.value if isinstance(part, Text) else part.equiv for part in content)


def codes(content: Iterable[Inline]) -> Iterator[Code]:
    """The inline codes in order."""
    return (part for part in content if isinstance(part, Code))


def join(parts: Iterable[Inline]) -> Content:
    """Normal form: neighbouring texts merged, empty texts dropped."""
    result: list[Inline] = []
    for part in parts:
        if isinstance(part, Text):
            if not part.value:
                continue
            if result and isinstance(result[-1], Text):
                result[-1] = Text(value=result[-1].value + part.value)
                continue
        result.append(part)
    return tuple(result)


def slice_content(content: Content, start: int, end: int) -> Content:
    """The part of `content` between two offsets of its `display` string.

    A code belongs to the slice in which its `equiv` begins; a code without `equiv` at a boundary belongs to the left slice when it closes
    a span, else to the right one. At offset 0 and at the end of the content nothing is lost, so slices joined together give the content again.
    """
    total = len(display(content))
    result: list[Inline] = []
    at = 0
    for part in content:
        if isinstance(part, Text):
            low, high = max(start - at, 0), min(end - at, len(part.value))
            if low < high:
                result.append(Text(value=part.value[low:high]))
            at += len(part.value)
            continue
        if part.kind is CodeKind.CLOSE:
            inside = start < at <= end or (at == 0 and start == 0)
        else:
            inside = start <= at < end or (at == total == end)
        if inside:
            result.append(part)
        at += len(part.equiv)
    return join(result)


def code_problems(source: Content, target: Content) -> tuple[str, ...]:
    """What is wrong with the inline codes of `target` measured against `source`: missing, extra, or spans that close before they open."""
    problems: list[str] = []
    wanted = [(code.id, code.kind) for code in codes(source)]
    found = [(code.id, code.kind) for code in codes(target)]
    for key in dict.fromkeys(wanted):
        if found.count(key) < wanted.count(key):
            problems.append(f"missing {key[1].value} code {key[0]}")
    for key in dict.fromkeys(found):
        if found.count(key) > wanted.count(key):
            problems.append(f"extra {key[1].value} code {key[0]}")
    for identifier, kind in dict.fromkeys(found):
        opens, closes = (identifier, CodeKind.OPEN), (identifier, CodeKind.CLOSE)
        if kind is CodeKind.CLOSE and opens in found and found.index(closes) < found.index(opens):
            problems.append(f"code {identifier} closes before it opens")
    return tuple(problems)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()[:16]


def _shape(content: Content | None) -> object:
    if content is None:
        return None
    return [part.value if isinstance(part, Text) else [part.id, part.kind.value, part.equiv] for part in content]


def source_fingerprint(document: Document) -> str:
    """16 hex digits over all that the skeleton and the source side of a document say."""
    blocks = [
        [b.id, b.kind, b.level, b.parent, b.before, b.attributes, [[s.id, _shape(s.source), s.after, s.translate] for s in b.segments]]
        for b in document.blocks
    ]
    return _digest(
        [document.id, document.source_language, document.metadata, blocks, [astuple(c) for c in document.codes], document.last_id]
    )


def fingerprint(document: Document) -> str:
    """16 hex digits over languages, ids, sources, codes, targets and states: the identity of a file that is handed out."""
    segments = [[s.id, _shape(s.source), _shape(s.target), s.state.value, s.substate] for s in document.segments()]
    return _digest([document.id, document.source_language, document.target_language, segments])
