"""The attack corpus in a real browser: nothing executes, nothing is asked of a stranger."""

import attacks

from translate_pipeline.publish import site as shared
from translate_pipeline.publish.edition import Site, edition


def test_nothing_executes(visit):
    """Every payload in every field, page after page: no script runs, no dialog, no message, no request but for the site's own assets."""
    options = Site(base_url="https://site.example", name="The Example")
    pages = dict(shared.assets())
    cards = []
    for number, payload in enumerate(attacks.payloads()):
        made = edition([attacks.hostile(payload, slug=f"a{number}")], options)
        pages |= dict(made.pages)
        cards.append(made.card)
    pages |= dict(shared.shared(cards, options))
    seen = visit("index.html", pages=pages)
    for path in sorted(name for name in pages if name.endswith("en.de.html")):
        seen.page.goto(f"https://site.example/{path}", wait_until="load")
        assert seen.page.evaluate("window.pwned") is None, path
        assert seen.page.evaluate("document.querySelectorAll('main').length") == 1, path
    strangers = {url for url in seen.requests if not url.startswith(("https://site.example/assets/", "https://site.example/a"))}
    assert strangers <= {"https://site.example/index.html"}
    assert seen.messages == []
