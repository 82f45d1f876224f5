"""The record of a build: comes back as it was, or not at all."""

import json

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.publish.edition import Site, edition
from translate_pipeline.publish.record import Record, digest, dump, load, packed


def _record() -> Record:
    made = edition([samples.article("ar")], Site())
    return Record(inputs="00", pages=tuple((path, len(data)) for path, data in made.pages), card=packed(made.card), notes=("a note",))


def test_a_record_comes_back() -> None:
    """What was dumped is loaded, also for an article of which nothing is published."""
    records = {"almaty": _record(), "other": Record(inputs="01", pages=(), card=None)}
    assert load(dump(records, shared={"index.html": 3})) == (records, {"index.html": 3})


@pytest.mark.parametrize("data", [None, b"", b"{", b"[]", b"{}", b'{"format":0}', b'{"format":1,"articles":{"x":{}},"shared":{}}', b"\xff"])
def test_a_damaged_record_is_none(data: bytes | None) -> None:
    """A missing, damaged or older record means a full build, never an error."""
    assert load(data) == ({}, {})


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", ".htaccess", "a/.b", "a\\b", "a/b/c"])
def test_paths_that_lead_elsewhere_are_not_believed(path: str) -> None:
    """A record that names a file outside of the site is as good as none: what it names would be removed."""
    data = json.loads(dump({"almaty": _record()}, shared={}))
    data["articles"]["almaty"]["pages"].append([path, 1])
    assert load(json.dumps(data).encode()) == ({}, {})


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_digests_tell_borders(first: list[bytes], second: list[bytes]) -> None:
    """Two lists of byte strings have one digest only if they are one list."""
    assert (digest(first) == digest(second)) == (first == second)
