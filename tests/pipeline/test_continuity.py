"""An article that changes: ids, machine text and people's work go on; nothing reviewed is lost."""

import itertools
import pathlib
from collections.abc import Callable
from dataclasses import replace

from translate_pipeline.content import from_text, plain
from translate_pipeline.memory import Memory
from translate_pipeline.model import Document, Provenance, Request, Segment, State
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.run import Outcome, run
from translate_pipeline.workspace import Article, Workspace

Make = Callable[..., Job]
Text = Callable[..., Article]
FIRST = b"A short treaty\n\nThe members of the CSTO met in Almaty on Friday. They said nothing new.\n\nThat is all.\n"


def _stored(workspace: Workspace, target: str = "de") -> Document:
    current = store.load(workspace, slug="treaty", source="en", target=target).current
    assert current is not None
    return current.document


def _by_text(document: Document) -> dict[str, Segment]:
    return {plain(segment.source): segment for segment in document.segments()}


def _review(workspace: Workspace, targets: dict[str, str], state: State = State.REVIEWED) -> None:
    """Put reviewed text into the store, as taking in a returned file does."""
    stored = store.load(workspace, slug="treaty", source="en", target="de")
    assert stored.current is not None

    def reviewed(segment: Segment) -> Segment:
        text = targets.get(plain(segment.source))
        signature = Provenance(action="reviewed", person="Anna", at="2026-11-22")
        return replace(segment, target=from_text(text), state=state, substate="", provenance=(signature,)) if text else segment

    document = stored.current.document
    blocks = tuple(replace(block, segments=tuple(map(reviewed, block.segments))) for block in document.blocks)
    store.hand_out(workspace, replace(document, blocks=blocks), recipe=stored.current.recipe, build=stored.build + 1, segmentation="unit")


def _only(article: Article, job: Job, workspace: Workspace) -> Outcome:
    (outcome,) = run([article], job, workspace)
    return outcome


def test_only_new_sentences_are_translated(tmp_path: pathlib.Path, job: Make, article: Text, asked: list[Request]) -> None:
    """A changed article asks the engine for what is new, and everything else is as it was, with its id."""
    workspace = Workspace(tmp_path)
    _only(article(FIRST), job(), workspace)
    before = _by_text(_stored(workspace))
    asked.clear()
    outcome = _only(article(FIRST.replace(b"They said", b"It rained all day. They said")), job(), workspace)
    assert outcome.status == "written"
    assert [plain(request.source) for request in asked] == ["It rained all day."]
    after = _by_text(_stored(workspace))
    new = after.pop("It rained all day.")
    assert {text: (segment.id, segment.target) for text, segment in after.items()} == {
        text: (segment.id, segment.target) for text, segment in before.items()
    }
    assert new.id not in {segment.id for segment in before.values()}


def test_an_unchanged_article_stays_unchanged_after_changes(tmp_path: pathlib.Path, job: Make, asked: list[Request]) -> None:
    """The run after a changed one has nothing to do: ids that were carried on do not look like another change."""
    workspace = Workspace(tmp_path)
    html = b"<article><h1>A treaty</h1><p>One <em>was</em> signed. It is old.</p><ul><li>First point.</li><li>Second.</li></ul></article>"
    texts = [html, html.replace(b"It is old.", b""), html.replace(b"<li>First", b"<li>Another thing.</li><li>First"), html]
    for data in texts:
        page = Article(slug="treaty", original="treaty.html", data=data)
        assert _only(page, job(), workspace).status in {"written", "unchanged"}
        asked.clear()
        files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
        assert _only(page, job(), workspace).status == "unchanged"
        assert asked == []
        assert {path: path.stat().st_mtime_ns for path in files} == files


