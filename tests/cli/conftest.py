"""A newsroom's folder: articles in the little world of the test packages, and settings that name those packages."""

import pathlib
import shutil

import pytest

from translate_pipeline.mt.fake import FakeEngine

ROOT = pathlib.Path(__file__).parents[2]

TEXT = "Peace in Italy\n\nThe president met the mayor in Berlin. It rained in Vienna on Friday.\n\nThe general visited Minsk on Sunday.\n"
HTML = (
    "<!doctype html><html lang='en'><head><title>Peace in Italy</title></head><body><article><h1>Peace in Italy</h1>"
    "<p>The president met <em>the mayor</em> in Berlin. It rained in Vienna on Friday.</p></article></body></html>"
)


@pytest.fixture
def newsroom(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """The working directory: article.txt, article.html, articles/, glossaries/ and settings."""
    packages = ", ".join(f'"{path}"' for path in sorted((ROOT / "tests" / "packages").glob("*.argosmodel")))
    (tmp_path / "translate-pipeline.toml").write_text(f"packages = [{packages}]\n")
    (tmp_path / "article.txt").write_text(TEXT)
    (tmp_path / "page.html").write_text(HTML)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(TEXT)
    (tmp_path / "articles" / "two.html").write_text(HTML)
    shutil.copytree(ROOT / "glossaries", tmp_path / "glossaries")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "installed"))
    return tmp_path


@pytest.fixture
def desk(newsroom: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A newsroom that translates with the fake engine, for what does not depend on a model."""
    monkeypatch.setattr("translate_pipeline.mt.argos.load", lambda *_packages, **_options: FakeEngine())
    return newsroom
