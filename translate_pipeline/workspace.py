"""Files: articles in, work and site out. The only module that writes, always whole files, always under a lock.

output/
  site/...                               what `publish` may show to the world
  work/<slug>/<slug>.<src>.<trg>.xlf     the current state of the work
  work/<slug>/.base/<fingerprint>.xlf    each file as it was handed out
  work/<slug>/.base/<fingerprint>.skl.xml
  kit/<slug>.<src>.<trg>/                projects for translation programs
  .tmp/                                  locks, and files that are being written
"""

import contextlib
import errno
import os
import pathlib
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import filelock

from translate_pipeline.errors import InputError, LockedError, SlugError, UsageError, WorkspaceError
from translate_pipeline.ingest.decode import LIMIT, writable

__all__ = ["ARTICLE_SUFFIXES", "Article", "Workspace", "find_articles", "slug_of"]

ARTICLE_SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".xhtml"})
_MAXIMUM_SLUG = 80
# What a site has beside the folders of its articles.
_SHARED = re.compile(r"assets|index\.html|sitemap\.xml|feed\..*\.xml|.*\.epub", re.IGNORECASE)
_PAIR = re.compile(r"\.[A-Za-z0-9-]+\.[A-Za-z0-9-]+\.xlf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A file to be translated: its slug, its name relative to the settings, and its bytes (in `data`, or in the file at `path`).

    One that cannot be translated has the reason in `problem`, and no slug.
    """

    slug: str
    original: str
    path: pathlib.Path | None = None
    data: bytes | None = None
    problem: str = ""

    def read(self) -> bytes:
        """The bytes of the article.

        Raises:
            InputError: the file cannot be read, is no regular file, or is too large; or there was a `problem` before.
        """
        if self.problem:
            raise InputError(self.problem)
        if self.data is not None:
            return self.data
        assert self.path is not None
        try:
            status = self.path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise InputError(
                    f'{self.original}: is a pipe or a device, not a file. Lead it into standard input, and name that with "-".'
                )
            if status.st_size > LIMIT:
                raise InputError(
                    f"{self.original}: {status.st_size / 1e6:.0f} MB are more than an article has (limit {LIMIT / 1e6:.0f} MB). Split it."
                )
            with self.path.open("rb") as file:
                return file.read(LIMIT + 1)  # some systems have files that are longer than they say
        except OSError as problem:
            raise InputError(f"{self.original}: cannot be read: {problem.strerror}.") from problem


def slug_of(name: str) -> str:
    """The slug for a file's stem or a name that a user chose: NFKC, at most 80 characters, safe in file names and addresses.

    Raises:
        SlugError: nothing is left of the name, or the site itself has a file of this name.
    """
    text = unicodedata.normalize("NFKC", name)
    text = re.sub(r"[^\w.-]+", "-", text).strip("-._")[:_MAXIMUM_SLUG].rstrip("-._")
    if not text:
        raise SlugError(f"{name!r} gives no name for the output files. Rename the file, or choose one with --slug.")
    if _SHARED.fullmatch(text):
        raise SlugError(f"{text!r} is a file that the site itself has. Rename the article, or choose a name with --slug.")
    return text


def find_articles(paths: Iterable[str], *, root: pathlib.Path, slug: str | None = None, stdin: bytes | None = None) -> tuple[Article, ...]:
    """The articles that the arguments name: files, directories (every text and HTML file below, hidden ones left out) and "-" for `stdin`, if any.

    A file that is named twice is taken once. What cannot be translated (a file that does not exist or whose name gives no slug, a directory
    without articles) is an article with a `problem`, so that it does not keep the others from being done.

    Raises:
        UsageError: "-" without a slug, or a slug for several articles.
        SlugError: two articles with the same stem.
    """
    articles: list[Article] = []
    for name in paths:
        if name == "-" and stdin is not None:
            if slug is None:
                raise UsageError("An article from standard input needs a name: add --slug NAME.")
            articles.append(Article(slug=slug_of(slug), original=f"{slug_of(slug)}.txt", data=stdin))
        else:
            articles += _named(pathlib.Path(name), root, slug)
    articles = list({(article.slug, article.path and article.path.resolve(), article.problem): article for article in articles}.values())
    if slug is not None and len(articles) > 1:
        raise UsageError("--slug names one article; leave it out for several.")
    seen: dict[str, Article] = {}
    clashes = []
    for article in articles:
        if article.problem:
            continue
        first = seen.setdefault(article.slug.casefold(), article)
        if first is not article:
            clashes.append(
                f"{article.original} and {first.original} would both be called {first.slug!r}. Rename one, or run them apart with --slug."
            )
    if clashes:
        raise SlugError(*clashes)
    return tuple(articles)


def _named(path: pathlib.Path, root: pathlib.Path, slug: str | None) -> Iterator[Article]:
    """The articles that a file or a directory stands for."""
    try:
        files = _files(path)
    except InputError as problem:
        yield Article(slug="", original=writable(str(path)), problem=str(problem))
        return
    except OSError as problem:
        yield Article(slug="", original=writable(str(path)), problem=f"{path}: cannot be read: {problem.strerror}.")
        return
    for file in files:
        original = _original(file, root)
        try:
            yield Article(slug=slug_of(slug or file.stem), original=original, path=file)
        except SlugError as problem:
            yield Article(slug="", original=original, problem=f"{original}: {problem}")


def _files(path: pathlib.Path) -> list[pathlib.Path]:
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"{path}: no such file or directory.")
        return [path]
    found = [file for file in sorted(path.rglob("*")) if _is_article(file, path)]
    if not found:
        raise InputError(f"{path}: no articles in this directory ({', '.join(sorted(ARTICLE_SUFFIXES))}).")
    return found


def _is_article(file: pathlib.Path, top: pathlib.Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(top).parts)
    return not hidden and file.suffix.lower() in ARTICLE_SUFFIXES and file.is_file()


def _original(path: pathlib.Path, root: pathlib.Path) -> str:
    """The path relative to the settings; the bare name of a file that lies elsewhere, so that no output depends on where a home is.

    What XML cannot carry, such as bytes of a name that are no UTF-8, is shown as a replacement character.
    """
    resolved, base = path.resolve(), root.resolve()
    return writable(resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else path.name)


class Workspace:
    """The output directory."""

    def __init__(self, output: pathlib.Path) -> None:
        self.output = output
        self.site = output / "site"
        self._work = output / "work"
        self._temporary = output / ".tmp"
        self._made = 0

    def slugs(self) -> tuple[str, ...]:
        """The slugs that have work, sorted."""
        return tuple(sorted(entry.name for entry in _entries(self._work) if entry.is_dir()))

    def xliff_path(self, slug: str, source: str, target: str) -> pathlib.Path:
        """Where the file for the translator lies."""
        return self._work / slug / f"{slug}.{source}.{target}.xlf"

    def xliff_files(self, slug: str) -> tuple[pathlib.Path, ...]:
        """The files for the translator, one a language pair, sorted; what else somebody put beside them is no concern of ours."""
        folder = self._work / slug
        names = (
            entry.name
            for entry in _entries(folder)
            if entry.name.startswith(f"{slug}.") and _PAIR.fullmatch(entry.name, len(slug)) and entry.is_file()
        )
        return tuple(folder / name for name in sorted(names))

    def base_path(self, slug: str, name: str) -> pathlib.Path:
        """Where a file that was handed out, or a skeleton, is kept."""
        return self._work / slug / ".base" / name

    def bases(self, slug: str) -> tuple[pathlib.Path, ...]:
        """All XLIFF files of a slug as they were handed out, sorted by name."""
        return tuple(sorted((self._work / slug / ".base").glob("*.xlf")))

    def skeletons(self, slug: str) -> tuple[pathlib.Path, ...]:
        """All skeletons of a slug, sorted by name."""
        return tuple(sorted((self._work / slug / ".base").glob("*.skl.xml")))

    def kit_path(self, slug: str, source: str, target: str) -> pathlib.Path:
        """Where the project of a translation program for a job lies."""
        return self.output / "kit" / f"{slug}.{source}.{target}"

    def make_folder(self, path: pathlib.Path) -> None:
        """Make sure that a folder is there, for programs that expect one even if it is empty.

        Raises:
            WorkspaceError: the place cannot be written.
        """
        with _explained(path):
            path.mkdir(parents=True, exist_ok=True)

    def read(self, path: pathlib.Path) -> bytes | None:
        """The bytes of a file of ours, or None when there is none.

        Raises:
            WorkspaceError: the file is there but cannot be read.
        """
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            raise WorkspaceError(
                f"{path}: cannot be read: {problem.strerror}. Move away what is in its place, or choose another with --output."
            ) from problem

    @contextlib.contextmanager
    def lock(self, name: str, *, wait: float = 0) -> Iterator[None]:
        """Keep other runs away from a slug (or from "@site"), and clear away what a killed run left half written.

        `wait` is how many seconds to wait for another run.

        Raises:
            LockedError: another run holds the lock.
            WorkspaceError: the output directory cannot be written.
        """
        key = name.casefold()
        with _explained(self._temporary):
            self._temporary.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(self._temporary / f"{key}.lock")
            try:
                lock.acquire(timeout=wait)
            except filelock.Timeout as problem:
                raise LockedError(f"{name}: another run is working on it. Wait until it is done.") from problem
        try:
            with _explained(self._temporary):
                for leftover in self._temporary.iterdir():
                    if re.fullmatch(rf"{re.escape(key)}\.\d+\.part", leftover.name):
                        leftover.unlink()
            yield
        finally:
            lock.release()

    def write(self, path: pathlib.Path, data: bytes, *, lock: str, durable: bool = True) -> bool:
        """Put `data` in place of the file at `path`, whole or not at all; False when that is what it has already. `lock` is the one held.

        What is not `durable` may be lost with the power; see `settle`.

        Raises:
            WorkspaceError: the disk is full, or the place cannot be written.
        """
        if self.read(path) == data:
            return False
        self._made += 1
        part = self._temporary / f"{lock.casefold()}.{self._made}.part"
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._temporary.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as file:
                    file.write(data)
                    if durable:
                        file.flush()
                        os.fsync(file.fileno())
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)
                raise
            if durable:
                _sync(path.parent)
        return True

    def write_site(self, pages: Iterable[tuple[str, bytes]], *, lock: str) -> tuple[pathlib.Path, ...]:
        """Write pages given as (path relative to the site, bytes); the paths that lie there now.

        Pages can be made again, and a site has thousands: each is written whole, but not made durable one by one (see `settle`).

        Raises:
            WorkspaceError: as for `write`, or a path that leads out of the site.
        """
        paths = []
        for name, data in pages:
            path = self.site / name
            parts = pathlib.PurePosixPath(name).parts
            if pathlib.PurePosixPath(name).is_absolute() or any(part.startswith(".") for part in parts):
                raise WorkspaceError(f"{name!r} is no place for a page.")
            self.write(path, data, lock=lock, durable=False)
            paths.append(path)
        return tuple(paths)

    @staticmethod
    def settle() -> None:
        """Make all that was written durable at once: before something is written that vouches for it."""
        os.sync()

    def remove(self, path: pathlib.Path) -> None:
        """Remove a file of ours, and the directories that it leaves empty.

        Raises:
            WorkspaceError: it cannot be removed.
        """
        with _explained(path):
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent in {self.output, self.site} or any(parent.iterdir()):
                    break
                parent.rmdir()


def _entries(directory: pathlib.Path) -> "list[os.DirEntry[str]]":
    """What lies in a directory, nothing where there is none: it is asked for thousands of times, and tells files from directories by itself."""
    try:
        with os.scandir(directory) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def _sync(directory: pathlib.Path) -> None:
    """Make a rename durable; some systems cannot sync directories, and then the rename alone must do."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _explained(path: pathlib.Path) -> Iterator[None]:
    """Turn the operating system's refusal into a sentence."""
    try:
        yield
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise WorkspaceError(f"{path}: the disk is full. Nothing was overwritten; make room and run again.") from problem
        raise WorkspaceError(f"{path}: cannot be written: {problem.strerror}. Choose another place with --output.") from problem
