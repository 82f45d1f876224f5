"""Inline codes of a source and a target: which are lost, which do not belong, which spans cross, and what protected spans hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from translate_pipeline.content import codes, join, plain
from translate_pipeline.model import Code, CodeKind, Content, Document, Inline

__all__ = ["CodeFacts", "compare", "protected_codes", "protected_texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFacts:
    """What is wrong with the codes of a target. `crossing` are spans that close before they open or overlap another span by halves."""

    lost: tuple[Code, ...] = ()
    foreign: tuple[Code, ...] = ()
    crossing: tuple[Code, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.foreign or self.crossing)


def compare(source: Content, target: Content) -> CodeFacts:
    """The codes of `target` measured against those of `source`; a code counts by its id and kind, as often as it stands there."""
    return CodeFacts(lost=_beyond(source, target), foreign=_beyond(target, source), crossing=tuple(_crossing(target)))


def protected_codes(document: Document) -> frozenset[str]:
    """Ids of the codes whose text has to stay as it is."""
    return frozenset(markup.code for markup in document.codes if not markup.translate)


def protected_texts(content: Content, protected: frozenset[str]) -> dict[str, str]:
    """The text inside each span whose code is in `protected`, by code id; a span that is not closed reaches to the end."""
    inside: dict[str, list[Inline]] = {}
    is_open: set[str] = set()
    for part in content:
        if isinstance(part, Code) and part.id in protected:
            if part.kind is CodeKind.OPEN:
                is_open.add(part.id)
                inside.setdefault(part.id, [])
            elif part.kind is CodeKind.CLOSE:
                is_open.discard(part.id)
        for identifier in is_open:
            inside[identifier].append(part)
    return {identifier: plain(join(parts)) for identifier, parts in inside.items()}


def _beyond(these: Content, others: Content) -> tuple[Code, ...]:
    counted = Counter((code.id, code.kind) for code in codes(others))
    result: list[Code] = []
    for code in codes(these):
        if counted[code.id, code.kind]:
            counted[code.id, code.kind] -= 1
        else:
            result.append(code)
    return tuple(result)


def _crossing(content: Content) -> Iterator[Code]:
    """Closing codes that do not close the span opened last; a span that only closes here was opened in another segment."""
    opened_here = {code.id for code in codes(content) if code.kind is CodeKind.OPEN}
    closed_here = {code.id for code in codes(content) if code.kind is CodeKind.CLOSE}
    stack: list[str] = []
    for code in codes(content):
        if code.id not in opened_here & closed_here:
            continue
        if code.kind is CodeKind.OPEN:
            stack.append(code.id)
        elif code.kind is CodeKind.CLOSE:
            if stack and stack[-1] == code.id:
                stack.pop()
            else:
                yield code
                stack = [identifier for identifier in stack if identifier != code.id]
