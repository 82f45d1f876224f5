"""The skeleton."""

import pytest
from hypothesis import given, settings
from strategies import aligned_documents, documents

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Document
from translate_pipeline.xliff import skeleton


@given(document=documents())
def test_skeleton_holds_the_source_side(document: Document) -> None:
    """A document without a target language comes back equal, and the same document gives the same bytes."""
    data = skeleton.serialize(document)
    assert skeleton.parse(data) == document
    assert skeleton.serialize(skeleton.parse(data)) == data


@given(document=aligned_documents())
@settings(max_examples=30)
def test_targets_do_not_change_the_skeleton(document: Document) -> None:
    """One skeleton serves all targets: what belongs to a target leaves no trace."""
    data = skeleton.serialize(document)
    assert skeleton.serialize(skeleton.parse(data)) == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b"<skeleton", "Line 1: the file is not well-formed XML"),
        (b"<xliff/>", "Line 1: <xliff> is not the skeleton of an article."),
        (b'<skeleton xmlns="urn:translate-pipeline:skeleton:1"/>', "The skeleton is damaged"),
        (b'<!DOCTYPE a [<!ENTITY b "b">]><a/>', "document type declaration"),
    ],
)
def test_damage_is_one_sentence(data: bytes, message: str) -> None:
    """Whatever is no skeleton is refused with a sentence."""
    with pytest.raises(XliffError, match=".*".join(message.split("("))):
        skeleton.parse(data)
