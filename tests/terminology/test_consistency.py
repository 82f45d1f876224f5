"""One name, one rendering, through a document."""

from dataclasses import replace

from translated import document

from translate_pipeline.content import plain
from translate_pipeline.model import Document, State
from translate_pipeline.terminology.consistency import harmonised


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
