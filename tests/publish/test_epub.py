"""Books: what is in them, and that they stay the same."""

import io
import zipfile
from dataclasses import replace

import lxml.etree
import samples

from translate_pipeline.publish.epub import book

OPF = {"o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/"}


def _open(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def _package(data: bytes) -> lxml.etree._Element:
    return lxml.etree.fromstring(_open(data).read("EPUB/package.opf"))


def _identity(data: bytes) -> str:
    return str(_package(data).xpath("string(//d:identifier)", namespaces=OPF))


def test_the_media_type_comes_first_and_plain() -> None:
    """A reader recognises the file by its first bytes."""
    first = _open(book([samples.article()])).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_the_same_book_on_rebuild() -> None:
    """Rebuilt from the same translation it is the same file; reviewed it is another file of the same identity."""
    before, after = samples.article(), samples.reviewed(samples.article())
    assert book([before]) == book([before])
    one, two = _package(book([before])), _package(book([after]))
    assert _identity(book([before])) == _identity(book([after]))
    assert one.xpath("string(//o:meta[@property='dcterms:modified'])", namespaces=OPF) == "2022-01-07T00:00:00Z"
    assert two.xpath("string(//o:meta[@property='dcterms:modified'])", namespaces=OPF) == "2026-11-03T00:00:00Z"
    assert _identity(book([samples.article("ru")])) != _identity(book([before]))


def test_languages_direction_and_credit() -> None:
    """Both languages are named, the target's direction turns the pages, reviewers are credited as translators."""
    package = _package(book([samples.reviewed(samples.article("ar"))]))
    assert package.xpath("//d:language/text()", namespaces=OPF) == ["ar", "en"]
    assert package.xpath("//o:spine/@page-progression-direction", namespaces=OPF) == ["rtl"]
    assert package.xpath("//d:contributor/text()", namespaces=OPF)[0] == "Anna Weber"


def test_several_articles() -> None:
    """A chapter for each article, all in the table of contents."""
    data = book([samples.article(), samples.reviewed(samples.article())], title="Almaty twice")
    assert [name for name in _open(data).namelist() if "chapter" in name] == ["EPUB/chapter-1.xhtml", "EPUB/chapter-2.xhtml"]
    nav = lxml.etree.fromstring(_open(data).read("EPUB/nav.xhtml"))
    assert nav.xpath("//*[local-name()='a']/@href") == ["chapter-1.xhtml", "chapter-2.xhtml"]
    headline = samples.TEXTS["de"]["s3"]  # the title of the page, s1, ends with the name of the site
    assert nav.xpath("//*[local-name()='a']//text()") == [headline, headline]
    assert _package(data).xpath("string(//d:title)", namespaces=OPF) == "Almaty twice"


def test_a_book_is_the_same_in_any_order() -> None:
    """The identity is over articles and languages, not over the order of chapters."""
    one, two = samples.article(), replace(samples.article(), id="other")
    assert _identity(book([one, two])) == _identity(book([two, one]))
    assert _identity(book([one, two])) != _identity(book([one]))


def test_nothing_remote() -> None:
    """A book shows no remote picture; its alternative text is there in both languages."""
    text = _open(book([samples.article()])).read("EPUB/chapter-1.xhtml").decode()
    assert "<img" not in text
    assert "Soldiers in front of a building" in text
    assert "Soldaten vor einem Gebäude" in text
