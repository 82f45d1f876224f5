"""TMX both ways."""

import io
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from translate_pipeline.content import from_text, join, plain
from translate_pipeline.errors import TranslationMemoryError
from translate_pipeline.memory.tmx import parse, serialize
from translate_pipeline.memory.units import Unit, numbered
from translate_pipeline.model import Code, CodeKind, Content, Text

CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff")
TEXT = st.text(CHARACTERS, max_size=12)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Text around a span, half a span and a code that stands alone, in any order."""
    known = [Code(id="1", kind=CodeKind.OPEN, disp="<em>"), Code(id="1", kind=CodeKind.CLOSE, disp="</em>")]
    known += [
        Code(id="2", kind=CodeKind.STANDALONE, disp="<br>"),
        Code(id="3", kind=draw(st.sampled_from([CodeKind.OPEN, CodeKind.CLOSE]))),
    ]
    chosen = draw(st.lists(st.sampled_from(known), unique=True))
    if known[0] in chosen and known[1] in chosen:  # a span opens before it closes
        chosen = [code for code in chosen if code != known[1]] + [known[1]]
    parts: list[Text | Code] = [Text(value=draw(TEXT.filter(str.strip)))]
    for code in chosen:
        parts += [code, Text(value=draw(TEXT))]
    return join(parts)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Units as the memory keeps them."""
    source, target = numbered(draw(contents()), draw(contents()))
    return Unit(
        source_language="en",
        target_language=draw(st.sampled_from(["de", "zh-Hant", "pt-BR"])),
        source=source,
        target=target,
        origin=draw(st.text("abc/.", min_size=1)),
        person=draw(TEXT.map(str.strip)),
        at=draw(st.sampled_from(["", "2026-11-22", "2026-11-22T10:20:30Z"])),
        machine=draw(st.booleans()),
        previous=draw(st.sampled_from(["", "-", "0123456789ab"])),
    )


def read(data: bytes) -> list[Unit]:
    """The units of a file called "x.tmx"."""
    return list(parse(io.BytesIO(data), name="x.tmx"))


@given(st.lists(units(), max_size=4))
def test_what_is_written_is_read_again(entries: list[Unit]) -> None:
    """Texts, inline codes, people, dates and contexts survive."""
    assert read(b"".join(serialize(entries, version="1.0"))) == entries


@given(st.lists(units(), max_size=4))
def test_written_files_are_valid(shared: pathlib.Path, entries: list[Unit]) -> None:
    """Every file that we write is valid against the DTD of TMX 1.4."""
    dtd = etree.DTD(str(shared / "suite/xliff/schemas/tmx/tmx14.dtd"))
    tree = etree.fromstring(b"".join(serialize(entries, version="1.0")))
    assert dtd.validate(tree), dtd.error_log


def test_memory_of_another_program(shared: pathlib.Path) -> None:
    """OmegaT's level 2 file gives pairs with their codes."""
    with (shared / "suite/xliff/client-outputs/omegat-3.6/kit-level2.tmx").open("rb") as file:
        entries = list(parse(file, name="kit.tmx"))
    assert entries
    assert all(entry.source and entry.target and entry.origin == "kit.tmx" for entry in entries)
    assert any(isinstance(part, Code) for entry in entries for part in entry.source)


def test_source_is_what_the_file_says() -> None:
    """`srclang` decides; "*all*" leaves it to the caller or to the first language."""
    tu = b'<tu><tuv xml:lang="de"><seg>eins</seg></tuv><tuv xml:lang="en"><seg>one</seg></tuv></tu>'
    file = b'<tmx version="1.4"><header srclang="%b"/><body>' + tu + b"</body></tmx>"
    (unit,) = read(file.replace(b"%b", b"en"))
    assert (unit.source_language, plain(unit.target)) == ("en", "eins")
    (unit,) = read(file.replace(b"%b", b"*all*"))
    assert unit.source_language == "de"
    (unit,) = parse(io.BytesIO(file.replace(b"%b", b"*all*")), name="x", source_language="en")
    assert unit.source_language == "en"


@pytest.mark.parametrize(
    "data",
    [
        b"<tmx><body><tu>",
        b"no xml at all",
        b'<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>&a;</seg></tuv></tu></body></tmx>',
    ],
)
def test_damaged_or_hostile_files_are_refused(data: bytes) -> None:
    """Broken XML and entity declarations get one sentence that names the file."""
    with pytest.raises(TranslationMemoryError, match=r"^x\.tmx: "):
        read(data)


TU = b'<tu><tuv xml:lang="en"><seg>one</seg></tuv><tuv xml:lang="%b"><seg>eins</seg></tuv></tu>'


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b'<tmx version="1.4"><header srclang="en"/><body>' + TU.replace(b"%b", b"deutsch!") + b"</body></tmx>", r"language \(en\)"),
        (b'<tmx version="1.4"><header srclang="fr"/><body>' + TU.replace(b"%b", b"de") + b"</body></tmx>", r"language \(fr\)"),
        (b'<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx version="1.4"><body>' + TU.replace(b"one", b"&a;") + b"</body></tmx>", "entities"),
        (b"<html><p>No memory.</p></html>", "begins with <html>"),
    ],
)
def test_files_without_a_pair_are_told(data: bytes, part: str) -> None:
    """A file from which nothing could be taken is not read as an empty one; one without entries is."""
    with pytest.raises(TranslationMemoryError, match=rf"^x\.tmx: .*{part}"):
        read(data)
    assert read(b'<tmx version="1.4"><header srclang="en"/><body/></tmx>') == []


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    """A control character does not break the file."""
    unit = Unit(source_language="en", target_language="de", source=from_text("a\x0bb"), target=from_text("c\x00d"), origin="x")
    (back,) = read(b"".join(serialize([unit], version="1.0")))
    assert (plain(back.source), plain(back.target)) == ("ab", "cd")
