"""The validators of the standards find nothing."""

import pathlib
import subprocess

import lxml.etree
import samples

from translate_pipeline.publish.epub import book


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


def test_epubcheck_finds_nothing(tmp_path: pathlib.Path):
    """A book of one article, and one of several, from left to right and from right to left."""
    articles = [samples.article("ar"), samples.reviewed(samples.article("ar"))]
    for number, documents in enumerate(([samples.article("de")], articles)):
        file = tmp_path / f"{number}.epub"
        file.write_bytes(book(documents, title="The Example"))
        result = subprocess.run(
            ["java", "-jar", "/usr/share/java/epubcheck.jar", "-e", str(file)], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr


def test_sitemap_is_valid(site, tools):
    """The sitemap is what the schema of sitemaps.org allows; its links to alternates, of another namespace, are left out of the check."""
    schema = lxml.etree.XMLSchema(lxml.etree.parse(tools / "sitemap" / "schema" / "sitemap.xsd"))
    root = lxml.etree.fromstring(site["sitemap.xml"])
    links = list(root.iter("{http://www.w3.org/1999/xhtml}link"))
    assert links
    for link in links:
        link.getparent().remove(link)
    assert schema.validate(root), schema.error_log
