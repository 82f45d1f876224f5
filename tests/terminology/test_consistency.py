"""One name, one rendering, through a document."""

from dataclasses import replace

from translate_pipeline.content import from_text, plain
from translate_pipeline.model import Block, Candidate, Document, Segment, State
from translate_pipeline.terminology.consistency import harmonised
from translate_pipeline.terminology.glossary import load
from translate_pipeline.terminology.matching import annotate

GLOSSARY = load("g.tsv", b"concept\tkind\ten\tde\ncsto\tacronym\tCSTO\tOVKS\ntokayev\tperson\tTokayev\tTokajew|Toqajew\n")


def document(*pairs: tuple[str, str], strategy: str = "plain") -> Document:
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
    (result,) = annotate((GLOSSARY,))([raw])
    return result


def targets(result: Document) -> list[str]:
    """The targets as texts."""
    return [plain(segment.target or ()) for segment in result.segments()]


def test_admitted_forms_give_way() -> None:
    """A person has one spelling in a document: the preferred one."""
    result = harmonised(document(("Then Tokayev spoke.", "Dann sprach Toqajew."), ("Tokayev left.", "Tokajew ging.")))
    assert targets(result) == ["Dann sprach Tokajew.", "Tokajew ging."]
    assert next(result.segments()).candidates[0].strategy == "plain+unified"


def test_names_of_no_glossary() -> None:
    """A name that is in no glossary has the spelling that the engine chose most often."""
    result = harmonised(
        document(
            ("There Wischnewski spoke.", "Dort sprach Wishnevski."),
            ("And Wischnewski left.", "Und Wischnewski ging."),
            ("Said Wischnewski", "So Wischnewski"),
        )
    )
    assert targets(result) == ["Dort sprach Wischnewski.", "Und Wischnewski ging.", "So Wischnewski"]


def test_inflected_names_stay() -> None:
    """An ending is no other spelling."""
    start = document(("Since Wischnewski spoke", "Seit Wischnewski sprach"), ("Since Wischnewski's speech", "Seit Wischnewskis Rede"))
    assert harmonised(start) == start


def test_work_of_people_stays() -> None:
    """What somebody has looked at is not changed."""
    start = document(("Then Tokayev spoke.", "Dann sprach Toqajew."))
    (block,) = start.blocks
    start = replace(start, blocks=(replace(block, segments=tuple(replace(one, state=State.TRANSLATED) for one in block.segments)),))
    assert harmonised(start) == start
