"""The record of a build: comes back as it was, or not at all."""

import json

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.publish.edition import Site, edition
from translate_pipeline.publish.record import Build, Record, digest, dump, load, packed


def _record() -> Record:
    made = edition([samples.article("ar")], Site())
    return Record(inputs="00", pages=tuple((path, len(data)) for path, data in made.pages), card=packed(made.card), notes=("a note",))


def test_a_record_comes_back() -> None:
    """What was dumped is loaded, also for an article of which nothing is published."""
    build = Build(
        articles={"almaty": _record(), "other": Record(inputs="01", pages=(), card=None)},
        books={"weekly": Record(inputs="02", pages=(("weekly.en.de.epub", 9),), card=None, notes=("2 articles",))},
        shared={"index.html": 3},
    )
    assert load(dump(build)) == build


@pytest.mark.parametrize(
    "data", [None, b"", b"{", b"[]", b"{}", b'{"format":0}', b'{"format":2,"articles":{"x":{}},"books":{},"shared":{}}', b"\xff"]
)
def test_a_damaged_record_is_none(data: bytes | None) -> None:
    """A missing, damaged or older record means a full build, never an error."""
    assert load(data) == Build()


@pytest.mark.parametrize("kind", ["articles", "books"])
@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", ".htaccess", "a/.b", "a\\b", "a/b/c"])
def test_paths_that_lead_elsewhere_are_not_believed(path: str, kind: str) -> None:
    """A record that names a file outside of the site is as good as none: what it names would be removed."""
    data = json.loads(dump(Build(articles={"almaty": _record()}, books={"almaty": Record(inputs="02", pages=(), card=None)})))
    data[kind]["almaty"]["pages"].append([path, 1])
    assert load(json.dumps(data).encode()) == Build()


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_digests_tell_borders(first: list[bytes], second: list[bytes]) -> None:
    """Two lists of byte strings have one digest only if they are one list."""
    assert (digest(first) == digest(second)) == (first == second)
