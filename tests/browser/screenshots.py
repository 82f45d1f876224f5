"""Pictures of the pages for docs/images: `.cache/browser/venv/bin/python tests/browser/screenshots.py`."""

import pathlib
import struct
import sys
import zlib

ROOT = pathlib.Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "publish"), str(ROOT / "tests" / "browser")]

import samples  # noqa: E402 - found through the line above
from playwright.sync_api import Route, sync_playwright  # noqa: E402

from translate_pipeline.publish.edition import Site, edition  # noqa: E402
from translate_pipeline.publish.site import assets  # noqa: E402

ADDRESS = "https://site.example/"
SHOTS = (
    ("side-by-side", "almaty/en.de.html", 1280, False, "side"),
    ("arabic", "almaty/en.ar.html", 1280, False, "side"),
    ("phone", "almaty/en.de.html", 390, False, "interleaved"),
    ("phone-arabic", "almaty/en.ar.html", 390, True, "target"),
)


def picture(width: int = 800, height: int = 450) -> bytes:
    """A PNG in two soft colours, in the place of a photograph."""
    rows = b"".join(b"\0" + bytes((150 + 60 * y // height, 160 + 40 * y // height, 175 - 60 * y // height)) * width for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def main() -> None:
    """Write the pictures."""
    options = Site(base_url=ADDRESS, name="The Example")
    made = edition([samples.article(tag) for tag in ("de", "ru", "ar")], options)
    pages = dict([*assets(), *made.pages])
    target = ROOT / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
        kind = kinds.get(pathlib.PurePosixPath(name).suffix)
        route.fulfill(body=pages[name] if kind else picture(), content_type=kind or "image/png")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, path, width, dark, view in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": 860}, color_scheme="dark" if dark else "light")
            page.route("**/*", answer)
            page.goto(ADDRESS + path)
            page.locator(f'input[value="{view}"]').check(force=True)
            if name == "side-by-side":
                page.hover("#t5")
                page.locator("#t6 .term", has_text="OVKS").click()
            page.screenshot(path=target / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
