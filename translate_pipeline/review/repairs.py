"""Damage that programs are known to do to a target, and how it is undone."""

import html
import itertools
import re
from collections.abc import Callable

from translate_pipeline.content import codes, join, plain
from translate_pipeline.evidence.codes import protected_texts
from translate_pipeline.model import Code, CodeKind, Content, Inline, Segment, Text
from translate_pipeline.review.changes import CodeKey, code_keys
from translate_pipeline.review.stale import leftover

__all__ = ["repaired"]

_INDENT = re.compile(r"\n[ \t\n]*")
_INDENT_IN_TEXT = re.compile(r"(?<=\w)\n[ \t\n]*(?=\w)")


def repaired(segment: Segment, target: Content | None, *, spaces: bool) -> tuple[Content | None, list[str]]:
    """The target without damage, and what was repaired. With `spaces` a program is known to have put white space into the segment.

    In a segment with damaged white space, a target that differs in nothing else is the one handed out.
    """
    if target is None or target == segment.target:
        return target, []
    repairs: list[str] = []
    texts = plain(segment.source) + plain(segment.target or ())
    if "\r" in plain(target) and "\r" not in texts:
        target = _mapped(target, lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))
        repairs.append("line ends were put right")
    if "\n" in plain(target) and "\n" not in texts:
        target = _mapped(target, lambda text: _INDENT.sub("", _INDENT_IN_TEXT.sub(" ", text)))
        repairs.append("line ends and indentation were taken out")
    if html.unescape(texts) == texts and html.unescape(plain(target)) != plain(target):
        target = _mapped(target, html.unescape)
        repairs.append("characters written as entities were put right")
    if spaces or repairs:
        target = (
            segment.target
            if segment.target and _ink(target) == _ink(segment.target)
            else _respaced(target, segment.target or segment.source)
        )
    fresh = _without_leftovers(segment, target) if target else None
    if fresh is not None:
        target = fresh
        repairs.append("old inline codes left behind a new text were put in their place")
    return target, repairs


def _without_leftovers(segment: Segment, target: Content) -> Content | None:
    """The new text with the codes in their places, when a program left the old codes and texts beside it and it has the text of each span.

    Without codes, a sentence that runs into the whole old one takes its place. None when that cannot be told.
    """
    found = leftover(segment, target)
    if found is None or found.judgement != "stale":
        return None
    if segment.target and not any(codes(segment.target)):
        is_beside = plain(segment.target) in (found.before, found.behind)
        return (Text(value=found.text),) if is_beside and found.glued else None
    text = found.text.strip()
    spans = _spans(segment.target or ())
    if not spans or any(text.count(span) != 1 for span in spans.values()):
        return None
    parts: list[Inline] = []
    at = 0
    for name, span in sorted(spans.items(), key=lambda item: text.index(item[1])):
        start = text.index(span)
        if start < at:
            return None
        opening, closing = (
            next(c for c in codes(segment.target or ()) if c.id == name and c.kind is kind) for kind in (CodeKind.OPEN, CodeKind.CLOSE)
        )
        parts += [Text(value=text[at:start]), opening, Text(value=span), closing]
        at = start + len(span)
    result = join([*parts, Text(value=text[at:])])
    return result if sorted(map(repr, code_keys(result))) == sorted(map(repr, code_keys(segment.source))) else None


def _respaced(target: Content, model: Content) -> Content:
    """The target with the spaces beside its codes that `model` has there: next to a code nobody can tell a space from indentation."""
    before, after = _beside(model)
    parts: list[Inline] = []
    for index, part in enumerate(target):
        if isinstance(part, Code):
            last = parts[-1] if parts else None
            if (part.id, part.kind) in before and isinstance(last, Text) and not last.value[-1:].isspace():
                parts.append(Text(value=" "))
            parts.append(part)
            following = target[index + 1] if index + 1 < len(target) else None
            if (part.id, part.kind) in after and isinstance(following, Text) and not following.value[:1].isspace():
                parts.append(Text(value=" "))
        else:
            parts.append(part)
    return join(parts)


def _beside(content: Content) -> tuple[set[CodeKey], set[CodeKey]]:
    """The codes that have white space right before them, and those that have it right behind them."""
    before: set[CodeKey] = set()
    after: set[CodeKey] = set()
    for one, two in itertools.pairwise(content):
        if isinstance(one, Text) and isinstance(two, Code) and one.value[-1:].isspace():
            before.add((two.id, two.kind))
        elif isinstance(one, Code) and isinstance(two, Text) and two.value[:1].isspace():
            after.add((one.id, one.kind))
    return before, after


def _ink(content: Content | None) -> list[object]:
    """The content without white space, for comparison."""
    parts: list[object] = [part if isinstance(part, Code) else "".join(part.value.split()) for part in content or ()]
    return [part for part in parts if part]


def _spans(content: Content) -> dict[str, str]:
    """The text of each span that opens and closes in the content."""
    both = {code.id for code in codes(content) if code.kind is CodeKind.OPEN} & {c.id for c in codes(content) if c.kind is CodeKind.CLOSE}
    return {name: text for name, text in protected_texts(content, frozenset(both)).items() if text.strip()}


def _mapped(content: Content, change: Callable[[str], str]) -> Content:
    return join(Text(value=change(part.value)) if isinstance(part, Text) else part for part in content)
