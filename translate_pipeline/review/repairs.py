"""Damage that programs are known to do to a target, and how it is undone."""

import html
import itertools
import re
from collections.abc import Callable

from translate_pipeline.content import codes, join, plain
from translate_pipeline.evidence.codes import protected_texts
from translate_pipeline.model import Code, CodeKind, Content, Inline, Segment, Text
from translate_pipeline.review.changes import CodeKey, code_keys

__all__ = ["is_stale", "repaired"]

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
    fresh = _without_stale_codes(segment, target)
    if fresh is not None:
        target = fresh
        repairs.append("old inline codes left behind a new text were put in their place")
    return target, repairs


def is_stale(segment: Segment, target: Content) -> bool:
    """Whether only the text before the first code, or before a marked term, is new, and runs into what follows."""
    old = segment.target
    if not old or len(old) < 2 or not target or not isinstance(old[0], Text) or not isinstance(target[0], Text) or target[1:] != old[1:]:
        return False
    before, after = old[0].value, target[0].value
    return (before[-1:].isspace() and not after[-1:].isspace()) or _runs_into_a_term(segment, before, after)


def _runs_into_a_term(segment: Segment, before: str, after: str) -> bool:
    """Whether `after` is a new text with the end of `before` stuck to it, from a term on that was a word of its own there."""
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(reversed(before), reversed(after), strict=False))
    kept = "".join(letter for letter, _ in same)[::-1]
    head, new = before.removesuffix(kept), after.removesuffix(kept)
    is_term = any(kept.startswith(form) for match in segment.terms for form in match.term.target)
    return is_term and new[-1:].isalnum() and not head[-1:].isalnum() and new[:1] != head[:1]


def _without_stale_codes(segment: Segment, target: Content) -> Content | None:
    """The new text with its codes in place, when a program replaced the first text only and left the old codes and texts behind it.

    Such a target is a new text followed by all that followed the first text before. It is repaired when the new text has the text of each span.
    """
    old = segment.target
    if not old or len(old) < 2 or not isinstance(old[0], Text) or not isinstance(target[0], Text) or target[1:] != old[1:]:
        return None
    text = target[0].value
    spans = _spans(old)
    if text == old[0].value or not spans or any(text.count(span) != 1 for span in spans.values()):
        return None
    parts: list[Inline] = []
    at = 0
    for name, span in sorted(spans.items(), key=lambda item: text.index(item[1])):
        start = text.index(span)
        if start < at:
            return None
        opening, closing = (next(c for c in codes(old) if c.id == name and c.kind is kind) for kind in (CodeKind.OPEN, CodeKind.CLOSE))
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
