"""Sentences: what is found, that nothing is lost, and what a bad SRX file gets."""

import importlib.util
import itertools
import json
import pathlib
import time
from types import ModuleType

import choppa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from translate_pipeline import segmentation
from translate_pipeline.content import codes, display, from_text, join
from translate_pipeline.errors import SegmentationError
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Markup, Segment, Text

ROOT = pathlib.Path(__file__).parents[1]
DATA = ROOT / "tests/data/segmentation"
RULES = segmentation.load()
LANGUAGES = ("en", "de", "ru", "fr", "es", "zh")
SRX = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="{cascade}"/><body><languagerules>
<languagerule languagerulename="Mine">
<rule break="{breaks}"><beforebreak>{before}</beforebreak><afterbreak>{after}</afterbreak></rule>
</languagerule><languagerule languagerulename="Other"><rule break="no"><beforebreak>\\.\\s</beforebreak><afterbreak/></rule></languagerule>
</languagerules><maprules><languagemap languagepattern="en.*" languagerulename="Mine"/>
<languagemap languagepattern=".*" languagerulename="Other"/></maprules></body></srx>"""


def _srx(*, breaks: str = "no", before: str = "", after: str = "", cascade: str = "no") -> bytes:
    return SRX.format(breaks=breaks, before=before, after=after, cascade=cascade).encode()


def _cut(text: str, language: str, rules: segmentation.Rules = RULES) -> list[str]:
    return [text[start:end] for start, end in segmentation.segments(text, language, rules)]


def _document(*blocks: Block, language: str = "en", codes: tuple[Markup, ...] = ()) -> Document:
    return Document(id="a", source_language=language, blocks=blocks, codes=codes, last_id=7)


def _block(source: Content, *, kind: str = "paragraph", after: str = "\n\n", translate: bool = True) -> Block:
    return Block(id="b1", kind=kind, segments=(Segment(id="x", source=source, after=after, translate=translate),))


def _segmented(document: Document, *, srx: bytes | None = None) -> Document:
    (result,) = segmentation.segment(srx=srx)([document])
    return result


def _wrong(file: pathlib.Path) -> list[list[str]]:
    cases = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(cases) == 21
    return [got for case in cases if (got := _cut(case["text"], case["lang"])) != case["segments"]]


def test_our_cases() -> None:
    """The 21 cases that were written before the rules: abbreviations, dates, quotations, dialogue, lists in six languages."""
    assert _wrong(DATA / "cases.jsonl") == []


def test_shared_cases(shared: pathlib.Path) -> None:
    """The 21 cases of the test material."""
    assert _wrong(shared / "eval/segmentation-cases.jsonl") == []


PLAIN = [line.split("\t") for line in (DATA / "plain.tsv").read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row[0])
def test_three_plain_sentences(row: list[str]) -> None:
    """In each of these languages three plain sentences are three segments, on one line or on three."""
    language, *sentences = row
    assert _cut(("" if language == "ja" else " ").join(sentences), language) == sentences
    assert _cut("\n".join(sentences), language) == sentences


def test_plain_sentences_cover_the_languages_that_are_promised() -> None:
    """At least 30 languages, among them those that LanguageTool's rules lack."""
    languages = {row[0] for row in PLAIN}
    assert len(languages) >= 30
    assert languages >= {"kk", "ky", "uz", "az", "tr", "he", "hy", "hi", "ko", "cs", "hu", "fi", "bg", "ka", "vi", "th"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("kk", "Ол 2022 ж. 5 қаңтарда келді. Қ. Ж. Тоқаев сөйледі.", 2),
        ("cs", "Přijel 2. ledna ve 14 hod. do Prahy. Prof. Novák a J. K. Tyl mluvili.", 2),
        ("tr", 'Dr. Ahmet 3. katta oturuyor. "Dur!" dedi.', 2),
        ("hu", "Dr. Kovács 2022. január 5. napján érkezett. Pl. Budapestre ment.", 2),
        ("bg", "Г-н Иванов живее на ул. Витоша № 5. Роден е през 1950 г. в София.", 2),
        ("hi", "डॉ. शर्मा आए। क्या हुआ?", 2),
        ("el", "Τι έγινε; Ο κ. Παπαδόπουλος έφυγε.", 2),
        ("hy", "Ա. Սարգսյանը եկավ։ «Ես գնում եմ։» Նա գնաց:", 3),
        ("ja", "「本当ですか？」と記者は聞いた。気温は3.5度だ。", 2),
        ("th", "นายกรัฐมนตรีกล่าวว่ารัฐบาลจะเร่งแก้ไขปัญหา และจะช่วยเหลือประชาชนทั่วประเทศ ราคาน้ำมันเพิ่มขึ้น 3.5 บาท", 2),
    ],
)
def test_abbreviations_in_further_languages(language: str, text: str, expected: int) -> None:
    """Initials, titles, ordinals, dates and joining words are no ends of sentences in the languages that have our rules only."""
    assert len(_cut(text, language)) == expected


