"""Files come back to the store: by identity or by fit, one after the other or two over one base."""

import pathlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from translate_pipeline.config import Settings
from translate_pipeline.content import display, from_text, plain
from translate_pipeline.memory import Memory
from translate_pipeline.model import Document, State
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.import_ import Landed, Signature, take_back
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.run import run
from translate_pipeline.workspace import Article, Workspace

Make = Callable[..., Job]
Text = Callable[..., Article]
ANNA = Signature(reviewer="Anna", at="2026-11-22")


@pytest.fixture
def workspace(tmp_path: pathlib.Path, job: Make, article: Text) -> Workspace:
    """A store with one translated article."""
    made = Workspace(tmp_path / "output")
    list(run([article()], job(), made))
    return made


def handed_out(workspace: Workspace) -> bytes:
    """The file for the translator."""
    return workspace.xliff_path("treaty", "en", "de").read_bytes()


def current(workspace: Workspace) -> Document:
    """The work as it stands."""
    stored = store.load(workspace, slug="treaty", source="en", target="de")
    assert stored.current is not None
    assert not stored.touched
    return stored.current.document


def target(workspace: Workspace, number: int) -> str:
    """The target of a segment, counted from 0."""
    return plain(list(current(workspace).segments())[number].target or ())


def bring(workspace: Workspace, data: bytes, name: str = "back.xlf", signature: Signature = ANNA) -> Landed:
    """Import a file from elsewhere."""
    file = workspace.output.parent / name
    file.write_bytes(data)
    (landed,) = take_back(Settings(root=workspace.output.parent, output=workspace.output), workspace, [file], signature)
    return landed


def edited(workspace: Workspace, number: int, text: str, data: bytes | None = None) -> bytes:
    """The file with another target; the segment has no codes."""
    data = handed_out(workspace) if data is None else data
    old = target(workspace, number).encode()
    assert data.count(b"<target") >= 1
    at = data.index(b">" + old + b"</target>")
    return data[: at + 1] + text.encode() + data[at + 1 + len(old) :]


def test_untouched_file_changes_nothing(workspace: Workspace) -> None:
    """Every verdict is accepted and unchanged, and the store has the same bytes."""
    before = handed_out(workspace)
    landed = bring(workspace, before)
    assert {(verdict.outcome, verdict.change) for verdict in landed.verdicts} == {("accepted", "unchanged")}
    assert handed_out(workspace) == before
    assert (landed.kept, landed.conflicts, landed.problem) == ("", (), "")


def test_edit_lands_signed(workspace: Workspace) -> None:
    """The new text is in the store, translated, signed, and the next run leaves it."""
    bring(workspace, edited(workspace, 0, "Ein kurzer Vertrag"))
    segment = next(current(workspace).segments())
    assert (plain(segment.target or ()), segment.state, segment.substate) == ("Ein kurzer Vertrag", State.TRANSLATED, "tp:edited")
    assert segment.provenance[-1].person == "Anna"


def test_file_edited_in_its_place(workspace: Workspace) -> None:
    """The usual way: the translator works on the file in the store, and run refuses until it is imported."""
    path = workspace.xliff_path("treaty", "en", "de")
    path.write_bytes(edited(workspace, 0, "Ein kurzer Vertrag"))
    (landed,) = take_back(Settings(root=path.parent, output=workspace.output), workspace, [path], ANNA)
    assert landed.problem == ""
    assert target(workspace, 0) == "Ein kurzer Vertrag"


def test_refused_in_its_place_is_kept_and_the_store_is_whole_again(workspace: Workspace) -> None:
    """A refusal leaves the work as it was handed out and a copy of what came."""
    path = workspace.xliff_path("treaty", "en", "de")
    before = path.read_bytes()
    damaged = before.replace(b"A short treaty", b"A long treaty")
    path.write_bytes(damaged)
    (landed,) = take_back(Settings(root=path.parent, output=workspace.output), workspace, [path], ANNA)
    assert [verdict.outcome for verdict in landed.verdicts].count("refused") == 1
    assert pathlib.Path(landed.kept).read_bytes() == damaged
    assert path.read_bytes() == before


def test_two_returns_over_one_base_are_merged(workspace: Workspace) -> None:
    """Different segments: both edits. The same segment: a conflict with both texts."""
    base = handed_out(workspace)
    first, second = edited(workspace, 0, "Ein kurzer Vertrag"), edited(workspace, 2, "Sie schwiegen.")
    rival = edited(workspace, 0, "Der kurze Vertrag")
    assert bring(workspace, first).conflicts == ()
    assert bring(workspace, second, signature=replace(ANNA, reviewer="Berta")).conflicts == ()
    assert (target(workspace, 0), target(workspace, 2)) == ("Ein kurzer Vertrag", "Sie schwiegen.")
    landed = bring(workspace, rival, signature=replace(ANNA, reviewer="Berta"))
    segment = next(current(workspace).segments())
    assert landed.conflicts == (segment.id,)
    assert segment.substate == "tp:conflict"
    texts = {plain(segment.target or ()), *(plain(candidate.target) for candidate in segment.candidates)}
    assert texts >= {"Ein kurzer Vertrag", "Der kurze Vertrag"}
    assert base != handed_out(workspace)


