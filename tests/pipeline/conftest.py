"""A small article in English, and jobs with the fake engine that counts what it is asked."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from translate_pipeline.model import Hypothesis, Request
from translate_pipeline.mt.fake import FakeEngine
from translate_pipeline.pipeline.job import Job
from translate_pipeline.segmentation import segment
from translate_pipeline.terminology import glossary, matching
from translate_pipeline.workspace import Article

TEXT = b"A short treaty\n\nThe members of the CSTO met in Almaty on Friday. They said nothing new.\n"
TERMS = b"concept\tkind\ten\tde\tfr\ncsto\tacronym\tCSTO\tOVKS\tOTSC\n"


class CountingEngine(FakeEngine):
    """The fake engine, which remembers what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Request] = []

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """As the fake engine does."""
        self.asked += requests
        return super().translate(requests)


@pytest.fixture
def engine() -> CountingEngine:
    """An engine that remembers what it is asked."""
    return CountingEngine()


@pytest.fixture
def asked(engine: CountingEngine) -> list[Request]:
    """What the engine of the jobs was asked so far."""
    return engine.asked


@pytest.fixture
def job(engine: CountingEngine) -> Callable[..., Job]:
    """A job from English, into German unless told otherwise; further facts as named."""

    def make(*targets: str, terms: bytes = TERMS, **facts: Any) -> Job:
        base = glossary.load("terms.tsv", terms)
        return Job(
            **{
                "targets": targets or ("de",),
                "engine": engine,
                "segment": segment(),
                "annotate": matching.annotate([base]),
                "glossaries": ((base, str(len(terms)) + terms.decode()),),
                "source": "en",
                **facts,
            }
        )

    return make


@pytest.fixture
def article() -> Callable[..., Article]:
    """An article by name and text."""

    def make(data: bytes = TEXT, *, slug: str = "treaty") -> Article:
        return Article(slug=slug, original=f"{slug}.txt", data=data)

    return make
