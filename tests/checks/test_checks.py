"""The checks together: what they find, what they leave alone, and what people may dismiss."""

import pathlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from translate_pipeline.checks import CHECKS, kinds, run_checks
from translate_pipeline.checks.check import Job, issue
from translate_pipeline.content import from_text
from translate_pipeline.model import Block, Code, CodeKind, Dismissal, Document, Issue, Markup, Segment, Severity, State, Text

Find = Callable[..., dict[str, list[Issue]]]

SEGMENT = Segment(id="s1", source=from_text("20,000 people came."), target=from_text("2.000 Menschen kamen."), state=State.TRANSLATED)
DOCUMENT = Document(id="d", source_language="en", target_language="de", blocks=(Block(id="b1", kind="paragraph", segments=(SEGMENT,)),))

# check, languages, source, target, text under the span (None: no span), severity
FAULTS = [
    ("empty-target", "en de", "A word.", None, None, Severity.ERROR),
    ("empty-target", "en de", "A word.", " ", None, Severity.ERROR),
    (
        "target-same-as-source",
        "en de",
        "the government announced new measures today",
        "the government announced new measures today",
        "the government announced new measures today",
        Severity.WARNING,
    ),
    ("numbers", "en de", "20,000 people came.", "2.000 Menschen kamen.", "2.000", Severity.WARNING),
    ("numbers", "en de", "It is 16 miles long.", "Es ist 26 km lang.", "26", Severity.INFO),
    ("double-words", "en de", "He went home.", "Er ging ging heim.", "ging ging", Severity.WARNING),
    ("double-spaces", "en de", "He went home.", "Er  ging heim.", "  ", Severity.INFO),
    ("edge-spaces", "en de", "He went home.", "Er ging heim. ", " ", Severity.INFO),
    ("end-punctuation", "en de", "Did he go?", "Er ging.", ".", Severity.WARNING),
    ("end-punctuation", "en de", "He went:", "Er ging.", ".", Severity.INFO),
    ("end-punctuation", "en zh", "Did he go home?", "他回家了。", "。", Severity.WARNING),
    ("punctuation-spacing", "en de", "He went.", "Er ging .", " ", Severity.INFO),
    ("punctuation-spacing", "en fr", "Who are you?", "Qui es-tu?", "?", Severity.INFO),
    ("punctuation-spacing", "en fr", "Who are you?", "Qui es-tu ?", " ", Severity.INFO),
    ("brackets", "en de", "He (the mayor) went.", "Er (der Bürgermeister ging.", "(", Severity.WARNING),
    ("brackets", "en zh", "He (the mayor) went.", "他（市长走了。", "（", Severity.WARNING),
    ("quotes", "en de", "He said “no” to it.", "Er sagte „nein dazu.", "„", Severity.WARNING),
    ("quotes", "en de", "He said “no” to it.", "Er sagte ”nein“ dazu.", "”", Severity.INFO),
    ("length", "en de", "It was a long day for everybody in the town.", "Tag.", None, Severity.WARNING),
    ("omission", "en de", "The mayor came to the meeting. Nobody spoke.", "Der Bürgermeister kam zur Sitzung.", None, Severity.WARNING),
    ("urls-emails", "en de", "See https://a.example/x.", "Siehe https://b.example/x.", "https://b.example/x", Severity.WARNING),
    ("urls-emails", "en de", "Write to a@b.example.", "Schreiben Sie uns.", None, Severity.WARNING),
    ("characters", "en de", "He went.", "Er g\ufffdng.", "\ufffd", Severity.ERROR),
    ("characters", "en de", "He went.", "Er\u200b ging.", "\u200b", Severity.WARNING),
    ("characters", "en de", "For him.", "FÃ¼r ihn.", "Ã¼", Severity.WARNING),
    ("characters", "en ru", "Moscow said.", "Mосква сообщила.", "Mосква", Severity.WARNING),
    ("wrong-language", "en de", "He went to the market with her.", "Il est allé au marché avec elle et les autres.", None, Severity.ERROR),
    ("wrong-language", "en kk", "He went to the market.", "He went to a market today.", None, Severity.ERROR),
    ("repetition", "en de", "He said no.", "Er sagte nein nein nein nein.", None, Severity.ERROR),
]


