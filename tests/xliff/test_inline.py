"""From a row of codes to a tree of elements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.model import Code, CodeKind, Content, Text
from translate_pipeline.xliff.inline import Role, arrange


def shown(content: Content, *marks: tuple[int, int]) -> str:
    """The events as a string: (1 ... 1) for pairs, [0 ... 0] for marks, <1 and >1 for crossing codes, ?1 isolated, !1 points."""
    signs = {Role.POINT: "!", Role.ISOLATED: "?"}
    result = []
    for event in arrange(content, marks):
        if event.role is Role.TEXT:
            result.append(event.text)
        elif event.role in {Role.MARK_START, Role.MARK_END}:
            result.append(f"[{event.mark}" if event.role is Role.MARK_START else f"{event.mark}]")
        elif event.code is not None:
            opening = event.code.kind is CodeKind.OPEN
            pair = {Role.PAIR_START: "(", Role.PAIR_END: ")", Role.CROSSING: "<" if opening else ">"}
            sign = pair.get(event.role) or signs[event.role]
            result.append(f"{event.code.id}{sign}" if event.role is Role.PAIR_END else f"{sign}{event.code.id}")
    return "".join(result)


def row(text: str) -> Content:
    """Content from a row such as "a(1b1)c": brackets with a digit are codes."""
    parts: list[Text | Code] = []
    at = 0
    while at < len(text):
        if text[at] in "(!":
            kind = CodeKind.OPEN if text[at] == "(" else CodeKind.STANDALONE
            parts.append(Code(id=text[at + 1], kind=kind))
            at += 2
        elif text[at].isdigit():
            parts.append(Code(id=text[at], kind=CodeKind.CLOSE))
            at += 2
        else:
            parts.append(Text(value=text[at]))
            at += 1
    return tuple(parts)


@pytest.mark.parametrize(
    ("content", "marks", "expected"),
    [
        ("a(1b1)c", [], "a(1b1)c"),
        ("(1a(2b1)c2)", [], "(1a<2b1)c>2"),
        ("a(1b", [], "a?1b"),
        ("a1)b", [], "a?1b"),
        ("!1a", [], "!1a"),
        ("(1a1)(1b1)", [], "(1a1)(1b1)"),
        ("abc", [(1, 2)], "a[0b0]c"),
        ("abcd", [(0, 3), (1, 2)], "[0a[1b1]c0]d"),
        ("abc", [(0, 2), (1, 3)], "[0a[1b1]0][1c1]"),
        ("a(1b1)c", [(0, 3)], "[0a(1b1)c0]"),
        ("a(1b1)c", [(0, 2)], "[0a(1b1)0]c"),
        ("a(1bc1)", [(0, 2)], "[0a0](1[0b0]c1)"),
        ("a(1b1)c", [(1, 3)], "a[0(1b1)c0]"),
        ("(1ab1)c", [(1, 3)], "(1a[0b0]1)[0c0]"),
        ("a!1b", [(0, 1)], "[0a0]!1b"),
    ],
)
def test_events_nest(content: str, marks: list[tuple[int, int]], expected: str) -> None:
    """Pairs, crossing and cut pairs, points, and marks that give way to pairs."""
    assert shown(row(content), *marks) == expected


@given(text=st.text("ab(1(2(31)2)3)!4", max_size=30), span=st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_every_start_has_its_end(text: str, span: tuple[int, int]) -> None:
    """Whatever the row, starts and ends nest, and codes and text keep their order."""
    content = tuple(Text(value=sign) if sign in "ab" else Code(id=sign, kind=list(CodeKind)[ord(sign) % 3]) for sign in text)
    stack: list[tuple[Role, object]] = []
    seen = []
    for event in arrange(content, [span]):
        if event.role in {Role.PAIR_START, Role.MARK_START}:
            stack.append((event.role, event.code.id if event.code else event.mark))
        elif event.role in {Role.PAIR_END, Role.MARK_END}:
            start = Role.PAIR_START if event.role is Role.PAIR_END else Role.MARK_START
            assert stack.pop() == (start, event.code.id if event.code else event.mark)
        if event.role is Role.TEXT or event.code is not None:
            seen.append(event.text or event.code)
    assert not stack
    assert seen == [part.value if isinstance(part, Text) else part for part in content]


def test_deep_nesting_is_written_flat() -> None:
    """A thousand spans in one another do not make a tree that no parser would read."""
    content = (
        *(Code(id=str(number), kind=CodeKind.OPEN) for number in range(1000)),
        *(Code(id=str(number), kind=CodeKind.CLOSE) for number in reversed(range(1000))),
    )
    depth = deepest = 0
    for event in arrange(content):
        depth += (event.role is Role.PAIR_START) - (event.role is Role.PAIR_END)
        deepest = max(deepest, depth)
    assert deepest == 60
