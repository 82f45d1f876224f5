"""What an article is called where there is no room for markup: window titles, lists, feeds."""

from collections.abc import Sequence

from translate_pipeline.content import display
from translate_pipeline.model import Block, Document
from translate_pipeline.publish.inline import clean
from translate_pipeline.publish.label import counts

__all__ = ["descriptions", "titles"]

_TITLE_LENGTH = 80


def titles(document: Document, *, wanted: Sequence[str] = ("title", "headline")) -> tuple[str, str]:
    """The title of the article in both languages: of the first kind `wanted` that it has, else the beginning of its first sentence."""
    block = next((b for kind in wanted for b in document.blocks if b.kind == kind and b.segments), None)
    if block is None:
        first = next((segment for segment in document.segments() if counts(segment)), None)
        return (
            (document.id, document.id) if first is None else (_short(display(first.source)), _short(display(first.target or first.source)))
        )
    return _texts(block)


def descriptions(document: Document) -> tuple[str, str]:
    """The description of the article in both languages, "" where there is none."""
    block = next((b for b in document.blocks if b.kind == "description" and b.segments), None)
    return ("", "") if block is None else _texts(block)


def _texts(block: Block) -> tuple[str, str]:
    source = "".join(display(segment.source) + segment.after for segment in block.segments)
    target = "".join(display(segment.target or segment.source) + segment.after for segment in block.segments)
    return _one_line(source), _one_line(target)


def _short(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= _TITLE_LENGTH else text[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + " …"


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
