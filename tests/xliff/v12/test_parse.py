"""XLIFF 1.2 that came back: damage is repaired or named, hostility refused."""

import pathlib
import re
from dataclasses import replace

import pytest

import translate_pipeline
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, Code, CodeKind, Document, Markup, Note, Segment, State, Term, TermMatch, Text
from translate_pipeline.xliff import skeleton
from translate_pipeline.xliff.v12 import parse, serialize

BOLD, END = Code(id="c1", kind=CodeKind.OPEN, disp="<b>"), Code(id="c1", kind=CodeKind.CLOSE, disp="</b>")
BREAK = Code(id="c2", kind=CodeKind.STANDALONE, equiv="\n", disp="<br>")
TERM = Term(concept="api", source=("API",), target=("Schnittstelle",))
DOCUMENT = Document(
    id="article",
    source_language="en",
    target_language="de",
    metadata=(("original", "articles/article.html"), ("media-type", "text/html")),
    codes=(Markup(code="c1", element="b"), Markup(code="c2", element="br")),
    last_id=4,
    blocks=(
        Block(
            id="b1",
            kind="paragraph",
            segments=(
                Segment(
                    id="s1",
                    source=(Text(value="Hello "), BOLD, Text(value="bold"), END, Text(value=" world."), BREAK),
                    target=(Text(value="Hallo "), BOLD, Text(value="fette"), END, Text(value=" Welt."), BREAK),
                    substate="tp:mt",
                    after=" ",
                    candidates=(Candidate(target=(Text(value="Servus."),), origin="mt:en_de-1.9", score=0.71),),
                    notes=(Note(text="careful", person="Anna"),),
                ),
                Segment(
                    id="s2",
                    source=(Text(value="The API."),),
                    target=(Text(value="Die Schnittstelle."),),
                    state=State.TRANSLATED,
                    terms=(TermMatch(term=TERM, start=4, end=7),),
                ),
            ),
        ),
    ),
)
BONES = skeleton.parse(skeleton.serialize(DOCUMENT))


def written(segmentation: str = "unit") -> str:
    """The file for the document above."""
    options = {"skeleton": ".base/a.skl.xml", "fingerprint": "0" * 16, "recipe": "1" * 16, "build": 1}
    return serialize.serialize(DOCUMENT, segmentation=segmentation, **options).decode()


def read(text: str) -> parse.Returned:
    """The file, changed on its way, read with the skeleton."""
    return parse.parse(text.encode(), skeleton=BONES)


def kinds(returned: parse.Returned) -> set[tuple[str, str]]:
    """The findings as (kind, segment)."""
    return {(finding.kind, finding.segment) for finding in returned.findings}


def test_golden_file() -> None:
    """The whole file, as a translator's tool gets it."""
    golden = pathlib.Path(__file__).with_name("golden.xlf")
    versioned = f'tool-version="{translate_pipeline.__version__}"'
    assert written().replace(versioned, 'tool-version="VERSION"') == golden.read_text("utf-8")


def test_injected_indentation_is_removed() -> None:
    """A client that puts each inline element on a line of its own does not change the text."""
    damaged = re.sub(r"(<(?:g|x) )", r"\n          \1", written())
    returned = read(damaged)
    assert returned.document == DOCUMENT
    assert kinds(returned) == {("white-space", "s1")}
    assert all(finding.line > 1 for finding in returned.findings)


def test_changed_source_is_named_and_shown() -> None:
    """A source that somebody edited stays as it is in the file, so that the importer sees it, and is a finding."""
    returned = read(written().replace("The <mrk", "An <mrk"))
    assert kinds(returned) == {("source-changed", "s2")}
    assert returned.document.blocks[0].segments[1].source == (Text(value="An API."),)


