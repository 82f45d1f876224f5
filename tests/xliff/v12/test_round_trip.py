"""XLIFF 1.2: what we write we read back, and strict linters accept it."""

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import aligned_documents

from translate_pipeline import content
from translate_pipeline.model import Document
from translate_pipeline.xliff import skeleton
from translate_pipeline.xliff.v12 import parse, serialize

HREF = ".base/0123456789abcdef.skl.xml"


def written(document: Document, segmentation: str = "unit") -> bytes:
    """The file for a document, as `run` writes it."""
    return serialize.serialize(
        document, skeleton=HREF, fingerprint=content.fingerprint(document), recipe="fedcba9876543210", build=3, segmentation=segmentation
    )


@pytest.fixture(scope="module")
def strict(shared: pathlib.Path) -> etree.XMLSchema:
    """The strict schema of XLIFF 1.2."""
    return etree.XMLSchema(etree.parse(shared / "suite/xliff/schemas/xliff-1.2/xliff-core-1.2-strict.xsd"))


@given(document=aligned_documents(), segmentation=st.sampled_from(["unit", "mrk"]))
@settings(max_examples=70)
def test_written_and_read_is_the_same_document(document: Document, segmentation: str) -> None:
    """File and skeleton together hold everything, one unit a sentence or one a block; and the head says what it was told."""
    data = written(document, segmentation)
    returned = parse.parse(data, skeleton=skeleton.parse(skeleton.serialize(document)))
    assert returned.document == document
    assert returned.findings == ()
    head = parse.peek(data)
    assert (head.fingerprint, head.recipe, head.build, head.skeleton_href, head.slug) == (
        content.fingerprint(document),
        "fedcba9876543210",
        3,
        HREF,
        document.id,
    )
    assert (returned.fingerprint, returned.recipe, returned.build, returned.skeleton_href) == (
        head.fingerprint,
        head.recipe,
        head.build,
        head.skeleton_href,
    )


@given(document=aligned_documents(), segmentation=st.sampled_from(["unit", "mrk"]))
@settings(max_examples=60)
def test_strict_schema_accepts_every_file(strict: etree.XMLSchema, document: Document, segmentation: str) -> None:
    """No document makes a file that the strict schema of XLIFF 1.2 refuses."""
    strict.assertValid(etree.fromstring(written(document, segmentation)))
