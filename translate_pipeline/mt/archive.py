"""Unpacking Argos packages that nobody vouches for: no paths outside, no links, no bombs, all or nothing."""

import pathlib
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from translate_pipeline.errors import PackageError

__all__ = ["MAX_BYTES", "MAX_FILES", "MAX_RATIO", "Progress", "unpack"]

Progress = Callable[[int, int | None], None]
"""Called with the bytes done so far and the bytes in all (None when that is unknown)."""

MAX_BYTES = 4 * 1024**3
"""The largest package unpacked; official ones have 0.1 to 0.5 GB."""
MAX_FILES = 2_000
MAX_RATIO = 200
"""How many times larger than the archive its content may be: weights shrink hardly at all, vocabularies about five times."""

_CHUNK = 1024 * 1024
_REQUIRED = (("metadata.json",), ("model/model.bin",), ("sentencepiece.model", "bpe.model"))


def unpack(
    archive: pathlib.Path, folder: pathlib.Path, *, check: Callable[[pathlib.Path], object], progress: Progress | None = None
) -> pathlib.Path:
    """Unpack the package `archive` into a folder of its own inside `folder`, and return that.

    The folder has the name that the archive gives it. One of that name is replaced, at once and only after all is well and `check` has
    raised nothing about the unpacked package.

    Raises:
        PackageError: the archive is damaged, hostile or no Argos package, or `folder` cannot be written; and what `check` raises.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=folder) as scratch, zipfile.ZipFile(archive) as file:
            members = _members(archive, file)
            top = members[0].filename.split("/", 1)[0]
            _extract(archive, file, members, pathlib.Path(scratch), progress)
            check(pathlib.Path(scratch) / top)
            _replace(pathlib.Path(scratch) / top, folder / top, pathlib.Path(scratch))
            return folder / top
    except FileNotFoundError as problem:
        raise PackageError(f"{archive}: no such file.") from problem
    # the last four are what zipfile lets through when compressed data, names or sizes are forged
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError) as problem:
        raise PackageError(f"{archive}: not an Argos package: the archive is damaged ({problem}). Fetch it again.") from problem
    except OSError as problem:
        raise PackageError(f"{archive}: cannot be unpacked into {folder}: {problem.strerror or problem}.") from problem


def _members(archive: pathlib.Path, file: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files in `file`, after every reason to refuse it has been looked for."""
    entries = file.infolist()
    for entry in entries:
        reason = _objection(entry)
        if reason:
            raise PackageError(f"{archive}: refused: {entry.filename!r} {reason}. This is no package of Argos; do not use it.")
    members = [entry for entry in entries if not entry.is_dir()]
    names = {entry.filename.casefold() for entry in members}
    tops = {entry.filename.split("/", 1)[0] for entry in members}
    size = sum(entry.file_size for entry in members)
    if len(entries) > MAX_FILES or len(names) != len(members):
        raise PackageError(f"{archive}: refused: {len(entries)} entries, some of one name or more than {MAX_FILES}. Do not use it.")
    if size > min(MAX_BYTES, MAX_RATIO * archive.stat().st_size):
        raise PackageError(
            f"{archive}: refused: it would unpack to {size:,} bytes, {MAX_RATIO} times its size or {MAX_BYTES:,}. Do not use it."
        )
    if len(tops) != 1 or any("/" not in entry.filename for entry in members):
        raise PackageError(f"{archive}: not an Argos package: it must hold one folder and nothing else.")
    top = tops.pop()
    for choices in _REQUIRED:
        if not any(f"{top}/{name}".casefold() in names for name in choices):
            raise PackageError(f"{archive}: not an Argos package: {' or '.join(choices)} is missing in {top!r}.")
    return members


def _objection(entry: zipfile.ZipInfo) -> str:
    """Why an entry must not be unpacked, or ""."""
    name = entry.filename
    parts = name.removesuffix("/").split("/")
    mode = entry.external_attr >> 16
    if any(part in {"", ".", ".."} for part in parts) or parts[0].startswith("."):
        return "leads outside the package or hides itself"
    if "\\" in name or ":" in name or not name.isprintable():
        return "has characters that are not allowed"
    if len(name) > 240 or len(parts) > 8:
        return "has a name that is too long or too deep"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "is a link or a device"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    return ""


def _extract(
    archive: pathlib.Path, file: zipfile.ZipFile, members: list[zipfile.ZipInfo], scratch: pathlib.Path, progress: Progress | None
) -> None:
    total = sum(entry.file_size for entry in members)
    done = 0
    for entry in members:
        path = scratch / entry.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        with file.open(entry) as source, path.open("xb") as target:
            for data in _chunks(source.read):
                target.write(data)
                written += len(data)
                done += len(data)
                if progress is not None:
                    progress(done, total)
        if written != entry.file_size:
            raise PackageError(f"{archive}: {entry.filename!r} is shorter or longer than it says. Fetch it again.")


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while data := read(_CHUNK):
        yield data


def _replace(new: pathlib.Path, place: pathlib.Path, scratch: pathlib.Path) -> None:
    """Move `new` to `place`; what was there goes into `scratch`, which is thrown away."""
    if place.is_symlink():
        place.unlink()
    elif place.exists():
        place.replace(scratch / ".replaced")
    try:
        new.replace(place)
    except OSError:
        # another process was faster and has put the same package there
        if not place.is_dir():
            raise
        shutil.rmtree(new)
