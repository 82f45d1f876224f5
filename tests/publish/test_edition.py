"""The pages of an article: structure, languages, label, heads, and the same bytes every time."""

import json
import re
from dataclasses import replace

import langdetect
import lxml.html
import pytest
import samples

from translate_pipeline.errors import PublishError
from translate_pipeline.model import State
from translate_pipeline.publish.edition import Site, edition, is_publishable

SITE = Site(base_url="https://site.example/news/", name="The Example")
TARGETS = ("de", "ru", "ar")


def _pages(site: Site = SITE, *, done: bool = False) -> dict[str, lxml.html.HtmlElement]:
    documents = [samples.article(tag) for tag in TARGETS]
    made = edition([samples.reviewed(document) for document in documents] if done else documents, site)
    return {path: lxml.html.document_fromstring(data) for path, data in made.pages}


def test_three_views_for_each_target() -> None:
    """One source view, and a target view and a bilingual view for each target."""
    assert sorted(_pages()) == sorted(["almaty/en.html"] + [f"almaty/{name}.html" for tag in TARGETS for name in (tag, f"en.{tag}")])


def test_no_identifier_twice_and_every_reference_leads_somewhere() -> None:
    """Identifiers are unique in every page; links inside the page, popovers and labels have their goal."""
    for path, page in _pages().items():
        names = page.xpath("//@id")
        assert len(names) == len(set(names)), path
        for goal in [
            *(link[1:] for link in page.xpath("//a/@href") if link.startswith("#")),
            *page.xpath("//@popovertarget | //@aria-labelledby"),
        ]:
            assert goal in names, (path, goal)


def test_links_between_the_pages_exist() -> None:
    """Every relative link of a page leads to a page of the site."""
    pages = _pages()
    for page in pages.values():
        for link in page.xpath("//nav//a/@href"):
            assert f"almaty/{link}" in pages or link == "../index.html"


def test_structure_is_kept() -> None:
    """Headings, lists, quotes, captions, tables, code and images are what they were."""
    page = _pages()["almaty/en.de.html"]
    assert [element.tag for element in page.iter("h1", "h2", "h3")] == ["h1", "h2", "h2"]
    assert len(page.xpath("//ul[@class='items']/li")) == 2
    assert len(page.xpath("//blockquote//p[@lang]")) == 2
    assert page.xpath("//figure/img/@alt") == ["Soldaten vor einem Gebäude"]
    assert len(page.xpath("//figure/figcaption//span[@lang]")) >= 2
    assert [len(row.xpath("./td | ./th")) for row in page.iter("tr")] == [2, 2]
    assert page.xpath("string(//pre/code)") == "curl -X POST https://news.example\n  --data '<fire>'"


def test_each_side_is_in_the_language_that_it_names() -> None:
    """ACT rule off6ek: `lang` of the page and of each side agrees with the language that langdetect finds in the text."""
    langdetect.DetectorFactory.seed = 0
    for path, page in _pages().items():
        language = page.get("lang")
        for side in ("source", "target"):
            texts = page.xpath(f"//p[contains(concat(' ', @class, ' '), ' side {side} ')][@lang]")
            text = " ".join(" ".join(seg.text_content() for seg in p.xpath(".//span[contains(@class, 'seg')][not(@lang)]")) for p in texts)
            if text:
                assert langdetect.detect(text) == texts[0].get("lang"), path
        assert language == path.removesuffix(".html").rpartition(".")[2].rpartition("/")[2], path


def test_unreviewed_pages_stay_out_of_search() -> None:
    """`noindex` as long as something is unreviewed; never on the source view."""
    for done in (False, True):
        found = {path: page.xpath("//meta[@name='robots']/@content") for path, page in _pages(done=done).items()}
        assert found.pop("almaty/en.html") == []
        assert set(map(tuple, found.values())) == ({()} if done else {("noindex",)})


def test_hreflang_is_reciprocal_in_the_pages() -> None:
    """Every page of the cluster names itself, all partners and x-default, and all name the same."""
    clusters = {}
    for path, page in _pages().items():
        links = [(link.get("hreflang"), link.get("href")) for link in page.xpath("//link[@rel='alternate']")]
        if links:
            clusters[f"https://site.example/news/{path}"] = links
    assert len({tuple(links) for links in clusters.values()}) == 1
    links = next(iter(clusters.values()))
    assert [tag for tag, _ in links] == ["en", "de", "ru", "ar", "x-default"]
    assert {address for _, address in links} == set(clusters)


def test_canonical_addresses() -> None:
    """The source view of a republished piece points to the publisher; the others to themselves."""
    for path, page in _pages().items():
        wanted = "https://news.example/almaty" if path == "almaty/en.html" else f"https://site.example/news/{path}"
        assert page.xpath("//link[@rel='canonical']/@href") == [wanted]


def test_open_graph() -> None:
    """Locale with country, the other locales as alternates, and the dates."""
    page = _pages()["almaty/ar.html"]
    values = {}
    for meta in page.xpath("//meta[@property]"):
        values.setdefault(meta.get("property"), []).append(meta.get("content"))
    assert values["og:locale"] == ["ar_EG"]
    assert values["og:locale:alternate"] == ["en_US", "de_DE", "ru_RU"]
    assert values["article:published_time"] == ["2022-01-07"]
    assert values["og:title"] == page.xpath("//title/text()")


