"""Applying SRX rules: at each place the first rule that matches decides whether to break there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from translate_pipeline.errors import SegmentationError
from translate_pipeline.srx.parse import Rule, compiled, exception

__all__ = ["Matcher", "breaks", "matcher"]

_WINDOW = 256
"""A pattern sees this many characters from where it starts: a line of any length is searched in linear time."""

_MARGIN = 64
"""What two windows share, so that a match across their border is found."""

_PATIENCE = 2.0
"""Seconds that one pattern may work on one window. Ordinary patterns take microseconds; only runaway backtracking gets here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """A rule that breaks, with the exceptions that precede it (as the number of patterns in `Matcher.exceptions`)."""

    rule: Rule
    before: "regex.Pattern[str]"
    after: "regex.Pattern[str]"
    preceding: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The rules of a language, ready to use."""

    breaks: tuple[_Break, ...]
    exceptions: tuple["regex.Pattern[str]", ...]


def matcher(rules: Sequence[Rule]) -> Matcher:
    """The rules, in order of precedence, made ready.

    Raises:
        SegmentationError: a pattern is no regular expression; file and line are named.
    """
    found: list[_Break] = []
    exceptions: list[regex.Pattern[str]] = []
    waiting: list[Rule] = []
    for rule in rules:
        before, after = (compiled(pattern, file=rule.file, line=rule.line) for pattern in (rule.before, rule.after))
        if not rule.breaks:
            waiting.append(rule)
            continue
        if waiting:
            exceptions.append(_together(waiting))
            waiting = []
        found.append(_Break(rule=rule, before=before, after=after, preceding=len(exceptions)))
    return Matcher(breaks=tuple(found), exceptions=tuple(exceptions))


def breaks(text: str, rules: Matcher) -> Iterator[int]:
    """The places in `text` where a segment ends and the next begins, in order.

    Raises:
        SegmentationError: a rule takes longer than any honest rule would.
    """
    deciding: dict[int, _Break] = {}
    for candidate in rules.breaks:
        try:
            for place in _places(text, candidate):
                deciding.setdefault(place, candidate)
        except TimeoutError as problem:
            raise _runaway(candidate) from problem
    for place in sorted(deciding):
        candidate = deciding[place]
        try:
            if not any(_matches(pattern, text, place) for pattern in rules.exceptions[: candidate.preceding]):
                yield place
        except TimeoutError as problem:
            raise _runaway(candidate) from problem


def _places(text: str, candidate: _Break) -> Iterator[int]:
    """Where the patterns of a rule meet, whatever the exceptions say. A rule with nothing in front is found by what stands behind."""
    ahead = not candidate.rule.before
    searched = candidate.after if ahead else candidate.before
    at = 0
    while at <= len(text):
        found = searched.search(text, at, at + _WINDOW, timeout=_PATIENCE)
        if found is None:
            at += _WINDOW - _MARGIN
            continue
        place = found.start() if ahead else found.end()
        if 0 < place < len(text) and (ahead or _matches(candidate.after, text, place)):
            yield place
        at = place + (place == found.start())


def _matches(pattern: "regex.Pattern[str]", text: str, place: int) -> bool:
    return pattern.match(text, place, place + _WINDOW, timeout=_PATIENCE) is not None


def _runaway(candidate: _Break) -> SegmentationError:
    rule = candidate.rule
    return SegmentationError(
        f"{rule.file}:{rule.line}: this rule, or one that precedes it, takes more than {_PATIENCE:g} seconds on a few words. "
        "Look for repetitions inside repetitions, such as (a+)+."
    )


def _together(rules: Sequence[Rule]) -> "regex.Pattern[str]":
    """One pattern for several exceptions: much quicker than one after the other."""
    return compiled("|".join(exception(rule) for rule in rules), file=rules[0].file, line=rules[0].line)
