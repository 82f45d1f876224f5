"""The store of a language pair: the XLIFF file for the translator, what was handed out before, and the skeleton of the article."""

from dataclasses import dataclass
from typing import Literal

from translate_pipeline.content import fingerprint, source_fingerprint
from translate_pipeline.errors import ReturnedWorkError, SlugError, XliffError
from translate_pipeline.model import Document
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import skeleton
from translate_pipeline.xliff.v12 import parse, serialize
from translate_pipeline.xliff.v12.parse import Returned

__all__ = ["Stored", "hand_out", "load", "refuse_other_original", "skeleton_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store holds for a pair. `current` is None when there is no file; `touched` when somebody changed it after it was handed out.

    `build` is the number of the newest file that was handed out, 0 when there is none.
    """

    current: Returned | None
    touched: bool
    build: int

    def is_made_by(self, document: Document, recipe: str) -> bool:
        """Whether the current file came from the source side of `document` by the same `recipe`."""
        current = self.current
        return current is not None and current.recipe == recipe and current.skeleton_href == skeleton_name(document)


def skeleton_name(document: Document) -> str:
    """Where the skeleton lies, relative to the XLIFF file."""
    return f".base/{source_fingerprint(document)}.skl.xml"


def load(workspace: Workspace, *, slug: str, source: str, target: str) -> Stored:
    """Read the store of a pair.

    Raises:
        ReturnedWorkError: the file is damaged, so that nobody can tell what is in it.
    """
    path = workspace.xliff_path(slug, source, target)
    data = workspace.read(path)
    handed_out = [base for base in (workspace.read(file) for file in workspace.bases(slug)) if base is not None]
    bases = [(base, parse.peek(base)) for base in handed_out]
    mine = [(base, head.build) for base, head in bases if (head.source_language, head.target_language) == (source, target)]
    newest, build = max(mine, key=lambda item: item[1], default=(None, 0))
    if data is None:
        return Stored(current=None, touched=False, build=build)
    try:
        head = parse.peek(data)
        bones = workspace.read(path.parent / head.skeleton_href) if head.skeleton_href.startswith(".base/") else None
        current = parse.parse(data, skeleton=skeleton.parse(bones) if bones else None)
    except XliffError as problem:
        raise ReturnedWorkError(f"{path}: cannot be read any more ({problem}). Repair it, or run with --discard.") from problem
    # A run that was killed between file and base left a file that vouches for itself.
    interrupted = (
        workspace.read(workspace.base_path(slug, f"{current.fingerprint}.xlf")) is None
        and fingerprint(current.document) == current.fingerprint
    )
    return Stored(current=current, touched=data != newest and not interrupted, build=max(build, current.build if interrupted else 0))


def refuse_other_original(workspace: Workspace, document: Document) -> None:
    """Make sure that the slug belongs to this article.

    Raises:
        SlugError: the work under this slug came from another file.
    """
    for path in workspace.skeletons(document.id):
        data = workspace.read(path)
        other = skeleton.parse(data).fact("original") if data else ""
        if other and other != document.fact("original"):
            raise SlugError(
                f"{document.fact('original')}: {document.id!r} is already the name of {other}. Choose another name with --slug, "
                f"or remove {path.parent.parent} if that article is gone."
            )


def hand_out(workspace: Workspace, document: Document, *, recipe: str, build: int, segmentation: Literal["unit", "mrk"]) -> bool:
    """Write skeleton, XLIFF file and base for an aligned document; False when all of it lay there already. The lock of the slug is held.

    The order lets a killed run be continued: nothing names a file that is not there yet, and the base comes last.

    Raises:
        WorkspaceError: the files cannot be written.
    """
    slug, target = document.id, document.target_language
    assert target is not None
    mark = fingerprint(document)
    data = serialize.serialize(
        document, skeleton=skeleton_name(document), fingerprint=mark, recipe=recipe, build=build, segmentation=segmentation
    )
    path = workspace.xliff_path(slug, document.source_language, target)
    files = (
        (path.parent / skeleton_name(document), skeleton.serialize(document)),
        (path, data),
        (workspace.base_path(slug, f"{mark}.xlf"), data),
    )
    return any([workspace.write(place, content, lock=slug) for place, content in files])  # noqa: C419 - all are written, not the first


def returned_work(workspace: Workspace, document: Document) -> ReturnedWorkError:
    """The refusal to overwrite somebody's work."""
    assert document.target_language is not None
    path = workspace.xliff_path(document.id, document.source_language, document.target_language)
    return ReturnedWorkError(
        f"{path}: was changed after it was handed out. `translate-pipeline import {path}` takes the changes in; `run --discard` throws them away."
    )
