"""axe-core and the validators find nothing."""

import pathlib
import subprocess

import pytest

PAGES = ["almaty/en.de.html", "almaty/en.ru.html", "almaty/en.ar.html", "partly/en.de.html", "reviewed/en.ar.html"]
SINGLE = ["almaty/en.html", "almaty/de.html", "almaty/ar.html", "partly/ru.html", "index.html"]


def _violations(page, tools):
    page.evaluate((tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(item["id"], [node["html"] for node in item["nodes"]]) for item in found["violations"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, *SINGLE])
def test_axe_finds_nothing(visit, tools, path, dark):
    """No violation in any view, light and dark, wide and narrow."""
    for width in (1280, 390):
        page = visit(path, dark=dark, width=width).page
        for view in ("side", "interleaved", "source", "target") if path in PAGES else ("",):
            if view:
                page.locator(f'input[value="{view}"]').check(force=True)
            assert _violations(page, tools) == [], (view, width)


def test_axe_finds_nothing_in_a_popover_and_the_label(visit, tools):
    """The open popover and the open label are accessible as well."""
    page = visit("almaty/en.de.html").page
    page.locator(".label summary").click()
    page.locator("#t6 .term").first.click()
    assert _violations(page, tools) == []


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
    import samples

    from translate_pipeline.publish.epub import book

    articles = [samples.article("ar"), samples.reviewed(samples.article("ar"))]
    for number, documents in enumerate(([samples.article("de")], articles)):
        file = tmp_path / f"{number}.epub"
        file.write_bytes(book(documents, title="The Example"))
        result = subprocess.run(
            ["java", "-jar", "/usr/share/java/epubcheck.jar", "-e", str(file)], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
