"""Index, sitemap and feeds."""

import pathlib
from dataclasses import replace

import lxml.etree
import lxml.html
import samples

from translate_pipeline.publish.edition import Card, Site, edition
from translate_pipeline.publish.site import assets, left_out, pages, shared

DATA = pathlib.Path(__file__).parents[1] / "data" / "publish"
SITE = Site(base_url="https://site.example", name="The Example")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def _cards() -> list[Card]:
    machine = [samples.article(tag) for tag in ("de", "ar")]
    later = [
        replace(samples.reviewed(document), id="later", metadata=(("author", "Anna & Co"), ("date", "2026-11-02T08:30")))
        for document in machine
    ]
    undated = [replace(document, id="undated", metadata=()) for document in machine]
    return [edition(documents, SITE).card for documents in (machine, later, undated)]


def _shared(site: Site = SITE) -> dict[str, bytes]:
    return dict(shared(_cards(), site))


def test_index_goes_by_date_with_languages_by_their_own_names() -> None:
    """The newest first, dates as the language of the index writes them, undated articles last."""
    page = lxml.html.document_fromstring(_shared()["index.html"])
    assert page.xpath("//ul[@class='cards']/li/@id") == ["later", "almaty", "undated"]
    assert [" ".join(text.text_content().split()) for text in page.iter("h2")] == ["November 2, 2026", "January 7, 2022"]
    names = page.xpath("//li[@id='almaty']//ul[@class='languages']//a/span[@lang]/text()")
    assert names == ["English", "Deutsch", "English – Deutsch", "العربية", "English – العربية"]
    assert page.xpath("//li[@id='almaty']//span[@class='status status-machine']")[0].text == "Machine translation, not reviewed"
    german = lxml.html.document_fromstring(_shared(replace(SITE, language="de"))["index.html"])
    assert german.get("lang") == "de"
    assert "2. November 2026" in german.text_content()


def test_sitemap_has_what_may_be_indexed_with_its_alternates() -> None:
    """Reviewed pages and originals, each with the whole cluster; unreviewed ones are left out."""
    root = lxml.etree.fromstring(_shared()["sitemap.xml"])
    found = root.xpath("//s:loc/text()", namespaces=MAP)
    assert "https://site.example/almaty/en.html" in found
    assert "https://site.example/almaty/de.html" not in found
    assert "https://site.example/later/de.html" in found
    cluster = root.xpath("//s:url[s:loc='https://site.example/later/de.html']/x:link/@hreflang", namespaces=MAP)
    assert cluster == ["en", "de", "ar", "x-default"]
    assert root.xpath("//s:url[s:loc='https://site.example/later/de.html']/s:lastmod/text()", namespaces=MAP) == ["2026-11-03"]


def test_a_feed_for_each_language() -> None:
    """Atom feeds with the articles in a language, complete as RFC 4287 demands, with partners and state."""
    files = _shared()
    assert sorted(name for name in files if name.startswith("feed")) == ["feed.ar.xml", "feed.de.xml", "feed.en.xml"]
    feed = lxml.etree.fromstring(files["feed.de.xml"])
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == ["2026-11-03T00:00:00Z"]
    entries = feed.xpath("a:entry", namespaces=ATOM)
    assert [entry.xpath("string(a:id)", namespaces=ATOM) for entry in entries] == [
        f"https://site.example/{slug}/de.html" for slug in ("later", "almaty", "undated")
    ]
    first = entries[0]
    assert first.xpath("string(a:author/a:name)", namespaces=ATOM) == "Anna & Co"
    assert first.xpath("string(a:published)", namespaces=ATOM) == "2026-11-02T08:30:00Z"
    assert first.xpath("a:link/@hreflang", namespaces=ATOM) == ["de", "en", "ar"]
    assert [entry.xpath("string(a:category/@term)", namespaces=ATOM) for entry in entries] == ["reviewed", "machine", "machine"]
    for entry in entries:
        assert all(entry.xpath(f"count(a:{name})", namespaces=ATOM) == 1 for name in ("id", "title", "updated", "author"))


def test_without_an_address() -> None:
    """No sitemap and no feeds, and a sentence that says so."""
    assert sorted(_shared(Site())) == ["index.html"]
    assert "--base-url" in left_out(Site())
    assert left_out(SITE) == ""


def test_assets_are_all_that_pages_ask_for() -> None:
    """Every asset that a page names is there, a theme's as well."""
    site = replace(SITE, themed=True)
    held = {path for path, _ in assets(b":root {}")}
    for path, data in edition([samples.article()], site).pages:
        page = lxml.html.document_fromstring(data)
        assert path.count("/") == 1
        assert {address.removeprefix("../") for address in page.xpath("//link[@rel='stylesheet']/@href | //script/@src")} == held


def test_one_page_alone() -> None:
    """The page that a run writes is the bilingual one, without links to pages that are not there."""
    ((path, data),) = pages(samples.article())
    assert path == "almaty/en.de.html"
    assert lxml.html.document_fromstring(data).xpath("//nav") == []


def test_feeds_are_valid() -> None:
    """Every feed is what the schema of RFC 4287 allows, and no two links of an entry are alternates of one type and language."""
    schema = lxml.etree.RelaxNG(lxml.etree.parse(DATA / "atom.rng"))
    for name, data in _shared().items():
        if name.startswith("feed"):
            root = lxml.etree.fromstring(data)
            assert schema.validate(root), schema.error_log
            for entry in root.xpath("a:entry", namespaces=ATOM):
                kinds = [(link.get("type"), link.get("hreflang")) for link in entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)]
                assert len(kinds) == len(set(kinds))
