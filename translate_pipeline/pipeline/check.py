"""The checks over stored work, and over files of anybody."""

import itertools
import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from translate_pipeline.checks import Seen, check_part, kinds, run_checks, settled
from translate_pipeline.content import plain
from translate_pipeline.errors import PipelineError, UsageError, XliffError
from translate_pipeline.ingest.decode import unwritable
from translate_pipeline.model import Block, Dismissal, Document, Issue, Markup, Segment, Severity
from translate_pipeline.pipeline import store
from translate_pipeline.pipeline.job import read_file
from translate_pipeline.workspace import Workspace
from translate_pipeline.xliff import foreign, versions

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
            found += tuple(_findings(workspace, path))
        except PipelineError as problem:
            problems += problem.problems
    return tuple(found), tuple(problems)


def dismiss(workspace: Workspace, name: str, wanted: Sequence[tuple[str, str]], *, reason: str, person: str = "") -> pathlib.Path:
    """Set aside findings, each named by segment and check, and hand the file out anew with that decision of a person; the file.

    Raises:
        UsageError: no such finding, a name that stands for several files or for none of ours, or a reason or person that XML cannot carry.
        ReturnedWorkError: the file was changed after it was handed out.
    """
    for option, text in (("--reason", reason), ("--reviewer", person)):
        if problem := unwritable(text):
            raise UsageError(f"{option} {problem}")
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
        store.hand_out_again(workspace, _without(document, wanted, reason, person), stored, segmentation=None, xliff=None)
    return path


def _files(workspace: Workspace, name: str) -> tuple[pathlib.Path, ...]:
    path = pathlib.Path(name)
    if path.is_file():
        return (path,)
    if name in workspace.slugs():
        return workspace.xliff_files(name)
    raise UsageError(f"{name}: neither a file nor an article with work. There is work for {', '.join(workspace.slugs()) or 'none'}.")


def _findings(workspace: Workspace, path: pathlib.Path) -> Iterator[Found]:
    """What is found in a file: in ours with the skeleton of its article, in one of other people unit by unit."""
    try:
        with path.open("rb") as stream:
            slug = foreign.peek(stream).slug
            if slug not in workspace.slugs():
                stream.seek(0)
                yield from _streamed(path, stream)
                return
            document = store.read(workspace, slug, path.read_bytes()).document
    except OSError as problem:
        raise XliffError(f"{path}: cannot be read: {problem.strerror}.") from problem
    except XliffError as problem:
        raise XliffError(f"{path}: {problem}") from problem
    segments = {segment.id: segment for segment in document.segments()}
    for identifier, issues in run_checks(document).items():
        for issue in issues:
            yield _found(path, segments[identifier], issue)


def _streamed(path: pathlib.Path, stream: IO[bytes]) -> Iterator[Found]:
    """What is found in a file that is never in memory at once; each article in it is checked by itself."""
    for _, pairs in itertools.groupby(foreign.pairs(stream), key=lambda pair: id(pair.head)):
        seen = Seen()
        found = [
            _found(path, pair.segment, issue) for pair in pairs for issues in check_part(_part(pair), seen).values() for issue in issues
        ]
        yield from (replace(one, severity=settled(one.check, one.severity, seen)) for one in found)


def _part(pair: foreign.Pair) -> Document:
    """A document of one segment.

    Raises:
        XliffError: it is not known into which language it is translated.
    """
    if pair.segment.target and not pair.head.target_language:
        raise XliffError("does not name the language of its targets, and cannot be checked. Set target-language, or trgLang in XLIFF 2.")
    return Document(
        id=pair.head.original,
        source_language=pair.head.source_language,
        target_language=pair.head.target_language or None,
        blocks=(Block(id="", kind="paragraph", segments=(pair.segment,)),),
        codes=tuple(Markup(code=code, element="span", translate=False) for code in sorted(pair.protected)),
    )


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


def _without(document: Document, wanted: Sequence[tuple[str, str]], reason: str, person: str) -> Document:
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
    decisions = {
        name: tuple(Dismissal(check=check, reason=reason, person=person) for own, check in wanted if own == name) for name, _ in wanted
    }

    def decided(segment: Segment) -> Segment:
        new = decisions.get(segment.id, ())
        kept = tuple(old for old in segment.dismissals if old.check not in {one.check for one in new})
        return replace(segment, dismissals=(*kept, *new)) if new else segment

    return replace(document, blocks=tuple(replace(block, segments=tuple(map(decided, block.segments))) for block in document.blocks))
