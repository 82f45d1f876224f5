"""Punctuation, brackets, quotation marks and spaces, measured against the source and the conventions of the target language."""

import re
from collections.abc import Iterator

from translate_pipeline.checks.check import Job, conventions, issue
from translate_pipeline.model import Issue, Severity

__all__ = ["check_brackets", "check_end", "check_quotes", "check_spaces", "check_spacing"]

_CLOSERS = "\"'»«”’“‘)]）】」』›‹ \u00a0\u202f"
_FINAL = {mark: name for name, marks in {"?": "?？؟;", "!": "!！", ".": ".。।۔．", "…": "…", ":": ":："}.items() for mark in marks}
_BRACKETS = {"(": ")", "[": "]", "{": "}", "【": "】", "《": "》", "「": "」"}
_WIDE = str.maketrans("（）［］｛｝", "()[]{}")
_QUOTES = '"“”„‟«»'
_ALL_QUOTES = _QUOTES + "‘’‚‹›「」『』《》"
_RUN_OF_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_SPACE_BEFORE = re.compile(r"(?<=\w)[ \u00a0\u202f]+(?=[,.;:!?](?:\s|$))")


def check_end(job: Job) -> Iterator[tuple[str, Issue]]:
    """The target ends as a question or an exclamation when the source does; other final marks may differ."""
    for pair in job.pairs:
        wanted, found = _final(pair.source), _final(pair.target)
        if wanted != found:
            loud = {"?", "!"} & {wanted, found}
            at = len(pair.target.rstrip())
            message = f"the source ends with {wanted or 'no mark'}, the target with {found or 'none'}"
            severity = None if loud and {wanted, found} != {"!", "."} else Severity.INFO  # languages shout differently
            yield pair.segment.id, issue("end-punctuation", message, span=(max(at - 1, 0), at), severity=severity)


def check_brackets(job: Job) -> Iterator[tuple[str, Issue]]:
    """Brackets come in pairs, unless they do not in the source either ("a)")."""
    for pair in job.pairs:
        target, source = pair.target.translate(_WIDE), pair.source.translate(_WIDE)
        for opening, closing in _BRACKETS.items():
            if target.count(opening) != target.count(closing) and source.count(opening) == source.count(closing):
                at = max(target.rfind(opening), target.rfind(closing))
                yield pair.segment.id, issue("brackets", f"{opening} and {closing} do not pair up", span=(at, at + 1))


def check_quotes(job: Job) -> Iterator[tuple[str, Issue]]:
    """Double quotation marks come in pairs when they do in the source, and are those of the language."""
    usual = conventions(job.target_language).quotes
    for pair in job.pairs:
        marks = [match.start() for match in re.finditer(f"[{_QUOTES}]", pair.target)]
        if len(marks) % 2 and sum(pair.source.count(mark) for mark in _QUOTES) % 2 == 0:
            yield pair.segment.id, issue("quotes", "a quotation mark has no partner", span=(marks[-1], marks[-1] + 1))
        foreign = next(
            (at for at, character in enumerate(pair.target) if usual and character in _ALL_QUOTES and character not in usual), None
        )
        if foreign is not None:
            message = f"{pair.target[foreign]} is no quotation mark of this language"
            yield pair.segment.id, issue("quotes", message, span=(foreign, foreign + 1), severity=Severity.INFO)


def check_spaces(job: Job) -> Iterator[tuple[str, Issue]]:
    """No runs of spaces and no outer white space that the source does not have."""
    for pair in job.pairs:
        if not _RUN_OF_SPACES.search(pair.source) and (match := _RUN_OF_SPACES.search(pair.target)):
            yield pair.segment.id, issue("double-spaces", "several spaces in a row", span=match.span())
        inner = pair.target.strip()
        start = len(pair.target) - len(pair.target.lstrip())
        if start and pair.source == pair.source.lstrip():
            yield pair.segment.id, issue("edge-spaces", "white space at the start", span=(0, start))
        if start + len(inner) < len(pair.target) and pair.source == pair.source.rstrip():
            yield pair.segment.id, issue("edge-spaces", "white space at the end", span=(start + len(inner), len(pair.target)))


def check_spacing(job: Job) -> Iterator[tuple[str, Issue]]:
    """French sets a no-break space before ; : ! ? » and after «; no language sets one before a full stop or a comma."""
    convention = conventions(job.target_language)
    if not convention.spaced:
        return
    narrow = re.escape(convention.narrow)
    wrong = (
        re.compile(rf"(?<=[^\s\u00a0\u202f{narrow}])(?P<mark>[{narrow}])(?=\s|$)| (?=[{narrow}](?:\s|$))|«(?![\u00a0\u202f])")
        if narrow
        else None
    )
    for pair in job.pairs:
        for match in _SPACE_BEFORE.finditer(pair.target):
            if pair.target[match.end()] not in convention.narrow and not _SPACE_BEFORE.search(pair.source):
                yield pair.segment.id, issue("punctuation-spacing", f"space before {pair.target[match.end()]}", span=match.span())
        for match in wrong.finditer(pair.target) if wrong else ():
            yield pair.segment.id, issue("punctuation-spacing", "a no-break space belongs here", span=match.span())


def _final(text: str) -> str:
    inner = text.rstrip(_CLOSERS)
    if inner.endswith("..."):
        return "…"
    return _FINAL.get(inner[-1:], "")
