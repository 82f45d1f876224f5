"""Installing and removing Argos packages, and asking the index what there is. The only module that opens a network connection."""

import functools
import http.client
import json
import os
import pathlib
import shutil
import tempfile
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from translate_pipeline.errors import LanguageError, MissingPackageError, PackageError
from translate_pipeline.languages import argos_code, tag_of
from translate_pipeline.mt.archive import MAX_BYTES, Progress, unpack
from translate_pipeline.mt.packages import Package, installed, packages_folder, read, shortest, version_key

__all__ = ["Offer", "available", "index_url", "install_file", "install_pair", "remove"]

_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
_SECONDS = 30
_MAX_INDEX_BYTES = 20 * 1024**2
_CHUNK = 1024 * 1024
_HELP = "Check the connection, or install a package file with `translate-pipeline models install FILE.argosmodel`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A package that the index offers for one direction; `codes` are Argos' own, `links` where to fetch it."""

    source_language: str
    target_language: str
    codes: tuple[str, str]
    version: str
    links: tuple[str, ...]


def index_url() -> str:
    """The address of the package index: what ARGOS_PACKAGE_INDEX says, as for Argos, or the one of Argos."""
    return urllib.parse.urljoin((os.environ.get("ARGOS_PACKAGE_INDEX") or _INDEX).rstrip("/") + "/", "index.json")


def available(url: str | None = None) -> tuple[Offer, ...]:
    """What the index offers, the newest package of each pair, by pair.

    Raises:
        PackageError: the index cannot be reached or is not an index.
    """
    address = url or index_url()
    try:
        entries = json.loads(_fetch(address, limit=_MAX_INDEX_BYTES))
    except ValueError as problem:
        raise PackageError(f"{address}: not a package index: {problem}. Check ARGOS_PACKAGE_INDEX.") from problem
    if not isinstance(entries, list):
        raise PackageError(f"{address}: not a package index: it must be a list. Check ARGOS_PACKAGE_INDEX.")
    newest: dict[tuple[str, str], Offer] = {}
    for offer in (offer for entry in entries if (offer := _offer(entry))):
        known = newest.get(offer.codes)
        if known is None or version_key(offer.version) > version_key(known.version):
            newest[offer.codes] = offer
    return tuple(newest[codes] for codes in sorted(newest))


def install_file(file: pathlib.Path, *, progress: Progress | None = None) -> Package:
    """Install a package file for this user, where Argos finds it too; one of the same name is replaced.

    Raises:
        PackageError: the file is no package, is damaged or hostile, or the folder cannot be written.
    """
    folder = packages_folder()
    return read(unpack(file, folder, check=functools.partial(read, place="installed", file=file), progress=progress), place="installed")


def install_pair(
    source_language: str, target_language: str, *, url: str | None = None, progress: Progress | None = None
) -> tuple[Package, ...]:
    """Fetch and install what is missing to translate from one language to the other: one package, or a shortest chain.

    Raises:
        MissingPackageError: the index has no package and no chain for the pair.
        PackageError: the index or a package cannot be fetched or used.
    """
    offers = {offer.codes: offer for offer in available(url)}
    route = shortest(offers, argos_code(source_language), argos_code(target_language))
    if not route:
        raise MissingPackageError(
            f"The index offers nothing from {source_language} to {target_language}. `translate-pipeline models list --available` shows what there is."
        )
    have = {(package.codes, package.version): package for package in installed()}
    return tuple(have.get((offer.codes, offer.version)) or _install(offer, progress) for offer in route)


def remove(source_language: str, target_language: str) -> tuple[Package, ...]:
    """Remove all installed packages of a pair, and return what they were. Bundled packages stay.

    Raises:
        MissingPackageError: none is installed.
        PackageError: a folder cannot be removed.
    """
    codes = (argos_code(source_language), argos_code(target_language))
    found = tuple(package for package in installed() if package.codes == codes)
    if not found:
        raise MissingPackageError(
            f"No package from {source_language} to {target_language} is installed. `translate-pipeline models list` shows which are."
        )
    for package in found:
        try:
            shutil.rmtree(package.path)
        except OSError as problem:
            raise PackageError(f"{package.path}: cannot be removed: {problem.strerror}.") from problem
    return found


def _install(offer: Offer, progress: Progress | None) -> Package:
    links = [link for link in offer.links if link.startswith(("https://", "http://"))]
    if not links:
        raise PackageError(f"The index gives no web address for {offer.codes[0]}_{offer.codes[1]}. {_HELP}")
    with tempfile.TemporaryDirectory(prefix="translate-pipeline-") as scratch:
        file = pathlib.Path(scratch) / "package.argosmodel"
        for link in links:
            try:
                file.write_bytes(b"")
                _fetch(link, limit=MAX_BYTES, file=file, progress=progress)
                break
            except PackageError:
                if link == links[-1]:
                    raise
        return install_file(file)


def _fetch(url: str, *, limit: int, file: pathlib.Path | None = None, progress: Progress | None = None) -> bytes:
    """What stands at `url`, returned or, with `file`, written there."""
    if not url.startswith(("https://", "http://")):
        raise PackageError(f"{url}: not a web address.")
    content = bytearray()
    done = 0
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as response:  # noqa: S310 - the scheme is checked above
            total = int(response.headers.get("Content-Length") or 0) or None
            while data := response.read(_CHUNK):
                done += len(data)
                if done > limit:
                    raise PackageError(f"{url}: larger than {limit:,} bytes; this is no package of Argos.")
                if file is None:
                    content += data
                else:
                    with file.open("ab") as target:
                        target.write(data)
                if progress is not None:
                    progress(done, total)
    except (OSError, ValueError, http.client.HTTPException) as problem:
        reason = getattr(problem, "reason", None) or problem
        raise PackageError(f"{url} cannot be reached ({reason}). {_HELP}") from problem
    if total is not None and done < total:
        raise PackageError(f"{url}: the connection broke after {done:,} of {total:,} bytes. Try again.")
    return bytes(content)


def _offer(entry: Any) -> Offer | None:
    """An entry of the index, or None for what is no translation package that we can name."""
    if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
        return None
    source, target, version, links = (entry.get(key) for key in ("from_code", "to_code", "package_version", "links"))
    if not (isinstance(source, str) and isinstance(target, str) and isinstance(version, str) and isinstance(links, list)):
        return None
    try:
        tags = (tag_of(source), tag_of(target))
    except LanguageError:
        return None
    return Offer(
        source_language=tags[0],
        target_language=tags[1],
        codes=(source, target),
        version=version,
        links=tuple(link for link in links if isinstance(link, str)),
    )