def test_ids_are_checked() -> None:
    """Unknown, doubled and missing segments are findings; the article keeps its order and its segments."""
    returned = read(written().replace('id="s2"', 'id="s9"'))
    assert kinds(returned) == {("unknown-id", "s9"), ("missing", "s2")}
    assert [segment.id for segment in returned.document.segments()] == ["s1", "s2"]
    unit = re.search(r"<trans-unit id=\"s1\".*?</trans-unit>", written(), re.DOTALL)
    assert unit is not None
    doubled = read(written().replace(unit[0], unit[0] + unit[0].replace("Hallo", "Huhu")))
    assert kinds(doubled) == {("doubled-id", "s1")}


def test_lost_header_is_named() -> None:
    """A client that drops the header loses the identity of the file; the texts are read all the same."""
    returned = read(re.sub("<header>.*</header>", "", written(), flags=re.DOTALL))
    assert kinds(returned) == {("lost-header", "")}
    assert returned.fingerprint == ""
    assert [segment.target for segment in returned.document.segments()] == [segment.target for segment in DOCUMENT.segments()]


def test_lost_seg_source_is_put_back() -> None:
    """Where the whole source is still the article's, the sentences of a unit are those of the skeleton."""
    returned = read(re.sub("<seg-source>.*</seg-source>", "", written("mrk")))
    assert kinds(returned) == {("lost-source-marks", "")}
    assert [segment.target for segment in returned.document.segments()] == [segment.target for segment in DOCUMENT.segments()]


def test_lost_target_marks_pair_nothing() -> None:
    """Without its marks a target of two sentences belongs to neither."""
    text = written("mrk")
    start = text.index("<target")
    head, target, tail = text[:start], *text[start:].split("</target>", 1)
    returned = read(head + re.sub("</?mrk[^>]*>", "", target) + "</target>" + tail)
    assert kinds(returned) == {("lost-marks", "s1"), ("lost-marks", "s2")}
    assert [segment.target for segment in returned.document.segments()] == [None, None]


def test_text_outside_marks_makes_a_unit_doubtful() -> None:
    """One mark lost, or text between the marks: each sentence that is concerned is named."""
    text = written("mrk")
    kept, lost = text.replace("</mrk> <mrk", "</mrk> und <mrk"), text.replace('mid="s2" comment="state: translated"', 'mid="s9"')
    assert kinds(read(kept.replace("</mrk> und <mrk", "</mrk> <mrk", 1))) == {("lost-marks", "s1"), ("lost-marks", "s2")}
    assert kinds(read(lost)) == {("lost-marks", "s2")}
    assert read(lost).document.blocks[0].segments[1].target is None


def test_lost_seg_source_of_mixed_paragraphs() -> None:
    """A paragraph with sentences that must not be translated is several units; each finds its own sentences again."""
    first, second = DOCUMENT.blocks[0].segments
    mixed = replace(DOCUMENT, blocks=(replace(DOCUMENT.blocks[0], segments=(first, replace(second, translate=False))),))
    data = serialize.serialize(mixed, skeleton="a", fingerprint="f", recipe="r", build=1, segmentation="mrk").decode()
    stripped = re.sub("<seg-source>.*</seg-source>", "", data)
    returned = parse.parse(stripped.encode(), skeleton=skeleton.parse(skeleton.serialize(mixed)))
    assert [finding.kind for finding in returned.findings] == ["lost-source-marks", "lost-source-marks"]
    assert [segment.target for segment in returned.document.segments()] == [first.target, second.target]


def test_marks_with_the_same_name_in_two_units() -> None:
    """Other programs number sentences anew in every unit; each segment still has a name of its own."""
    unit = """<trans-unit id="{0}"><source>A{0}</source><seg-source><mrk mtype="seg" mid="1">A{0}</mrk></seg-source>
      <target><mrk mtype="seg" mid="1">B{0}</mrk></target></trans-unit>"""
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" source-language="en" target-language="de"
      datatype="x-a"><body>{unit.format("u")}{unit.format("v")}</body></file></xliff>""".encode()
    document = parse.parse(data, skeleton=None).document
    assert [segment.id for segment in document.segments()] == ["1", "v.1"]
    again = parse.parse(data, skeleton=skeleton.parse(skeleton.serialize(document))).document
    assert [segment.target for segment in again.segments()] == [(Text(value="Bu"),), (Text(value="Bv"),)]


def test_two_targets_for_a_sentence_are_named() -> None:
    """A mark that occurs twice in a target is doubled work, not the last one's."""
    text = written("mrk")
    assert kinds(read(text.replace('mid="s2" comment="state: translated"', 'mid="s1"'))) == {("doubled-id", "s1"), ("lost-marks", "s2")}


