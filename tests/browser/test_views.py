"""The four views of a bilingual page, as a reader meets them."""

import itertools

import pytest

PAGES = [f"{slug}/en.{target}.html" for slug in ("almaty", "partly", "reviewed") for target in ("de", "ru", "ar")]
VIEWS = ("side", "interleaved", "source", "target")


def _choose(page, view):
    page.locator(f'input[value="{view}"]').check(force=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("path", PAGES)
def test_views_show_what_they_say(visit, path, script):
    """Each view shows its sides, with and without a script; side by side they lie beside one another."""
    page = visit(path, script=script).page
    source, target = page.locator("#b4 .source"), page.locator("#b4 .target")
    for view in VIEWS:
        _choose(page, view)
        assert source.is_visible() == (view != "target"), view
        assert target.is_visible() == (view != "source"), view
        if view in {"side", "interleaved"}:
            first, second = source.bounding_box(), target.bounding_box()
            beside = abs(first["y"] - second["y"]) < 2
            assert beside == (view == "side"), view
            assert beside or second["y"] > first["y"], "the source comes first"


def test_narrow_pages_are_interleaved(visit):
    """Where there is no room for two columns, pairs follow one another."""
    page = visit("almaty/en.de.html", width=390).page
    assert page.locator("#b4 .target").bounding_box()["y"] > page.locator("#b4 .source").bounding_box()["y"] + 20


@pytest.mark.parametrize("path", [*PAGES, "almaty/en.html", "almaty/ar.html", "index.html"])
def test_no_sideways_scrolling_at_320_pixels(visit, path):
    """WCAG 1.4.10: in every view the page fits into 320 CSS pixels."""
    page = visit(path, width=320).page
    for view in VIEWS if page.locator(".views").count() else ("",):
        if view:
            _choose(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, view


def test_reload_keeps_the_view(visit):
    """The chosen view is remembered, on this page and on others."""
    page = visit("almaty/en.de.html").page
    _choose(page, "target")
    page.reload()
    assert page.locator('input[value="target"]').is_checked()
    assert not page.locator("#b4 .source").is_visible()
    page.goto(page.url.replace("en.de", "en.ru"))
    assert page.locator('input[value="target"]').is_checked()


def test_headings_are_one_in_the_outline(visit):
    """A bilingual heading is one heading; levels are not skipped; there is one first heading."""
    page = visit("almaty/en.de.html").page
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.locator("h2", has_text="Russian soldiers arrive").count() == 1


@pytest.mark.parametrize("path", PAGES)
def test_right_to_left(visit, path):
    """The page runs in the direction of its language; each side has its own."""
    page = visit(path).page
    expected = "rtl" if ".ar." in path else "ltr"
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == expected
    assert page.evaluate("getComputedStyle(document.querySelector('#b4 .target')).direction") == expected
    assert page.evaluate("getComputedStyle(document.querySelector('#b4 .source')).direction") == "ltr"


def test_nothing_is_asked_of_the_network(visit):
    """A page asks for the site's own assets and for the article's picture, and the console stays empty."""
    for path in PAGES:
        seen = visit(path)
        foreign = [url for url in seen.requests if not url.startswith("https://site.example/")]
        assert foreign in ([], ["https://news.example/soldiers.jpg"]), path
        assert seen.messages == [], path


def test_print_keeps_pairs_whole_and_shows_the_label(visit, tmp_path):
    """On paper the chosen view decides the columns, chrome is gone, and the label is open."""
    import subprocess

    page = visit("almaty/en.de.html").page
    for view in ("side", "interleaved"):
        _choose(page, view)
        page.pdf(path=tmp_path / f"{view}.pdf", format="A4", margin={"left": "15mm", "right": "15mm", "top": "15mm", "bottom": "15mm"})
        text = subprocess.run(["pdftotext", "-layout", tmp_path / f"{view}.pdf", "-"], capture_output=True, text=True, check=True).stdout
        first = next(line for line in text.splitlines() if "Russian soldiers arrive" in line)
        assert ("Russische Soldaten treffen ein" in first) == (view == "side")
        assert "Geprüfte Sätze: 0 von 18" in text
        assert "Nebeneinander" not in text
        for sheet in text.split("\f"):
            assert ("Public buildings were" in sheet) == ("Öffentliche Gebäude" in sheet)
