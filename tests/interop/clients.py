"""Real programs read our files: OmegaT 3.6 on the console, Symfony's strict linter, translate-toolkit. Needs `install.sh` beside this file."""

import json
import pathlib
import re
import subprocess
import sys

import omegat
import pytest
from jobs import JOBS
from lxml import etree

from translate_pipeline import content
from translate_pipeline.model import Document, State
from translate_pipeline.xliff import skeleton, versions

HERE = pathlib.Path(__file__).parent
TOOLKIT = HERE.parents[1] / ".cache/interop/bin"
SEGMENTATIONS = ["unit", "mrk"]


def written(document: Document, segmentation: str, version: versions.Version = "1.2") -> bytes:
    """The file for a job."""
    head = {"skeleton": ".base/a.skl.xml", "fingerprint": content.fingerprint(document), "recipe": "0" * 16, "build": 1}
    return versions.serialize(document, version=version, segmentation=segmentation, **head)


def canonical(data: bytes) -> bytes:
    """XML in canonical form, so that only what matters is compared."""
    return etree.tostring(etree.fromstring(data), method="c14n")


@pytest.fixture(scope="module", params=SEGMENTATIONS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """An OmegaT project with a file for each job, run once without a translator."""
    folder = tmp_path_factory.mktemp("omegat") / request.param
    omegat.make_project(folder, {f"{job.id}.xlf": written(job, request.param) for job in JOBS})
    result = omegat.run(folder, "console-translate", "--tag-validation=abort")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.mark.parametrize("job", JOBS, ids=[job.id for job in JOBS])
def test_omegat_passes_our_files_through(project: pathlib.Path, job: Document) -> None:
    """Untouched files leave OmegaT as they came, with tag validation clean, and are read as unchanged."""
    name = f"{job.id}.xlf"
    data = (project / "target" / name).read_bytes()
    assert canonical(data) == canonical((project / "source" / name).read_bytes())
    returned = versions.parse(data, skeleton=skeleton.parse(skeleton.serialize(job)))
    assert (returned.document, returned.findings) == (job, ())


def test_omegat_shows_and_edits_every_target(tmp_path: pathlib.Path) -> None:
    """Each target is an entry of its own; an edit with a moved tag arrives as that edit, and nothing else changes."""
    job = JOBS[0]
    folder = tmp_path / "project"
    omegat.make_project(folder, {"job.xlf": written(job, "unit")})
    memory = tmp_path / "entries.tmx"
    listed = omegat.run(folder, "console-createpseudotranslatetmx", f"--pseudotranslatetmx={memory}", "--pseudotranslatetype=equal")
    assert listed.returncode == 0, listed.stdout + listed.stderr
    entries = memory.read_text("utf-8")
    assert entries.count("<tu>") == len({content.display(segment.target) for segment in job.segments() if segment.target})
    # The second form of each entry is what the translator wrote: here a tag moves to the front, with a new word.
    moved = r"\1&lt;g1&gt;EDITED &lt;x2/&gt;y&lt;/g1&gt; \2"
    edited = re.sub(r"(<tuv lang=\"DE\">\s*<seg>)(&lt;g0&gt;[^\n]*&lt;/g0&gt;) &lt;g1&gt;x &lt;x2/&gt;y&lt;/g1&gt;", moved, entries)
    assert edited != entries
    (folder / "omegat/project_save.tmx").write_text(edited, "utf-8")
    # OmegaT calls moved tags out of order, which they are meant to be.
    result = omegat.run(folder, "console-translate", "--tag-validation=warn")
    assert result.returncode == 0, result.stdout + result.stderr
    document = versions.parse((folder / "target/job.xlf").read_bytes(), skeleton=skeleton.parse(skeleton.serialize(job))).document
    changed = [new for old, new in zip(job.segments(), document.segments(), strict=True) if old.target != new.target]
    assert [segment.id for segment in changed] == ["s2"]
    assert "EDITED" in content.plain(changed[0].target or ())
    assert not content.code_problems(changed[0].source, changed[0].target or ())


def test_omegat_passes_a_translated_article_through(shared: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """What `run` writes for a real article leaves OmegaT as it came, with tag validation clean, and Symfony's linter likes it."""
    articles, packages = sorted((shared / "articles").glob("*.txt")), sorted((shared / "models").glob("*en_de*.argosmodel"))
    run = [
        sys.executable,
        "-m",
        "translate_pipeline",
        "run",
        *articles,
        "--to",
        "de",
        "--package",
        packages[0],
        "--output",
        tmp_path / "out",
    ]
    subprocess.run(run, check=True, capture_output=True, cwd=tmp_path)
    files = {f"messages{number}.de.xlf": path.read_bytes() for number, path in enumerate(sorted((tmp_path / "out/work").glob("*/*.xlf")))}
    assert len(files) == len(articles)
    folder = tmp_path / "project"
    omegat.make_project(folder, files)
    result = omegat.run(folder, "console-translate", "--tag-validation=abort")
    assert result.returncode == 0, result.stdout + result.stderr
    for name, data in files.items():
        assert canonical((folder / "target" / name).read_bytes()) == canonical(data)
    assert linted([str(folder / "target" / name) for name in files]) == [(True, [])] * len(files)


def linted(files: list[str]) -> list[tuple[bool, list[object]]]:
    """What the linter says of each file: valid or not, and its complaints."""
    command = ["php", str(HERE / "lint.php"), "lint:xliff", "--format=json", *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(result.stdout[result.stdout.index("[") :])
    return [(entry["valid"], entry.get("messages", [])) for entry in report]


@pytest.mark.parametrize("version", ["1.2", "2.0"])
@pytest.mark.parametrize("segmentation", SEGMENTATIONS)
def test_symfony_lint_accepts_our_files(tmp_path: pathlib.Path, segmentation: str, version: versions.Version) -> None:
    """The strict linter of Symfony, which knows 1.2 and 2.0, finds nothing to complain of."""
    files = []
    for job in JOBS:
        path = tmp_path / f"messages.{job.target_language}.xlf"
        path.write_bytes(written(job, segmentation, version))
        files.append(str(path))
    assert linted(files) == [(True, [])] * len(JOBS)


@pytest.mark.parametrize("job", JOBS, ids=[job.id for job in JOBS])
def test_translate_toolkit_keeps_what_nobody_edited(tmp_path: pathlib.Path, job: Document) -> None:
    """A detour through a PO file keeps the target of every segment without codes, and its edit arrives."""
    original, po, back = tmp_path / "job.xlf", tmp_path / "job.po", tmp_path / "back.xlf"
    original.write_bytes(written(job, "unit"))
    subprocess.run([TOOLKIT / "xliff2po", "--progress=none", original, po], check=True, capture_output=True)
    subprocess.run([TOOLKIT / "po2xliff", "--progress=none", "-t", original, po, back], check=True, capture_output=True)
    returned = versions.parse(back.read_bytes(), skeleton=skeleton.parse(skeleton.serialize(job)))
    for old, new in zip(job.segments(), returned.document.segments(), strict=True):
        assert (new.source, new.target) == (old.source, old.target), old.id


@pytest.mark.parametrize("job", JOBS, ids=[job.id for job in JOBS])
def test_translate_toolkit_counts_as_we_do(tmp_path: pathlib.Path, job: Document) -> None:
    """What pocount calls translated is what is approved; fuzzy is a target that is not; the rest has no target."""
    path = tmp_path / "job.xlf"
    path.write_bytes(written(job, "unit"))
    result = subprocess.run([TOOLKIT / "pocount", "--csv", path], check=True, capture_output=True, text=True)
    lines = [line.split(",") for line in result.stdout.strip().splitlines()]
    counts = dict(zip((name.strip() for name in lines[0]), lines[1], strict=False))
    segments = [segment for segment in job.segments() if segment.translate]
    approved = sum(segment.state >= State.REVIEWED for segment in segments)
    waiting = sum(segment.target is not None and segment.state < State.REVIEWED for segment in segments)
    assert (int(counts["Translated Messages"]), int(counts["Fuzzy Messages"])) == (approved, waiting)


@pytest.mark.parametrize("version", ["2.0", "2.1"])
@pytest.mark.parametrize("segmentation", SEGMENTATIONS)
def test_translate_toolkit_rewrites_xliff_2(tmp_path: pathlib.Path, segmentation: str, version: versions.Version) -> None:
    """A file of XLIFF 2 that translate-toolkit reads and writes again is read as the same document."""
    for job in JOBS:
        path = tmp_path / f"{job.id}.xlf"
        path.write_bytes(written(job, segmentation, version))
        script = "import sys; from translate.storage.xliff2 import Xliff2File; file = Xliff2File.parsefile(sys.argv[1]); file.savefile(sys.argv[1])"
        subprocess.run([TOOLKIT / "python", "-c", script, path], check=True, capture_output=True)
        returned = versions.parse(path.read_bytes(), skeleton=skeleton.parse(skeleton.serialize(job)))
        assert (returned.document, returned.findings) == (job, ())
