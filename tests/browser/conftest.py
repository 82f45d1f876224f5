"""A site in a real browser. Its pages are answered from memory, so that nothing but the site can be reached."""

import importlib.util
import os
import pathlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "publish"))

collect_ignore_glob = [] if importlib.util.find_spec("playwright") else ["test_*.py"]  # they run by `make browser`

ROOT = pathlib.Path(__file__).parents[2]
ADDRESS = "https://site.example"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".xml": "application/xml"}


@dataclass(slots=True)
class Visit:
    """A page in the browser with all that it asked for and all that it said."""

    page: object
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def tools() -> pathlib.Path:
    """The folder where setup.sh put axe-core and the Nu checker."""
    return ROOT / ".cache" / "browser" / "node_modules"


@pytest.fixture(scope="session")
def site() -> dict[str, bytes]:
    """A site with one article as a machine left it, partly reviewed, and reviewed, in German, Russian and Arabic."""
    import samples

    from translate_pipeline.publish import site as shared
    from translate_pipeline.publish.edition import Site, edition

    options = Site(base_url=ADDRESS, name="The Example")
    machine = [samples.article(tag) for tag in ("de", "ru", "ar")]
    done = [replace(samples.reviewed(document), id="reviewed") for document in machine]
    partly = [
        replace(document, id="partly", blocks=(*finished.blocks[:5], *document.blocks[5:]))
        for document, finished in zip(machine, done, strict=True)
    ]
    editions = [edition(documents, options) for documents in (machine, partly, done)]
    pages = [page for item in editions for page in item.pages]
    return dict([*shared.assets(), *pages, *shared.shared([item.card for item in editions], options)])


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: object, site: dict[str, bytes]) -> Iterator[Open]:
    """Opens a page: `visit(path, width=..., dark=..., script=...)`, of the site or of `pages`."""
    contexts = []

    def visit_page(
        path: str, *, width: int = 1280, dark: bool = False, script: bool = True, pages: dict[str, bytes] | None = None
    ) -> Visit:
        held = site if pages is None else pages
        context = chromium.new_context(  # type: ignore[attr-defined]
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        seen = Visit(page=page)

        def answer(route: object) -> None:
            url = route.request.url.split("#")[0].split("?")[0]  # type: ignore[attr-defined]
            seen.requests.append(url)
            name = url.removeprefix(f"{ADDRESS}/")
            if name in held:
                route.fulfill(body=held[name], content_type=TYPES[pathlib.PurePosixPath(name).suffix])  # type: ignore[attr-defined]
            elif url.endswith(".jpg"):
                route.fulfill(body=PIXEL, content_type="image/png")  # type: ignore[attr-defined]
            else:
                route.abort()  # type: ignore[attr-defined]

        context.route("**/*", answer)
        page.on("console", lambda message: seen.messages.append(message.text))
        page.on("pageerror", lambda problem: seen.messages.append(str(problem)))
        page.on("dialog", lambda dialog: (seen.messages.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(f"{ADDRESS}/{path}")
        return seen

    yield visit_page
    for context in contexts:
        context.close()
