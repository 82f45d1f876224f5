"""A changed article meets the work that was done: the case table, and that nothing is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.content import codes, from_text, plain
from translate_pipeline.model import Block, Candidate, Code, CodeKind, Document, Markup, Note, Segment, State, Text
from translate_pipeline.review.reconcile import reconcile

ARTICLE = (
    "The president arrived in Astana on Monday.",
    "He met the foreign ministers of four states.",
    "No comment.",
    "The talks lasted three hours.",
    "Nobody was hurt; the road was closed.",
)


def article(*sources: str) -> Document:
    """An article as it is read, a segment for each source, two segments a paragraph."""
    segments = [Segment(id=f"s{number}", source=from_text(source), after=" ") for number, source in enumerate(sources, 1)]
    blocks = tuple(
        Block(id=f"b{number}", kind="paragraph", segments=tuple(segments[start : start + 2]))
        for number, start in enumerate(range(0, len(segments), 2), 1)
    )
    return Document(id="a", source_language="en", blocks=blocks, last_id=len(segments))


def done(document: Document, state: State = State.REVIEWED, **targets: str) -> Document:
    """The article translated; each target is "T: " and the source unless given by segment id."""
    blocks = tuple(
        replace(
            block,
            segments=tuple(
                replace(s, target=from_text(targets.get(s.id, f"T: {plain(s.source)}")), state=state, notes=(Note(text=f"note {s.id}"),))
                for s in block.segments
            ),
        )
        for block in document.blocks
    )
    return replace(document, target_language="de", blocks=blocks)


def outcome(old: Document, *sources: str) -> tuple[dict[str, tuple[str, str, State, str]], list[str], dict[str, Segment]]:
    """By new source: kind, target, state and substate; then the old sources that are gone."""
    result = reconcile(old, article(*sources))
    segments = {segment.id: segment for segment in result.document.segments()}
    found = {
        plain(segments[case.segment].source): (
            case.kind,
            plain(segments[case.segment].target or ()),
            segments[case.segment].state,
            segments[case.segment].substate,
        )
        for case in result.cases
        if case.segment
    }
    gone = [case.previous for case in result.cases if case.kind == "gone"]
    return found, gone, {plain(segment.source): segment for segment in segments.values()}


def words(segment: Segment) -> str:
    """The source without differences of spelling."""
    return " ".join(plain(segment.source).casefold().split())


def test_unchanged_article_stays_as_it_is() -> None:
    """Reconciling an article with itself changes nothing, ids and notes included."""
    old = done(article(*ARTICLE))
    result = reconcile(old, article(*ARTICLE))
    assert result.document == old
    assert {case.kind for case in result.cases} == {"same"}
    assert result.gone == ()


def test_new_and_gone_segments() -> None:
    """What is new has no target; what is gone is handed over for the memory."""
    old = done(article(*ARTICLE))
    found, gone, _ = outcome(old, ARTICLE[0], "Something else entirely happened in Bishkek.", *ARTICLE[1:4])
    assert found["Something else entirely happened in Bishkek."] == ("new", "", State.INITIAL, "")
    assert found[ARTICLE[1]][:3] == ("same", f"T: {ARTICLE[1]}", State.REVIEWED)
    assert gone == [ARTICLE[4]]
    assert [plain(one.source) for one in reconcile(old, article(*ARTICLE[:4])).gone] == [ARTICLE[4]]


def test_moved_segment_keeps_everything() -> None:
    """A sentence elsewhere is moved, with target, state and notes."""
    found, gone, segments = outcome(done(article(*ARTICLE)), *ARTICLE[1:], ARTICLE[0])
    assert found[ARTICLE[0]][:3] == ("moved", f"T: {ARTICLE[0]}", State.REVIEWED)
    assert segments[ARTICLE[0]].notes == (Note(text="note s1"),)
    assert segments[ARTICLE[0]].id == "s1"
    assert gone == []


@pytest.mark.parametrize("changed", ["the president arrived in Astana on Monday.", "The president  arrived in “Astana” on Monday."])
def test_only_spelling_differs(changed: str) -> None:
    """Case, spaces and quotation marks cost final its finality and nothing else."""
    found, gone, _ = outcome(done(article(*ARTICLE), State.FINAL), changed, *ARTICLE[1:])
    assert found[changed] == ("spelling", f"T: {ARTICLE[0]}", State.REVIEWED, "")
    assert gone == []


def test_changed_sentence_is_prefilled_with_a_note() -> None:
    """At least three quarters alike: the old target to be corrected, with the difference shown, and the approved pair for the memory."""
    changed = "The president arrived in Astana on Tuesday."
    old = done(article(*ARTICLE))
    found, _, segments = outcome(old, changed, *ARTICLE[1:])
    assert found[changed] == ("changed", f"T: {ARTICLE[0]}", State.TRANSLATED, "tp:source-changed")
    assert "[-Monday-]{+Tuesday+}" in segments[changed].notes[-1].text
    assert segments[changed].notes[-1].category == "source-changed"
    assert [one.id for one in reconcile(old, article(changed, *ARTICLE[1:])).gone] == ["s1"]


def test_machine_text_for_a_changed_sentence_is_not_kept() -> None:
    """The engine makes it again."""
    changed = "The president arrived in Astana on Tuesday."
    found, _, _ = outcome(done(article(*ARTICLE), State.INITIAL), changed, *ARTICLE[1:])
    assert found[changed] == ("new", "", State.INITIAL, "")


def test_split_and_merged_sentences_become_candidates() -> None:
    """Old targets are offered, never joined or cut."""
    found, gone, segments = outcome(done(article(*ARTICLE)), *ARTICLE[:4], "Nobody was hurt.", "The road was closed.")
    assert found["Nobody was hurt."] == ("split", "", State.INITIAL, "")
    assert [plain(c.target) for c in segments["The road was closed."].candidates] == [f"T: {ARTICLE[4]}"]
    assert gone == []
    joined = f"{ARTICLE[2][:-1]}, {ARTICLE[3][0].lower()}{ARTICLE[3][1:]}"
    found, gone, segments = outcome(done(article(*ARTICLE)), *ARTICLE[:2], joined, ARTICLE[4])
    assert found[joined][:2] == ("merged", "")
    assert [plain(c.target) for c in segments[joined].candidates] == [f"T: {ARTICLE[2]}", f"T: {ARTICLE[3]}"]
    assert gone == []


def test_same_source_with_different_targets_needs_a_look() -> None:
    """Where the neighbours do not say which one it was, the nearest is taken, but not as reviewed."""
    old = done(article("No comment.", *ARTICLE[:2], "No comment."), s1="Kein Kommentar.", s4="Er schwieg.")
    found, _, _ = outcome(old, *ARTICLE[:2], ARTICLE[4], "No comment.")
    assert found["No comment."] == ("ambiguous", "Er schwieg.", State.TRANSLATED, "")
    same = reconcile(old, article("No comment.", *ARTICLE[:2], "No comment.")).document
    assert [segment.state for segment in same.segments()] == [State.REVIEWED] * 4


def test_codes_keep_their_old_ids() -> None:
    """A new reading numbers codes anew; the target goes on with the ones it has, and no id is given twice."""

    def marked(first: int, *texts: str) -> Document:
        segments = []
        for number, text in enumerate(texts, 1):
            name = f"c{first + number}"
            source = (Code(id=name, kind=CodeKind.OPEN), Text(value=text), Code(id=name, kind=CodeKind.CLOSE))
            segments.append(Segment(id=f"s{number}", source=source))
        names = tuple(Markup(code=f"c{first + number}", element="em") for number in range(1, len(texts) + 1))
        return Document(
            id="a",
            source_language="en",
            blocks=(Block(id="b1", kind="paragraph", segments=tuple(segments)),),
            codes=names,
            last_id=first + 9,
        )

    old = marked(10, *ARTICLE[:2])
    old = replace(
        old,
        target_language="de",
        blocks=(replace(old.blocks[0], segments=tuple(replace(s, target=s.source, state=State.REVIEWED) for s in old.blocks[0].segments)),),
    )
    new = reconcile(old, marked(0, "An entirely new sentence stands in front.", *ARTICLE[:2])).document
    assert all(segment.target in (None, segment.source) for segment in new.segments())
    assert [segment.id for segment in new.segments()][1:] == ["s1", "s2"]
    used = [code.id for segment in new.segments() for code in codes(segment.source) if code.kind is CodeKind.OPEN]
    assert used[1:] == ["c11", "c12"]
    assert len(set(used)) == len(used)
    assert {markup.code for markup in new.codes} == set(used)
    assert new.last_id >= max(int(name[1:]) for name in (*used, *(s.id for s in new.segments())))


@given(
    before=st.lists(st.sampled_from([*ARTICLE, "No comment!", "The talks lasted four hours."]), max_size=8),
    after=st.lists(st.sampled_from([*ARTICLE, "No  comment.", "The talks lasted two hours.", "Something else."]), max_size=8),
    state=st.sampled_from(State),
)
def test_reviewed_text_is_never_lost(before: list[str], after: list[str], state: State) -> None:
    """Each pair that a person worked on is in the new document or handed over; ids stay unique; a kept target belongs to its source."""
    old = done(article(*before), state)
    result = reconcile(old, article(*after))
    new = list(result.document.segments())
    assert [plain(segment.source) for segment in new] == after
    assert len({segment.id for segment in new}) == len(new)
    assert len({block.id for block in result.document.blocks}) == len(result.document.blocks)
    if state > State.INITIAL:
        kept = {(words(s), s.target) for s in new} | {(words(s), s.target) for s in result.gone}
        assert {(words(s), s.target) for s in old.segments()} <= kept
    for segment, case in zip(new, result.cases, strict=False):
        if case.kind in ("same", "moved", "ambiguous"):
            assert plain(segment.target or ()) == f"T: {plain(segment.source)}"


def test_candidates_survive() -> None:
    """Candidates of a kept segment stay, so that effort can be measured later."""
    old = done(article(*ARTICLE))
    first = replace(old.blocks[0].segments[0], candidates=(Candidate(target=from_text("MT"), origin="mt:en_de-1"),))
    old = replace(old, blocks=(replace(old.blocks[0], segments=(first, *old.blocks[0].segments[1:])), *old.blocks[1:]))
    assert next(reconcile(old, article(*ARTICLE)).document.segments()).candidates == first.candidates
