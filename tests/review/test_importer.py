"""A file comes back: what is taken, repaired or refused."""

import pathlib
import random
from dataclasses import dataclass, replace

import pytest
from mutations import FORMS, MUTATIONS, Form, Tally, article, exported, imported, published, trial

from translate_pipeline.content import from_text, plain
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Code, CodeKind, Content, Dismissal, Document, Markup, Note, Segment, State, Text
from translate_pipeline.review.importer import Import, verdicts
from translate_pipeline.xliff import versions

OPEN, CLOSE = Code(id="c1", kind=CodeKind.OPEN, disp="<b>"), Code(id="c1", kind=CodeKind.CLOSE)
PLAIN = Segment(id="s1", source=from_text("One."), target=from_text("Eins."), substate="tp:mt")
CODED = Segment(
    id="s2",
    source=(Text(value="A "), OPEN, Text(value="fat"), CLOSE, Text(value=" cat.")),
    target=(Text(value="Un chat "), OPEN, Text(value="gras"), CLOSE, Text(value=".")),
    state=State.REVIEWED,
)


@dataclass(frozen=True)
class Noticed:
    """What a reader noticed."""

    kind: str
    segment: str
    line: int = 7
    message: str = "something happened"


def document(*segments: Segment, protect: bool = False) -> Document:
    """An article of these segments."""
    return Document(
        id="a",
        source_language="en",
        target_language="de",
        blocks=(Block(id="b1", kind="paragraph", segments=segments),),
        codes=(Markup(code="c1", element="code" if protect else "b", translate=not protect),),
    )


BASE = document(PLAIN, CODED)


def back(first: Segment = PLAIN, second: Segment = CODED, *damage: Noticed, base: Document = BASE, **options: object) -> Import:
    """The verdicts on a file with these segments."""
    returned = replace(base, blocks=(replace(base.blocks[0], segments=(first, second)),))
    return verdicts(base, returned, damage=damage, reviewer="Anna", at="2026-11-22", **options)  # type: ignore[arg-type]


def test_untouched_file_changes_nothing() -> None:
    """What comes back as it went is accepted and leaves the base as it is."""
    result = back()
    assert result.document == BASE
    assert [(v.outcome, v.change) for v in result.verdicts] == [("accepted", "unchanged")] * 2


def test_changed_target_is_translated_whatever_its_state() -> None:
    """Several tools keep the old state; the text decides. The reviewer signs."""
    result = back(replace(PLAIN, target=from_text("Die Eins.")))
    segment = next(result.document.segments())
    assert (plain(segment.target or ()), segment.state, segment.substate) == ("Die Eins.", State.TRANSLATED, "tp:edited")
    assert [(act.action, act.person, act.at) for act in segment.provenance] == [("translated", "Anna", "2026-11-22")]
    assert result.verdicts[0].change == "edited"


def test_confirmation_counts_by_state_or_by_wish() -> None:
    """Unchanged machine text is confirmed by a higher state, or by everybody's wish; a lower state never takes an approval back."""
    assert next(back(replace(PLAIN, state=State.REVIEWED)).document.segments()).state is State.REVIEWED
    assert next(back().document.segments()).state is State.INITIAL
    wished = next(back(accept_unchanged=True).document.segments())
    assert (wished.state, wished.substate) == (State.TRANSLATED, "")
    kept = list(back(second=replace(CODED, state=State.INITIAL, substate="tp:mt")).document.segments())[1]
    assert kept.state is State.REVIEWED


def test_rejection_is_taken() -> None:
    """A rejected segment is no longer approved."""
    segment = list(back(second=replace(CODED, substate="tp:rejected")).document.segments())[1]
    assert (segment.state, segment.substate) == (State.TRANSLATED, "tp:rejected")


