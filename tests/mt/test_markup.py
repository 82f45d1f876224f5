"""mt.markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.content import code_problems, display, join, plain
from translate_pipeline.model import Code, CodeKind, Content, Inline, Text
from translate_pipeline.mt.alignment import locate
from translate_pipeline.mt.markup import mark, unmark

_TAG = re.compile(r"<(/?)(\w+)(/?)>")


def content(text: str) -> Content:
    """Content written with tags; the code `br` stands for a line break."""
    parts: list[Inline] = []
    at = 0
    for tag in _TAG.finditer(text):
        parts.append(Text(value=text[at : tag.start()]))
        kind = CodeKind.CLOSE if tag[1] else CodeKind.STANDALONE if tag[3] else CodeKind.OPEN
        parts.append(Code(id=tag[2], kind=kind, equiv="\n" if tag[2] == "br" else ""))
        at = tag.end()
    return join((*parts, Text(value=text[at:])))


def written(parts: Content) -> str:
    """The reverse of `content`."""
    shapes = {CodeKind.OPEN: "<{}>", CodeKind.CLOSE: "</{}>", CodeKind.STANDALONE: "<{}/>"}
    return "".join(part.value if isinstance(part, Text) else shapes[part.kind].format(part.id) for part in parts)


def moved(text: str, target: str, at: int = 0) -> str:
    """The target with the codes of the text; places are found by identity and proportion, divisions at `at`."""
    marked = unmark(content(text))
    return written(mark(marked, target, locate=lambda span: locate(marked.text, span, target, hops=()), divide=lambda _: at))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p><b>All of it.</b></p>", "All of it."),
        (" <img/> Behind a picture. ", "Behind a picture."),
        ("Cut <i>here", "Cut here"),
        ("one<br/>two", "one two"),
        ("a \n b", "a b"),
        ("<b>a</b> b <b2>c</b2>", "a b c"),
        ("</x>rest", "rest"),
        ("", ""),
        ("<img/>", ""),
    ],
)
def test_the_text_to_translate(source: str, text: str) -> None:
    """Codes at the ends stay outside, white space is single, and what is taken apart gives the content again."""
    marked = unmark(content(source))
    assert marked.text == text
    if not marked.nodes:
        assert display(join((*marked.before, Text(value=text), *marked.after))).split() == display(content(source)).split()


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("He saw <b>Anna</b> in Paris.", "In Paris sah er Anna.", "In Paris sah er <b>Anna</b>."),
        ("<a><b>Anna</b> saw</a> Paris.", "Paris sah Anna.", "<a>Paris sah <b>Anna</b></a>."),
        ("<p>Go to <a>Rome</a>.</p>", "Geh nach Rome.", "<p>Geh nach <a>Rome</a>.</p>"),
        ("Anna<fn/> slept.", "Heute schlief Anna.", "Heute schlief Anna<fn/>."),
        ("See <x/>Anna now.", "Jetzt Anna sehen.", "Jetzt <x/>Anna sehen."),
        ("1 <b>2</b> 3 <i>4</i>", "4 3 2 1", "<i>4</i> 3 <b>2</b> 1"),
    ],
)
def test_codes_go_where_their_words_go(source: str, target: str, expected: str) -> None:
    """Spans follow names and numbers, nest as before, and single codes stay at the word they touch."""
    assert moved(source, target) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("one<br/>two", "eins<br/>zwei"), ("one <img/> two", "eins <img/> zwei"), ("one <br/> two", "eins<br/>zwei")],
)
def test_spaces_around_single_codes(source: str, expected: str) -> None:
    """A line break takes the place of the space; a picture between words stays between spaces."""
    assert moved(source, "eins zwei", at=5) == expected


_PARTS = st.lists(
    st.sampled_from(["eins ", "zwei", " drei. ", "<a>", "</a>", "<b>", "</b>", "<c>", "</c>", "<s/>", "<br/>", " "]), max_size=14
)


@given(parts=_PARTS, target=st.sampled_from(["", "x", "zwei eins", "drei. zwei, eins!", "a b c d e f g h"]), at=st.integers(0, 20))
def test_no_code_is_lost_or_closed_too_early(parts: list[str], target: str, at: int) -> None:
    """Whatever the source looks like, and wherever places are found: every code once, in a valid order, and every letter of the target."""
    seen: set[str] = set()
    source = content("".join(part for part in parts if not part.startswith("<") or part == " " or not (part in seen or seen.add(part))))
    marked = unmark(source)
    result = mark(marked, target, locate=lambda span: locate(marked.text, span, target, hops=()), divide=lambda _: min(at, len(target)))
    opens = {part.id for part in source if isinstance(part, Code) and part.kind is CodeKind.OPEN}
    wrong_before = code_problems(source, source)
    assert not [problem for problem in code_problems(source, result) if problem not in wrong_before and not problem.startswith("code ")]
    if not wrong_before and opens:
        assert code_problems(source, result) == ()
    assert plain(result).replace(" ", "") == target.replace(" ", "") or not marked.text
