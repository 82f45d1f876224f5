"""axe-core finds nothing."""

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
