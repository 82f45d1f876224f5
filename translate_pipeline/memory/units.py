"""Entries of the memory. Inline codes are numbered by their order in the source, so that one text matches in any article."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from translate_pipeline.content import codes, join, plain
from translate_pipeline.model import Code, CodeKind, Content, Document, Inline, State, Text

__all__ = ["Unit", "adopt", "context", "from_json", "numbered", "to_json", "units_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A source with its target. Codes carry numbers as ids, and no plain text of their own.

    `origin` is where it comes from ("article", "tm:<file>"), `person` who approved it, `at` when (ISO 8601 date, "" if nobody said).
    `machine` is true for text that no person approved. `previous` and `following` are digests of the neighbouring sources (see `context`).
    """

    source_language: str
    target_language: str
    source: Content
    target: Content
    origin: str = ""
    person: str = ""
    at: str = ""
    machine: bool = False
    previous: str = ""
    following: str = ""


def units_of(document: Document, *, least: State = State.REVIEWED) -> Iterator[Unit]:
    """What an aligned document has to offer: its translated segments from the state `least` on; by default only reviewed text."""
    segments = tuple(document.segments())
    for index, segment in enumerate(segments):
        if not segment.translate or not segment.target or segment.state < least or not plain(segment.source).strip():
            continue
        source, target = numbered(segment.source, segment.target)
        signed = [act for act in segment.provenance if act.person]
        yield Unit(
            source_language=document.source_language,
            target_language=document.target_language or "",
            source=source,
            target=target,
            origin=document.id,
            person=signed[-1].person if signed else "",
            at=signed[-1].at if signed else "",
            machine=segment.state < State.REVIEWED,
            previous=context(segments[index - 1].source if index else ()),
            following=context(segments[index + 1].source if index + 1 < len(segments) else ()),
        )


def context(neighbour: Content) -> str:
    """A digest of a neighbouring source, "-" at the edge of an article."""
    text = " ".join(plain(neighbour).split())
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else "-"


def numbered(source: Content, target: Content = ()) -> tuple[Content, Content]:
    """Both contents with codes numbered by their first place in the source; codes that only the target has follow."""
    numbers = {name: str(number) for number, name in enumerate(dict.fromkeys(code.id for code in (*codes(source), *codes(target))), 1)}
    return _renamed(source, numbers), _renamed(target, numbers)


def adopt(unit: Unit, source: Content) -> Content | None:
    """The target of a unit with the codes of a segment's `source`; None when the codes of the two sources do not correspond."""
    own = tuple(codes(source))
    theirs = tuple(codes(unit.source))
    mine = tuple(codes(numbered(source)[0]))
    if [(code.id, code.kind) for code in theirs] != [(code.id, code.kind) for code in mine]:
        return None
    known = {(number.id, number.kind): code for number, code in zip(mine, own, strict=True)}
    parts = [known.get((part.id, part.kind)) if isinstance(part, Code) else part for part in unit.target]
    return join(part for part in parts if part is not None) if None not in parts else None


def to_json(content: Content) -> str:
    """Content with numbered codes as compact JSON: strings for text, [number, kind, what a translator is shown] for codes."""
    parts = [part.value if isinstance(part, Text) else [part.id, part.kind.value, part.disp] for part in content]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def from_json(data: str) -> Content:
    """The content that `to_json` wrote."""
    parts: Iterable[str | list[str]] = json.loads(data)
    result: list[Inline] = []
    for part in parts:
        if isinstance(part, str):
            result.append(Text(value=part))
        else:
            number, kind, disp = part
            result.append(Code(id=number, kind=CodeKind(kind), disp=disp))
    return tuple(result)


def _renamed(content: Content, numbers: dict[str, str]) -> Content:
    return join(Code(id=numbers[part.id], kind=part.kind, disp=part.disp) if isinstance(part, Code) else part for part in content)
