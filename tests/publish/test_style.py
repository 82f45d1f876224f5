"""The style sheets hold what they promise: contrast, logical properties, no network."""

import importlib.resources
import re

import pytest

STATIC = importlib.resources.files("translate_pipeline").joinpath("static")
SHEET = STATIC.joinpath("edition.css").read_text(encoding="utf-8")


def _palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--tp-([\w-]+): (#[0-9a-f]{6});", block))


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_contrast(dark: bool) -> None:
    """Text has 4.5:1 on every background that it may stand on, lines that carry meaning 3:1 (WCAG 1.4.3, 1.4.11)."""
    start, scheme = SHEET.index(":root"), SHEET.index("@media (prefers-color-scheme: dark)")
    palette = _palette(SHEET[scheme : SHEET.index("*, *::before")] if dark else SHEET[start:scheme])
    assert len(palette) == 9
    for ground in ("paper", "panel"):
        for ink in ("ink", "muted", "accent", "warning"):
            assert _contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    assert _contrast(palette["ink"], palette["highlight"]) >= 4.5
    assert _contrast(palette["muted"], palette["highlight"]) >= 4.5
    assert _contrast(palette["highlight-line"], palette["paper"]) >= 3


@pytest.mark.parametrize("name", ["edition.css", "book.css"])
def test_logical_properties_only(name: str) -> None:
    """Nothing is left or right: a page in Arabic is the mirror of one in English."""
    text = STATIC.joinpath(name).read_text(encoding="utf-8")
    assert re.findall(r"[\w-]*(?:left|right)[\w-]*\s*:|:\s*(?:left|right)\b|(?<!-)\bdirection\s*:", text) == []


@pytest.mark.parametrize("name", ["edition.css", "book.css", "edition.js"])
def test_no_network(name: str) -> None:
    """Assets load nothing."""
    assert not re.search(
        r"https?://|url\(|@import|fetch\(|XMLHttpRequest", STATIC.joinpath(name).read_text(encoding="utf-8").replace('[href^="http"]', "")
    )


def test_markup_is_made_in_one_place() -> None:
    """`Markup(` stands once in the package, and no template says that something is safe."""
    package = importlib.resources.files("translate_pipeline")
    sources = [file.read_text(encoding="utf-8") for file in package.joinpath("publish").iterdir() if file.name.endswith(".py")]
    assert sum(text.count("markupsafe.Markup(") for text in sources) == 1
    for file in package.joinpath("templates").iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", text), file.name
        assert not re.search(r"=\{\{", text), f"{file.name}: an attribute without quotation marks"
