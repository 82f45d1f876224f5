"""The validator: every rule on a small example, the suite of the standard, and our own files."""

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import aligned_documents

from translate_pipeline.errors import XliffError
from translate_pipeline.model import Document, Issue, Severity
from translate_pipeline.xliff import versions
from translate_pipeline.xliff.validate.check import check

UNIT = '<segment id="s1" state="translated"><source>{source}</source><target>{target}</target></segment>'


def rules(data: str) -> set[str]:
    """The rules that a file breaks."""
    return {problem.rule for problem in check(data.encode())}


def unit(body: str, *, version: str = "2.0", attributes: str = "") -> str:
    """A file of XLIFF 2 with one unit."""
    core = "2.2" if version == "2.2" else "2.0"
    modules = " ".join(f'xmlns:{name}="urn:oasis:names:tc:xliff:{space}:2.0"' for name, space in
                       {"mtc": "matches", "gls": "glossary", "mda": "metadata", "val": "validation", "fs": "fs"}.items())  # fmt: skip
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:{core}" {modules} xmlns:my="urn:my" version="{version}" srcLang="en" trgLang="fr">'
        f'<file id="f1"><unit id="u1" {attributes}>{body}</unit></file></xliff>'
    )


def both(source: str, target: str) -> str:
    """A file with one segment."""
    return unit(UNIT.format(source=source, target=target))


