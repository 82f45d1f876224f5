"""XLIFF 2 that came back, and that of others."""

import pathlib
import re
from collections.abc import Iterable

import pytest

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, Code, CodeKind, Document, Markup, Note, Segment, State, Term, TermMatch, Text
from translate_pipeline.xliff import skeleton, versions
from translate_pipeline.xliff.v2 import parse

OPEN, CLOSE = Code(id="c1", kind=CodeKind.OPEN, disp="<b>"), Code(id="c1", kind=CodeKind.CLOSE, disp="</b>")
DOCUMENT = Document(
    id="article",
    source_language="en",
    target_language="de",
    metadata=(("original", "article.html"),),
    codes=(Markup(code="c1", element="b"),),
    last_id=3,
    blocks=(
        Block(
            id="b1",
            kind="paragraph",
            segments=(
                Segment(
                    id="s1",
                    source=(Text(value="The API is "), OPEN, Text(value="open"), CLOSE, Text(value=".")),
                    target=(Text(value="Die Schnittstelle ist "), OPEN, Text(value="offen"), CLOSE, Text(value=".")),
                    substate="tp:mt",
                    after=" ",
                    candidates=(Candidate(target=(Text(value="Sie ist offen."),), origin="mt:en_de-1.9", score=0.71),),
                    terms=(TermMatch(term=Term(concept="api", source=("API",), target=("Schnittstelle",)), start=4, end=7),),
                ),
                Segment(id="s2", source=(Text(value="Second."),), target=(Text(value="Zweitens."),), state=State.REVIEWED),
            ),
        ),
    ),
)
BONES = skeleton.parse(skeleton.serialize(DOCUMENT))
HEAD = {"skeleton": ".base/a.skl.xml", "fingerprint": "0" * 16, "recipe": "1" * 16, "build": 1}


def written(version: str = "2.1") -> str:
    """The file for the document above, a unit a paragraph."""
    return versions.serialize(DOCUMENT, version=version, segmentation="mrk", **HEAD).decode()


def test_notes_in_segments_are_taken_over() -> None:
    """A widespread client writes notes where none are allowed: the note counts, and the place is named."""
    damaged = written().replace("</segment>", '<notes><note category="translator">look here</note></notes></segment>', 1)
    returned = parse.parse(damaged.encode(), skeleton=BONES)
    assert [(finding.kind, finding.segment) for finding in returned.findings] == [("misplaced-note", "s1")]
    assert next(returned.document.segments()).notes == (Note(text="look here", category="translator"),)


def test_the_last_source_with_the_first_target_is_no_pair() -> None:
    """A client that keeps only the last source of a unit, with the first target, is found out by the source."""
    text = written()
    second = re.search(r'<segment id="s2".*?</segment>', text, re.DOTALL)
    assert second is not None
    damaged = text.replace(second[0], "")
    damaged = re.sub(r"<source><mrk.*?</source>(?=\s*<target>)", "<source>Second.</source>", damaged, count=1)
    findings = {(finding.kind, finding.segment) for finding in parse.parse(damaged.encode(), skeleton=BONES).findings}
    assert findings == {("source-changed", "s1"), ("missing", "s2")}


def test_injected_indentation_is_removed() -> None:
    """White space that a client put around inline elements is put right, in the source and in the target."""
    damaged = re.sub(r"(<pc )", r"\n        \1", written())
    returned = parse.parse(damaged.encode(), skeleton=BONES)
    assert {finding.kind for finding in returned.findings} == {"white-space"}
    assert [segment.target for segment in returned.document.segments()] == [segment.target for segment in DOCUMENT.segments()]


def test_files_of_others() -> None:
    """Copies, spans, code points, glossaries, matches on segments and protected text of other programs are understood."""
    data = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0"
        xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.0" srcLang="en" trgLang="fr"><file id="f1"><unit id="u1">
      <gls:glossary><gls:glossEntry ref="#t=m1"><gls:term>tab</gls:term><gls:translation>onglet</gls:translation></gls:glossEntry></gls:glossary>
      <mtc:matches><mtc:match ref="#s1" type="tm" similarity="85.0"><source>x</source><target>y</target></mtc:match></mtc:matches>
      <segment id="s1" state="translated"><source>A <sm id="m1" type="term"/>t<ph id="1"/>ab<em startRef="m1"/> <mrk id="m2" translate="no">X</mrk>
