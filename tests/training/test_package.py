"""The packages that come with the program."""

import json
import pathlib

import pytest

from training import corpus
from translate_pipeline.mt import packages

FOLDERS = sorted(path.parent for path in pathlib.Path(packages.__file__).parents[1].glob("packages/*/metadata.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bundled_package_says_what_it_is(folder: pathlib.Path) -> None:
    """The engine finds it, and its label, metadata and README name one measured figure with the signature that reproduces it."""
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    package = next(package for package in packages.bundled() if package.path == folder)
    assert package.label == metadata["label"]
    assert f"{metadata['bleu']:.1f} BLEU" in metadata["label"]
    assert metadata["signature"] in metadata["label"]
    assert f"| BLEU | {metadata['bleu']} (`{metadata['signature']}`) |" in (folder / "README.md").read_text(encoding="utf-8")
    assert metadata["test_set"] == "FLORES dev, 997 sentences"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bundled_package_is_small_and_names_its_sources(folder: pathlib.Path) -> None:
    """At most 30 MB, and a licence for every source that went into it."""
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 30_000_000
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    assert all(f"{source.name} | " in licence and source.licence in licence for source in corpus.sources())


def test_there_are_packages_between_english_and_german() -> None:
    """The first command of a newcomer works without a download, in both directions."""
    assert {(package.source_language, package.target_language) for package in packages.bundled()} >= {("en", "de"), ("de", "en")}
