"""The store of a language pair: the XLIFF file for the translator, what was handed out before, and the skeleton of the article."""

import contextlib
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from translate_pipeline.checks import run_checks
from translate_pipeline.content import fingerprint, source_fingerprint
from translate_pipeline.errors import ReturnedWorkError, XliffError
from translate_pipeline.model import Document
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import skeleton, versions
from translate_pipeline.xliff.returned import Head, Returned

__all__ = [
    "Stored",
    "bases",
    "complete",
    "hand_out",
    "hand_out_again",
    "head",
    "load",
    "named",
    "pairs",
    "read",
    "returned_work",
    "skeleton_at",
    "skeleton_name",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store holds for a pair. `current` is None when there is no file; `touched` when somebody changed it after it was handed out.

    `build` is the number of the newest file that was handed out, 0 when there is none; `data` are the bytes of the current file.
    `problem` says why nothing that was handed out can stand for a file that is discarded.
    """

    current: Returned | None
    touched: bool
    build: int
    data: bytes = b""
    problem: str = ""

    def is_made_by(self, document: Document, recipe: str) -> bool:
        """Whether the current file came from the source side of `document` by the same `recipe`."""
        current = self.current
        return current is not None and current.recipe == recipe and current.skeleton_href == skeleton_name(document)


_SKELETON = re.compile(r"\.base/[0-9a-f]{16}\.skl\.xml")


def skeleton_name(document: Document) -> str:
    """Where the skeleton lies, relative to the XLIFF file."""
    return f".base/{source_fingerprint(document)}.skl.xml"


@contextlib.contextmanager
def named(path: pathlib.Path) -> Iterator[None]:
    """Say in which file of ours something is wrong."""
    try:
        yield
    except XliffError as problem:
        raise XliffError(f"{path}: {problem}") from problem


def pairs(workspace: Workspace, slug: str) -> tuple[tuple[str, str], ...]:
    """The language pairs that a slug has files for, sorted by file name, which says it whatever became of the file."""
    names = [path.name.removesuffix(".xlf").rsplit(".", 2) for path in workspace.xliff_files(slug)]
    return tuple((source, target) for _, source, target in names)


def head(data: bytes) -> Head | None:
    """What the head of a file of ours says, None where it cannot be read."""
    try:
        return versions.peek(data)
    except XliffError:
        return None


def skeleton_at(workspace: Workspace, path: pathlib.Path) -> Document | None:
    """The article that a skeleton holds, None where there is no such file.

    Raises:
        XliffError: it is not what was written under this name.
    """
    data = workspace.read(path)
    if data is None:
        return None
    with named(path):
        document = skeleton.parse(data)
        if path.name != f"{source_fingerprint(document)}.skl.xml":
            raise XliffError("was changed after it was written, which nobody should. Run the article again.")
    return document


def load(workspace: Workspace, *, slug: str, source: str, target: str, article: Document | None = None, discard: bool = False) -> Stored:
    """Read the store of a pair. With `discard`, what was handed out last stands in the place of a file that was changed since.

    The skeleton of the `article`, where it is known, is not read: a damaged one is no loss as long as the article is the same.

    Raises:
        ReturnedWorkError: the file is damaged, so that nobody can tell what is in it.
    """
    path = workspace.xliff_path(slug, source, target)
    data = workspace.read(path)
    handed_out = bases(workspace, slug, (source, target))
    build, _, newest = handed_out[0] if handed_out else (0, path, None)
    if data is None:
        return Stored(current=None, touched=False, build=build)
    try:
        with named(path):
            current = read(workspace, slug, data, article=article)
    except XliffError as problem:
        if not discard:
            advice = "run the article again" if article is None else "run with --discard"
            raise ReturnedWorkError(f"{problem} Put back a good copy, or {advice}.") from problem
    else:
        if data == newest or _is_unfinished(workspace, current, (slug, source, target), build, article):
            return Stored(current=current, touched=False, build=max(build, current.build), data=data)
        if not discard:
            return Stored(current=current, touched=True, build=build, data=data)
    problems = []
    for _, place, base in handed_out:
        try:
            with named(place):
                return Stored(current=read(workspace, slug, base, article=article), touched=True, build=build, data=base)
        except XliffError as problem:
            problems.append(str(problem))
    return Stored(current=None, touched=True, build=build, problem=next(iter(problems), ""))


def bases(workspace: Workspace, slug: str, pair: tuple[str, str]) -> list[tuple[int, pathlib.Path, bytes]]:
    """Build number, place and bytes of what was handed out for a pair, as far as it can be told; the newest first."""
    found = []
    for path in workspace.bases(slug):
        data = workspace.read(path) or b""
        about = head(data)
        if about is not None and (about.source_language, about.target_language) == pair:
            found.append((about.build, path, data))
    return sorted(found, key=lambda item: -item[0])


def _is_unfinished(workspace: Workspace, current: Returned, job: tuple[str, str, str], build: int, article: Document | None) -> bool:
    """Whether a file was written by a run that was killed before the base, or lost its base: then it vouches for itself.

    `build` is the number of the newest base. A base that is there is not passed over, but one that was damaged is as good as none.
    """
    document = current.document
    if (document.id, document.source_language, document.target_language) != job or fingerprint(document) != current.fingerprint:
        return False
    base = workspace.read(workspace.base_path(document.id, f"{current.fingerprint}.xlf"))
    if base is None or current.build == build + 1:
        return True
    try:
        return fingerprint(read(workspace, document.id, base, article=article).document) != current.fingerprint
    except XliffError:
        return True


def read(workspace: Workspace, slug: str, data: bytes, *, article: Document | None = None) -> Returned:
    """A file that belongs to a slug, with the skeleton of its article where that is there. That of the `article` is known already.

    Raises:
        XliffError: the file cannot be read, or its skeleton.
    """
    href = versions.peek(data).skeleton_href
    if article is not None and href == skeleton_name(article):
        return versions.parse(data, skeleton=article)
    path = workspace.base_path(slug, href.removeprefix(".base/"))
    return versions.parse(data, skeleton=skeleton_at(workspace, path) if _SKELETON.fullmatch(href) else None)


def hand_out(
    workspace: Workspace,
    document: Document,
    *,
    recipe: str,
    build: int,
    segmentation: versions.Segmentation,
    xliff: versions.Version = "1.2",
) -> bool:
    """Write skeleton, XLIFF file and base for an aligned document; False when all of it lay there already. The lock of the slug is held.

    The order lets a killed run be continued: nothing names a file that is not there yet, and the base comes last.

    Raises:
        WorkspaceError: the files cannot be written.
        XliffError: a character that XML cannot carry.
    """
    slug, target = document.id, document.target_language
    assert target is not None
    data = _file(document, recipe=recipe, build=build, segmentation=segmentation, xliff=xliff)
    path = workspace.xliff_path(slug, document.source_language, target)
    files = (
        (path.parent / skeleton_name(document), skeleton.serialize(document)),
        (path, data),
        (workspace.base_path(slug, f"{fingerprint(document)}.xlf"), data),
    )
    return any([workspace.write(place, content, lock=slug) for place, content in files])  # noqa: C419 - all are written, not the first


def hand_out_again(
    workspace: Workspace, document: Document, stored: Stored, *, segmentation: versions.Segmentation | None, xliff: versions.Version | None
) -> bool:
    """Write the current file anew: the same work by the same recipe, in another form or with other facts; False when that is what it is.

    Without a segmentation or version the file keeps its own. The lock of the slug is held.

    Raises:
        WorkspaceError: the files cannot be written.
    """
    current = stored.current
    assert current is not None
    segmentation = segmentation or versions.segmentation_of(stored.data)
    own: versions.Version = next((version for version in versions.WRITTEN if version == current.version), "1.2")
    if _file(document, recipe=current.recipe, build=current.build, segmentation=segmentation, xliff=xliff or own) == stored.data:
        return False
    return hand_out(workspace, document, recipe=current.recipe, build=stored.build + 1, segmentation=segmentation, xliff=xliff or own)


def _file(document: Document, *, recipe: str, build: int, segmentation: versions.Segmentation, xliff: versions.Version) -> bytes:
    return versions.serialize(
        document,
        version=xliff,
        skeleton=skeleton_name(document),
        fingerprint=fingerprint(document),
        recipe=recipe,
        build=build,
        segmentation=segmentation,
        issues=run_checks(document),
    )


def complete(workspace: Workspace, document: Document, stored: Stored) -> None:
    """Put beside the current file what a killed run left out. `document` is that of the file; the lock of the slug is held.

    Raises:
        WorkspaceError: the files cannot be written.
    """
    assert stored.current is not None
    workspace.write(
        workspace.base_path(document.id, skeleton_name(document).removeprefix(".base/")), skeleton.serialize(document), lock=document.id
    )
    workspace.write(workspace.base_path(document.id, f"{stored.current.fingerprint}.xlf"), stored.data, lock=document.id)


def returned_work(path: pathlib.Path) -> ReturnedWorkError:
    """The refusal to overwrite somebody's work in a file for the translator."""
    return ReturnedWorkError(
        f"{path}: was changed after it was handed out. `translate-pipeline import {path}` takes the changes in; `run --discard` throws them away."
    )
