"""The nouns of the pipeline. Names come from XLIFF, TBX, TMX and SRX; verbs live in the stages.

Everything is frozen and made of tuples, so that documents can be shared, hashed and compared. Offsets count code points.
"""

import enum
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

__all__ = [
    "Block",
    "Candidate",
    "Code",
    "CodeKind",
    "Content",
    "Dismissal",
    "Document",
    "Hypothesis",
    "Inline",
    "Issue",
    "Markup",
    "Note",
    "Provenance",
    "Request",
    "Segment",
    "Severity",
    "Stage",
    "State",
    "Term",
    "TermMatch",
    "Text",
]


@functools.total_ordering
class State(enum.Enum):
    """How far the target of a segment has come (XLIFF 2 `state`); ordered, later is further."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"

    @property
    def rank(self) -> int:
        """0 for initial to 3 for final."""
        return _RANKS[self.value]

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, State) else NotImplemented


_RANKS = {state.value: rank for rank, state in enumerate(State)}


class CodeKind(enum.Enum):
    """Whether an inline code opens a span, closes one, or stands alone."""

    OPEN = "open"
    CLOSE = "close"
    STANDALONE = "standalone"


class Severity(enum.Enum):
    """How much an issue matters; only warnings and errors can fail a check."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Characters to be read and translated."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    r"""An inline code: markup inside a segment, without the markup itself.

    The opening and the closing code of a span share the `id`, which is unique in the document. `equiv` is the plain text that the code
    stands for ("\n" for a line break, "• " for a list marker, usually empty); `disp` is what a translator is shown ("<em>").
    """

    id: str
    kind: CodeKind
    equiv: str = ""
    disp: str = ""


Inline = Text | Code
Content = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What an inline code stands for in the article: an allowed element with allowed attributes. Lives in the skeleton only.

    `translate` is false for spans whose text must stay as it is (`translate="no"`, code).
    """

    code: str
    element: str
    attributes: tuple[tuple[str, str], ...] = ()
    translate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A proposed target. `origin` names its maker: "mt:en_de-1.9", "mt:en_ru-1.0+ru_kk-1.0", "tm:<file>", "review:<name>".

    `score` is the engine's own belief in the target and `similarity` the likeness of the sources (memories only), both 0 to 1, two digits.
    `strategy` says how terms were kept ("" when nothing had to be done).
    """

    target: Content
    origin: str
    score: float | None = None
    similarity: float | None = None
    strategy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A concept of a glossary in one language pair. Forms are in order of preference: the first is the preferred one.

    `status` is "preferred", "admitted" or "forbidden" as in TBX administrative status (of the concept's entry as a whole); `kind` is one of acronym, person,
    place, organisation, title, product, dnt or ""; `case` is "exact", "smart" or "ignore" (see terminology.matching).
    """

    concept: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    status: str = "preferred"
    kind: str = ""
    case: str = "smart"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMatch:
    """A term found in the plain text of a segment's source, from `start` to `end` (code points)."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark for or by a person. `category` is free ("term", "source-changed", ...), `annotates` is "source", "target" or "general"."""

    text: str
    person: str = ""
    category: str = ""
    annotates: str = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A person's decision that findings of a check do not matter in a segment."""

    check: str
    reason: str
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A finding of a check about a segment. `category` is the ITS localization quality issue type; `span` is in the plain target text."""

    check: str
    category: str
    severity: Severity
    message: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Who did what: a person or a tool, an action ("translated", "reviewed", ...), and the date when a person gave one (ISO 8601)."""

    action: str
    person: str = ""
    tool: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence with its translation. `after` is the white space that follows it in the article.

    `substate` refines the state ("tp:mt", "tp:tm", "tp:edited", "tp:flagged", "tp:source-changed", "tp:conflict", "tp:rejected" or "").
    `translate` is false for what must not be translated. `target` is None as long as there is none.
    """

    id: str
    source: Content
    target: Content | None = None
    state: State = State.INITIAL
    substate: str = ""
    translate: bool = True
    after: str = ""
    candidates: tuple[Candidate, ...] = ()
    terms: tuple[TermMatch, ...] = ()
    notes: tuple[Note, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item ... (XLIFF group or unit) with its segments.

    `kind` is one of: title, description, headline, byline, heading, paragraph, item, quote, caption, alt, cell, code, residue,
    and the containers section, list, figure, table, row, blockquote, which have no segments of their own. `level` is the heading level or the
    list depth (0 where it means nothing); `parent` the id of the containing block or "". `before` is white space in front of the first segment.
    """

    id: str
    kind: str
    level: int = 0
    parent: str = ""
    before: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article, in one language or aligned with a target language.

    `id` is the slug. `metadata` are facts that are not translated (original, author, date, url, media-type, encoding ...) in a fixed order.
    `codes` is the markup of every inline code. `last_id` is the highest number given to a block, segment or code so far.
    """

    id: str
    source_language: str
    target_language: str | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    codes: tuple[Markup, ...] = ()
    last_id: int = 0

    def segments(self) -> Iterator[Segment]:
        """All segments in the order of the article."""
        for block in self.blocks:
            yield from block.segments

    def for_target(self, tag: str) -> "Document":
        """The same document, to be translated into the language `tag`."""
        return replace(self, target_language=tag)

    def fact(self, name: str) -> str:
        """The metadata value called `name`, or ""."""
        return dict(self.metadata).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A text to be translated for a segment. `key` is (document id, target language, segment id, variant) and comes back with the hypotheses.

    `hypotheses` is how many different translations are wanted; `avoid` are renderings that must not occur in the target; `prefix` is what the
    target has to begin with.
    """

    key: tuple[str, str, str, str]
    source: Content
    source_language: str
    target_language: str
    hypotheses: int = 1
    avoid: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A translation by an engine, as an answer to the request with the same `key`. Better ones come first.

    `score` is 0 to 1; `warnings` are sentences about what the guards still find suspicious.
    """

    key: tuple[str, str, str, str]
    target: Content
    origin: str
    score: float
    warnings: tuple[str, ...] = ()


Stage = Callable[[Iterable[Document]], Iterator[Document]]
"""A step of the pipeline: documents in, documents out, one for one and in the same order. No stage touches files, the clock or the network."""
