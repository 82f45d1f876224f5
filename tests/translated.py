"""A small glossary, and documents that were translated with it: for the tests of what is counted and made equal afterwards."""

from translate_pipeline.content import from_text
from translate_pipeline.model import Block, Candidate, Document, Segment
from translate_pipeline.terminology.glossary import Glossary, load
from translate_pipeline.terminology.matching import annotate

GLOSSARY = load("g.tsv", b"concept\tkind\ten\tde\ncsto\tacronym\tCSTO\tOVKS\ntokayev\tperson\tTokayev\tTokajew|Toqajew\n")


def document(*pairs: tuple[str, str], strategy: str = "plain", glossary: Glossary = GLOSSARY) -> Document:
    """An annotated document with machine targets."""
    segments = tuple(
        Segment(
            id=f"s{number}",
            source=from_text(source),
            target=from_text(target),
            substate="tp:mt",
            candidates=(Candidate(target=from_text(target), origin="mt:x", strategy=strategy),),
        )
        for number, (source, target) in enumerate(pairs)
    )
    raw = Document(id="d", source_language="en", target_language="de", blocks=(Block(id="b", kind="paragraph", segments=segments),))
    (result,) = annotate((glossary,))([raw])
    return result
