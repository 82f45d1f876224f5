"""mt.packages: what is found, in which order, and what is said when nothing is."""

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from translate_pipeline.errors import MissingPackageError, PackageError
from translate_pipeline.mt.packages import Package, bundled, chain, discover, given, installed, packages_folder, read

Make = Callable[..., pathlib.Path]


def package(source: str, target: str, *, version: str = "1.0", place: str = "installed") -> Package:
    """A package that is only talked about."""
    return Package(
        path=pathlib.Path(source, target, version),
        source_language=source,
        target_language=target,
        codes=(source, target),
        version=version,
        place=place,
    )


def test_a_package_says_what_it_is(make: Make) -> None:
    """Languages become BCP 47 tags; direction and version make its name."""
    found = read(make("x", "zt", "pb", version="1.9", target_prefix="__pt__", label="starter"), place="given")
    assert (found.source_language, found.target_language, found.codes) == ("zh-Hant", "pt-BR", ("zt", "pb"))
    assert (found.name, found.target_prefix, found.label, found.place) == ("zt_pb-1.9", "__pt__", "starter", "given")


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "[]",
        "{",
        "null",
        "7",
        '{"from_code": "en"}',
        '{"from_code": 1, "to_code": 2}',
        '{"from_code": "../x", "to_code": "de"}',
        '{"from_code": "en", "to_code": "de", "type": "sbd", "package_version": "1"}',
        '{"from_code": "en", "to_code": "de", "package_version": "1/../.."}',
        '{"from_code": "en", "to_code": "de", "package_version": "1", "target_prefix": 3}',
        '{"from_code": "en", "to_code": "de", "package_version": "1", "languages": 3}',
        "[" * 100_000,
        "\ud800",
    ],
)
def test_nonsense_is_one_sentence(make: Make, metadata: str) -> None:
    """Whatever metadata.json holds, the answer is a PackageError that names the folder."""
    folder = make("broken", "en", "de")
    (folder / "metadata.json").write_bytes(metadata.encode("utf-8", "surrogatepass"))
    with pytest.raises(PackageError, match="broken"):
        read(folder, place="given")


@pytest.mark.parametrize("part", ["metadata.json", "model/model.bin", "sentencepiece.model"])
def test_incomplete_packages_are_refused(make: Make, part: str) -> None:
    """Metadata, weights and a tokenizer are needed."""
    folder = make("broken", "en", "de")
    (folder / part).unlink()
    with pytest.raises(PackageError, match="broken"):
        read(folder, place="given")


def test_one_junk_folder_breaks_nothing(bare: pathlib.Path, make: Make) -> None:
    """Among junk the packages are found, the newest of a pair first by number, not by letters."""
    make("a", "en", "de", version="1.9", within=bare)
    make("b", "en", "de", version="1.10", within=bare)
    make("c", "de", "en", within=bare)
    (bare / "junk").mkdir()
    (bare / "file").write_text("")
    (make("d", "en", "fr", within=bare) / "metadata.json").write_text("{")
    assert [found.name for found in installed()] == ["de_en-1.0", "en_de-1.10", "en_de-1.9"]


def test_no_folder_is_no_package(bare: pathlib.Path) -> None:
    """A machine that never saw Argos has no packages, and gets no folders."""
    assert installed() == ()
    assert not bare.parent.exists()


def test_the_folder_is_where_argos_keeps_it(bare: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment beats settings.json, which beats the default; a broken settings.json does not matter."""
    assert packages_folder() == bare
    settings = tmp_path / "home" / ".config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{")
    assert packages_folder() == bare
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "set")}))
    assert packages_folder() == tmp_path / "set"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "env"))
    assert packages_folder() == tmp_path / "env"


def test_given_files_are_unpacked_once(bare: pathlib.Path, make: Make, pack: Callable[[pathlib.Path], pathlib.Path]) -> None:
    """A file is unpacked into the user's cache under its digest; a folder is used as it is; a folder of both gives all."""
    file = pack(make("x", "en", "de"))
    (first,) = given(file)
    assert first.place == "given"
    assert first.path.is_relative_to(bare.parents[3] / ".cache" / "translate-pipeline")
    stamp = first.path.stat().st_mtime_ns
    assert given(file) == (first,)
    assert first.path.stat().st_mtime_ns == stamp
    folder = file.parent / "many"
    make("y", "de", "fr", within=folder)
    file.rename(folder / file.name)
    assert {found.name for found in given(folder)} == {"en_de-1.0", "de_fr-1.0"}


@pytest.mark.parametrize("path", ["nowhere", "empty", "text.argosmodel"])
@pytest.mark.usefixtures("bare")
def test_given_nonsense_is_one_sentence(tmp_path: pathlib.Path, path: str) -> None:
    """What the user names has to be a package."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.argosmodel").write_text("text")
    with pytest.raises(PackageError, match=path):
        given(tmp_path / path)


def test_given_comes_before_installed_before_bundled(bare: pathlib.Path, make: Make) -> None:
    """The order in which packages are preferred."""
    make("a", "en", "de", version="9", within=bare)
    own = make("b", "en", "de")
    places = [found.place for found in discover([own])]
    assert places == ["given", "installed", *["bundled"] * len(bundled())]
    assert chain(discover([own]), "en", "de")[0].path == own


def test_the_chain_is_the_shortest() -> None:
    """A direct package beats a chain; of chains the shortest; of packages for one pair the first."""
    packages = [
        package("en", "fr"),
        package("fr", "de"),
        package("en", "ru"),
        package("ru", "kk"),
        package("kk", "de"),
        package("ru", "de"),
    ]
    assert [link.name for link in chain(packages, "en", "de")] == ["en_fr-1.0", "fr_de-1.0"]
    assert [link.name for link in chain([*packages, package("en", "de", version="3"), package("en", "de")], "en", "de")] == ["en_de-3"]
    assert [link.name for link in chain(packages, "en-GB", "kk")] == ["en_ru-1.0", "ru_kk-1.0"]


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    """The message can be copied into the shell."""
    with pytest.raises(MissingPackageError, match="`translate-pipeline models install de kk`"):
        chain([package("kk", "de")], "de-AT", "kk")
    with pytest.raises(MissingPackageError):
        chain([package("de", "en")], "de", "de")


def test_a_read_only_home_does_not_matter(make: Make, tmp_path: pathlib.Path) -> None:
    """Reading a package writes nothing into HOME, loads no sentence splitter and no inference engine, and leaves the environment alone."""
    folder = make("x", "en", "de")
    home = tmp_path / "locked"
    home.mkdir(mode=0o500)
    program = (
        "import os, pathlib, sys; before = dict(os.environ)\n"
        "from translate_pipeline.mt.packages import read\n"
        f"assert read(pathlib.Path({str(folder)!r}), place='given').name == 'en_de-1.0'\n"
        "assert dict(os.environ) | {'KMP_DUPLICATE_LIB_OK': ''} == before | {'KMP_DUPLICATE_LIB_OK': ''}\n"
        "loaded = {'minisbd', 'onnxruntime', 'argostranslate.translate', 'ctranslate2'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=pathlib.Path(__file__).parents[2])
    assert list(home.iterdir()) == []
