"""The segments of one article, for people who tune segmentation rules."""

from typing import TypedDict

from translate_pipeline.config import Settings
from translate_pipeline.content import display
from translate_pipeline.pipeline.article import read_one

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
    document, messages = read_one(file, settings=settings, stdin=stdin, language=source, encoding=encoding)
    rows: list[Row] = []
    for block in document.blocks:
        at = 0
        for item in block.segments:
            text = display(item.source)
            rows.append(Row(block=block.id, segment=item.id, kind=block.kind, start=at, end=at + len(text), text=text))
            at += len(text) + len(item.after)
    return tuple(rows), messages
