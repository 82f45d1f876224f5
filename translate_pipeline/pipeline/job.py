"""From settings to a job: which rules, glossaries and packages a run works with."""

import hashlib
import json
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

from translate_pipeline import __version__
from translate_pipeline.config import Settings
from translate_pipeline.errors import GlossaryError, PipelineError, SegmentationError
from translate_pipeline.memory import Memory
from translate_pipeline.model import Document, Stage
from translate_pipeline.mt import argos
from translate_pipeline.mt.engine import Engine
from translate_pipeline.segmentation import segment
from translate_pipeline.terminology import exchange, matching
from translate_pipeline.terminology.glossary import Glossary
from translate_pipeline.xliff.versions import Segmentation, Version

__all__ = ["Job", "prepare", "read_file", "read_glossaries", "recipe", "segmenter", "unused"]

_MOST_BYTES = 300_000_000
"""Of a glossary, rules or a returned file: an XLIFF file of 100,000 units has about 60 million."""

_GLOSSARY_SUFFIXES = frozenset({".tsv", ".csv", ".tbx"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to do with articles. `source` and `encoding` are None where they are to be detected.

    `glossaries` are term bases with a digest of each, `asked` whether they were named one by one, `places` whether names of countries and
    languages are terms, too; `rules` is a digest of the segmentation rules; `memory` is read as it was when it was opened;
    `segmentation` is how segments stand in XLIFF, `xliff` its version.
    """

    targets: tuple[str, ...]
    engine: Engine
    segment: Stage
    annotate: Stage
    glossaries: tuple[tuple[Glossary, str], ...] = ()
    asked: bool = False
    places: bool = False
    rules: str = ""
    quality: str = "balanced"
    memory: Memory | None = None
    segmentation: Segmentation = "unit"
    xliff: Version = "1.2"
    source: str | None = None
    encoding: str | None = None
    discard: bool = False


def prepare(
    settings: Settings,
    *,
    source: str | None = None,
    encoding: str | None = None,
    glossaries: Sequence[pathlib.Path] = (),
    cores: int | None = None,
    discard: bool = False,
) -> Job:
    """The job that settings and options describe. `glossaries` are files to use instead of those in the settings' folder.

    Raises:
        GlossaryError: a glossary is damaged or contradicts itself.
        TranslationMemoryError: the memory cannot be used.
        PackageError: a package that was named cannot be used.
        SegmentationError: the SRX file cannot be used.
    """
    target = settings.to[0] if len(settings.to) == 1 else None
    bases = tuple(
        (exchange.read(name, data, source=source, target=target), _digest(data)) for name, data in read_glossaries(settings, glossaries)
    )
    cut, rules = segmenter(settings)
    return Job(
        targets=settings.to,
        engine=argos.load(settings.packages, quality=settings.quality, threads=cores),
        segment=cut,
        annotate=matching.annotate([base for base, _ in bases], places=settings.places),
        glossaries=bases,
        asked=bool(glossaries),
        places=settings.places,
        rules=rules,
        quality=settings.quality,
        memory=Memory(settings.memory_file),
        segmentation=settings.segmentation,
        xliff=settings.xliff,
        source=source,
        encoding=encoding,
        discard=discard,
    )


def recipe(document: Document, job: Job) -> str:
    """16 hex digits over all that decides the machine's part in a file besides the article.

    Not over the memory, which grows with every review: what is done stays as it is, and only new sentences ask what it knows by then.

    Raises:
        MissingPackageError: no package leads to the target language.
    """
    assert document.target_language is not None
    pair = (document.source_language, document.target_language)
    used = [digest for base, digest in job.glossaries if base.has(*pair)]
    form = [job.quality, job.segmentation, job.xliff, job.rules, job.places]
    return _digest(json.dumps([__version__, job.engine.origin(*pair), form, used]).encode())


def unused(document: Document, job: Job) -> tuple[str, ...]:
    """A sentence about each glossary that was asked for by name and has nothing to say about an aligned document."""
    pair = (document.source_language, document.target_language or "")
    return tuple(
        f"{base.name}: has no column for {languages}, and is not used from {pair[0]} to {pair[1]}."
        for base, _ in job.glossaries
        if job.asked and (languages := " or ".join(tag for tag in pair if not base.speaks(tag))) and not base.has(*pair)
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def read_file(path: pathlib.Path, *, error: type[PipelineError]) -> bytes:
    """The bytes of a file that the user named.

    Raises:
        PipelineError: of the class `error`, when the file cannot be read or has no end in sight.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)  # a device or a pipe may never end
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror}.") from problem
    if len(data) > _MOST_BYTES:
        raise error(f"{path}: more than {_MOST_BYTES / 1e6:.0f} MB are not read. Split it.")
    return data


def segmenter(settings: Settings) -> tuple[Stage, str]:
    """The stage that cuts blocks into sentences, and a digest of the user's rules for it.

    Raises:
        SegmentationError: the user's SRX file cannot be read or used.
    """
    if settings.srx is None:
        return segment(), _digest(b"")
    srx = read_file(settings.srx, error=SegmentationError)
    return segment(srx=srx, name=str(settings.srx)), _digest(srx)


def read_glossaries(settings: Settings, files: Sequence[pathlib.Path]) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of the glossaries to use: the given `files`, else all of the settings' folder, by name.

    Raises:
        GlossaryError: one cannot be read.
    """
    folder = settings.glossaries
    found = [path for path in sorted(folder.iterdir()) if path.suffix in _GLOSSARY_SUFFIXES] if folder.is_dir() else []
    paths = files or found
    return tuple((str(path), read_file(path, error=GlossaryError)) for path in paths)