def test_file_without_identity_finds_its_base(workspace: Workspace) -> None:
    """A tool dropped the header: original, languages and sources find it."""
    data = edited(workspace, 0, "Ein kurzer Vertrag")
    start, end = data.index(b"<header>"), data.index(b"</header>") + len(b"</header>")
    landed = bring(workspace, data[:start] + data[end:])
    assert landed.problem == ""
    assert target(workspace, 0) == "Ein kurzer Vertrag"


def test_return_over_an_older_article(workspace: Workspace, job: Make, article: Text) -> None:
    """The article changed while the translator worked: what still stands there gets its translation."""
    data = edited(workspace, 0, "Ein kurzer Vertrag")
    changed = b"A short treaty\n\nA new sentence stands here. The members of the CSTO met in Almaty on Friday.\n"
    assert [outcome.status for outcome in run([article(changed)], job(), workspace)] == ["written"]
    landed = bring(workspace, data)
    assert landed.problem == ""
    sources = {display(segment.source): plain(segment.target or ()) for segment in current(workspace).segments()}
    assert sources["A short treaty"] == "Ein kurzer Vertrag"
    assert "A new sentence stands here." in sources


def test_reviewed_text_enters_the_memory(workspace: Workspace) -> None:
    """What a person approved is remembered; what is only translated is not."""
    data = handed_out(workspace)
    approved = data.replace(b'approved="no"', b'approved="yes"', 1)
    assert bring(workspace, approved).remembered == 1
    with Memory(workspace.output / "memory.sqlite") as memory:
        (unit,) = memory.units()
    assert (unit.source, unit.person) == (from_text("A short treaty"), "Anna")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda _data: b"no xml", "back.xlf"),
        (lambda data: data.replace(b'target-language="de"', b'target-language="fr"'), "not handed out here"),
        (lambda data: data.replace(b"treaty", b"other-article"), "not handed out here"),
    ],
)
def test_strangers_are_refused_whole(workspace: Workspace, change: Callable[[bytes], bytes], message: str) -> None:
    """Another article, another language, no XLIFF: one sentence, nothing changed."""
    before = handed_out(workspace)
    landed = bring(workspace, change(before))
    assert message in landed.problem
    assert landed.verdicts == ()
    assert handed_out(workspace) == before


def test_touched_store_is_imported_first(workspace: Workspace) -> None:
    """A file from elsewhere does not overwrite what somebody wrote into the store."""
    data = handed_out(workspace)
    path = workspace.xliff_path("treaty", "en", "de")
    path.write_bytes(edited(workspace, 0, "Ein kurzer Vertrag"))
    touched = path.read_bytes()
    assert "import" in bring(workspace, data).problem
    assert path.read_bytes() == touched


@pytest.mark.parametrize("damage", [None, b"", b"<a/>", b"<xliff"])
def test_base_that_is_gone_or_damaged(workspace: Workspace, damage: bytes | None) -> None:
    """The file that lies there untouched stands for its base; edits land, and the base of the next round is whole."""
    before = handed_out(workspace)
    (path,) = workspace.bases("treaty")
    path.unlink() if damage is None else path.write_bytes(damage)
    landed = bring(workspace, before)
    assert (landed.problem, {verdict.outcome for verdict in landed.verdicts}) == ("", {"accepted"})
    assert bring(workspace, edited(workspace, 1, "Neu.", before)).problem == ""
    assert target(workspace, 1) == "Neu."


def test_a_changed_file_without_base(workspace: Workspace) -> None:
    """Where nothing is left that was handed out, a file changed in its place says so."""
    place = workspace.xliff_path("treaty", "en", "de")
    changed = edited(workspace, 1, "Neu.")
    for path in workspace.bases("treaty"):
        path.unlink()
    place.write_bytes(changed)
    (landed,) = take_back(Settings(root=workspace.output.parent, output=workspace.output), workspace, [place], ANNA)
    assert "not there any more" in landed.problem


def test_another_article_that_is_damaged_is_no_hindrance(workspace: Workspace, job: Make, article: Text) -> None:
    """A file without a name is found by its original, also where a file of another article cannot be read."""
    list(run([article(slug="a")], job(), workspace))
    workspace.xliff_path("a", "en", "de").write_bytes(b"<xliff")
    assert bring(workspace, handed_out(workspace).replace(b'product-name="treaty"', b"")).problem == ""


def test_a_file_in_its_place_belongs_there(workspace: Workspace) -> None:
    """Whatever its header says: a wrong name is passed over, another language refused by name."""
    place, whole = workspace.xliff_path("treaty", "en", "de"), handed_out(workspace)
    settings = Settings(root=workspace.output.parent, output=workspace.output)
    place.write_bytes(whole.replace(b'product-name="treaty"', b'product-name="../../../evil"'))
    (landed,) = take_back(settings, workspace, [place], ANNA)
    assert (landed.problem, handed_out(workspace)) == ("", whole)
    place.write_bytes(whole.replace(b'target-language="de"', b'target-language="fr"'))
    (landed,) = take_back(settings, workspace, [place], ANNA)
    assert "en to de was handed out" in landed.problem
