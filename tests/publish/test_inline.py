"""Inline content: codes by the article's own markup, everything else escaped."""

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.model import Code, CodeKind, Markup, Text
from translate_pipeline.publish.inline import Inlines, Span, safe_address, tags

OPEN, CLOSE, ALONE = CodeKind.OPEN, CodeKind.CLOSE, CodeKind.STANDALONE
CODES = {
    "c1": Markup(code="c1", element="em"),
    "c2": Markup(code="c2", element="a", attributes=(("href", "https://news.example/"), ("onclick", "x()"), ("id", "x"))),
    "c3": Markup(code="c3", element="br"),
    "c4": Markup(code="c4", element="span", attributes=(("lang", "ru"), ("style", "color:red")), translate=False),
    "c5": Markup(code="c5", element="a", attributes=(("href", "javascript:x()"),)),
    "c6": Markup(code="c6", element="script"),
}


def _inlines(language: str = "en", *, terms: str = "button", xhtml: bool = False) -> Inlines:
    return Inlines(tags(CODES.values(), xhtml=xhtml), language=language, terms=terms)


def _code(name: str, kind: CodeKind, equiv: str = "") -> Code:
    return Code(id=name, kind=kind, equiv=equiv)


def test_allowed_elements_and_attributes() -> None:
    """Codes become their elements with the attributes of the allow-list; the rest is left out."""
    content = (
        Text(value="a < "),
        _code("c2", OPEN),
        Text(value="b"),
        _code("c2", CLOSE),
        _code("c4", OPEN),
        Text(value="да"),
        _code("c4", CLOSE),
    )
    expected = 'a &lt; <a href="https://news.example/" rel="noopener">b</a><span lang="ru" translate="no">да</span>'
    assert _inlines().render(content) == expected


def test_unsafe_or_unknown_codes_show_their_text() -> None:
    """A link that may not be followed, an element that is not allowed, a code that nobody knows: the text stays."""
    for name in ("c5", "c6", "c9"):
        assert _inlines().render((_code(name, OPEN), Text(value="x"), _code(name, CLOSE))) == "x"


def test_crossing_codes_nest() -> None:
    """Codes that a translator left crossing give elements that nest."""
    content = (
        _code("c1", OPEN),
        Text(value="a"),
        _code("c2", OPEN),
        Text(value="b"),
        _code("c1", CLOSE),
        Text(value="c"),
        _code("c2", CLOSE),
    )
    link = '<a href="https://news.example/" rel="noopener">'
    assert _inlines().render(content) == f"<em>a{link}b</a></em>{link}c</a>"


def test_a_span_goes_on_in_the_next_segment() -> None:
    """A span that the end of a segment cuts is closed there and opened again in the next one."""
    inlines = _inlines()
    assert inlines.render((_code("c1", OPEN), Text(value="a"))) == "<em>a</em>"
    assert inlines.render((Text(value="b"), _code("c1", CLOSE), Text(value="c"))) == "<em>b</em>c"


def test_line_breaks_and_markers() -> None:
    """A line break is one; the marker of a list item may be left out; a code without markup shows what it stands for."""
    content = (_code("c9", ALONE, "• "), Text(value="a"), _code("c3", ALONE, "\n"), Text(value="b"))
    assert _inlines().render(content) == "• a<br>b"
    assert _inlines().render(content, marker=False) == "a<br>b"
    assert _inlines(xhtml=True).render(content, marker=False) == "a<br />b"


def test_terms_are_buttons_or_links_but_never_inside_links() -> None:
    """A term opens its popover, leads to the glossary in books, and is plain text inside a link."""
    spans = [Span(start=2, end=6, entry=3)]
    assert (
        _inlines().render((Text(value="a CSTO b"),), spans)
        == 'a <button type="button" class="term" popovertarget="popover-3">CSTO</button> b'
    )
    assert _inlines(terms="link").render((Text(value="a CSTO b"),), spans) == 'a <a class="term" href="#term-3">CSTO</a> b'
    linked = (_code("c2", OPEN), Text(value="a CSTO b"), _code("c2", CLOSE))
    assert "button" not in _inlines().render(linked, spans)


def test_runs_in_the_other_direction_are_isolated() -> None:
    """Numbers and Latin names in Arabic, and Arabic names in English, cannot disturb the order around them."""
    assert '<bdi dir="ltr">+7 727 123-45-67</bdi>' in _inlines("ar").render((Text(value="هاتف +7 727 123-45-67."),))
    assert '<bdi dir="rtl">العربية</bdi>' in _inlines("en").render((Text(value="the channel العربية said"),))
    assert _inlines("en").render((Text(value="a\u202eb"),)) == "ab"


@pytest.mark.parametrize("address", ["https://a.example/x?y=1", "http://a.example", "mailto:desk@news.example", "HTTPS://a.example/"])
def test_safe_addresses(address: str) -> None:
    """Web and mail addresses pass unchanged."""
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:x",
        "data:x",
        "//a.example",
        "/x",
        "x",
        "https:x",
        "https://u@a.example",
        "https://a.example/ x",
        "https://[",
        "ftp://a.example",
    ],
)
def test_unsafe_addresses(address: str) -> None:
    """Everything else does not."""
    assert safe_address(address) is None


@given(st.lists(st.tuples(st.sampled_from([*CODES, "c9"]), st.sampled_from(CodeKind), st.text("ab<>&\"' ش1", max_size=5)), max_size=12))
def test_markup_is_always_well_formed(parts: list[tuple[str, CodeKind, str]]) -> None:
    """Whatever codes a content has, its elements nest and close, and its text is there."""
    content = [item for name, kind, text in parts for item in (_code(name, kind), Text(value=text)) if item != Text(value="")]
    html = _inlines(xhtml=True).render(tuple(content))
    root = lxml.etree.fromstring(f"<p>{html}</p>")
    assert "".join(root.itertext()) == "".join(text for _, _, text in parts)