def test_structured_data() -> None:
    """JSON-LD says what the page is, in which language, of which work it is a translation, and who or what made it."""
    pages = _pages()
    data = {path: json.loads(page.xpath("string(//script[@type='application/ld+json'])")) for path, page in pages.items()}
    target, source = data["almaty/de.html"], data["almaty/en.html"]
    assert (target["@type"], target["inLanguage"], target["datePublished"]) == ("NewsArticle", "de", "2022-01-07")
    assert target["translationOfWork"]["@id"] == source["@id"]
    assert [work["inLanguage"] for work in source["workTranslation"]] == ["de", "ru", "ar"]
    assert target["digitalSourceType"].endswith("/TrainedAlgorithmicMediaDigitalSource")
    assert "translator" not in target
    assert target["contributor"] == [{"@type": "SoftwareApplication", "name": "Argos en → de 1.9"}]
    assert data["almaty/en.de.html"]["inLanguage"] == ["en", "de"]
    done = json.loads(_pages(done=True)["almaty/de.html"].xpath("string(//script[@type='application/ld+json'])"))
    assert done["translator"] == [{"@type": "Person", "name": "Anna Weber"}]
    assert done["dateModified"] == "2026-11-03"
    assert done["digitalSourceType"].endswith("/CompositeWithTrainedAlgorithmicMediaDigitalSource")


def test_without_an_address_nothing_needs_one() -> None:
    """No canonical, hreflang or absolute address of ours without a base URL."""
    for path, page in _pages(Site()).items():
        assert page.xpath("//link[@rel='alternate'] | //meta[@property='og:url']") == []
        assert page.xpath("//link[@rel='canonical']/@href") == (["https://news.example/almaty"] if path == "almaty/en.html" else [])


@pytest.mark.parametrize("address", ["site.example", "ftp://site.example", "https://site.example/?x=1", "javascript:x"])
def test_a_base_url_that_is_none_is_refused(address: str) -> None:
    """A sentence says which address is wrong."""
    with pytest.raises(PublishError, match=r"base-url"):
        edition([samples.article()], Site(base_url=address))


def test_label_in_page_and_for_machines() -> None:
    """The label stands in the page, in its language, with numbers that a machine can read."""
    page = _pages()["almaty/de.html"]
    (aside,) = page.xpath("//aside")
    assert (aside.get("data-status"), aside.get("data-reviewed"), aside.get("data-total")) == ("machine", "0", "18")
    text = " ".join(aside.text_content().split())
    assert "Maschinelle Übersetzung, nicht geprüft" in text
    assert "Argos en → de 1.9" in text
    done = " ".join(_pages(done=True)["almaty/de.html"].xpath("string(//aside)").split())
    assert "Geprüft von Anna Weber" in done
    assert "3. November 2026" in done
    assert "18 von 18" in done


def test_untranslated_sentences_name_their_language() -> None:
    """A sentence without a translation is shown in its own language, and says what it is."""
    (sentence,) = _pages()["almaty/en.ar.html"].xpath("//span[@id='t9']")
    assert (sentence.get("lang"), sentence.get("dir")) == ("en", "ltr")
    assert sentence.xpath("string(./span[contains(@class, 'badge')])") == "غير مترجم"


def test_words_that_are_missing_are_english_and_say_so() -> None:
    """Without interface words in the language of the page, they are English and marked as English."""
    document = replace(samples.article(), target_language="cy")
    pages = {path: lxml.html.document_fromstring(data) for path, data in edition([document], Site()).pages}
    (aside,) = pages["almaty/cy.html"].xpath("//aside")
    assert aside.get("lang") == "en"
    assert pages["almaty/cy.html"].get("lang") == "cy"


def test_no_inline_script_or_style() -> None:
    """Nothing that the content security policy would refuse is in a page."""
    for _, data in edition([samples.article()], SITE).pages:
        text = data.decode()
        assert re.findall(r"<script(?![^>]*(?:src=|ld\+json))", text) == []
        assert "<style" not in text
        assert not re.search(r"\s(?:style|on\w+)=", text)
        assert "default-src 'none'" in text


def test_same_input_same_bytes() -> None:
    """Rendering twice gives the same pages and books."""
    site = replace(SITE, epub=True, fragment=True)
    assert edition([samples.article(tag) for tag in TARGETS], site) == edition([samples.article(tag) for tag in TARGETS], site)


def test_fragments_have_no_head() -> None:
    """A fragment is an edition for a page of another system: one element with the article and its switch."""
    pages = dict(edition([samples.article()], replace(SITE, fragment=True)).pages)
    (fragment,) = lxml.html.fragments_fromstring(pages["almaty/en.de.fragment.html"].decode())
    assert fragment.get("class") == "edition bilingual two"
    assert fragment.xpath(".//input/@value") == ["side", "interleaved", "source", "target"]


def test_minimum_state() -> None:
    """A translation is publishable when every segment that counts has come far enough."""
    assert is_publishable(samples.article(), State.INITIAL)
    assert not is_publishable(samples.article(), State.TRANSLATED)
    assert is_publishable(samples.reviewed(samples.article()), State.REVIEWED)
