"""Reading glossaries in our own form."""

import contextlib
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.errors import GlossaryError
from translate_pipeline.terminology.glossary import load

SHIPPED = pathlib.Path(__file__).parents[2] / "glossaries" / "cis-politics.tsv"


def problems(text: str) -> tuple[str, ...]:
    """What `load` has to say about a file with this text."""
    with pytest.raises(GlossaryError) as caught:
        load("g.tsv", text.encode())
    return caught.value.problems


def test_forms_and_facts() -> None:
    """The first form is preferred, those behind ! are forbidden, a backslash takes the meaning away, spaces around forms do not count."""
    glossary = load("g.tsv", b"concept\ten\tde\tcase\tnote\n\n# remark\ncsto\tCSTO | ODKB\tOVKS|!ODKB|A\\|B\texact\tan alliance\n")
    (concept,) = glossary.concepts
    source, target = concept.entry("en"), concept.entry("de-AT")
    assert source is not None
    assert target is not None
    assert (source.forms, target.forms, target.forbidden) == (("CSTO", "ODKB"), ("OVKS", "A|B"), ("ODKB",))
    assert (concept.id, concept.case, concept.note, concept.line) == ("csto", "exact", "an alliance", 4)


def test_two_preferred_forms_are_a_contradiction() -> None:
    """The same form with two preferred translations is refused with both lines."""
    assert problems("en\tde\nCSTO\tOVKS\nNATO\tNATO\nCSTO\tODKB\n") == (
        'g.tsv:4: "CSTO" has two preferred German forms (OVKS, ODKB; see line 2). Mark one as admitted.',
    )


def test_all_problems_at_once() -> None:
    """Every problem of the file is reported, each with its line."""
    found = problems("en\tde\tkind\tcase\nA||B\tC\tthing\t\nD\tE|E\t\tsome\nF\tG\t\t\ttoo\tmany\n\t\tplace\t\nH\x07\tI\n")
    assert [line.split(": ", 1)[0] for line in found] == ["g.tsv:2", "g.tsv:2", "g.tsv:3", "g.tsv:3", "g.tsv:4", "g.tsv:5", "g.tsv:6"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "g.tsv: is empty. The first line must name the columns: a language tag each, and kind, case or note."),
        (b"en\tde\nCSTO\tOVKS\n\xff\n", "g.tsv:3: is not UTF-8. Save the file in UTF-8."),
        (
            b"english word\tde\n",
            "g.tsv:1: column 'english word' is neither a language tag nor one of concept, kind, case, pos, note, source.",
        ),
        (b"en\ten\n", "g.tsv:1: two columns are called 'en'. Remove one."),
        (b"note\n", "g.tsv:1: no column is named by a language tag such as en or de."),
    ],
)
def test_damaged_files(data: bytes, sentence: str) -> None:
    """A file that is no glossary gets one clear sentence."""
    with pytest.raises(GlossaryError) as caught:
        load("g.tsv", data)
    assert caught.value.problems == (sentence,)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Bytes from anywhere give a glossary or a GlossaryError."""
    with contextlib.suppress(GlossaryError):
        assert load("g.tsv", b"en\tde\n" + data).languages == ("en", "de")


def test_many_problems_are_counted() -> None:
    """A file that is wrong all over does not fill the screen."""
    assert problems("en\tde\n" + "A\tB|B\n" * 500)[-1] == "g.tsv: and 400 more."


def test_shipped_glossary() -> None:
    """The glossary of the politics of Central Asia and the CIS has at least 150 concepts, each in all six languages."""
    glossary = load("cis-politics.tsv", SHIPPED.read_bytes())
    assert glossary.languages == ("en", "de", "ru", "fr", "es", "kk")
    assert len(glossary.concepts) >= 150
    assert [concept.id for concept in glossary.concepts if len(concept.entries) < 6] == []