def test_state_of_a_unit_counts_when_it_was_raised() -> None:
    """In a unit of several sentences each has its own state, until a translator confirms the unit."""
    assert [segment.state for segment in read(written("mrk")).document.segments()] == [State.INITIAL, State.TRANSLATED]
    confirmed = written("mrk").replace('state="needs-review-translation" state-qualifier="mt-suggestion"', 'state="translated"', 1)
    assert [segment.state for segment in read(confirmed).document.segments()] == [State.TRANSLATED, State.TRANSLATED]


def test_an_empty_target_is_no_target() -> None:
    """`<target/>` is how several tools write that there is none."""
    returned = read(re.sub(r'(<target state="translated")>.*?</target>', r"\1/>", written()))
    second = returned.document.blocks[0].segments[1]
    assert (second.target, second.state) == (None, State.INITIAL)


def test_our_findings_are_dropped() -> None:
    """Notes with computed findings are ours to write, and nobody's to bring back."""
    ours = '<note from="translate-pipeline" annotates="target">numbers: 20 is missing</note>'
    returned = read(written().replace("<note", ours + "<note", 1))
    assert returned.document == DOCUMENT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"\x00\x01\x02", "not well-formed"),
        (b"<html/>", "<html> is not <xliff>"),
        (b'<xliff version="2.0"/>', "version '2.0' is not XLIFF 1.2"),
        (b'<xliff version="1.2"/>', "no <file>"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff version="1.2">&b;</xliff>', "DOCTYPE"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff version="1.2"/>', "DOCTYPE"),
        (b'<xliff version="1.2">' + b"<g>" * 5000 + b"</g>" * 5000 + b"</xliff>", "not well-formed"),
    ],
    ids=["empty", "binary", "html", "version", "no file", "entities", "external", "depth"],
)
def test_hostile_and_foreign_files_are_refused(data: bytes, message: str) -> None:
    """One sentence for whatever is no XLIFF 1.2, and nothing is expanded or fetched."""
    with pytest.raises(XliffError, match=re.escape(message)):
        parse.parse(data, skeleton=None)
    with pytest.raises(XliffError):
        parse.peek(data)


def test_entity_bomb_in_an_attribute_is_not_expanded() -> None:
    """Entities grow tenfold six times; the reader gives up at once."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    with pytest.raises(XliffError):
        parse.parse(f'<!DOCTYPE x [{entities}]><xliff version="1.2" a="&e11;"/>'.encode(), skeleton=None)


def test_text_that_xml_cannot_carry_is_named() -> None:
    """A control character in a target is a sentence that names the segment."""
    bad = Document(
        id="a",
        source_language="en",
        target_language="de",
        blocks=(Block(id="b1", kind="paragraph", segments=(Segment(id="s1", source=(Text(value="a\x01"),)),)),),
    )
    with pytest.raises(XliffError, match="segment s1"):
        serialize.serialize(bad, skeleton="x", fingerprint="f", recipe="r", build=1)


def test_alone_a_file_still_has_its_texts() -> None:
    """Without the skeleton there are blocks, codes and facts enough to check the file."""
    document = parse.parse(written().encode(), skeleton=None).document
    assert [(block.id, block.kind) for block in document.blocks] == [("b1", "paragraph")]
    assert [segment.target for segment in document.segments()][1] == (Text(value="Die Schnittstelle."),)
    assert document.codes == DOCUMENT.codes
