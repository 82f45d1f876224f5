"""What can go wrong, as one tree. Every message says what, where and what to do.

PipelineError
├── UsageError            the caller asked for something contradictory
├── SettingsError         settings file: all problems at once
├── InputError            an article cannot be read
│   ├── DecodingError         bytes in no known encoding
│   └── LanguageError         language unknown, uncertain or malformed
├── SegmentationError     an SRX file cannot be used
├── GlossaryError         contradictions or damage in a glossary: all problems at once
├── EngineError           translation cannot run
│   ├── PackageError          an Argos package is broken, hostile or cannot be fetched
│   └── MissingPackageError   no package for a language pair
├── XliffError            an XLIFF file or a skeleton cannot be read
├── TranslationMemoryError          the translation memory cannot be used
├── PublishError          pages cannot be built
└── WorkspaceError        files cannot be written, or must not be
├── ReturnedWorkError     reviewed work would be overwritten
├── SlugError             two articles claim one slug
└── LockedError           another run works on the slug
"""

__all__ = [
    "DecodingError",
    "EngineError",
    "GlossaryError",
    "InputError",
    "LanguageError",
    "LockedError",
    "MissingPackageError",
    "PackageError",
    "PipelineError",
    "PublishError",
    "ReturnedWorkError",
    "SegmentationError",
    "SettingsError",
    "SlugError",
    "TranslationMemoryError",
    "UsageError",
    "WorkspaceError",
    "XliffError",
]


class PipelineError(Exception):
    """Base of all errors that a user can cause and mend.

    `problems` holds every sentence when a file has several; `str()` joins them with line ends.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems: tuple[str, ...] = problems


class UsageError(PipelineError):
    """The caller asked for something contradictory (exit code 2)."""


class SettingsError(PipelineError):
    """The settings file or the environment has problems; all are listed."""


class InputError(PipelineError):
    """An article cannot be read."""


class DecodingError(InputError):
    """The bytes of an article are in no encoding that we know."""


class LanguageError(InputError):
    """A language is unknown, uncertain or its tag malformed."""


class SegmentationError(PipelineError):
    """An SRX file cannot be used."""


class GlossaryError(PipelineError):
    """A glossary is damaged or contradicts itself; all problems are listed."""


class EngineError(PipelineError):
    """Translation cannot run."""


class PackageError(EngineError):
    """An Argos package is broken or hostile, or cannot be fetched."""


class MissingPackageError(EngineError):
    """No package and no chain of packages leads from the source to the target language."""


class XliffError(PipelineError):
    """An XLIFF file or a skeleton cannot be read."""


class TranslationMemoryError(PipelineError):
    """The translation memory cannot be used."""


class PublishError(PipelineError):
    """Pages cannot be built."""


class WorkspaceError(PipelineError):
    """Files cannot be written, or must not be."""


class ReturnedWorkError(WorkspaceError):
    """Somebody's work would be overwritten."""


class SlugError(WorkspaceError):
    """Two articles claim the same slug."""


class LockedError(WorkspaceError):
    """Another run is working on the same slug."""