HOLD = 'canDelete="no" canCopy="no"'
BROKEN = {
    "a copy of nothing": (both("a", '<ph id="1" copyOf="9"/>'), "copy"),
    "a code that must not be copied": (both('<ph id="1" canCopy="no"/>', '<ph id="1" canCopy="no"/><ph id="2" copyOf="1"/>'), "copy"),
    "a deleted code": (both('<ph id="1" canDelete="no"/>', "b"), "deleted"),
    "an end before its start": (both('<ec startRef="1"/><sc id="1"/>', "b"), "pair"),
    "an isolated end with a start": (both('<sc id="1"/><ec isolated="yes" startRef="1"/>', "b"), "pair"),
    "a span without an end": (both('<sm id="1" type="term"/>', "b"), "pair"),
    "hints that differ": (both('<sc id="1" canDelete="no"/><ec startRef="1"/>', '<sc id="1" canDelete="no"/><ec startRef="1"/>'), "pair-hints"),
    "a place without a first": (both(f'<ph id="1"/><ph id="2" canReorder="no" {HOLD}/>', f'<ph id="2" {HOLD} canReorder="no"/>'), "order"),
    "a sequence that was turned": (
        both(
            f'<ph id="1" canReorder="firstNo" {HOLD}/><ph id="2" canReorder="no" {HOLD}/><ph id="3" canReorder="no" {HOLD}/>',
            f'<ph id="1" canReorder="firstNo" {HOLD}/><ph id="3" canReorder="no" {HOLD}/><ph id="2" canReorder="no" {HOLD}/>',
        ),
        "order",
    ),
    "a subtype of another type": (both('<ph id="1" type="ui" subType="xlf:b"/>', '<ph id="1" type="ui" subType="xlf:b"/>'), "type"),
    "a visible code point": (both('<cp hex="0041"/>', "A"), "code-point"),
    "a foreign attribute on a code": (both('<ph id="1" my:x="y"/>', '<ph id="1"/>'), "attribute"),
    "text in a segment": (unit("<segment>text<source>a</source></segment>"), "text"),
    "an unknown element": (both("<b>a</b>", "b"), "content"),
    "an id with a space": (unit('<segment id="a b"><source>a</source></segment>'), "value"),
    "a state without a target": (unit('<segment state="final"><source>a</source></segment>'), "state"),
    "a substate without a state": (unit('<segment subState="my:x"><source>a</source></segment>'), "state"),
    "an id in two segments": (unit('<segment><source><ph id="1"/></source></segment><segment><source><ph id="1"/></source></segment>'), "inline-id"),
    "the id of a segment on a code": (
        unit('<segment id="1"><source>a</source></segment><segment><source>a</source><target><ph id="1"/></target></segment>'),
        "inline-id",
    ),
    "a code from another segment as a mark": (
        unit('<segment><source><ph id="1"/></source></segment><segment><source>a</source><target><mrk id="1" type="term"/></target></segment>'),
        "inline-id",
    ),
    "a code from another segment that is here and there": (
        unit(
            '<segment><source><ph id="1"/></source><target><ph id="1"/></target></segment>'
            '<segment><source>a</source><target><ph id="1"/></target></segment>'
        ),
        "inline-id",
    ),
    "another language": (unit('<segment><source xml:lang="de">a</source></segment>'), "language"),
    "an inherited language": (unit("<segment><source>a</source></segment>", attributes='xml:lang="de"'), "language"),
    "another space": (unit('<segment><source xml:space="preserve">a</source><target>b</target></segment>'), "space"),
    "a comment with too much": (both('<mrk id="m1" type="comment" ref="#n=1" value="x">a</mrk>', "b"), "comment"),
    "a comment on a missing note": (both('<mrk id="m1" type="comment" ref="#n=1">a</mrk>', "b"), "comment"),
    "a fragment out of order": (both('<mrk id="m1" type="term" ref="#u=u1/f=f1">a</mrk>', "b"), "fragment"),
    "a fragment to nowhere": (both('<mrk id="m1" type="term" ref="#u=u9">a</mrk>', "b"), "fragment"),
    "a segment order twice": (
        unit('<segment><source>a</source><target order="1">b</target></segment><segment><source>a</source><target order="1">b</target></segment>'),
        "segment-order",
    ),
    "a match for nothing": (
        unit('<mtc:matches><mtc:match ref="#m9"><source>a</source><target>b</target></mtc:match></mtc:matches>'
             "<segment><source>a</source></segment>"),
        "match-reference",
    ),
    "a match of no kind": (
        unit('<mtc:matches><mtc:match ref="#s1" subType="my:x"><source>a</source><target>b</target></mtc:match></mtc:matches>'
             '<segment id="s1"><source>a</source></segment>'),
        "match-type",
    ),
    "an empty entry": (
        unit("<gls:glossary><gls:glossEntry><gls:term>a</gls:term></gls:glossEntry></gls:glossary><segment><source>a</source></segment>"),
        "glossary-entry",
    ),
    "a rule with two conditions": (
        unit('<val:validation><val:rule isPresent="a" startsWith="b"/></val:validation><segment><source>a</source></segment>'),
        "validation-rule",
    ),
    "metadata without a group": (
        unit('<mda:metadata><mda:meta type="a">b</mda:meta></mda:metadata><segment><source>a</source></segment>'),
        "content",
    ),
    "a style that HTML lacks": (unit("<segment><source>a</source></segment>", attributes='fs:fs="marquee"'), "style"),
    "an extension with one id twice": (unit('<my:a id="1"/><my:a id="1"/><segment><source>a</source></segment>'), "extension-id"),
    "a note reference before its time": (
        unit('<notes><note ref="#s1">x</note></notes><segment id="s1"><source>a</source></segment>'),
        "attribute",
    ),
    "a wrong namespace": (both("a", "b").replace('version="2.0"', 'version="2.2"'), "namespace"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "rule"), BROKEN.values(), ids=list(BROKEN))
def test_each_rule_finds_its_breach(data: str, rule: str) -> None:
    """A file that breaks one rule is refused for that rule, with its line."""
    assert rule in rules(data)
    assert all(problem.line > 0 for problem in check(data.encode()))


