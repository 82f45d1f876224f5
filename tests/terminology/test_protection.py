"""Replacing words and putting them back."""

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.content import code_problems, join, plain
from translate_pipeline.model import Code, CodeKind, Content, Text
from translate_pipeline.terminology.protection import Replacement, protected_spans, replace_spans, restore


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Texts with well-nested codes between them."""
    parts: list[Text | Code] = []
    opened: list[str] = []
    for number in range(draw(st.integers(0, 6))):
        parts.append(Text(value=draw(st.text(alphabet="ab \u00e4.-", max_size=6))))
        kind = draw(st.sampled_from([*CodeKind]))
        if kind is CodeKind.CLOSE:
            if opened:
                parts.append(Code(id=opened.pop(), kind=kind))
            continue
        parts.append(Code(id=f"c{number}", kind=kind))
        if kind is CodeKind.OPEN:
            opened.append(f"c{number}")
    return join([*parts, *(Code(id=name, kind=CodeKind.CLOSE) for name in reversed(opened))])


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Content, list[tuple[int, int]]]:
    """Content with disjoint spans of its plain text."""
    content = draw(contents())
    size = len(plain(content))
    points = sorted(draw(st.sets(st.integers(0, size), max_size=6)))
    return content, list(zip(points[::2], points[1::2], strict=False))


@given(cuts())
def test_replacing_is_reversible(cut: tuple[Content, list[tuple[int, int]]]) -> None:
    """What stand-ins stood for is back after restoring: the text as it was, and the same codes, well nested."""
    content, spans = cut
    text = plain(content)
    words = [(f"[{number}]", text[start:end]) for number, (start, end) in enumerate(spans)]
    masked = replace_spans(
        content, [Replacement(start=start, end=end, text=mask) for (start, end), (mask, _) in zip(spans, words, strict=True)]
    )
    restored = restore(masked, words)
    assert restored is not None
    assert plain(restored) == text
    assert code_problems(content, masked) == ()
    assert code_problems(content, restored) == ()


@given(cuts())
def test_codes_outside_do_not_move(cut: tuple[Content, list[tuple[int, int]]]) -> None:
    """Where no code stands inside a replaced span, restoring gives the very same content."""
    content, spans = cut
    at, inside = 0, False
    for part in content:
        if isinstance(part, Text):
            at += len(part.value)
        else:
            inside = inside or any(start < at < end for start, end in spans)
    words = [(f"[{number}]", plain(content)[start:end]) for number, (start, end) in enumerate(spans)]
    masked = replace_spans(
        content, [Replacement(start=start, end=end, text=mask) for (start, end), (mask, _) in zip(spans, words, strict=True)]
    )
    assert inside or restore(masked, words) == content


def test_lost_and_doubled_stand_ins() -> None:
    """A stand-in that is gone or stands twice cannot be put back."""
    words = [("[1]", "OVKS")]
    assert restore((Text(value="Die [1] hilft"),), words) == (Text(value="Die OVKS hilft"),)
    assert restore((Text(value="Die hilft"),), words) is None
    assert restore((Text(value="Die [1] der [1]"),), words) is None


def test_protected_spans() -> None:
    """Addresses end before the punctuation of the sentence, and sentences without blanks are no addresses."""
    text = "See https://csto.org/a_b?c=1, (www.osce.org/x) or desk@example.kz. Then.We odkb-csto.org!"
    spans = protected_spans((Text(value=text),))
    assert [text[start:end] for start, end in spans] == ["https://csto.org/a_b?c=1", "www.osce.org/x", "desk@example.kz", "odkb-csto.org"]


def test_code_spans_are_protected() -> None:
    """The text inside a fixed code is protected, to the end of the segment when it is not closed there."""
    content = (Text(value="a "), Code(id="c1", kind=CodeKind.OPEN), Text(value="b"), Code(id="c1", kind=CodeKind.CLOSE), Text(value=" c"))
    assert protected_spans(content, frozenset({"c1"})) == ((2, 3),)
    assert protected_spans(content[:3], frozenset({"c1"})) == ((2, 3),)
