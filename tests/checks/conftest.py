"""A short way to run the checks on one segment."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from translate_pipeline.checks import run_checks
from translate_pipeline.content import from_text
from translate_pipeline.model import Block, Content, Document, Issue, Markup, Segment, State

Find = Callable[..., dict[str, list[Issue]]]


@pytest.fixture(scope="session")
def find() -> Find:
    """Findings by check for pairs of source and target, or for segments."""

    def findings(
        *pairs: tuple[str | Content, str | Content | None] | Segment, languages: str = "en de", codes: tuple[Markup, ...] = ()
    ) -> dict[str, list[Issue]]:
        source, target = languages.split()
        segments = [
            pair
            if isinstance(pair, Segment)
            else Segment(
                id="",
                source=from_text(pair[0]) if isinstance(pair[0], str) else pair[0],
                target=from_text(pair[1]) if isinstance(pair[1], str) else pair[1],
                state=State.TRANSLATED,
            )
            for pair in pairs
        ]
        numbered = tuple(replace(segment, id=f"s{number}") for number, segment in enumerate(segments, 1))
        document = Document(
            id="d",
            source_language=source,
            target_language=target,
            blocks=(Block(id="b1", kind="paragraph", segments=numbered),),
            codes=codes,
        )
        result: dict[str, list[Issue]] = {}
        for issues in run_checks(document).values():
            for issue in issues:
                result.setdefault(issue.check, []).append(issue)
        return result

    return findings
