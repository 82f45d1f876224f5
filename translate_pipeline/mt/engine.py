"""What the pipeline needs of a translation engine."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from translate_pipeline.model import Hypothesis, Request

__all__ = ["Engine"]


class Engine(Protocol):
    """Translates texts. Knows nothing of documents, glossaries or files that it writes."""

    def translate(self, requests: Sequence[Request]) -> Iterator[tuple[Hypothesis, ...]]:
        """The hypotheses of every request, best first and never empty, in the order of the requests.

        Raises:
            MissingPackageError: no package leads from the source to the target language.
            PackageError: a package is broken.
        """
        ...

    def survives(self, text: str, source_language: str, target_language: str) -> bool:
        """Whether `text` goes through the vocabularies of the pair unchanged, so that it can stand for a term."""
        ...

    def origin(self, source_language: str, target_language: str) -> str:
        """The maker of the translations, as in `Candidate.origin`: "mt:en_de-1.9", "mt:en_ru-1.0+ru_kk-1.0"."""
        ...