def test_notes_and_dismissals_are_taken_candidates_are_not() -> None:
    """What people said stays; what only we say is ours."""
    result = back(replace(PLAIN, notes=(Note(text="?"),), dismissals=(Dismissal(check="numbers", reason="fine"),), candidates=()))
    segment = next(result.document.segments())
    assert segment.notes == (Note(text="?"),)
    assert segment.dismissals == (Dismissal(check="numbers", reason="fine"),)
    assert result.verdicts[0].change == "noted"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ((Text(value="Ein dicker Kater."),), "is lost"),
        ((*CODED.target, Code(id="c9", kind=CodeKind.STANDALONE)) if CODED.target else (), "does not belong"),
        ((CLOSE, Text(value="dick"), OPEN), "closes at a wrong place"),
        (None, "removed"),
        (from_text("  "), "removed"),
        (PLAIN.target, "translation of segment s1"),
    ],
)
def test_refused_targets_change_nothing(target: Content | None, reason: str) -> None:
    """Lost, foreign and crossing codes, removed and exchanged targets."""
    result = back(second=replace(CODED, target=target))
    assert result.document == BASE
    assert [v.segment for v in result.refused] == ["s2"]
    assert reason in result.refused[0].reasons[0]


def test_changed_protected_text_is_refused() -> None:
    """What must not be translated has to come back letter by letter."""
    base = document(PLAIN, replace(CODED, target=CODED.source), protect=True)
    changed = (Text(value="Ein "), OPEN, Text(value="dicker"), CLOSE, Text(value=" Kater."))
    result = back(second=replace(CODED, target=changed), base=base)
    assert "protected" in result.refused[0].reasons[0]
    moved = (OPEN, Text(value="fat"), CLOSE, Text(value=": ein Kater."))
    assert not back(second=replace(CODED, target=moved), base=base).refused


@pytest.mark.parametrize("kind", ["doubled-id", "source-changed", "missing", "lost-marks"])
def test_damage_that_leaves_no_choice(kind: str) -> None:
    """The segment is refused with the reader's sentence and line; the others land."""
    result = back(replace(PLAIN, target=from_text("Neu.")), replace(CODED, target=CODED.source), Noticed(kind, "s2"))
    assert [(v.segment, v.reasons, v.line) for v in result.refused] == [("s2", ("something happened",), 7)]
    assert [plain(segment.target or ()) for segment in result.document.segments()] == ["Neu.", "Un chat gras."]


def test_unknown_segments_get_a_verdict() -> None:
    """A segment that the article does not have is refused by name."""
    assert [v.segment for v in back(PLAIN, CODED, Noticed("unknown-id", "s99")).refused] == ["s99"]


def test_edited_source_is_refused_even_unnoticed() -> None:
    """The importer compares sources itself."""
    assert back(replace(PLAIN, source=from_text("Two."), target=from_text("Zwei."))).refused


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (from_text("Eins\r\n   zwei."), from_text("Eins zwei.")),
        (from_text("Eins &amp; zwei &lt; drei."), from_text("Eins & zwei < drei.")),
    ],
)
def test_repairs_of_text(target: Content, expected: Content) -> None:
    """Line ends and entity forms are put right, and the verdict says so."""
    result = back(replace(PLAIN, target=target))
    assert next(result.document.segments()).target == expected
    assert result.verdicts[0].outcome == "repaired"


def test_stale_codes_are_put_in_their_place() -> None:
    """A program that replaces the first text and leaves the rest behind: repaired when the new text has the text of each span, else refused."""
    assert CODED.target is not None
    good = (Text(value="Voilà un gras chat!"), *CODED.target[1:])
    segment = list(back(second=replace(CODED, target=good)).document.segments())[1]
    assert segment.target == (Text(value="Voilà un "), OPEN, Text(value="gras"), CLOSE, Text(value=" chat!"))


def test_injected_white_space_is_no_edit() -> None:
    """Where the reader found indentation, a target that differs in white space only is unchanged."""
    assert CODED.target is not None
    spaced = (Text(value="Un chat"), *CODED.target[1:])
    result = back(PLAIN, replace(CODED, target=spaced), Noticed("white-space", "s2"))
    assert result.document == BASE
    assert result.verdicts[1].outcome == "repaired"


