"""An article over its life: what is found again keeps its ids and its work, in every language; what found no place goes into the memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from translate_pipeline.content import codes, source_fingerprint
from translate_pipeline.errors import SlugError, XliffError
from translate_pipeline.memory import Unit, units_of
from translate_pipeline.model import Code, Content, Document, Segment, State
from translate_pipeline.pipeline import store
from translate_pipeline.review.reconcile import reconcile
from translate_pipeline.workspace import Workspace

__all__ = ["Carried", "carry", "continued"]

_MACHINE = {"", "tp:mt", "tp:flagged", "tp:tm"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An article with the work that was done on it before, and in `units` the work of people that found no place in it."""

    document: Document
    units: tuple[Unit, ...] = ()


def continued(workspace: Workspace, article: Document) -> Document:
    """The article with the ids that the store knows: the same for what is found again, in all languages, and new ones that were never given.

    The skeleton that is the same but for its ids is taken as it is; else that with the highest ids is gone on from. A damaged one is passed
    over: if it is the article's own, it is written again, and whoever needs another is told.

    Raises:
        SlugError: the work under this slug came from another file.
    """
    known: list[Document] = []
    for path in workspace.skeletons(article.id):
        try:
            other = store.skeleton_at(workspace, path)
        except XliffError:
            continue
        if other is None:
            continue
        if other.fact("original") not in ("", article.fact("original")):
            raise SlugError(
                f"{article.fact('original')}: {article.id!r} is already the name of {other.fact('original')}. Choose another name with --slug, "
                f"or remove {path.parent.parent} if that article is gone."
            )
        if other.source_language == article.source_language:
            known.append(other)
    known.sort(key=lambda document: -document.last_id)
    shape = source_fingerprint(_renumbered(article))
    same = next((document for document in known if source_fingerprint(_renumbered(document)) == shape), None)
    if same is not None:
        return same
    return reconcile(known[0], article).document if known else article


def carry(work: Document, article: Document, *, afresh: bool) -> Carried:
    """Bring the work of an aligned document into the `article`, which has no targets yet and keeps its ids.

    With `afresh`, text of machines that nobody touched is left out, to be made again.
    """
    result = reconcile(work, article)
    carried = zip(result.document.segments(), article.segments(), strict=True)
    segments = {own.id: _carried(worked, own, afresh=afresh) for worked, own in carried}
    blocks = tuple(replace(block, segments=tuple(segments[one.id] for one in block.segments)) for block in article.blocks)
    gone = {segment.id for segment in result.gone}
    left = tuple(
        replace(block, segments=tuple(one if one.id in gone else replace(one, target=None) for one in block.segments))
        for block in work.blocks
    )
    return Carried(
        document=replace(article, blocks=blocks, target_language=work.target_language),
        units=tuple(units_of(replace(work, blocks=left), least=State.TRANSLATED)),
    )


def _carried(worked: Segment, own: Segment, *, afresh: bool) -> Segment:
    """The segment `own` with the work that `worked` has under other ids."""
    if afresh and worked.state is State.INITIAL and worked.substate in _MACHINE:
        return replace(own, notes=tuple(note for note in worked.notes if note.person), dismissals=worked.dismissals)
    names = {(old.id, old.kind): new for old, new in zip(codes(worked.source), codes(own.source), strict=True)}

    def named(content: Content) -> Content:
        return tuple(names.get((part.id, part.kind), part) if isinstance(part, Code) else part for part in content)

    return replace(
        worked,
        id=own.id,
        source=own.source,
        target=worked.target and named(worked.target),
        candidates=tuple(replace(candidate, target=named(candidate.target)) for candidate in worked.candidates),
    )


def _renumbered(document: Document) -> Document:
    """The source side with ids by order, so that two readings of one article are equal."""
    names = {name: str(number) for number, name in enumerate(dict.fromkeys(_ids(document)), 1)}

    def source(content: Content) -> Content:
        return tuple(replace(part, id=names[part.id]) if isinstance(part, Code) else part for part in content)

    blocks = tuple(
        replace(
            block,
            id=names[block.id],
            parent=names.get(block.parent, ""),
            segments=tuple(replace(segment, id=names[segment.id], source=source(segment.source)) for segment in block.segments),
        )
        for block in document.blocks
    )
    return replace(document, blocks=blocks, codes=tuple(replace(one, code=names[one.code]) for one in document.codes), last_id=0)


def _ids(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.id
        for segment in block.segments:
            yield segment.id
            yield from (code.id for code in codes(segment.source))
    yield from (markup.code for markup in document.codes)
