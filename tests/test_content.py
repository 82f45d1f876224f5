"""Content: reading, cutting and comparing."""

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline import content
from translate_pipeline.model import Code, CodeKind, Text


def _code(number: int, kind: CodeKind, equiv: str = "") -> Code:
    return Code(id=f"c{number}", kind=kind, equiv=equiv)


OPEN, CLOSE = _code(1, CodeKind.OPEN), _code(1, CodeKind.CLOSE)
BREAK = _code(2, CodeKind.STANDALONE, "\n")


def test_split_keeps_closing_codes_left_and_others_right() -> None:
    """A span that ends with the first sentence stays there; a line break between two sentences opens the second."""
    whole = (OPEN, Text(value="One."), CLOSE, Text(value=" "), BREAK, Text(value="Two."))
    assert content.display(whole) == "One. \nTwo."
    assert content.split(whole, [(0, 4), (6, 10)]) == (((OPEN, Text(value="One."), CLOSE), " "), ((BREAK, Text(value="Two.")), ""))


def test_split_keeps_white_space_behind_a_code_with_the_code() -> None:
    """White space on both sides of a line break is not lost and not reordered."""
    whole = (Text(value="One. "), BREAK, Text(value=" Two."))
    parts = content.split(whole, [(0, 4), (7, 11)])
    assert "".join(content.display(part) + after for part, after in parts) == content.display(whole)
    assert parts[1][0] == (BREAK, Text(value=" Two."))


def test_split_span_over_two_sentences() -> None:
    """A span that begins in one sentence and ends in the next leaves its opening in the first and its closing in the second."""
    whole = (Text(value="A "), OPEN, Text(value="b. C"), CLOSE, Text(value=" d."))
    first, second = (part for part, _ in content.split(whole, [(0, 4), (5, 9)]))
    assert list(content.codes(first)) == [OPEN]
    assert list(content.codes(second)) == [CLOSE]


WORDS = st.lists(st.sampled_from(["Ab.", "c", "De!", "f g."]), min_size=1, max_size=6)


@given(words=WORDS, gaps=st.lists(st.sampled_from([" ", "  ", "\n"]), min_size=6, max_size=6), data=st.data())
def test_split_loses_nothing(words: list[str], gaps: list[str], data: st.DataObject) -> None:
    """Whatever codes stand wherever: the parts, displayed and joined, are the content, and every code is there once, in order."""
    text, spans = "", []
    for word, gap in zip(words, gaps, strict=False):
        spans.append((len(text), len(text) + len(word)))
        text += word + gap
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    kinds = data.draw(st.lists(st.sampled_from(list(CodeKind)), min_size=len(cuts), max_size=len(cuts)))
    parts, at = [], 0
    for number, (cut, kind) in enumerate(zip(cuts, kinds, strict=True)):
        parts += [Text(value=text[at:cut]), _code(number, kind)]
        at = cut
    whole = content.join([*parts, Text(value=text[at:])])
    result = content.split(whole, spans)
    assert "".join(content.display(part) + after for part, after in result) == text
    assert [code for part, _ in result for code in content.codes(part)] == list(content.codes(whole))


def test_code_problems() -> None:
    """Missing, extra and crossed codes are named; a faithful target has no problems."""
    source = (OPEN, Text(value="a"), CLOSE, BREAK)
    assert content.code_problems(source, (BREAK, OPEN, CLOSE)) == ()
    assert content.code_problems(source, (OPEN, CLOSE)) == ("missing standalone code c2",)
    assert content.code_problems(source, (CLOSE, OPEN, BREAK)) == ("code c1 closes before it opens",)
    assert content.code_problems((), (BREAK,)) == ("extra standalone code c2",)


def test_join_is_normal_form() -> None:
    """Neighbouring texts are one text and empty ones are gone."""
    assert content.join([Text(value="a"), Text(value=""), Text(value="b"), BREAK, Text(value="")]) == (Text(value="ab"), BREAK)
