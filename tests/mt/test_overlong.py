"""mt.overlong."""

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.mt.overlong import cut, joined


def words(text: str) -> int:
    """Pieces as words."""
    return len(text.split())


@given(text=st.text(alphabet="ab .,;—。，\n", max_size=120), limit=st.integers(1, 9))
def test_nothing_but_white_space_is_lost(text: str, limit: int) -> None:
    """The spans are in order, short enough, and all that lies between them is white space."""
    spans = cut(text, len, limit=limit)
    assert all(end - start <= max(limit, 1) for start, end in spans)
    at = 0
    for start, end in spans:
        assert not text[at:start].strip()
        at = end
    assert at == len(text)


def test_short_texts_are_not_touched() -> None:
    """One span, whatever is in it."""
    assert cut("A. B; C, D", words, limit=9) == ((0, 10),)


def test_the_safest_place_wins_over_the_middle() -> None:
    """Sentence ends before clause marks before commas before spaces."""
    text = "one two three. four five, six seven eight nine ten"
    assert [text[start:end] for start, end in cut(text, words, limit=8)] == ["one two three.", "four five, six seven eight nine ten"]
    text = "one two three four five, six seven eight nine ten"
    assert [text[start:end] for start, end in cut(text, words, limit=8)] == ["one two three four five,", "six seven eight nine ten"]


def test_a_text_without_any_place_is_cut_all_the_same() -> None:
    """Never truncated: a word of 1,000 letters comes out in parts that give it again."""
    text = "x" * 1000
    spans = cut(text, len, limit=120)
    assert joined(text, spans, tuple(text[start:end] for start, end in spans))[0] == text


def test_parts_are_joined_as_their_script_wants() -> None:
    """A space between words, none in Chinese; and it is known where each part begins."""
    spans = ((0, 3), (4, 7))
    assert joined("one two", spans, ("eins", "zwei")) == ("eins zwei", (0, 5))
    assert joined("one two", spans, ("一。", "二")) == ("一。二", (0, 2))
