"""How long a site takes: against jinja2 alone on the same pages, and unchanged against hashing its input files.

    python benchmarks/publishing.py [--articles 1000] [--sentences 40]

Articles in English with targets in German, written by the product's own store; sentences are numbered copies of one paragraph with a link
and a term. The full build (reading XLIFF and skeletons, view models, rendering, writing, one sync) is compared with rendering the same
templates from ready view models, nothing else, in one process; the unchanged build with reading and hashing (SHA-256) the XLIFF files and
skeletons that it depends on. Each is run three times in turn; the medians are printed: seconds by the clock, and of processor time with that
of child processes, since the build uses all processors and its peers use one.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

from translate_pipeline.model import Block, Candidate, Code, CodeKind, Content, Document, Markup, Segment, Term, TermMatch, Text
from translate_pipeline.pipeline import publish as pipeline
from translate_pipeline.pipeline import store
from translate_pipeline.publish import edition, site
from translate_pipeline.publish.render import render
from translate_pipeline.workspace import Workspace

ROUNDS = 3
TERM = Term(concept="csto", source=("CSTO",), target=("OVKS",), kind="acronym")


def article(number: int, sentences: int) -> Document:
    """An article of `sentences` sentences, five a paragraph, with a headline and a date."""
    blocks = [_block(1, "headline", (_segment(1, f"Meeting number {number} in Almaty", f"Treffen Nummer {number} in Almaty"),))]
    for first in range(2, sentences + 1, 5):
        segments = tuple(
            _segment(
                at,
                f"The members of the CSTO met for sentence {at} of ",
                f"Die Mitglieder der OVKS trafen sich zu Satz {at} von ",
                link=True,
            )
            for at in range(first, min(first + 5, sentences + 1))
        )
        blocks.append(_block(first, "paragraph", segments))
    codes = tuple(
        Markup(code=f"c{at}", element="a", attributes=(("href", f"https://news.example/{at}"),)) for at in range(2, sentences + 1)
    )
    return Document(
        id=f"article-{number:04}",
        source_language="en",
        target_language="de",
        metadata=(
            ("original", f"article-{number:04}.html"),
            ("author", "A. Writer"),
            ("date", f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"),
        ),
        blocks=tuple(blocks),
        codes=codes,
        last_id=sentences,
    )


def _block(number: int, kind: str, segments: tuple[Segment, ...]) -> Block:
    return Block(id=f"b{number}", kind=kind, segments=segments)


def _segment(number: int, source: str, target: str, *, link: bool = False) -> Segment:
    terms = (TermMatch(term=TERM, start=source.index("CSTO"), end=source.index("CSTO") + 4),) if link else ()
    said = _linked(target, number) if link else (Text(value=target),)
    return Segment(
        id=f"s{number}",
        source=_linked(source, number) if link else (Text(value=source),),
        target=said,
        substate="tp:mt",
        after=" ",
        terms=terms,
        candidates=(Candidate(target=said, origin="mt:en_de-1.9", score=0.5),),
    )


def _linked(text: str, number: int) -> Content:
    name = f"c{number}"
    return (Text(value=text), Code(id=name, kind=CodeKind.OPEN), Text(value="the day"), Code(id=name, kind=CodeKind.CLOSE), Text(value="."))


def timed(function: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time with that of child processes that have ended."""
    start, before = time.perf_counter(), os.times()
    function()
    return time.perf_counter() - start, sum(os.times()[:4]) - sum(before[:4])


def main() -> None:
    """Build, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--sentences", type=int, default=40)
    given = options.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="publishing-"))
    try:
        measure(Workspace(folder / "output"), given.articles, given.sentences)
    finally:
        shutil.rmtree(folder)


def measure(workspace: Workspace, articles: int, sentences: int) -> None:
    """Print the table."""
    options = edition.Site(base_url="https://site.example")
    documents = [article(number, sentences) for number in range(articles)]
    for document in documents:
        with workspace.lock(document.id):
            store.hand_out(workspace, document, recipe="0" * 16, build=1, segmentation="unit")
    ready = _calls(documents, options)
    files = [path for slug in workspace.slugs() for path in (*workspace.xliff_files(slug), *workspace.skeletons(slug))]
    times: dict[str, list[tuple[float, float]]] = {"jinja2 alone": [], "full build": [], "hashing alone": [], "unchanged build": []}
    for _ in range(ROUNDS):
        shutil.rmtree(workspace.site, ignore_errors=True)
        (workspace.output / pipeline.RECORD).unlink(missing_ok=True)
        times["jinja2 alone"].append(timed(lambda: [render(name, **values) for name, values in ready]))
        times["full build"].append(timed(lambda: list(pipeline.publish(workspace, options))))
        times["hashing alone"].append(timed(lambda: [hashlib.sha256(path.read_bytes()).digest() for path in files]))
        times["unchanged build"].append(timed(lambda: list(pipeline.publish(workspace, options))))
    median = {name: [statistics.median(column) for column in zip(*values, strict=True)] for name, values in times.items()}
    pages = sum(1 for path in workspace.site.rglob("*.html"))
    print(
        f"{articles} articles of {sentences} sentences, two languages, {pages} pages, median of {ROUNDS} rounds, {os.cpu_count()} processors"
    )
    print(f"{'':24}{'seconds':>10}{'ratio':>8}{'limit':>8}{'cpu':>10}{'ratio':>8}")
    for own, peer in (("full build", "jinja2 alone"), ("unchanged build", "hashing alone")):
        (clock, cpu), (peer_clock, peer_cpu) = median[own], median[peer]
        print(f"{peer:24}{peer_clock:10.2f}{'':16}{peer_cpu:10.2f}")
        print(f"{own:24}{clock:10.2f}{clock / peer_clock:8.2f}{3:8.2f}{cpu:10.2f}{cpu / peer_cpu:8.2f}")


def _calls(documents: list[Document], options: edition.Site) -> list[tuple[str, dict[str, object]]]:
    """What the templates are called with when the site is built."""
    calls: list[tuple[str, dict[str, object]]] = []

    def note(name: str, **values: object) -> bytes:
        calls.append((name, values))
        return render(name, **values)  # type: ignore[arg-type]

    with mock.patch.object(edition, "render", note), mock.patch.object(site, "render", note):
        cards = [edition.edition((replace(document),), options).card for document in documents]
        list(site.shared(cards, options))
    return calls


if __name__ == "__main__":
    main()
