"""Reading, cutting and comparing the content of segments."""

import collections
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from translate_pipeline.model import Code, CodeKind, Content, Document, Inline, Text

__all__ = ["code_problems", "codes", "display", "fingerprint", "from_text", "join", "plain", "source_fingerprint", "split"]


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


def split(content: Content, spans: Sequence[tuple[int, int]]) -> tuple[tuple[Content, str], ...]:
    """Cut `content` at the given spans of its `display` string, each with the white space between it and the next span.

    The spans are ordered and disjoint, and nothing but white space lies outside them. Between two spans, a code that closes belongs to the
    span before it, any other code to the span after it, and so does everything behind such a code. Nothing is lost and the order is kept:
    the displayed parts, joined, give the displayed content, and their codes are its codes.
    """
    parts: list[list[Inline]] = [[] for _ in spans]
    gaps = ["" for _ in spans]
    last = len(spans) - 1
    current = at = 0
    for part in content:
        behind = at >= spans[current][1] and current < last
        if isinstance(part, Code):
            if behind and (part.kind is not CodeKind.CLOSE or parts[current + 1]):
                parts[current + 1].append(part)
            else:
                parts[current].append(part)
            at += len(part.equiv)
        else:
            start, stop = at, at + len(part.value)
            while at < stop:
                while current < last and at >= spans[current + 1][0]:
                    current += 1
                end, following = spans[current][1], spans[current + 1][0] if current < last else stop
                until = min(stop, end if at < end else following)
                value = part.value[at - start : until - start]
                if at < end:
                    parts[current].append(Text(value=value))
                elif current < last and parts[current + 1]:
                    parts[current + 1].append(Text(value=value))
                else:
                    gaps[current] += value
                at = until
        while current < last and at >= spans[current + 1][1]:
            current += 1
    return tuple((join(part), gap) for part, gap in zip(parts, gaps, strict=True))


def code_problems(source: Content, target: Content) -> tuple[str, ...]:
    """What is wrong with the inline codes of `target` measured against `source`: missing, extra, or spans that close before they open."""
    wanted = collections.Counter((code.id, code.kind) for code in codes(source))
    order = [(code.id, code.kind) for code in codes(target)]
    found = collections.Counter(order)
    missing = [f"missing {kind.value} code {name}" for name, kind in wanted - found]
    extra = [f"extra {kind.value} code {name}" for name, kind in found - wanted]
    crossed = [
        f"code {name} closes before it opens"
        for name, kind in found
        if kind is CodeKind.CLOSE and (name, CodeKind.OPEN) in found and order.index((name, CodeKind.OPEN)) > order.index((name, kind))
    ]
    return (*missing, *extra, *crossed)


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
    codes = [[c.code, c.element, c.attributes, c.translate] for c in document.codes]
    return _digest([document.id, document.source_language, document.metadata, blocks, codes, document.last_id])


def fingerprint(document: Document) -> str:
    """16 hex digits over languages, ids, sources, codes, targets and states: the identity of a file that is handed out."""
    segments = [[s.id, _shape(s.source), _shape(s.target), s.state.value, s.substate] for s in document.segments()]
    return _digest([document.id, document.source_language, document.target_language, segments])
