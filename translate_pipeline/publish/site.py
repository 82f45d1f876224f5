"""What is published, as (path relative to the site, bytes). Nothing here writes a file."""

import importlib.resources
from collections.abc import Iterator

from translate_pipeline.model import Document
from translate_pipeline.publish import edition

__all__ = ["assets", "pages"]

_ASSETS = ("edition.css",)


def assets() -> Iterator[tuple[str, bytes]]:
    """The files that all pages share."""
    folder = importlib.resources.files("translate_pipeline").joinpath("static")
    for name in _ASSETS:
        yield f"assets/{name}", folder.joinpath(name).read_bytes()


def pages(document: Document) -> Iterator[tuple[str, bytes]]:
    """The bilingual page of an aligned document.

    Raises:
        PublishError: a template is broken.
    """
    yield from edition.pages((document,), views=("bilingual",))
