"""From settings to a job: which rules, glossaries and packages a run works with."""

import pathlib

from translate_pipeline.config import Settings
from translate_pipeline.errors import GlossaryError, PipelineError, SegmentationError

__all__ = ["read_file", "read_srx"]


def read_file(path: pathlib.Path, *, error: type[PipelineError]) -> bytes:
    """The bytes of a file that the user named.

    Raises:
        PipelineError: of the class `error`, when the file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror}.") from problem


def read_srx(settings: Settings) -> bytes | None:
    """The user's segmentation rules, or None.

    Raises:
        SegmentationError: the file cannot be read.
    """
    return read_file(settings.srx, error=SegmentationError) if settings.srx else None


def read_glossaries(settings: Settings, files: tuple[pathlib.Path, ...]) -> tuple[tuple[str, bytes], ...]:
    """Name and bytes of the glossaries to use: the given `files`, else all of the settings' folder, by name.

    Raises:
        GlossaryError: one cannot be read.
    """
    paths = files or (sorted(settings.glossaries.glob("*.tsv")) if settings.glossaries.is_dir() else [])
    return tuple((str(path), read_file(path, error=GlossaryError)) for path in paths)