def test_lines() -> None:
    """A sentence may run over a line end and a date is no list; empty lines and list lines part segments whatever the stops."""
    text = "Er kam am\n2. Januar an. Er ging.\n1. Erstens\n2. Zweitens\n\nNeu\n• Punkt eins\n– Punkt zwei"
    expected = ["Er kam am\n2. Januar an.", "Er ging.", "1. Erstens", "2. Zweitens", "Neu", "• Punkt eins", "– Punkt zwei"]
    assert _cut(text, "de") == expected


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("segmentation_benchmark", ROOT / "benchmarks/segmentation.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_flores(shared: pathlib.Path, language: str) -> None:
    """On running text at least 99 of 100 ends of sentences are found, and at least 98 of 100 that are found are real; in both halves."""
    benchmark = _benchmark()
    lines = benchmark.finished_lines(shared / f"eval/flores-dev.{language}")
    middle = len(lines) // 2
    for part in (lines[:middle], lines[middle:]):
        recall, precision, _ = benchmark.measure(part, language, RULES)
        assert recall >= 0.99
        assert precision >= 0.98


def test_long_lines_are_quick() -> None:
    """A line of 1 MB takes seconds; one on which a rule for words starts anew at every hyphen takes no more than in proportion."""
    start = time.process_time()
    assert len(_cut("A short one. " * 77_000, "en")) == 77_000
    assert len(_cut("a" * 1_000_000, "es")) == 1
    assert len(_cut("a-" * 25_000, "es")) == 1
    assert time.process_time() - start < 20


PIECES = st.sampled_from(
    ["One.", " ", "\n", "Mr.", "two", "“Yes!”", "3.5", "…", "。", "？”", "(I was.)", "\u00a0", "• ", "1. ", "\u3000", "\r\n", "\u2028"]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60)


@given(text=TEXTS, language=st.sampled_from([*LANGUAGES, "ja", "kk", "th", "hy", "qaa", "und"]))
def test_nothing_but_white_space_lies_outside(text: str, language: str) -> None:
    """Whatever the text: segments are in order, disjoint, not empty, begin and end with a character, and leave only white space."""
    spans = list(segmentation.segments(text, language, RULES))
    edges = [0, *itertools.chain.from_iterable(spans), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    outside = [text[end:start] for end, start in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(outside).strip() == ""


IDS = st.sampled_from(["c1", "c2", "c3"])
CODES = st.builds(Code, id=IDS, kind=st.sampled_from([CodeKind.OPEN, CodeKind.CLOSE])) | st.builds(
    Code, id=IDS, kind=st.just(CodeKind.STANDALONE), equiv=st.sampled_from(["", "\n", "• "])
)


@given(parts=st.lists(st.builds(Text, value=TEXTS) | CODES, max_size=8), after=st.sampled_from(["", "\n", "\n\n"]))
def test_stage_is_lossless(parts: list[Text | Code], after: str) -> None:
    """What the segments of a block display, with the white space between them, is the block; every code is there once, in order."""
    source = join(parts)
    document = _segmented(_document(_block(source, after=after), codes=(Markup(code="c1", element="code", translate=False),)))
    found = document.blocks[0].segments
    assert "".join(display(segment.source) + segment.after for segment in found) == display(source) + after
    assert [code for segment in found for code in codes(segment.source)] == list(codes(source))


def test_ids_run_through_the_document() -> None:
    """Ids are s1, s2 ... over all blocks, and the counter of the document covers them."""
    document = _segmented(_document(*[_block(from_text("One. Two. Three."))] * 4))
    assert [segment.id for segment in document.segments()] == [f"s{number}" for number in range(1, 13)]
    assert document.last_id == 12
    assert [segment.after for segment in document.blocks[0].segments] == [" ", " ", "\n\n"]
    assert _segmented(_document(_block(from_text("One.")))).last_id == 7


def test_what_is_not_translated_stays_whole() -> None:
    """Residue and segments that are not translated are one segment each, not to be translated."""
    residue, kept = _block(from_text("Follow. I follow."), kind="residue"), _block(from_text("a. B"), kind="code", translate=False)
    found = [(display(segment.source), segment.translate) for segment in _segmented(_document(residue, kept)).segments()]
    assert found == [("Follow. I follow.", False), ("a. B", False)]


def test_no_cut_in_a_span_that_stays_as_it_is() -> None:
    """A name in a span that is not translated is not cut, though it looks like two sentences."""
    opening, closing = (Code(id="c1", kind=kind) for kind in (CodeKind.OPEN, CodeKind.CLOSE))
    source = (Text(value="See "), opening, Text(value="Ready! Steady. Go!"), closing, Text(value=" It is a film."))
    document = _document(_block(source), codes=(Markup(code="c1", element="span", translate=False),))
    assert [display(segment.source) for segment in _segmented(document).segments()] == ["See Ready! Steady. Go!", "It is a film."]


def test_users_rules_come_first() -> None:
    """A user's file forbids a break that ours make and makes one that ours forbid; other places keep our rules."""
    rules = segmentation.load(_srx(before=r"\bfoo\.\s"))
    assert _cut("A foo. Bar. Mr. X came.", "en", rules) == ["A foo. Bar.", "Mr. X came."]
    rules = segmentation.load(_srx(breaks="yes", before=r"Mr\.\s"))
    assert _cut("A foo. Mr. X came.", "en", rules) == ["A foo.", "Mr.", "X came."]
    stage = _segmented(_document(_block(from_text("Mr. X came."))), srx=_srx(breaks="yes", before=r"Mr\.\s"))
    assert [display(segment.source) for segment in stage.segments()] == ["Mr.", "X came."]


def test_cascade_of_the_users_file() -> None:
    """With cascade all rules that fit a language apply, without it only the first."""
    assert _cut("One. Two.", "en", segmentation.load(_srx(before="foo", cascade="no"))) == ["One.", "Two."]
    assert _cut("One. Two.", "en", segmentation.load(_srx(before="foo", cascade="yes"))) == ["One. Two."]


@pytest.mark.parametrize(
    ("srx", "message"),
    [
        (b"", r"your SRX file:1: not well-formed XML"),
        (b"<srx>\n<a></srx>", r"your SRX file:2: not well-formed XML"),
        (b"<srx/>", r"your SRX file:1: is not SRX 2\.0"),
        (b'<!DOCTYPE srx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><srx>&b;</srx>', "document type declaration"),
        (b'<!DOCTYPE srx SYSTEM "file:///etc/passwd"><srx/>', "document type declaration"),
        (_srx(before="(a"), r"your SRX file:4: '\(a' is not a regular expression"),
        (_srx(breaks="yes", after="[z-a]"), r"your SRX file:4: '\[z-a\]' is not a regular expression"),
        (_srx().replace(b'languagerulename="Mine"/>', b'languagerulename="Yours"/>'), r'your SRX file:6: maps languages to "Yours"'),
        (_srx().replace(b'pattern="en.*"', b'pattern="en("'), r"your SRX file:6: 'en\(' is not a regular expression"),
        (b'<srx xmlns="http://www.lisa.org/srx20"/>', "maps no language"),
    ],
)
def test_bad_files(srx: bytes, message: str) -> None:
    """A file that is not SRX, is hostile, or holds a bad pattern gets a sentence with the line; it is refused before any article is read."""
    with pytest.raises(SegmentationError, match=message):
        segmentation.segment(srx=srx)


@pytest.mark.parametrize("breaks", ["yes", "no"])
def test_runaway_pattern(breaks: str) -> None:
    """A pattern that would run for ever is stopped after seconds and named."""
    text = "Go! " + "A" * 60 + " said so. Go!"
    rules = segmentation.load(_srx(breaks=breaks, before=r"!\s", after="(?:A|AA|A+)+[b-d]"))
    with pytest.raises(SegmentationError, match=r"takes more than 2 seconds"):
        _cut(text, "en", rules)


def test_our_rules_are_srx() -> None:
    """Our file is valid by the schema of SRX 2.0, and every group of rules is in use."""
    tree = etree.parse(ROOT / "translate_pipeline/srx/rules.srx")
    schema = etree.XMLSchema(etree.parse(choppa.SRX_2_XSD))
    assert schema.validate(tree), schema.error_log
    space = {"s": "http://www.lisa.org/srx20"}
    named = [group.get("languagerulename") for group in tree.iterfind(".//s:languagerule", space)]
    assert len(named) == len(set(named))
    assert set(named) == {entry.get("languagerulename") for entry in tree.iterfind(".//s:languagemap", space)}


def test_example_in_the_documentation() -> None:
    """The user's file that docs/segmentation.md shows does what it says."""
    example = (ROOT / "docs/segmentation.md").read_text(encoding="utf-8").split("```xml\n")[1].split("```")[0]
    assert _cut("It took approx. Ten days; then it rained.", "en", segmentation.load(example.encode())) == [
        "It took approx. Ten days;",
        "then it rained.",
    ]


def test_rules_mean_what_they_mean_elsewhere(shared: pathlib.Path) -> None:
    """With LanguageTool's rules alone we cut running text exactly as choppa-srx does, whose engine follows the one in LanguageTool."""
    document = choppa.SrxDocument(ruleset=choppa.DEFAULT_SRX_RULESET)
    alone = segmentation.Rules(files=RULES.files[-1:])
    for language in LANGUAGES:
        lines = (shared / f"eval/flores-dev.{language}").read_text(encoding="utf-8").split("\n")
        for first in range(0, 250, 5):
            text = " ".join(lines[first : first + 5])
            theirs = (piece.strip() for piece in choppa.SrxTextIterator(document, language, text))
            assert _cut(text, language, alone) == [piece for piece in theirs if piece]
