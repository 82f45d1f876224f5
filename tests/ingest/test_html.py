"""HTML becomes blocks and codes."""

import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.content import codes, display
from translate_pipeline.errors import InputError
from translate_pipeline.ingest.html import blocks, parse
from translate_pipeline.model import Block, Code, CodeKind, Content, Markup

DATA = pathlib.Path(__file__).parents[1] / "data/ingest"


def read(body: str, language: str = "en") -> tuple[tuple[Block, ...], tuple[Markup, ...]]:
    """Blocks and codes of an article with this body."""
    found, markup, _ = blocks(parse(f"<html><body><article>{body}</article></body></html>"), language)
    return found, markup


def tagged(content: Content, markup: tuple[Markup, ...]) -> str:
    """Content with its codes as tags."""
    elements = {code.code: code.element for code in markup}
    ends = {CodeKind.OPEN: "<{}>", CodeKind.CLOSE: "</{}>", CodeKind.STANDALONE: "<{}/>"}
    return "".join(ends[part.kind].format(elements[part.id]) if isinstance(part, Code) else part.value for part in content)


def only(body: str) -> str:
    """The content of the only block, with tags."""
    (block,), markup = read(body)
    return tagged(block.segments[0].source, markup)


def test_golden_article() -> None:
    """A page with everything gives the blocks and codes of its golden file: nothing lost, nothing unsafe kept."""
    page = parse((DATA / "article.html").read_text(encoding="utf-8"))
    found, markup, last = blocks(page, "en")
    actual = {
        "facts": dict(page.facts),
        "language": page.head.language,
        "last": last,
        "blocks": [
            [
                block.id,
                block.kind,
                block.level,
                block.parent,
                dict(block.attributes),
                [[segment.translate, tagged(segment.source, markup)] for segment in block.segments],
            ]
            for block in found
        ],
        "codes": [[code.code, code.element, dict(code.attributes), code.translate] for code in markup],
    }
    assert actual == json.loads((DATA / "article.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>  a \n b  </p>", "a b"),
        ("<p>a <b> b</b> c</p>", "a <b>b</b> c"),
        ("<p>a<b> b </b>c</p>", "a<b> b </b>c"),
        ("<p>a <br> b<br></p>", "a<br/>b"),
        ("<p><br>a</p>", "a"),
        ("<p><b><br>a<br></b><br></p>", "<b>a</b>"),
        ("<p>a&nbsp; b</p>", "a\u00a0 b"),
        ("<p><b>a </b></p>", "<b>a</b>"),
        ("<p>a<b></b><i> </i>b</p>", "a<i> </i>b"),
        ("<p><b><i></i></b>a</p>", "a"),
        ("<p>a<a>b</a><span>c</span></p>", "abc"),
        ("<p>a <font color=red>red</font> word</p>", "a red word"),
        ("<p>An <img src='x.png' alt='icon'> in text</p>", "An <img/> in text"),
        ("<div><div>a <b>b</b></div></div>", "a <b>b</b>"),
        ("<p>2 &lt; 3 &amp; so on</p>", "2 < 3 & so on"),
    ],
)
def test_running_text(body: str, expected: str) -> None:
    """White space collapses as in a browser, elements become codes, and what shows nothing is left out."""
    assert only(body) == expected


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("a<p>b</p>c", ["paragraph", "paragraph", "paragraph"]),
        ("<h1>a</h1><h1>b</h1><h2>c</h2>", ["headline", "heading", "heading"]),
        ("<p>x</p><img src='a.png' alt='picture'>", ["paragraph", "alt"]),
        ("<p>x</p><p><a href='/x'><img src='a.png' alt=''></a></p>", ["paragraph", "alt"]),
        ("<ul><li><a href='/'>x</a></li></ul>", ["list", "item"]),
        ("<ul><li><ul><li>x</li></ul></li></ul>", ["list", "item", "list", "item"]),
        ("<table><tbody><tr><td><p>x</p><p>y</p></td></tr></tbody></table>", ["table", "row", "cell", "paragraph"]),
        ("<dl><dt>x</dt><dd>y</dd></dl>", ["paragraph", "paragraph"]),
        ("<figure><img src=a alt=x></figure><p>y</p>", ["figure", "alt", "paragraph"]),
        ("<b><p>a</p></b>b", ["paragraph", "paragraph"]),
    ],
)
def test_block_structure(body: str, kinds: list[str]) -> None:
    """Each block has the kind of its element, containers stand before what they contain."""
    found, _ = read(body)
    assert [block.kind for block in found] == kinds
    seen = {""}
    for block in found:
        assert block.parent in seen
        seen.add(block.id)


