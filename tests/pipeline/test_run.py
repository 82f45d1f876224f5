"""The main job, with the fake engine: what is written, what is left alone, what is refused."""

import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from translate_pipeline.config import load
from translate_pipeline.content import display, plain
from translate_pipeline.errors import PackageError
from translate_pipeline.model import Hypothesis, Request
from translate_pipeline.mt.fake import FakeEngine
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import Job
from translate_pipeline.pipeline.publish import prepare, publish
from translate_pipeline.pipeline.run import Outcome, plan, run
from translate_pipeline.segmentation import segment
from translate_pipeline.terminology import glossary, matching
from translate_pipeline.workspace import Article, Workspace

TEXT = (
    b"A short treaty\n\nThe members of the CSTO met in Almaty on Friday. They said nothing new.\n\n"
    b"  \xe2\x80\xa2 The first point is old.\n  \xe2\x80\xa2 The second point is older.\n"
)
TERMS = b"concept\tkind\ten\tde\ncsto\tacronym\tCSTO\tOVKS\n"


class CountingEngine(FakeEngine):
    """The fake engine, which counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """As the fake engine does."""
        self.asked += len(requests)
        return super().translate(requests)


class BrokenEngine(FakeEngine):
    """An engine whose package turns out to be broken."""

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """Nothing."""
        raise PackageError(f"package broken at {len(requests)} requests")


def _job(engine: FakeEngine, *targets: str, discard: bool = False, terms: bytes = TERMS) -> Job:
    base = glossary.load("terms.tsv", terms)
    return Job(
        targets=targets or ("de",),
        engine=engine,
        segment=segment(),
        annotate=matching.annotate([base]),
        glossaries=((base, str(hash(terms))),),
        source="en",
        discard=discard,
    )


def _article(name: str = "treaty", data: bytes = TEXT) -> Article:
    return Article(slug=name, original=f"{name}.txt", data=data)


def _files(folder: pathlib.Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".tmp" not in path.parts
    }


def _one(outcomes: Iterator[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


def test_run_writes_xliff_and_page(tmp_path: pathlib.Path) -> None:
    """An article gives an XLIFF file, its base and skeleton, and a page; the outcome says where and how much."""
    workspace = Workspace(tmp_path)
    outcome = _one(run([_article()], _job(CountingEngine()), workspace))
    assert (outcome.status, outcome.segments, outcome.message) == ("written", 5, "")
    names = list(_files(tmp_path))
    assert "work/treaty/treaty.en.de.xlf" in names
    assert "site/treaty/en.de.html" in names
    assert sum(name.startswith("work/treaty/.base/") for name in names) == 2
    stored = store.load(workspace, slug="treaty", source="en", target="de")
    assert stored.current is not None
    assert not stored.touched
    document = stored.current.document
    assert (
        "".join(block.before + "".join(display(s.source) + s.after for s in block.segments) for block in document.blocks) == TEXT.decode()
    )
    assert "OVKS" in "".join(plain(item.target or ()) for item in document.segments())


def test_second_run_asks_nothing_and_writes_nothing(tmp_path: pathlib.Path) -> None:
    """What is done is left as it is: no request to the engine, no file touched."""
    workspace = Workspace(tmp_path)
    _one(run([_article()], _job(FakeEngine()), workspace))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    engine = CountingEngine()
    assert _one(run([_article()], _job(engine), workspace)).status == "unchanged"
    assert engine.asked == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_output_does_not_depend_on_company(tmp_path: pathlib.Path) -> None:
    """An article alone and the same article in a run of several, in any order, give the same bytes."""
    others = [_article("other", b"The CSTO is not alone here. So it goes."), _article("third", b"They said nothing new.")]
    list(run([_article()], _job(FakeEngine()), Workspace(tmp_path / "alone")))
    list(run([*others, _article()], _job(FakeEngine(), "fr", "de"), Workspace(tmp_path / "company")))
    alone, company = _files(tmp_path / "alone"), _files(tmp_path / "company")
    assert {name: data for name, data in alone.items() if "work" in name} == {name: company[name] for name in alone if "work" in name}


def test_changed_work_is_not_overwritten(tmp_path: pathlib.Path) -> None:
    """A file that a translator changed stays; the other languages are done; --discard overwrites it."""
    workspace = Workspace(tmp_path)
    list(run([_article()], _job(FakeEngine()), workspace))
    path = workspace.xliff_path("treaty", "en", "de")
    changed = path.read_bytes().replace(b"OVKS", b"ODKB")
    path.write_bytes(changed)
    article = _article(data=TEXT + b"\nAnd a new end.\n")
    outcomes = {outcome.target: outcome for outcome in run([article], _job(FakeEngine(), "de", "fr"), workspace)}
    assert (outcomes["de"].status, outcomes["fr"].status) == ("failed", "written")
    assert "import" in outcomes["de"].message
    assert "--discard" in outcomes["de"].message
    assert path.read_bytes() == changed
    assert _one(run([article], _job(FakeEngine(), discard=True), workspace)).status == "written"
    assert b"ODKB" not in path.read_bytes()


def test_older_handout_put_back_is_refused(tmp_path: pathlib.Path) -> None:
    """A file that was handed out before the newest one is not the newest: somebody put it there."""
    workspace = Workspace(tmp_path)
    list(run([_article()], _job(FakeEngine()), workspace))
    path = workspace.xliff_path("treaty", "en", "de")
    old = path.read_bytes()
    list(run([_article(data=TEXT + b"\nAnd a new end.\n")], _job(FakeEngine()), workspace))
    path.write_bytes(old)
    assert _one(run([_article()], _job(FakeEngine()), workspace)).status == "failed"
    assert path.read_bytes() == old


@pytest.mark.parametrize("missing", ["base", "page", "both"])
def test_interrupted_run_is_continued(tmp_path: pathlib.Path, missing: str) -> None:
    """A run that was killed after the XLIFF file and before its base or page ends with the bytes of an undisturbed one."""
    workspace = Workspace(tmp_path)
    list(run([_article()], _job(FakeEngine()), workspace))
    before = _files(tmp_path)
    (base,) = workspace.bases("treaty")
    if missing in {"base", "both"}:
        base.unlink()
    if missing in {"page", "both"}:
        (tmp_path / "site" / "treaty" / "en.de.html").unlink()
    assert _one(run([_article()], _job(FakeEngine()), workspace)).status == "unchanged"
    assert _files(tmp_path) == before


def test_another_glossary_means_another_translation(tmp_path: pathlib.Path) -> None:
    """When the term base changes, machine text that nobody touched is made again."""
    workspace = Workspace(tmp_path)
    list(run([_article()], _job(FakeEngine()), workspace))
    other = TERMS.replace(b"OVKS", b"ODKB-Pakt")
    assert _one(run([_article()], _job(FakeEngine(), terms=other), workspace)).status == "written"
    assert b"ODKB-Pakt" in workspace.xliff_path("treaty", "en", "de").read_bytes()


def test_slug_belongs_to_one_article(tmp_path: pathlib.Path) -> None:
    """Another file under the same slug is refused by both names."""
    workspace = Workspace(tmp_path)
    list(run([_article()], _job(FakeEngine()), workspace))
    outcome = _one(run([Article(slug="treaty", original="elsewhere/treaty.txt", data=TEXT)], _job(FakeEngine()), workspace))
    assert outcome.status == "failed"
    assert "elsewhere/treaty.txt" in outcome.message
    assert "treaty.txt" in outcome.message


def test_bad_articles_do_not_stop_the_others(tmp_path: pathlib.Path) -> None:
    """Empty, binary and foreign articles fail with a sentence each; the good one is done."""
    articles = [_article("empty", b""), _article("binary", bytes(range(256)) * 9), _article("good")]
    outcomes = list(run(articles, _job(FakeEngine(), "de", "en"), Workspace(tmp_path)))
    assert [(o.slug, o.target, o.status) for o in outcomes] == [
        ("empty", "de", "failed"),
        ("empty", "en", "failed"),
        ("binary", "de", "failed"),
        ("binary", "en", "failed"),
        ("good", "de", "written"),
        ("good", "en", "failed"),
    ]
    assert all(o.message for o in outcomes if o.status == "failed")


def test_broken_package_fails_the_pair_and_loses_nothing(tmp_path: pathlib.Path) -> None:
    """When the engine cannot go on, the articles fail with its sentence and nothing of them is written."""
    outcome = _one(run([_article()], _job(BrokenEngine()), Workspace(tmp_path)))
    assert outcome.status == "failed"
    assert outcome.message.startswith("package broken")
    assert not (tmp_path / "work").exists()


def test_locked_slug_fails_alone(tmp_path: pathlib.Path) -> None:
    """An article that another run works on is left to it; the others are done."""
    workspace = Workspace(tmp_path)
    with Workspace(tmp_path).lock("treaty"):
        outcomes = list(run([_article(), _article("other")], _job(FakeEngine()), workspace))
    assert [(o.slug, o.status) for o in outcomes] == [("treaty", "failed"), ("other", "written")]
    assert "another run" in outcomes[0].message


def test_plan_writes_nothing(tmp_path: pathlib.Path) -> None:
    """--dry-run counts, and leaves no trace."""
    engine = CountingEngine()
    outcome = _one(plan([_article()], _job(engine), Workspace(tmp_path / "out")))
    assert (outcome.status, outcome.segments, engine.asked) == ("planned", 5, 0)
    assert not (tmp_path / "out").exists()


def test_published_pages_belong_to_publish(tmp_path: pathlib.Path) -> None:
    """Once an article is on the site, a run leaves its pages alone until they are published again."""
    workspace = Workspace(tmp_path)
    list(run([_article()], _job(FakeEngine()), workspace))
    settings = load(file=None, start=tmp_path, environment={}, options={})
    edition, looks = prepare(settings)
    list(publish(workspace, edition, looks=looks))
    before = {name: data for name, data in _files(tmp_path).items() if name.startswith("site/")}
    outcome = _one(run([_article(data=TEXT + b"\nAnd a new end.\n")], _job(FakeEngine()), workspace))
    assert (outcome.status, outcome.page) == ("written", "")
    assert {name: data for name, data in _files(tmp_path).items() if name.startswith("site/")} == before
    assert [item.status for item in publish(workspace, edition, looks=looks)] == ["written"]


def test_a_glossary_that_was_asked_for_in_vain_is_told(tmp_path: pathlib.Path) -> None:
    """One that is named and has no column for the pair is told with the language that it lacks; one of the folder is for other pairs."""
    job = replace(_job(CountingEngine(), "de", "fr"), asked=True)
    german, french = plan([_article()], job, Workspace(tmp_path))
    assert not any("terms.tsv" in notice for notice in german.notices)
    assert "terms.tsv: has no column for fr, and is not used from en to fr." in french.notices
    assert not any(
        "terms.tsv" in notice
        for outcome in plan([_article()], replace(job, asked=False), Workspace(tmp_path))
        for notice in outcome.notices
    )
