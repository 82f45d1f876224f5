"""The store of a language pair: the XLIFF file for the translator, what was handed out before, and the skeleton of the article."""

import re
from dataclasses import dataclass

from translate_pipeline.checks import run_checks
from translate_pipeline.content import fingerprint, source_fingerprint
from translate_pipeline.errors import ReturnedWorkError, XliffError
from translate_pipeline.model import Document
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import skeleton, versions
from translate_pipeline.xliff.returned import Returned

__all__ = ["Stored", "complete", "hand_out", "hand_out_again", "load", "pairs", "read", "skeleton_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store holds for a pair. `current` is None when there is no file; `touched` when somebody changed it after it was handed out.

    `build` is the number of the newest file that was handed out, 0 when there is none; `data` are the bytes of the current file.
    """

    current: Returned | None
    touched: bool
    build: int
    data: bytes = b""

    def is_made_by(self, document: Document, recipe: str) -> bool:
        """Whether the current file came from the source side of `document` by the same `recipe`."""
        current = self.current
        return current is not None and current.recipe == recipe and current.skeleton_href == skeleton_name(document)


_SKELETON = re.compile(r"\.base/[0-9a-f]{16}\.skl\.xml")


def skeleton_name(document: Document) -> str:
    """Where the skeleton lies, relative to the XLIFF file."""
    return f".base/{source_fingerprint(document)}.skl.xml"


def pairs(workspace: Workspace, slug: str) -> tuple[tuple[str, str], ...]:
    """The language pairs that a slug has files for, sorted by file name.

    Raises:
        XliffError: a file does not say what it is.
    """
    heads = [versions.peek(workspace.read(path) or b"") for path in workspace.xliff_files(slug)]
    return tuple((head.source_language, head.target_language) for head in heads)


def load(workspace: Workspace, *, slug: str, source: str, target: str, discard: bool = False) -> Stored:
    """Read the store of a pair. With `discard`, what was handed out last stands in the place of a file that was changed since.

    Raises:
        ReturnedWorkError: the file is damaged, so that nobody can tell what is in it.
    """
    path = workspace.xliff_path(slug, source, target)
    data = workspace.read(path)
    handed_out = [base for base in (workspace.read(file) for file in workspace.bases(slug)) if base is not None]
    bases = [(base, versions.peek(base)) for base in handed_out]
    mine = [(base, head.build) for base, head in bases if (head.source_language, head.target_language) == (source, target)]
    newest, build = max(mine, key=lambda item: item[1], default=(None, 0))
    if data is None:
        return Stored(current=None, touched=False, build=build)
    try:
        current = read(workspace, slug, data)
        # A run that was killed between file and base left a file that vouches for itself.
        vouched = fingerprint(current.document) == current.fingerprint
        new = current.build > build or workspace.read(workspace.base_path(slug, f"{current.fingerprint}.xlf")) is None
        if data == newest or (vouched and new):
            return Stored(current=current, touched=False, build=max(build, current.build), data=data)
    except XliffError as problem:
        if not discard:
            raise ReturnedWorkError(f"{path}: cannot be read any more ({problem}). Repair it, or run with --discard.") from problem
    if discard:
        return Stored(current=read(workspace, slug, newest) if newest else None, touched=True, build=build, data=newest or b"")
    return Stored(current=current, touched=True, build=build, data=data)


def read(workspace: Workspace, slug: str, data: bytes) -> Returned:
    """A file that belongs to a slug, with the skeleton of its article where that is there.

    Raises:
        XliffError: the file cannot be read.
    """
    href = versions.peek(data).skeleton_href
    bones = workspace.read(workspace.base_path(slug, href.removeprefix(".base/"))) if _SKELETON.fullmatch(href) else None
    return versions.parse(data, skeleton=skeleton.parse(bones) if bones else None)


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


def returned_work(workspace: Workspace, document: Document) -> ReturnedWorkError:
    """The refusal to overwrite somebody's work."""
    assert document.target_language is not None
    path = workspace.xliff_path(document.id, document.source_language, document.target_language)
    return ReturnedWorkError(
        f"{path}: was changed after it was handed out. `translate-pipeline import {path}` takes the changes in; `run --discard` throws them away."
    )
