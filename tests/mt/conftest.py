"""Fixtures: the tiny packages that are trained for the tests, and a machine where nothing is installed."""

import json
import pathlib
import zipfile
from collections.abc import Callable

import pytest

from translate_pipeline.mt.argos import ArgosEngine, load

PACKAGES = pathlib.Path(__file__).parents[1] / "packages"


@pytest.fixture
def bare(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A HOME of its own without packages, and the folder where installed ones go."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR", "ARGOS_PACKAGE_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home" / ".local" / "share" / "argos-translate" / "packages"


@pytest.fixture
def make(tmp_path: pathlib.Path) -> Callable[..., pathlib.Path]:
    """Makes package folders that say what they should but hold no model."""

    def folder(
        name: str, source: str, target: str, *, version: str = "1.0", within: pathlib.Path | None = None, **more: object
    ) -> pathlib.Path:
        path = (within or tmp_path) / name
        (path / "model").mkdir(parents=True)
        (path / "model" / "model.bin").write_bytes(b"")
        (path / "sentencepiece.model").write_bytes(b"")
        metadata = {"package_version": version, "argos_version": "1", "from_code": source, "to_code": target, **more}
        (path / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
        return path

    return folder


@pytest.fixture
def pack(tmp_path: pathlib.Path) -> Callable[[pathlib.Path], pathlib.Path]:
    """Makes a package file of a package folder."""

    def archive(folder: pathlib.Path) -> pathlib.Path:
        path = tmp_path / f"{folder.name}.argosmodel"
        with zipfile.ZipFile(path, "w") as file:
            for member in sorted(folder.rglob("*")):
                file.write(member, member.relative_to(folder.parent))
        return path

    return archive


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with both tiny packages, unpacked."""
    folder = tmp_path_factory.mktemp("tiny")
    for path in sorted(PACKAGES.glob("*.argosmodel")):
        zipfile.ZipFile(path).extractall(folder)
    return folder


@pytest.fixture(scope="session")
def engine(tiny: pathlib.Path) -> ArgosEngine:
    """An engine with the tiny packages alone."""
    return load([tiny])
