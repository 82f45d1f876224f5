"""What a page says about itself."""

import pytest

from translate_pipeline.ingest.head import Head, read_head


def test_schema_org_comes_first() -> None:
    """JSON-LD is more specific than Open Graph, and that than plain HTML."""
    page = """<html lang=de><head><title>t</title><meta property="og:title" content="og"><meta name=author content="Meta Author">
    <script type="application/ld+json">[{"@type":"NewsArticle","headline":"ld","author":"Anna","datePublished":"2022-01-07"}]</script></head>"""
    assert read_head(page) == Head(title="ld", author="Anna", date="2022-01-07", language="de")
    assert read_head(page.replace("NewsArticle", "Recipe")).title == "og"
    assert read_head("<title>a\n b</title>").title == "a b"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html lang=EN-gb>", "en-GB"),
        ("<meta property=og:locale content=pt_BR>", "pt-BR"),
        ("<html lang=deutschland-x><meta http-equiv=Content-Language content=fr>", "fr"),
        ('<script type="application/ld+json">{"@type":"Article","inLanguage":"kk"}</script>', "kk"),
        ("<p>x", ""),
    ],
)
def test_language(page: str, expected: str) -> None:
    """The language is that of the first source that spells it right."""
    assert read_head(page).language == expected


@pytest.mark.parametrize(
    "data",
    [
        "{broken",
        "[" * 100_000,
        "null",
        "[1, [2]]",
        '{"@type": {"a": 1}}',
        '{"@type":"Article","author":{"name":5},"headline":["x"]}',
        '{"@graph":"x"}',
    ],
)
def test_damaged_json_is_passed_over(data: str) -> None:
    """JSON-LD that is broken, hostile or of another shape says nothing."""
    assert read_head(f'<title>t</title><script type="application/ld+json">{data}</script>') == Head(title="t")


def test_values_are_plain_text() -> None:
    """Markup, entities, control characters and addresses without a scheme of the web do not get through."""
    page = """<meta name=description content="a &lt;b&gt;bold&lt;/b&gt; &amp;amp; word"><meta name=author content="https://example.org/anna">
    <meta name=date content="yesterday"><link rel=canonical href="javascript:alert(1)"><meta property=og:title content="a&#2;b"><title>ok</title>"""
    assert read_head(page) == Head(title="ok", description="a bold & word")
