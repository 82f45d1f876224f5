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
    assert {(pair.head.source_language, pair.head.target_language) for pair in streamed} <= {
        (document.source_language, document.target_language)
    }


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


def test_only_names_of_segments_are_kept() -> None:
    """Memory grows by the name of a segment, not by its text."""
    peaks = []
    for count in (500, 5000):
        tracemalloc.start()
        assert sum(pair.segment.state is State.FINAL for pair in foreign.pairs(Endless(count))) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 4500 * 256  # bytes: a name of four digits and its place in a set that has just grown


def _units(version: str, *units: str) -> bytes:
    """A file of one article with these units."""
    if version == "1.2":
        return f'<xliff version="1.2"><file original="a" source-language="en" target-language="de"><body>{"".join(units)}</body></file></xliff>'.encode()
    return f'<xliff version="2.0" srcLang="en" trgLang="de"><file id="f">{"".join(units)}</file></xliff>'.encode()


def test_names_are_those_of_the_whole_file() -> None:
    """Segments that other programs number anew in every unit are told apart, as when the file is read at once."""
    unit = '<unit id="u{0}"><segment id="s1"><source>a {0}</source><target>b</target></segment></unit>'
    data = _units("2.0", *(unit.format(number) for number in range(3)))
    assert [pair.segment.id for pair in foreign.pairs(io.BytesIO(data))] == ["s1", "u1.s1", "u2.s1"]
    assert [segment.id for segment in versions.parse(data, skeleton=None).document.segments()] == ["s1", "u1.s1", "u2.s1"]


@pytest.mark.parametrize(
    ("version", "protected", "free"),
    [
        (
            "1.2",
            '<trans-unit id="1"><source><g id="1" ctype="x-dnt">a</g></source></trans-unit>',
            '<trans-unit id="2"><source><g id="1">b</g></source></trans-unit>',
        ),
        (
            "2.0",
            '<unit id="1"><segment><source><mrk id="1" translate="no">a</mrk></source></segment></unit>',
            '<unit id="2"><segment><source><pc id="1">b</pc></source></segment></unit>',
        ),
    ],
)
def test_codes_are_protected_in_their_own_unit(version: str, protected: str, free: str) -> None:
    """Other people number codes anew in every unit; a code of the same name elsewhere is another one."""
    assert [bool(pair.protected) for pair in foreign.pairs(io.BytesIO(_units(version, protected, free)))] == [True, False]


def test_heads_are_those_of_their_files() -> None:
    """A file may hold several articles in several languages."""
    one = '<file original="{0}" source-language="en" target-language="{1}"><body><trans-unit id="1"><source>a</source></trans-unit></body></file>'
    data = f'<xliff version="1.2">{one.format("a", "de")}{one.format("b", "fr")}</xliff>'.encode()
    assert [(pair.head.original, pair.head.target_language) for pair in foreign.pairs(io.BytesIO(data))] == [("a", "de"), ("b", "fr")]
    assert foreign.peek(io.BytesIO(data)).original == "a"


@pytest.mark.parametrize("version", ["1.2", "2.0"])
def test_a_file_without_anything_in_it_is_a_sentence(version: str) -> None:
    """Not even a place for units: there is nothing to look at."""
    with pytest.raises(XliffError, match="nothing in it"):
        foreign.peek(io.BytesIO(f'<xliff version="{version}" srcLang="en"><file id="f"/></xliff>'.encode()))


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