VALID = {
    "a code that moved to another segment": unit(  # as the comments in bad_MissingNonRemovable1 of the suite say
        '<segment><source><ph id="1" canDelete="no"/>a</source><target>b</target></segment>'
        '<segment><source>a</source><target><ph id="1" canDelete="no"/>b</target></segment>'
    ),
    "plain": both("a", "b"),
    "crossing pairs": both('<sc id="1"/>a<sc id="2"/>b<ec startRef="1"/><ec startRef="2"/>', '<sc id="1"/>a<ec startRef="1"/>'),
    "a pair over two segments": unit(
        '<segment><source><sc id="1"/>a</source></segment><ignorable><source> </source></ignorable>'
        '<segment><source>b<ec startRef="1"/></source></segment>'
    ),
    "a first that moved with its sequence": both(
        f'<ph id="1" canReorder="firstNo" {HOLD}/><ph id="2" canReorder="no" {HOLD}/>a',
        f'b<ph id="1" canReorder="firstNo" {HOLD}/><ph id="2" canReorder="no" {HOLD}/>',
    ),
    "references": both(
        '<mrk id="m1" type="term" ref="#f=f1/u=u1/s1">a</mrk><mrk id="m2" type="term" ref="https://example.org/#x/y">b</mrk>', "c"
    ),
    "a note that points": unit('<notes><note ref="#s1">x</note></notes><segment id="s1"><source>a</source></segment>', version="2.2"),
    "metadata beside other modules": unit(
        '<gls:glossary><gls:glossEntry ref="#s1"><gls:term>a</gls:term><gls:definition>b</gls:definition></gls:glossEntry></gls:glossary>'
        '<mda:metadata><mda:metaGroup category="x"><mda:meta type="y">z</mda:meta></mda:metaGroup></mda:metadata><my:x/>'
        '<segment id="s1"><source>a</source></segment>'
    ),
}


@pytest.mark.parametrize("data", VALID.values(), ids=list(VALID))
def test_what_is_allowed_is_accepted(data: str) -> None:
    """Unusual files that the standard allows raise no alarm."""
    assert check(data.encode()) == ()


ISSUE = Issue(check="numbers", category="numbers", severity=Severity.WARNING, message="20 is missing")


@given(document=aligned_documents(), segmentation=st.sampled_from(["unit", "mrk"]), version=st.sampled_from(versions.WRITTEN))
@settings(max_examples=60)
def test_our_own_files_are_valid(document: Document, segmentation: str, version: versions.Version) -> None:
    """Whatever we write, in any version and segmentation, breaks no rule."""
    issues = {segment.id: (ISSUE,) for segment in document.segments()}
    head = {"skeleton": "a.skl", "fingerprint": "f", "recipe": "r", "build": 1}
    data = versions.serialize(document, version=version, segmentation=segmentation, issues=issues, **head)
    assert check(data) == ()


@pytest.fixture(scope="module")
def suite(shared: pathlib.Path) -> pathlib.Path:
    """The conformance material."""
    return shared / "suite/xliff"


def test_suite_of_the_standard_is_accepted(suite: pathlib.Path) -> None:
    """All 77 valid files of XLIFF 2.1, and all of 2.2 but the three that are faulty themselves."""
    files = sorted((suite / "valid/oasis-2.1").rglob("*.xlf"))
    assert len(files) == 77
    assert [path.name for path in files if check(path.read_bytes())] == []
    alarms = set()
    for path in sorted((suite / "valid/oasis-2.2").rglob("*.xlf")):
        try:
            alarms |= {path.stem} if check(path.read_bytes()) else set()
        except XliffError:
            alarms.add(path.stem)
    assert alarms == {"Good-itsm_text-analytics", "Good-mda_top-level", "Good-pgs_plural"}


REASONS = [
    line.split("\t") for line in pathlib.Path(__file__).with_name("reasons.tsv").read_text("utf-8").splitlines() if not line.startswith("#")
]


@pytest.mark.parametrize(("name", "rule"), REASONS, ids=[name for name, _ in REASONS])
def test_suite_of_the_standard_is_refused(suite: pathlib.Path, name: str, rule: str) -> None:
    """Each invalid file of the core and of mtc, gls, mda, val and fs is refused for the reason that it was made for."""
    (path,) = (suite / "invalid/oasis-2.1").rglob(f"{name}.xlf")
    assert rule in {problem.rule for problem in check(path.read_bytes())}


