"""The checks over stored work, and over files of anybody."""

import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from translate_pipeline.checks import kinds, run_checks
from translate_pipeline.content import plain
from translate_pipeline.errors import PipelineError, UsageError, XliffError
from translate_pipeline.ingest.decode import unwritable
from translate_pipeline.model import Dismissal, Document, Issue, Segment, Severity
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import read_file
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import versions

__all__ = ["Found", "check", "dismiss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding in a file. `shown` is the part of the target that it is about, "" for all of it; `start` and `end` are its place there."""

    file: str
    segment: str
    check: str
    category: str
    severity: Severity
    message: str
    shown: str = ""
    start: int | None = None
    end: int | None = None


def check(workspace: Workspace, names: Sequence[str]) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """What the checks find in files or in the work of slugs, file by file in the order of segments, and what files cannot be read.

    Dismissed findings are left out.

    Raises:
        UsageError: a name that is neither a file nor a slug.
    """
    found: list[Found] = []
    problems: list[str] = []
    for path in [path for name in names for path in _files(workspace, name)]:
        try:
            found += _findings(path, _document(workspace, path))
        except PipelineError as problem:
            problems += problem.problems
    return tuple(found), tuple(problems)


def dismiss(workspace: Workspace, name: str, wanted: Sequence[tuple[str, str]], *, reason: str) -> pathlib.Path:
    """Set aside findings, each named by segment and check, and hand the file out anew with that decision; the file.

    Raises:
        UsageError: no such finding, a name that stands for several files or for none of ours, or a reason that XML cannot carry.
        ReturnedWorkError: the file was changed after it was handed out.
    """
    if problem := unwritable(reason):
        raise UsageError(f"--reason {problem}")
    files = _files(workspace, name)
    if len(files) != 1:
        raise UsageError(f"{name}: has several files. Name the one whose findings are dismissed: {', '.join(map(str, files))}.")
    (path,) = files
    head = versions.peek(read_file(path, error=XliffError))
    pair = (head.source_language, head.target_language)
    if head.slug not in workspace.slugs() or workspace.xliff_path(head.slug, *pair).resolve() != path.resolve():
        raise UsageError(f"{path}: is not the current file of an article. Dismissals are kept in the files below {workspace.output}.")
    with workspace.lock(head.slug):
        stored = store.load(workspace, slug=head.slug, source=pair[0], target=pair[1])
        assert stored.current is not None
        document = stored.current.document
        if stored.touched:
            raise store.returned_work(path)
        store.hand_out_again(workspace, _without(document, wanted, reason), stored, segmentation=None, xliff=None)
    return path


def _files(workspace: Workspace, name: str) -> tuple[pathlib.Path, ...]:
    path = pathlib.Path(name)
    if path.is_file():
        return (path,)
    if name in workspace.slugs():
        return workspace.xliff_files(name)
    raise UsageError(f"{name}: neither a file nor an article with work. There is work for {', '.join(workspace.slugs()) or 'none'}.")


def _document(workspace: Workspace, path: pathlib.Path) -> Document:
    """The document of a file, with its skeleton when it is ours."""
    data = read_file(path, error=XliffError)
    try:
        slug = versions.peek(data).slug
        if slug in workspace.slugs():
            return store.read(workspace, slug, data).document
        return versions.parse(data, skeleton=None).document
    except XliffError as problem:
        raise XliffError(f"{path}: {problem}") from problem


def _findings(path: pathlib.Path, document: Document) -> Iterator[Found]:
    segments = {segment.id: segment for segment in document.segments()}
    for identifier, issues in run_checks(document).items():
        for issue in issues:
            yield _found(path, segments[identifier], issue)


def _found(path: pathlib.Path, segment: Segment, issue: Issue) -> Found:
    start, end = issue.span or (None, None)
    return Found(
        file=str(path),
        segment=segment.id,
        check=issue.check,
        category=issue.category,
        severity=issue.severity,
        message=issue.message,
        shown=plain(segment.target or ())[start:end] if issue.span else "",
        start=start,
        end=end,
    )


def _without(document: Document, wanted: Sequence[tuple[str, str]], reason: str) -> Document:
    """The document with findings dismissed; a new reason replaces the old one."""
    present = {(name, issue.check) for name, issues in run_checks(document, with_dismissed=True).items() for issue in issues}
    problems = [
        f"Nothing to dismiss: {check!r} is no check. There are {', '.join(kinds())}." for _, check in wanted if check not in kinds()
    ]
    problems += [
        f"Nothing to dismiss: {check} finds nothing in {name}."
        for name, check in wanted
        if check in kinds() and (name, check) not in present
    ]
    if problems:
        raise UsageError(*problems)
    decisions = {name: tuple(Dismissal(check=check, reason=reason) for own, check in wanted if own == name) for name, _ in wanted}

    def decided(segment: Segment) -> Segment:
        new = decisions.get(segment.id, ())
        kept = tuple(old for old in segment.dismissals if old.check not in {one.check for one in new})
        return replace(segment, dismissals=(*kept, *new)) if new else segment

    return replace(document, blocks=tuple(replace(block, segments=tuple(map(decided, block.segments))) for block in document.blocks))
