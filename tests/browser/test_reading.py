"""Linked sentences, permanent links, terms, keyboard."""


def _active(page):
    return page.evaluate("[...document.querySelectorAll('.seg.active')].map(e => e.id).sort()")


def test_hover_links_the_two_sides(visit):
    """The pointer over a sentence marks its partner, by outline and background; leaving it takes the mark away."""
    page = visit("almaty/en.de.html").page
    page.hover("#s4")
    assert _active(page) == ["s4", "t4"]
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('#t4')); return [s.outlineStyle, s.backgroundColor]; })()"
    )
    assert style[0] == "solid"
    assert style[1] != "rgba(0, 0, 0, 0)"
    page.hover("#t8")
    assert _active(page) == ["s8", "t8"]
    page.mouse.move(2, 2)
    assert _active(page) == []


def test_a_tap_holds_the_mark(visit):
    """A tap marks a pair until the next tap."""
    page = visit("almaty/en.de.html", width=390).page
    page.click("#t12", position={"x": 20, "y": 8})
    page.mouse.move(2, 2)
    assert _active(page) == ["s12", "t12"]
    page.click("#t12", position={"x": 20, "y": 8})
    page.mouse.move(2, 2)
    assert _active(page) == []


def test_keyboard(visit):
    """A block is one stop of the Tab key, arrows go from sentence to sentence, and focus marks the pair and is in sight."""
    page = visit("almaty/en.de.html").page
    page.locator("#b4 .ref").first.focus()
    assert _active(page) == ["s4", "t4"]
    page.keyboard.press("ArrowDown")
    assert _active(page) == ["s5", "t5"]
    page.keyboard.press("ArrowUp")
    assert _active(page) == ["s4", "t4"]
    assert page.locator("#b4 .ref").nth(1).get_attribute("tabindex") == "-1"


def test_focus_is_never_hidden(visit):
    """WCAG 2.4.11: wherever Tab leads, the focused element is in the window and not under the masthead."""
    page = visit("almaty/en.de.html").page
    covered = """(() => {
      const e = document.activeElement; if (e === document.body) return null;
      const r = (e.matches('.views input') ? e.parentElement : e).getBoundingClientRect();
      const bar = document.querySelector('.masthead');
      const low = bar.contains(e) || e.matches('.skip') ? 0 : bar.getBoundingClientRect().bottom;
      return r.bottom > low && r.top >= 0 && r.top < innerHeight && r.height > 0 ? null : e.outerHTML;
    })()"""
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(covered) is None
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(covered) is None


def test_keyboard_changes_the_view(visit):
    """The switch is a group of radio buttons: arrow keys choose."""
    page = visit("almaty/en.de.html").page
    page.locator('input[value="side"]').focus()
    page.keyboard.press("ArrowRight")
    assert page.locator('input[value="interleaved"]').is_checked()


def test_permanent_links(visit):
    """Each pair has an address; a link to a side that is hidden leads to the other."""
    page = visit("almaty/en.de.html#s12").page
    assert page.evaluate("document.querySelector(':target').id") == "s12"
    assert _active(page) == ["s12", "t12"]
    assert page.locator("#b10 .ref").get_attribute("href") == "#s12"
    page.locator('input[value="target"]').check(force=True)
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(page.url.replace("#s12", "#s18"))
    page.wait_for_function(
        "(() => { const r = document.querySelector('#t18').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; })()"
    )


def test_permanent_links_without_script(visit):
    """Without a script the browser itself marks the sentence of the address."""
    page = visit("almaty/en.de.html#s12", script=False).page
    assert page.locator("#s12").is_visible()
    assert page.locator(":target").get_attribute("id") == "s12"


def test_popovers_name_the_partner_term(visit):
    """A term opens its popover with mouse and keyboard, with and without a script; Escape closes it; it leads to the glossary."""
    for script in (True, False):
        page = visit("almaty/en.de.html", script=script).page
        page.locator("#t6 .term", has_text="OVKS").click()
        popover = page.locator(".popover:popover-open")
        assert "CSTO" in popover.inner_text()
        assert "OVKS" in popover.inner_text()
        page.keyboard.press("Escape")
        assert popover.count() == 0
        page.locator("#s6 .term", has_text="CSTO").focus()
        page.keyboard.press("Enter")
        popover.locator("a").click()
        assert page.url.endswith("#term-2")
        assert page.locator("#term-2").is_visible()


def test_state_is_said_in_words(visit):
    """What is untranslated, flagged or unreviewed carries a word, not only a colour."""
    page = visit("almaty/en.de.html").page
    assert page.locator("#t9 .badge").inner_text() == "nicht übersetzt"
    assert page.locator("#t11 .badge").inner_text() == "zu prüfen"
    page = visit("partly/en.de.html").page
    assert page.locator("#b5 .badge").count() == 0
    assert page.locator("#b6 .badge").last.inner_text() == "nicht geprüft"
    page = visit("reviewed/en.de.html").page
    assert page.locator(".text .badge").count() == 0
    assert page.locator(".label summary").inner_text() == "Geprüfte Übersetzung"