def test_the_article_is_found() -> None:
    """Of several articles the longest is read; without one, the main part; else the body of a schema.org article; else the page."""
    longest = parse("<article>short</article><article><p>the long one</p></article>").text
    assert longest.strip() == "the long one"
    assert parse("<main>a</main><p>b</p>").text.strip() == "a"
    assert parse("<div itemprop='x articleBody'>a</div><p>b</p>").text.strip() == "a"
    assert parse("<p>a</p><p>b</p>").text.split() == ["a", "b"]
    assert parse("<article> </article><p>b</p>").text.split() == ["b"]


def test_title_is_not_repeated() -> None:
    """The title of the page is a block of its own unless a heading says the same."""
    same, _, _ = blocks(parse("<title>Snow</title><article><h1>Snow</h1><p>Text.</p></article>"), "en")
    other, _, _ = blocks(parse("<title>Snow | Daily</title><article><h1>Snow</h1><p>Text.</p></article>"), "en")
    assert [block.kind for block in same] == ["headline", "paragraph"]
    assert [block.kind for block in other] == ["title", "headline", "paragraph"]
    assert len({block.id for block in other}) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<html><body><p> </p></body></html>", "has no text"),
        ("<html>", "has no text"),
        ("<script>alert(1)</script>", "has no text"),
        ("<p>a\n&#1; b</p>", r"reference to the character U\+0001 in line 2,"),
        ("<p>a &#60; b\n\n&#x0b; b</p>", r"reference to the character U\+000B in line 3,"),
        ("<div>" * 100_000 + "x", "more than 2000 elements inside each other"),
        ("<p>" + "<b>" * 1500 + "x", "elements inside each other|has no text"),
    ],
)
def test_bad_pages_are_a_sentence(text: str, sentence: str) -> None:
    """Pages without text, with forbidden characters or made to exhaust the reader are refused at once."""
    with pytest.raises(InputError, match=sentence):
        blocks(parse(text), "en")


def test_deep_nesting_is_refused() -> None:
    """Elements nested deeper than any article are refused, not overflown."""
    with pytest.raises(InputError, match="more than 200 elements"):
        read("<div>" * 230 + "x" + "</div>" * 230)


def test_entity_bombs_stay_text() -> None:
    """Entities of a document type are never expanded, and no file is read."""
    bomb = '<!DOCTYPE html [<!ENTITY a "haha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><article><p>&b; &f; end</p></article>'
    text = parse(bomb).text
    assert "haha" not in text
    assert "root:" not in text


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<br>",
            "<i>",
            "</i>",
            "snow",
            " ",
            "<h2>",
            "</h2>",
            "<img src=x alt=y>",
            "<div>",
            "</div>",
            "<a href=/x>",
            "</a>",
            "<figure>",
            "<figcaption>",
            "</figure>",
            "<pre>",
            "</pre>",
            "<blockquote>",
            "&amp;",
        ]
    ),
    max_size=40,
).map("".join)


@given(FRAGMENTS)
def test_broken_pages_are_read_in_order(body: str) -> None:
    """However broken a page is: its words come out in order, codes pair up, ids are unique and parents come first."""
    found, markup = read("begin " + body + " end")
    words = " ".join(display(segment.source) for block in found if block.kind != "alt" for segment in block.segments)
    assert words.count("snow") == body.count("snow")
    assert words.startswith("begin")
    names = {"", *(block.id for block in found)}
    assert len(names) == len(found) + 1
    assert all(block.parent in names for block in found)
    known = {code.code for code in markup}
    assert known == {code.id for block in found for segment in block.segments for code in codes(segment.source)}
    for block in found:
        for segment in block.segments:
            open_codes = []
            for code in codes(segment.source):
                if code.kind is CodeKind.OPEN:
                    open_codes.append(code.id)
                elif code.kind is CodeKind.CLOSE:
                    assert open_codes.pop() == code.id
            assert not open_codes
