"""Argos packages on this machine: finding them, reading what they say of themselves, and chains of them.

Of argostranslate only the class `Package` is used. Its own discovery breaks on one junk folder, and importing it creates folders in HOME;
here it is imported late, with every folder it might create pointed at one that is thrown away.
"""

import atexit
import collections
import functools
import hashlib
import importlib.resources
import json
import logging
import os
import pathlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from translate_pipeline.errors import LanguageError, MissingPackageError, PackageError
from translate_pipeline.languages import argos_code, tag_of
from translate_pipeline.mt.archive import unpack

__all__ = ["Package", "bundled", "chain", "discover", "given", "installed", "packages_folder", "read", "shortest", "version_key"]

_Option = TypeVar("_Option")

_log = logging.getLogger(__name__)
_REDIRECTED = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR", "ARGOS_TRANSLATE_PACKAGE_DIR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An Argos package for one direction. `place` is "given", "installed" or "bundled"; the languages are BCP 47 tags.

    `codes` are the languages in Argos' own codes; `label` is what the package says of itself in a few words ("starter, 17.2 BLEU ...").
    """

    path: pathlib.Path
    source_language: str
    target_language: str
    codes: tuple[str, str]
    version: str
    place: str
    target_prefix: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """Direction and version as in the origin of a candidate: "en_de-1.9"."""
        return f"{self.codes[0]}_{self.codes[1]}-{self.version}"


def discover(paths: Iterable[pathlib.Path] = ()) -> tuple[Package, ...]:
    """All packages in the order in which they are preferred: those given as files or folders, those installed, those bundled.

    Raises:
        PackageError: a given package cannot be used. What is broken elsewhere is passed over (and logged).
    """
    return (*(package for path in paths for package in given(path)), *installed(), *bundled())


def given(path: pathlib.Path) -> tuple[Package, ...]:
    """The package in a file or folder, or all packages in a folder of packages.

    A file is unpacked once into the user's cache, under the digest of its content.

    Raises:
        PackageError: there is no package, or it is broken or hostile.
    """
    if not path.exists():
        raise PackageError(f"{path}: no such package file or folder.")
    if not path.is_dir():
        return (read(_unpacked(path), place="given"),)
    if (path / "metadata.json").exists():
        return (read(path, place="given"),)
    archives = (given(file)[0] for file in sorted(path.glob("*.argosmodel")) if file.is_file())
    found = (*archives, *_scan(path, "given"))
    if not found:
        raise PackageError(f"{path}: no Argos package in this folder. Give an .argosmodel file or an unpacked package.")
    return found


def installed() -> tuple[Package, ...]:
    """The packages that Argos has installed for this user, newest first within a pair."""
    return _scan(packages_folder(), "installed")


def bundled() -> tuple[Package, ...]:
    """The packages that come with this program; there may be none."""
    folder = importlib.resources.files("translate_pipeline") / "packages"
    return _scan(folder, "bundled") if isinstance(folder, pathlib.Path) else ()


def packages_folder() -> pathlib.Path:
    """Where Argos keeps installed packages: ARGOS_PACKAGES_DIR, else the same key in its settings.json, else its default."""
    home = pathlib.Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is no home
    if os.environ.get("ARGOS_PACKAGES_DIR"):
        return pathlib.Path(os.environ["ARGOS_PACKAGES_DIR"])
    settings = pathlib.Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "argos-translate" / "settings.json"
    try:
        values = json.loads(settings.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        values = {}
    if isinstance(values, dict) and isinstance(values.get("ARGOS_PACKAGES_DIR"), str):
        return pathlib.Path(values["ARGOS_PACKAGES_DIR"])
    return pathlib.Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "argos-translate" / "packages"


def read(folder: pathlib.Path, *, place: str, file: pathlib.Path | None = None) -> Package:
    """What the package in `folder` says of itself. Messages name the `file` that it was unpacked from, if there is one.

    Raises:
        PackageError: it is no package for translating from one language into another, or parts are missing.
    """
    name = file or folder
    try:
        metadata = argos_package(folder)
        stated = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, AttributeError, TypeError, RecursionError) as problem:
        raise PackageError(f"{name}: metadata.json cannot be read: {problem}. Remove the package and install it again.") from problem
    codes = (metadata.from_code, metadata.to_code)
    if metadata.type != "translate" or not all(
        isinstance(code, str) and re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", code) for code in codes
    ):
        raise PackageError(f"{name}: not a package for translating from one language into another.")
    version = str(metadata.package_version)
    prefix = metadata.target_prefix
    if not re.fullmatch(r"[\w.+-]{1,20}", version) or not isinstance(prefix, str):
        raise PackageError(f"{name}: metadata.json: package_version or target_prefix is not usable.")
    if not (folder / "model" / "model.bin").is_file() or not hasattr(metadata, "tokenizer"):
        raise PackageError(f"{name}: model/model.bin or the tokenizer is missing. Remove the package and install it again.")
    try:
        source, target = tag_of(codes[0]), tag_of(codes[1])
    except LanguageError as problem:
        raise PackageError(f"{name}: metadata.json: {problem}") from problem
    label = stated.get("label")
    return Package(
        path=folder,
        source_language=source,
        target_language=target,
        codes=codes,
        version=version,
        place=place,
        target_prefix=prefix,
        label=label if isinstance(label, str) else "",
    )


def chain(packages: Sequence[Package], source_language: str, target_language: str) -> tuple[Package, ...]:
    """The shortest chain of packages from one language to the other; of two as short, the one with the earlier packages.

    Raises:
        MissingPackageError: there is none; the message names the command that installs one.
    """
    start, goal = argos_code(source_language), argos_code(target_language)
    first: dict[tuple[str, str], Package] = {}
    for package in packages:
        first.setdefault(package.codes, package)
    found = shortest(first, start, goal)
    if not found:
        raise MissingPackageError(
            f"No package translates from {source_language} to {target_language}. "
            f"Install one with `translate-pipeline models install {start} {goal}`, or give a file with --package."
        )
    return found


def shortest(options: Mapping[tuple[str, str], _Option], start: str, goal: str) -> tuple[_Option, ...]:
    """The shortest chain from one language to another of what is to be had for pairs of languages; () when there is none.

    Of two chains as short, the one whose links stand earlier in `options`.
    """
    routes: dict[str, tuple[_Option, ...]] = {start: ()}
    queue = collections.deque([start])
    while queue and goal not in routes:
        here = queue.popleft()
        for (source, target), option in options.items():
            if source == here and target not in routes:
                routes[target] = (*routes[here], option)
                queue.append(target)
    return routes.get(goal, ())


def argos_package(folder: pathlib.Path) -> Any:
    """The package as argostranslate sees it, with its metadata and tokenizer.

    Raises what argostranslate raises: OSError, ValueError, AttributeError or TypeError for broken metadata.
    """
    saved = {name: os.environ.get(name) for name in _REDIRECTED}
    with tempfile.TemporaryDirectory(prefix="argos-") as scratch:
        os.environ |= dict.fromkeys(_REDIRECTED, scratch)
        try:
            from argostranslate.package import Package as ArgosPackage  # noqa: PLC0415 - importing it has side effects, see above
        finally:
            for name, value in saved.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
    return ArgosPackage(folder)


def _scan(folder: pathlib.Path, place: str) -> tuple[Package, ...]:
    """The packages in the sub-folders of `folder`, by pair, newest first; what is no package is passed over."""
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.name.startswith("."):
            continue
        try:
            found.append(read(path, place=place))
        except PackageError as problem:
            _log.info("passed over: %s", problem)
    found.sort(key=lambda package: version_key(package.version), reverse=True)
    return tuple(sorted(found, key=lambda package: package.codes))


def version_key(version: str) -> tuple[int, ...]:
    """What versions are ordered by: the numbers in them."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _unpacked(archive: pathlib.Path) -> pathlib.Path:
    """The folder with the content of a package file, which is unpacked when it was not before."""
    try:
        with archive.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as problem:
        raise PackageError(f"{archive}: cannot be read: {problem.strerror}.") from problem
    home = pathlib.Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is no home
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "translate-pipeline" / "packages" / digest
    ready = [path for path in cache.glob("*/metadata.json") if not path.parent.name.startswith(".")]
    if ready:
        return ready[0].parent
    if not _writable(cache):
        cache = pathlib.Path(tempfile.mkdtemp(prefix="translate-pipeline-"))
        atexit.register(shutil.rmtree, cache, ignore_errors=True)
    return unpack(archive, cache, check=functools.partial(read, place="given", file=archive))


def _writable(folder: pathlib.Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
