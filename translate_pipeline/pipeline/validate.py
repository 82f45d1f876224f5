"""XLIFF files against the rules of the standard."""

import pathlib
from collections.abc import Iterable
from typing import NamedTuple

from translate_pipeline.errors import XliffError
from translate_pipeline.pipeline.job import read_file
from translate_pipeline.xliff.validate.check import check

__all__ = ["Report", "validate"]


class Report(NamedTuple):
    """A file with its problems as (line, rule, message); line 0 and no rule for a file that is no XLIFF at all."""

    file: str
    problems: tuple[tuple[int, str, str], ...]


def validate(files: Iterable[pathlib.Path]) -> tuple[Report, ...]:
    """A report for each file."""
    return tuple(Report(file=str(path), problems=_problems(path)) for path in files)


def _problems(path: pathlib.Path) -> tuple[tuple[int, str, str], ...]:
    try:
        return tuple((problem.line, problem.rule, problem.message) for problem in check(read_file(path, error=XliffError)))
    except XliffError as problem:
        return ((0, "", str(problem)),)