@pytest.mark.parametrize("change", [{"id": "b"}, {"target_language": "fr"}, {"source_language": "ru"}, {"target_language": None}])
def test_other_article_or_languages(change: dict[str, str]) -> None:
    """Nothing of such a file is looked at."""
    with pytest.raises(XliffError):
        verdicts(BASE, replace(BASE, **change))


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_untouched_export_is_accepted(form: Form) -> None:
    """Every version and segmentation comes back whole."""
    base = article(random.Random(5))
    result = imported(base, exported(base, form))
    assert result is not None
    assert result.document == base
    assert {verdict.outcome for verdict in result.verdicts} == {"accepted"}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutations_publish_no_wrong_pair(mutation: object) -> None:
    """Each kind of damage, in each version and segmentation, some times over: no wrong pair on a page, no review lost, what was left alone accepted."""
    tally = Tally()
    for form in FORMS:
        for number in range(4):
            trial(f"fast {number}", form, mutation, tally, pages=number == 0)  # type: ignore[arg-type]
    assert tally.wrong.total() == 0
    assert tally.lost.total() == 0
    assert tally.accepted.total() >= 0.95 * tally.alone.total()
    assert tally.landed.total() == tally.edits.total()


def test_page_shows_what_was_accepted() -> None:
    """The reader of the tests sees each pair of the page as it stands there."""
    base = article(random.Random(5))
    assert published(base)["s3"][0] == plain(list(base.segments())[2].source)


def recorded(folder: pathlib.Path, sent: str, came: str) -> Import:
    """The verdicts on a file that a real program wrote, against the one that it was given."""
    base = versions.parse((folder / sent).read_bytes(), skeleton=None).document
    bones = replace(
        base,
        blocks=tuple(replace(b, segments=tuple(replace(s, target=None, state=State.INITIAL) for s in b.segments)) for b in base.blocks),
    )
    returned = versions.parse((folder / came).read_bytes(), skeleton=bones)
    result = verdicts(base, replace(returned.document, id=base.id), damage=returned.findings)
    assert [segment.source for segment in result.document.segments()] == [segment.source for segment in base.segments()]
    return result


@pytest.mark.parametrize(
    ("sent", "came", "changes"),
    [
        ("translate-toolkit-3.20.4/a12.in.xlf", "translate-toolkit-3.20.4/a12.out.xlf", {"u1": ("refused", "unchanged")}),
        ("translate-toolkit-3.20.4/a12.in.xlf", "translate-toolkit-3.20.4/a12.po2x.xlf", {}),
        ("translate-toolkit-3.20.4/a12.in.xlf", "npm-xliff-6.4.0/a12.rt.xlf", dict.fromkeys(("u1", "u5"), ("repaired", "unchanged"))),
        ("translate-toolkit-3.20.4/a21.in.xlf", "translate-toolkit-3.20.4/a21.out.xlf", {"s1": ("refused", "unchanged")}),
        ("omegat-3.6/kit.source.xlf", "omegat-3.6/kit.target.xlf", dict.fromkeys(("u1", "1", "2", "u5", "u6"), ("accepted", "edited"))),
    ],
)
def test_damage_of_recorded_clients(shared: pathlib.Path, sent: str, came: str, changes: dict[str, tuple[str, str]]) -> None:
    """OmegaT's edits land; old codes behind a new text are refused; injected indentation is repaired; the rest is untouched."""
    result = recorded(shared / "suite/xliff/client-outputs", sent, came)
    assert {v.segment: (v.outcome, v.change) for v in result.verdicts} == {
        v.segment: changes.get(v.segment, ("accepted", "unchanged")) for v in result.verdicts
    }


def test_file_that_is_no_xml_any_more(shared: pathlib.Path) -> None:
    """The xliff package of npm drops a namespace: one sentence with the line."""
    folder = shared / "suite/xliff/client-outputs"
    with pytest.raises(XliffError, match="Line 3"):
        recorded(folder, "translate-toolkit-3.20.4/a21.in.xlf", "npm-xliff-6.4.0/a21.rt.xlf")
