"""From a file to a segmented document: what every command that looks at an article begins with."""

from translate_pipeline import ingest
from translate_pipeline.config import Settings
from translate_pipeline.model import Document, Stage
from translate_pipeline.pipeline.job import segmenter
from translate_pipeline.workspace import Article, find_articles

__all__ = ["read", "read_one"]


def read(article: Article, stage: Stage, *, language: str | None, encoding: str | None) -> tuple[Document, tuple[str, ...]]:
    """The document of an article, segmented by `stage`, and what was guessed on the way.

    Raises:
        InputError: the article cannot be read, or its language is not certain and `language` is None.
    """
    ingested = ingest.read(article.read(), slug=article.slug, original=article.original, language=language, encoding=encoding)
    (document,) = stage([ingested.document])
    return document, tuple(ingested.messages)


def read_one(
    name: str, *, settings: Settings, stdin: bytes | None, language: str | None = None, encoding: str | None = None
) -> tuple[Document, tuple[str, ...]]:
    """As `read`, for a command that looks at one article: a path, or "-" for `stdin`.

    Raises:
        InputError: as for `read`.
        SegmentationError: the user's SRX file cannot be used.
    """
    article = find_articles([name], root=settings.root, slug="stdin" if name == "-" else None, stdin=stdin)[0]
    return read(article, segmenter(settings)[0], language=language, encoding=encoding)