def test_ids_are_never_given_twice(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """The id of a sentence that went is not given to one that comes, in no language, whichever was run in between."""
    workspace = Workspace(tmp_path)
    meaning: dict[str, str] = {}
    texts = [b"Alpha is first.\n", b"Alpha is first. Quite another thing.\n", b"Alpha is first.\n", b"Alpha is first. Winter came early.\n"]
    for data, targets in zip(texts, [("de", "fr"), ("de",), ("fr",), ("de", "fr")], strict=True):
        list(run([article(data)], job(*targets), workspace))
        for target in targets:
            for segment in _stored(workspace, target).segments():
                assert meaning.setdefault(segment.id, plain(segment.source)) == plain(segment.source)
    assert [s.id for s in _stored(workspace, "de").segments()] == [s.id for s in _stored(workspace, "fr").segments()]


def test_languages_share_the_skeleton(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """A language that skipped a version comes to the same skeleton as one that did not, with its work."""
    workspace = Workspace(tmp_path)
    texts = [FIRST, FIRST.replace(b"That is all.", b"More came later."), FIRST.replace(b"That is all.", b"More came later. Then peace.")]
    list(run([article(texts[0])], job("de", "fr"), workspace))
    list(run([article(texts[1])], job("fr"), workspace))
    _review(workspace, {"They said nothing new.": "Sie sagten nichts Neues."})
    list(run([article(texts[2])], job("de", "fr"), workspace))
    names = {store.skeleton_name(_stored(workspace, target)) for target in ("de", "fr")}
    assert len(names) == 1
    assert plain(_by_text(_stored(workspace))["They said nothing new."].target or ()) == "Sie sagten nichts Neues."


def test_reviewed_text_is_kept_or_remembered(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """After any change reviewed text is in the document, or in the memory with who approved it; never nowhere."""
    sentences = ["The members met in Almaty on Friday.", "They said nothing new.", "The weather was fine.", "Nobody complained."]
    targets = {text: f"[{number}] deutsch" for number, text in enumerate(sentences)}
    for number, kept in enumerate(itertools.chain.from_iterable(itertools.combinations(sentences, count) for count in range(4))):
        workspace = Workspace(tmp_path / str(number))
        path = tmp_path / f"{number}.sqlite"
        list(run([article(" ".join(sentences).encode())], job(), workspace))
        _review(workspace, targets)
        with Memory(path) as memory:
            list(run([article(" ".join(["Something else was here.", *reversed(kept)]).encode())], job(memory=memory), workspace))
        here = {plain(segment.target or ()) for segment in _stored(workspace).segments() if segment.state >= State.REVIEWED}
        with Memory(path) as memory:
            there = {plain(unit.target) for unit in memory.units() if not unit.machine and unit.person == "Anna"}
        assert here | there >= set(targets.values()), kept
        assert here >= {targets[text] for text in kept}


def test_a_changed_sentence_shows_what_changed(tmp_path: pathlib.Path, job: Make, article: Text, asked: list[Request]) -> None:
    """A reviewed sentence whose source changed a little keeps its target to be corrected, with the difference in a note; it is no longer reviewed."""
    workspace = Workspace(tmp_path)
    list(run([article(FIRST)], job(), workspace))
    _review(workspace, {"The members of the CSTO met in Almaty on Friday.": "Die Mitglieder der OVKS trafen sich am Freitag in Almaty."})
    asked.clear()
    outcome = _only(article(FIRST.replace(b"Friday", b"Monday")), job(), workspace)
    segment = _by_text(_stored(workspace))["The members of the CSTO met in Almaty on Monday."]
    assert (segment.state, segment.substate) == (State.TRANSLATED, "tp:source-changed")
    assert plain(segment.target or ()) == "Die Mitglieder der OVKS trafen sich am Freitag in Almaty."
    assert any("[-Friday-]{+Monday+}" in note.text for note in segment.notes)
    assert asked == []
    assert outcome.kept == 1


def test_another_recipe_renews_machine_text_only(tmp_path: pathlib.Path, job: Make, article: Text) -> None:
    """With another glossary machine text is made again; what people did and decided stays."""
    workspace = Workspace(tmp_path)
    list(run([article(FIRST)], job(), workspace))
    _review(workspace, {"They said nothing new.": "Sie sagten nichts Neues."})
    outcome = _only(article(FIRST), job(terms=b"concept\tkind\ten\tde\tfr\ncsto\tacronym\tCSTO\tODKB-Pakt\tOTSC\n"), workspace)
    after = _by_text(_stored(workspace))
    assert outcome.status == "written"
    assert "ODKB-Pakt" in plain(after["The members of the CSTO met in Almaty on Friday."].target or ())
    assert (after["They said nothing new."].state, plain(after["They said nothing new."].target or ())) == (
        State.REVIEWED,
        "Sie sagten nichts Neues.",
    )


def test_codes_keep_their_names(tmp_path: pathlib.Path, job: Make) -> None:
    """Inline codes of kept text are those of the new skeleton, so that the page has its links and emphasis."""
    workspace = Workspace(tmp_path)
    old = b"<p>The <em>members</em> met in <a href='https://example.org/a'>Almaty</a>.</p><p>That is <b>all</b>.</p>"
    new = b"<p>It <i>really</i> rained.</p>" + old
    for data in (old, new):
        _only(Article(slug="treaty", original="treaty.html", data=data), job(), workspace)
    document = _stored(workspace)
    known = {markup.code: markup.element for markup in document.codes}
    segment = next(one for one in document.segments() if "Almaty" in plain(one.source))
    assert [known[part.id] for part in segment.target or () if not hasattr(part, "value")] == ["em", "em", "a", "a"]
    assert {getattr(part, "id", None) for part in segment.target or ()} == {getattr(part, "id", None) for part in segment.source}