def test_what_a_file_says_to_be_fine_raises_no_alarm(suite: pathlib.Path) -> None:
    """Of four segments of this file three are fine by its own comments; only the code of the last one was deleted."""
    (path,) = (suite / "invalid/oasis-2.1").rglob("bad_MissingNonRemovable1.xlf")
    assert [(problem.line, problem.rule) for problem in check(path.read_bytes())] == [(19, "deleted")]


def test_the_whole_suite_is_covered(suite: pathlib.Path) -> None:
    """Nothing is left out: 119 files of the core and all of five modules."""
    files = {path.stem for path in (suite / "invalid/oasis-2.1").rglob("*.xlf")}
    wanted = {name for name in files if name.startswith(("bad_", "Bad-mtc", "Bad-gls", "Bad-mda", "Bad-val", "Bad-fs"))}
    assert wanted == {name for name, _ in REASONS}
    assert sum(name.startswith("bad_") for name in wanted) == 119


HEAD = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" source-language="en" target-language="fr" datatype="x-a">'


def old(body: str, header: str = "") -> str:
    """A file of XLIFF 1.2."""
    return f"{HEAD}{header}<body>{body}</body></file></xliff>"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (old('<trans-unit id="1"><source>a</source></trans-unit><trans-unit id="1"><source>a</source></trans-unit>'), "unit-id"),
        (old(f'<trans-unit id="{"x" * 101}"><source>a</source></trans-unit>'), "unit-id"),
        (old("<trans-unit><source>a</source></trans-unit>"), "attribute"),
        (old('<trans-unit id="1"><target>a</target></trans-unit>'), "content"),
        (old('<trans-unit id="1"><source>a</source><target state="done">b</target></trans-unit>'), "value"),
        (old('<trans-unit id="1"><source>a</source><target><mrk mtype="seg" mid="1">b</mrk></target></trans-unit>'), "sentence"),
        (old('<trans-unit id="1"><source>a</source><seg-source><mrk mtype="seg" mid="1">b</mrk></seg-source></trans-unit>'), "sentence"),
        (old('<trans-unit id="1"><source>a<ex id="1"/><bx id="1"/></source></trans-unit>'), "pair"),
        (old('<trans-unit id="1"><source xml:lang="de">a</source></trans-unit>'), "language"),
        (old('<trans-unit id="1"><source>a</source><alt-trans tool-id="t"><target>b</target></alt-trans></trans-unit>'), "tool-name"),
        (old('<trans-unit id="1" phase-name="p"><source>a</source></trans-unit>'), "phase-name"),
        (old('<trans-unit id="1"><source>a<b>c</b></source></trans-unit>'), "content"),
        (old("<group><note/>text</group>"), "text"),
    ],
)
def test_rules_of_1_2(data: str, rule: str) -> None:
    """Units, sentences, pairs, languages, tools and phases of XLIFF 1.2."""
    assert rule in rules(data)


def test_a_file_of_1_2_is_accepted() -> None:
    """Marked sentences, pairs, tools and candidates together."""
    header = '<header><tool tool-id="t" tool-name="T"/></header>'
    body = (
        '<group id="g"><trans-unit id="1" approved="no"><source><bx id="1"/>A. <ex id="1"/>B.</source><seg-source>'
        '<mrk mtype="seg" mid="1"><bx id="1"/>A. <ex id="1"/></mrk><mrk mtype="seg" mid="2">B.</mrk></seg-source>'
        '<target state="translated"><mrk mtype="seg" mid="1">C. </mrk></target><alt-trans mid="2" tool-id="t"><target>D.</target></alt-trans>'
        "</trans-unit></group>"
    )
    assert check(old(body, header).encode()) == ()


@pytest.mark.parametrize("data", ["", "<a/>", '<xliff version="3"/>', "<!DOCTYPE a><a/>"])
def test_what_is_no_xliff_is_a_sentence(data: str) -> None:
    """Not XLIFF at all: one sentence."""
    with pytest.raises(XliffError):
        check(data.encode())
