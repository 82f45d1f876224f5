"""The segments of one article, for people who tune segmentation rules."""

from typing import TypedDict

from translate_pipeline.config import Settings
from translate_pipeline.content import display
from translate_pipeline.ingest import read
from translate_pipeline.pipeline.job import read_srx
from translate_pipeline.segmentation import segment
from translate_pipeline.workspace import find_articles

__all__ = ["Row", "segments"]


class Row(TypedDict):
    """A segment: ids, kind of the block, place in the text of the block in code points, and text."""

    block: str
    segment: str
    kind: str
    start: int
    end: int
    text: str


def segments(
    file: str, *, settings: Settings, stdin: bytes | None, source: str | None, encoding: str | None
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The segments of `file` in order, and what was guessed on the way (encoding, language).

    Raises:
        InputError: the file cannot be read.
        SegmentationError: the SRX file cannot be used.
    """
    (article,) = find_articles([file], root=settings.root, slug="stdin" if file == "-" else None, stdin=stdin)[:1]
    ingested = read(article.read(), slug=article.slug, original=article.original, language=source, encoding=encoding)
    (document,) = segment(srx=read_srx(settings))([ingested.document])
    rows: list[Row] = []
    for block in document.blocks:
        at = 0
        for item in block.segments:
            text = display(item.source)
            rows.append(Row(block=block.id, segment=item.id, kind=block.kind, start=at, end=at + len(text), text=text))
            at += len(text) + len(item.after)
    return tuple(rows), tuple(ingested.messages)
