"""Files of other people, streamed."""

import io
import pathlib
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import aligned_documents

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Document, State, Text
from translate_pipeline.xliff import foreign, versions

HEAD = {"skeleton": "a.skl", "fingerprint": "f", "recipe": "r", "build": 1}


@given(document=aligned_documents(), version=st.sampled_from(versions.WRITTEN), segmentation=st.sampled_from(["unit", "mrk"]))
@settings(max_examples=40)
def test_streamed_is_what_was_parsed(document: Document, version: versions.Version, segmentation: str) -> None:
    """Reading unit by unit gives the segments that reading the whole file gives."""
    data = versions.serialize(document, version=version, segmentation=segmentation, **HEAD)
    whole = versions.parse(data, skeleton=None).document
    streamed = list(foreign.pairs(io.BytesIO(data)))
    assert [(pair.segment.id, pair.segment.source, pair.segment.target, pair.segment.state) for pair in streamed] == [
        (segment.id, segment.source, segment.target, segment.state) for segment in whole.segments()
    ]
    assert {(pair.source_language, pair.target_language) for pair in streamed} <= {(document.source_language, document.target_language)}


class Endless(io.RawIOBase):
    """A file of many units that exists only while it is read."""

    def __init__(self, count: int) -> None:
        self._parts = self._lines(count)
        self._rest = b""

    @staticmethod
    def _lines(count: int) -> Iterator[bytes]:
        yield b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" source-language="en"'
        yield b' target-language="fr" datatype="x-a"><body><group id="g">'
        for number in range(count):
            yield f'<trans-unit id="{number}"><source>Sentence {number} of many</source><target state="final">x</target></trans-unit>\n'.encode()
        yield b"</group></body></file></xliff>"

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        while len(self._rest) < size:
            part = next(self._parts, None)
            if part is None:
                break
            self._rest += part
        result, self._rest = self._rest[:size], self._rest[size:]
        return result


def test_memory_does_not_grow_with_the_file() -> None:
    """Ten times the units need no more memory."""
    peaks = []
    for count in (500, 5000):
        tracemalloc.start()
        assert sum(pair.segment.state is State.FINAL for pair in foreign.pairs(Endless(count))) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_damage_is_named_where_it_is_met() -> None:
    """What stands before the damage is read; the damage is a sentence with its line."""
    data = b"""<xliff version="2.0" srcLang="en" trgLang="fr"><file id="f"><unit id="u"><segment><source>a</source></segment></unit>
<unit id="v"><segment></unit></file></xliff>"""
    pairs = foreign.pairs(io.BytesIO(data))
    assert next(pairs).segment.source == (Text(value="a"),)
    with pytest.raises(XliffError, match="Line 2"):
        list(pairs)


@pytest.mark.parametrize(
    "data", [b"", b"<a/>", b'<xliff version="3.0"/>', b'<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2">&a;</xliff>']
)
def test_what_is_no_xliff_is_a_sentence(data: bytes) -> None:
    """Not XLIFF, or hostile: one sentence."""
    with pytest.raises(XliffError):
        list(foreign.pairs(io.BytesIO(data)))


def test_files_of_other_tools(shared: pathlib.Path) -> None:
    """Real files of many programs give pairs or one sentence."""
    count = 0
    for path in sorted((shared / "suite/xliff/readers").rglob("*")):
        if path.is_file() and path.name != "invalid_xml_entity.xlf":
            count += sum(1 for _ in foreign.pairs(io.BytesIO(path.read_bytes())))
    assert count > 500
