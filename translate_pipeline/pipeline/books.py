"""Books of several articles, one for each pair of languages."""

from collections.abc import Sequence

from translate_pipeline.errors import SlugError, UsageError
from translate_pipeline.ingest.decode import unwritable
from translate_pipeline.model import Document
from translate_pipeline.pipeline.publishable import publishable
from translate_pipeline.publish.edition import Site
from translate_pipeline.publish.epub import book
from translate_pipeline.workspace import Workspace, slug_of

__all__ = ["bind", "name_of"]


def name_of(title: str) -> str:
    """What the files of a book are called.

    Raises:
        UsageError: nothing of the title can stand in the name of a file, or it has characters that a book cannot carry.
    """
    if fault := unwritable(title):
        raise UsageError(f"--book {fault}")
    try:
        return slug_of(title)
    except SlugError as problem:
        raise UsageError(f"--book {title!r} gives no name for a file. Choose a title with letters or digits.") from problem


def bind(workspace: Workspace, slugs: Sequence[str], site: Site, *, title: str) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
    """The books of the articles called `slugs`, in their order, as (path relative to the site, bytes), and how many articles each of them has.

    Raises:
        PipelineError: what keeps one of the articles from being published: a book does not silently go without it.
    """
    pairs: dict[tuple[str, str], list[Document]] = {}
    for slug in slugs:
        for document in publishable(workspace, slug, site)[0]:
            pairs.setdefault((document.source_language, str(document.target_language)), []).append(document)
    name = name_of(title)
    volumes = {f"{name}.{source}.{target}.epub": documents for (source, target), documents in sorted(pairs.items())}
    pages = tuple((path, book(documents, title=title, overrides=site.overrides)) for path, documents in volumes.items())
    return pages, tuple(f"{path}: {len(documents)} of {len(slugs)} article{'s' * (len(slugs) != 1)}" for path, documents in volumes.items())
