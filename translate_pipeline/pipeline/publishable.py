"""Which translations in the store may be published, and why others may not."""

from translate_pipeline.errors import PublishError
from translate_pipeline.model import Document
from translate_pipeline.pipeline import store
from translate_pipeline.publish.edition import Site, is_publishable
from translate_pipeline.workspace import Workspace

__all__ = ["publishable"]


def publishable(workspace: Workspace, slug: str, site: Site) -> tuple[list[Document], tuple[str, ...]]:
    """The translations of an article that may be published, and why others may not.

    Raises:
        ReturnedWorkError: a file that was changed since it was handed out, or that is damaged.
        PublishError: a file whose skeleton is gone.
    """
    documents: list[Document] = []
    notes: list[str] = []
    for source, target in store.pairs(workspace, slug):
        path = workspace.xliff_path(slug, source, target)
        stored = store.load(workspace, slug=slug, source=source, target=target)
        if stored.current is None:
            continue
        document, bones = stored.current.document, stored.current.skeleton_href
        if stored.touched:
            raise store.returned_work(path)
        if not (path.parent / bones).is_file():
            raise PublishError(f"{path}: its skeleton {bones} is gone. Run the article again.")
        conflicts = [segment.id for segment in document.segments() if segment.substate == "tp:conflict"]
        if conflicts:
            notes.append(f"{slug} {target}: two versions of {', '.join(conflicts)}. Decide between them first.")
        elif not is_publishable(document, site.minimum):
            notes.append(f"{slug} {target}: not all sentences are {site.minimum.value} yet.")
        else:
            documents.append(document)
    return documents, tuple(notes)
