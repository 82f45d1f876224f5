"""The validators of the standards find nothing."""

import pathlib
import subprocess
from dataclasses import replace

import lxml.etree
import samples

from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.publish import publish
from translate_pipeline.publish.edition import Site
from translate_pipeline.publish.epub import book
from translate_pipeline.workspace import Workspace


def test_nu_checker_finds_no_error(site, tools, tmp_path):
    """The W3C Nu checker reports no error on any page."""
    files = []
    for path, data in site.items():
        if path.endswith(".html"):
            file = tmp_path / path.replace("/", "-")
            file.write_bytes(data)
            files.append(str(file))
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    result = subprocess.run(["java", "-jar", str(jar), "--errors-only", *files], capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert result.returncode == 0


def _checked_book(file: pathlib.Path) -> None:
    result = subprocess.run(["java", "-jar", "/usr/share/java/epubcheck.jar", "-e", str(file)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_epubcheck_finds_nothing(tmp_path: pathlib.Path):
    """A book of one article, and one of several, from left to right and from right to left."""
    articles = [samples.article("ar"), replace(samples.reviewed(samples.article("ar")), id="reviewed")]
    for number, documents in enumerate(([samples.article("de")], articles)):
        file = tmp_path / f"{number}.epub"
        file.write_bytes(book(documents, title="The Example"))
        _checked_book(file)


def test_epubcheck_finds_nothing_in_what_publish_binds(tmp_path: pathlib.Path):
    """The books of `publish --book`, whose title is no markup, of articles in two languages: all that it wrote is valid."""
    workspace = Workspace(tmp_path / "output")
    for document in (samples.article("de"), samples.article("ar"), replace(samples.article("de"), id="second")):
        with workspace.lock(document.id):
            store.hand_out(workspace, document, recipe="0" * 16, build=1, segmentation="unit")
    results = list(publish(workspace, Site(), book="Fire & <Smoke>"))
    assert results[-1].notes == ("Fire-Smoke.en.ar.epub: 1 of 2 articles", "Fire-Smoke.en.de.epub: 2 of 2 articles")
    for path in results[-1].pages:
        _checked_book(workspace.site / path)


def test_sitemap_is_valid(site, tools):
    """The sitemap is what the schema of sitemaps.org allows; its links to alternates, of another namespace, are left out of the check."""
    schema = lxml.etree.XMLSchema(lxml.etree.parse(tools / "sitemap" / "schema" / "sitemap.xsd"))
    root = lxml.etree.fromstring(site["sitemap.xml"])
    links = list(root.iter("{http://www.w3.org/1999/xhtml}link"))
    assert links
    for link in links:
        link.getparent().remove(link)
    assert schema.validate(root), schema.error_log