@pytest.mark.parametrize(("check", "languages", "source", "target", "marked", "severity"), FAULTS)
def test_fault_is_found(
    find: Find, check: str, languages: str, source: str, target: str | None, marked: str | None, severity: Severity
) -> None:
    """Each fault is found by the check that is made for it, where it is, with the severity of the table or one that the check explains."""
    found = find((source, target), languages=languages)[check]
    assert severity in {issue.severity for issue in found}
    assert all(issue.category == kinds()[check].category and issue.message for issue in found)
    spans = {None if issue.span is None or target is None else target[slice(*issue.span)] for issue in found}
    assert marked in spans


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en de", "The CSTO said on 9 August: “We will meet at 3 p.m.”", "Die OVKS sagte am 9. August: „Wir treffen uns um 15 Uhr.“"),
        ("en fr", "“Who is it?” he asked.", "«\u00a0Qui est-ce\u202f?\u00a0» demanda-t-il."),
        ("en zh", "He said: “I (the mayor) will come.”", "他说：“我（市长）会来。”"),
        ("en ru", "About 20,000 people live there.", "Там живут около 20\u00a0000 человек."),
        ("en de", "Angela Merkel, Emmanuel Macron", "Angela Merkel, Emmanuel Macron"),
        ("en de", "They say that that is right.", "Sie sagen, dass das das Richtige ist."),
        ("en de", "The work was done by Volkswagen.", "Das erledigte Volkswagen, das das tun konnte."),
        ("en es", "Is it you?", "¿Eres tú?"),
    ],
)
def test_good_translation_is_left_alone(find: Find, languages: str, source: str, target: str) -> None:
    """Nothing is said about translations that keep to the conventions of their language."""
    assert find((source, target), languages=languages) == {}


def test_same_source_with_different_targets(find: Find) -> None:
    """The second rendering is pointed out, and says where the first is."""
    found = find(("No comment.", "Kein Kommentar."), ("No comment.", "Dazu sagte er nichts."))
    assert [issue.message for issue in found["inconsistent-target"]] == ["segment s1 has the same source and another target"]


def test_different_sources_with_the_same_target(find: Find) -> None:
    """One target for two sources is mentioned."""
    found = find(("He came.", "Er kam."), ("He left.", "Er kam."))
    assert [issue.severity for issue in found["inconsistent-source"]] == [Severity.INFO]


def test_lost_code_and_changed_protected_text(find: Find) -> None:
    """A code that is gone is named as translators see it; protected text has to stay."""
    opening, closing = Code(id="c1", kind=CodeKind.OPEN, disp="<code>"), Code(id="c1", kind=CodeKind.CLOSE)
    source = (Text(value="Type "), opening, Text(value="ls -l"), closing)
    codes = (Markup(code="c1", element="code", translate=False),)
    lost = find((source, (Text(value="Tippen Sie "), Text(value="ls -l"), closing)), codes=codes)["inline-codes"]
    assert [issue.message for issue in lost] == ["open code c1 (<code>) is missing"]
    changed = find((source, (Text(value="Tippen Sie "), opening, Text(value="LS -L"), closing)), codes=codes)
    assert len(changed["do-not-translate"]) == 1


def test_dismissed_findings_are_silent_until_asked_for() -> None:
    """A dismissal silences its check in its segment and no other."""
    assert [issue.check for issue in run_checks(DOCUMENT)["s1"]] == ["numbers", "numbers"]
    segment = replace(SEGMENT, dismissals=(Dismissal(check="numbers", reason="the source is wrong", person="Anna"),))
    document = replace(DOCUMENT, blocks=(replace(DOCUMENT.blocks[0], segments=(segment,)),))
    assert run_checks(document) == {}
    assert len(run_checks(document, with_dismissed=True)["s1"]) == 2


def test_untranslatable_segments_and_sources_are_not_checked() -> None:
    """What is not to be translated is not checked, nor is a document without a target language."""
    segment = replace(SEGMENT, translate=False)
    assert run_checks(replace(DOCUMENT, blocks=(replace(DOCUMENT.blocks[0], segments=(segment,)),))) == {}
    assert run_checks(replace(DOCUMENT, target_language=None)) == {}


def test_table_names_every_finding() -> None:
    """The table has a kind for every fault of these tests, with a type that ITS 2.0 knows."""
    its = {
        "terminology",
        "untranslated",
        "omission",
        "inconsistency",
        "typographical",
        "markup",
        "numbers",
        "length",
        "characters",
        "duplication",
    }
    assert {kind.category for kind in kinds().values()} <= its | {"whitespace", "locale-violation", "other"}
    assert {fault[0] for fault in FAULTS} <= set(kinds())
    assert len(CHECKS) == 23


def test_documentation_names_every_check() -> None:
    """docs/checks.md has each kind with its type and severity."""
    page = (pathlib.Path(__file__).parents[2] / "docs/checks.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in page.splitlines() if line.startswith("|")]
    described = {name.strip(): tuple(row[1:]) for row in reversed(rows) for name in row[0].split(",")}  # the first table wins
    for kind in kinds().values():
        assert described[kind.name] == (kind.category, kind.severity.value)


def test_a_flood_is_counted(find: Find) -> None:
    """Of one check in one segment five findings are shown and the others counted, as severe as the worst of them."""
    found = find(("He went home.", "Er ging heim. " + "ja ja, " * 3_000))["double-words"]
    assert [finding.message for finding in found[4:]] == ["“ja ja”", "and 2995 more like these"]

    def check(job: Job) -> Iterator[tuple[str, Issue]]:  # noqa: ARG001 - a check is called so
        for severity in [Severity.INFO] * 6 + [Severity.ERROR, Severity.WARNING]:
            yield "s1", issue("numbers", "a number", severity=severity)

    rest = run_checks(DOCUMENT, checks=[check])["s1"][5:]
    assert [(finding.message, finding.severity) for finding in rest] == [("and 3 more like these", Severity.ERROR)]