<cp hex="0001"/></source><target>Un onglet <ph id="1"/><ph id="2" copyOf="1"/></target></segment><segment><source>B</source></segment>
      </unit></file></xliff>"""
    first, second = parse.parse(data.encode(), skeleton=None).document.segments()
    assert first.terms == (TermMatch(term=Term(concept="tab", source=("tab",), target=("onglet",)), start=2, end=5),)
    assert [(code.id, code.kind) for code in first.source if isinstance(code, Code)] == [
        ("1", CodeKind.STANDALONE),
        ("m2", CodeKind.OPEN),
        ("m2", CodeKind.CLOSE),
    ]
    assert first.source[-1] == Text(value="\n\x01")
    assert [code.id for code in first.target or () if isinstance(code, Code)] == ["1", "1"]
    assert first.candidates == (Candidate(target=(Text(value="y"),), origin="tm", similarity=0.85),)
    assert (first.state, second.id, second.state) == (State.TRANSLATED, "u1.2", State.INITIAL)


@pytest.mark.parametrize("version", ["1.9", "2.3", ""])
def test_other_versions_are_refused(version: str) -> None:
    """A version that nobody has written yet is a sentence."""
    with pytest.raises(XliffError, match="version"):
        parse.parse(f'<xliff version="{version}"/>'.encode(), skeleton=None)


def read_or_refused(files: Iterable[pathlib.Path]) -> dict[str, str]:
    """What the refusals of the files say, by name; an error that is no refusal ends the test."""
    refusals = {}
    for path in files:
        try:
            versions.parse(path.read_bytes(), skeleton=None)
        except XliffError as problem:
            refusals[path.name] = str(problem)
    return refusals


def test_clients_damage_is_read(shared: pathlib.Path) -> None:
    """Every recorded output of a damaging client is read, but for the one that uses a prefix it does not declare."""
    files = sorted((shared / "suite/xliff/client-outputs").rglob("*.xlf"))
    refusals = read_or_refused(files)
    assert len(files) == 9
    assert list(refusals) == ["a21.rt.xlf"]
    assert refusals["a21.rt.xlf"].startswith("Line 3: the file is not well-formed XML (Namespace prefix its")


def test_clients_damage_is_named(shared: pathlib.Path) -> None:
    """Read with the skeleton of what went out, the recorded files show what each client did to them."""
    folder = shared / "suite/xliff/client-outputs"
    toolkit = folder / "translate-toolkit-3.20.4"
    expected = {
        (toolkit / "a12.in.xlf", folder / "npm-xliff-6.4.0/a12.rt.xlf"): {"lost-header", "lost-source-marks", "white-space"},
        (toolkit / "a12.in.xlf", toolkit / "a12.out.xlf"): {"lost-header"},
        (toolkit / "a12.in.xlf", toolkit / "a12.po2x.xlf"): {"lost-header", "other-file"},
        (toolkit / "a21.in.xlf", toolkit / "a21.out.xlf"): {"lost-header", "misplaced-note"},
        (folder / "omegat-3.6/kit.source.xlf", folder / "omegat-3.6/kit.target.xlf"): {"lost-header"},
    }
    for (before, after), kinds in expected.items():
        document = versions.parse(before.read_bytes(), skeleton=None).document
        returned = versions.parse(after.read_bytes(), skeleton=skeleton.parse(skeleton.serialize(document)))
        assert {finding.kind for finding in returned.findings} == kinds, after
        if "npm" in str(after):
            assert [s.target for s in returned.document.segments()] == [s.target for s in document.segments()]


def test_files_of_other_tools_are_read_or_refused(shared: pathlib.Path) -> None:
    """Real files of many programs: each is read, or refused in one line."""
    files = [path for path in sorted((shared / "suite/xliff/readers").rglob("*")) if path.is_file()]
    refusals = read_or_refused(files)
    assert len(files) == 52
    assert all("\n" not in refusal for refusal in refusals.values())
    assert len(refusals) < 10
