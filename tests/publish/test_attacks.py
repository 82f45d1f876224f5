"""Whatever is in an article, a glossary, a returned file or the settings: nothing executes, nothing leaves the folder, the text is readable."""

import json
import pathlib
import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import attacks
import lxml.etree
import lxml.html
import pytest

from translate_pipeline import ingest
from translate_pipeline.errors import PipelineError, PublishError, SlugError, WorkspaceError
from translate_pipeline.publish import site as shared
from translate_pipeline.publish.edition import Site, edition
from translate_pipeline.publish.epub import book
from translate_pipeline.publish.theme import theme
from translate_pipeline.segmentation import segment
from translate_pipeline.workspace import Workspace, slug_of
from translate_pipeline.xliff.v12 import parse

PAYLOADS = attacks.payloads()
PARTS = [PAYLOADS[start::8] for start in range(8)]
ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "header",
        "nav",
        "ul",
        "li",
        "fieldset",
        "legend",
        "label",
        "input",
        "span",
        "main",
        "article",
        "div",
        "h1",
        "h2",
        "p",
        "aside",
        "details",
        "summary",
        "figure",
        "figcaption",
        "img",
        "pre",
        "code",
        "table",
        "tbody",
        "tr",
        "td",
        "th",
        "section",
        "dl",
        "dt",
        "dd",
        "button",
        "em",
        "bdi",
        "br",
        "strong",
        "time",
        "ol",
        "blockquote",
    ]
)


def _check(data: bytes) -> lxml.html.HtmlElement:
    """Fail when a page has an element or an attribute that could do anything but be read."""
    page = lxml.html.document_fromstring(data.decode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for element in page.iter(lxml.etree.Element):
        assert element.tag in ELEMENTS, element.tag
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in {"style", "srcdoc", "formaction", "action", "srcset", "ping"}, (element.tag, name)
            if name in {"href", "src"} and element.tag != "link":
                assert re.match(r"https?://|mailto:|#|[\w.-]+$|\.\./[\w./%-]+$|[\w%.-]+/[\w.%-]+$", value, re.IGNORECASE), (
                    element.tag,
                    value,
                )
    scripts = [(element.get("src"), element.get("type")) for element in page.iter("script")]
    assert all(kind == "application/ld+json" or source.endswith("assets/edition.js") for source, kind in scripts)
    for element in page.iter("script"):
        if element.text:
            json.loads(element.text)
    return page


def test_there_are_hundreds() -> None:
    """The corpus is as large as we say."""
    assert len(PAYLOADS) >= 300


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_hostile_documents(part: tuple[str, ...]) -> None:
    """A payload in every field of a document: the pages have no element and no attribute of its making, and show it as text."""
    for payload in part:
        made = edition((attacks.hostile(payload),), Site(base_url="https://site.example", name=payload, fragment=True))
        for path, data in made.pages:
            page = _check(data)
            assert re.fullmatch(r"attack/[\w.]+\.html", path)
            shown = " ".join(page.text_content().split())
            assert attacks.readable(payload) in shown or not attacks.readable(payload), payload
        for path, data in shared.shared([made.card], Site(base_url="https://site.example", name=payload)):
            if path.endswith(".html"):
                _check(data)
            else:
                lxml.etree.fromstring(data)


def test_hostile_books() -> None:
    """The chapters of a book are well-formed and hold no more than text."""
    for payload in PAYLOADS[::5]:
        with zipfile.ZipFile(BytesIO(book([attacks.hostile(payload)], title=payload))) as archive:
            for name in archive.namelist():
                if name.endswith(("xhtml", "opf")):
                    root = lxml.etree.fromstring(archive.read(name))
                    tags = {lxml.etree.QName(element).localname for element in root.iter(lxml.etree.Element)}
                    assert not tags & {"script", "style", "iframe", "img", "object", "svg", "math", "form"}


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_hostile_articles(part: tuple[str, ...]) -> None:
    """A payload as the markup of an HTML article goes in by one door only; what comes out is allowed."""
    head = "<title>{0}</title><meta name=author content='{0}'><meta name=description content='{0}'>"
    for payload in part:
        text = f"<html lang=en><head>{head.format(payload)}</head><body><article><h1>News of today</h1><p>The city {payload} was calm.</p></article></body></html>"
        try:
            ingested = ingest.read(text.encode(), slug="attack", original="attack.html", language="en")
        except PipelineError:
            continue  # refused with a sentence
        (document,) = segment()([ingested.document])
        for _, data in edition((document.for_target("de"),), Site()).pages:
            _check(data)


def test_hostile_returned_files() -> None:
    """A returned file that nothing of ours accompanies: its texts are shown, its markup is not."""
    for payload in PAYLOADS[::3]:
        name = quoteattr(payload)
        data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original={name} source-language="en" target-language="de" datatype="html"><body><trans-unit id="s1"><source>x <g id="c1" ctype={quoteattr("x-" + payload)}>{escape(payload)}</g></source>
<target state="signed-off"><g id="c1" ctype="x-script" equiv-text={name}>{escape(payload)}</g><ph id="c2" ctype="image" equiv-text={name}>{escape(payload)}</ph></target>
</trans-unit></body></file></xliff>"""
        try:
            document = parse.parse(data.encode(), skeleton=None).document
        except PipelineError:
            continue  # refused with a sentence
        for _, page in edition((document,), Site()).pages:
            _check(page)


def test_hostile_slugs(tmp_path: pathlib.Path) -> None:
    """No name leads out of the folder, to a dot file, or onto the files that all pages share."""
    workspace = Workspace(tmp_path / "output")
    for payload in PAYLOADS:
        try:
            slug = slug_of(payload)
        except SlugError:
            continue
        for path, _ in edition((attacks.hostile("x", slug=slug),), Site()).pages:
            place = (workspace.site / path).resolve()
            assert place.parent.parent == workspace.site.resolve()
            assert not place.parent.name.startswith(".")
    with workspace.lock("@site"), pytest.raises(WorkspaceError):
        workspace.write_site([("../x.html", b"")], lock="@site")


def test_hostile_settings() -> None:
    """The look of a page is set by plain values: whatever would end the rule or load something is refused, with all its names."""
    for payload in PAYLOADS:
        try:
            style = theme([], {"accent": payload}).style.decode()
        except PublishError:
            continue  # refused with a sentence
        assert style == f":root {{\n  --tp-accent: {payload};\n}}\n"
        assert not re.search(r"[;{}<>@\\]|url\s*\(", payload, re.IGNORECASE)
