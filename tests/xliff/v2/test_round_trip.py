"""XLIFF 2: what we write we read back, the schemas accept it, and it says the same as XLIFF 1.2."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import aligned_documents

from translate_pipeline.model import Document, Issue, Severity
from translate_pipeline.xliff import skeleton, versions

SEGMENTATIONS = st.sampled_from(["unit", "mrk"])
HEAD = {"skeleton": ".base/a.skl.xml", "fingerprint": "0123456789abcdef", "recipe": "fedcba9876543210", "build": 7}
ISSUE = Issue(check="numbers", category="numbers", severity=Severity.WARNING, message='20 & "30" are missing')


@given(document=aligned_documents(), segmentation=SEGMENTATIONS, version=st.sampled_from(["2.0", "2.1"]))
@settings(max_examples=60)
def test_written_and_read_is_the_same_document(document: Document, segmentation: str, version: str) -> None:
    """File and skeleton together hold everything, also with findings in the file; the head says what it was told."""
    issues = {segment.id: (ISSUE,) for segment in document.segments()}
    data = versions.serialize(document, version=version, segmentation=segmentation, issues=issues, **HEAD)
    returned = versions.parse(data, skeleton=skeleton.parse(skeleton.serialize(document)))
    assert returned.document == document
    assert returned.findings == ()
    head = versions.peek(data)
    assert (head.skeleton_href, head.fingerprint, head.recipe, head.build) == tuple(HEAD.values())
    assert (head.slug, head.version) == (document.id, version)


@given(document=aligned_documents(), segmentation=SEGMENTATIONS, version=st.sampled_from(["2.0", "2.1"]))
@settings(max_examples=40)
def test_schemas_accept_every_file(schemas: dict[str, etree.XMLSchema], document: Document, segmentation: str, version: str) -> None:
    """No document makes a file that the schema of its version, with all modules, refuses."""
    issues = {segment.id: (ISSUE,) for segment in document.segments()}
    data = versions.serialize(document, version=version, segmentation=segmentation, issues=issues, **HEAD)
    schemas[version].assertValid(etree.fromstring(data))


@given(document=aligned_documents(), first=SEGMENTATIONS, second=SEGMENTATIONS)
@settings(max_examples=30)
def test_all_versions_say_the_same(document: Document, first: str, second: str) -> None:
    """The same job in 1.2, 2.0 and 2.1, a unit a sentence or a paragraph, is the same document."""
    bones = skeleton.parse(skeleton.serialize(document))
    results = [
        versions.parse(versions.serialize(document, version=version, segmentation=how, **HEAD), skeleton=bones).document
        for version, how in (("1.2", first), ("2.0", second), ("2.1", first))
    ]
    assert results[0] == results[1] == results[2]


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_a_pair_over_two_sentences_is_linked(version: str) -> None:
    """In a unit of two sentences the halves of a pair point at each other; in units of their own they are isolated."""
    source = b"""<skeleton xmlns="urn:translate-pipeline:skeleton:1" id="a" language="en" last-id="3"><code id="c1" element="b"/>
      <block id="b2" kind="paragraph"><segment id="s1"><source>A <open id="c1"/>b.</source></segment>
      <segment id="s2"><source>C<close id="c1"/> d.</source></segment></block></skeleton>"""
    document = skeleton.parse(source).for_target("de")
    together = versions.serialize(document, version=version, segmentation="mrk", **HEAD)
    assert b'<sc id="c1"' in together
    assert b'<ec startRef="c1"/>' in together
    apart = versions.serialize(document, version=version, **HEAD)
    assert b'isolated="yes"' in apart
    assert b"startRef" not in apart
