"""Themes: templates in front of ours, custom properties, and sentences for what is none."""

import pytest
import samples

from translate_pipeline.errors import PublishError
from translate_pipeline.publish.edition import Site, edition
from translate_pipeline.publish.theme import theme


def test_a_template_may_extend_ours() -> None:
    """A theme's article.html changes a block of ours and keeps the rest."""
    own = b'{% extends "default/article.html" %}{% block masthead %}<p>{{ head.title }} of ours</p>{% endblock %}'
    looks = theme([("article.html", own)], {})
    (page,) = [
        data.decode() for path, data in edition([samples.article()], Site(overrides=looks.templates)).pages if path.endswith("/de.html")
    ]
    assert "<p>Tokajew lässt das Feuer eröffnen – The Example of ours</p>" in page
    assert 'class="pair paragraph"' in page
    assert "<nav" not in page


def test_a_style_sheet_is_made_of_properties_and_rules() -> None:
    """Properties first, then the theme's own rules."""
    looks = theme([("theme.css", b"p { margin: 0 }\n")], {"accent": "#003366", "measure": "30rem"})
    assert looks.style == b":root {\n  --tp-accent: #003366;\n  --tp-measure: 30rem;\n}\np { margin: 0 }\n"
    assert theme([], {}).style == b""


def test_all_problems_at_once() -> None:
    """Files that are no part of a theme, bytes that are no text, names and values that are none."""
    files = [("article.html", b"\xff"), ("run.py", b""), ("logo.svg", b"")]
    with pytest.raises(PublishError) as caught:
        theme(files, {"Accent": "red", "paper": "red; } body { display: none", "ink": "url(x)"})
    assert len(caught.value.problems) == 6


def test_a_broken_template_is_a_sentence() -> None:
    """Template, line and reason; a value that does not exist as well."""
    with pytest.raises(PublishError, match=r"article.html, line 2"):
        edition([samples.article()], Site(overrides=theme([("article.html", b"\n{% if %}")], {}).templates))
    with pytest.raises(PublishError, match=r"nothing_such"):
        edition([samples.article()], Site(overrides=theme([("article.html", b"{{ nothing_such }}")], {}).templates))


def test_templates_of_themes_cannot_reach_python() -> None:
    """A theme that somebody sent us is plain jinja2 in a sandbox: attributes of Python's own are not there."""
    for source in (b"{{ page.__class__ }}", b"{{ ''.__class__.__mro__ }}", b"{{ words.__call__.__globals__ }}"):
        with pytest.raises(PublishError):
            edition([samples.article()], Site(overrides=theme([("article.html", source)], {}).templates))
