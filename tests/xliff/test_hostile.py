"""Whatever comes in: a result or one sentence, never a traceback, never a pair that nobody wrote."""

import copy
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import aligned_documents

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Document
from translate_pipeline.xliff import foreign, skeleton, versions
from translate_pipeline.xliff.validate.check import check

HEAD = {"skeleton": "a.skl", "fingerprint": "f", "recipe": "r", "build": 1}
NAMES = [
    "source",
    "target",
    "g",
    "mrk",
    "segment",
    "unit",
    "file",
    "group",
    "trans-unit",
    "seg-source",
    "note",
    "alt-trans",
    "pc",
    "sc",
    "ec",
    "sm",
    "em",
    "cp",
    "skl",
    "phase",
    "ignorable",
    "xliff",
]
VALUES = ["", "x", "#", "1", "-1", "9" * 40, "a; b: c | d", "\\"]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file after a few accidents: attributes lost or changed, elements lost, renamed, doubled or moved, texts changed."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 4)):
        elements = list(root.iter("*"))
        element = chance.choice(elements)
        parent = element.getparent()
        accident = chance.randrange(6)
        if accident == 0 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif accident == 1 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
        elif accident == 2:
            element.tag = etree.QName(etree.QName(element).namespace, chance.choice(NAMES))
        elif accident == 3:
            element.text = chance.choice([None, "", "\n   x", "text"])
        elif accident == 4 and parent is not None:
            parent.remove(element)
        elif parent is not None:
            chance.choice([other for other in elements if element not in other.iterancestors() and other is not element]).append(
                copy.deepcopy(element)
            )
    return etree.tostring(root)


@given(document=aligned_documents(), version=st.sampled_from(versions.WRITTEN), marked=st.booleans(), seed=st.integers(0, 2**32))
@settings(max_examples=50)
def test_damaged_files_are_read_or_refused(document: Document, version: versions.Version, marked: bool, seed: int) -> None:
    """After random accidents every reader gives a result or a sentence, and the skeleton still decides which segments there are."""
    data = damaged(versions.serialize(document, version=version, segmentation="mrk" if marked else "unit", **HEAD), random.Random(seed))
    bones = skeleton.parse(skeleton.serialize(document))
    for reader in (
        lambda: versions.parse(data, skeleton=None),
        lambda: versions.peek(data),
        lambda: check(data),
        lambda: list(foreign.pairs(io.BytesIO(data))),
    ):
        try:
            reader()
        except XliffError as problem:
            assert "\n" not in str(problem)  # noqa: PT017 - any of the four may refuse
    try:
        returned = versions.parse(data, skeleton=bones)
    except XliffError:
        return
    named = {finding.segment for finding in returned.findings}
    for before, after in zip(document.segments(), returned.document.segments(), strict=True):
        assert after.id == before.id
        assert after.source == before.source or before.id in named


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Bytes that are no XML at all are a sentence."""
    with pytest.raises(XliffError):
        versions.parse(data, skeleton=None)
