# ruff: noqa: T201 - the module is a program as well, and prints what it found
"""What programs and people do to a file on the way: seeded damage, each kind with what it leaves alone and what it permits.

Also a program: `python tests/mutations.py --runs 5000 --seed 1` damages exported files of every version, imports them, publishes the
pages, and prints how many pairs on them are wrong, how much reviewed work was lost, and how much of what was left alone was accepted.
"""

import argparse
import copy
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree, html

from translate_pipeline.content import fingerprint, from_text
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, Code, CodeKind, Content, Document, Markup, Segment, State, Text
from translate_pipeline.publish import site
from translate_pipeline.review.importer import Import, verdicts
from translate_pipeline.xliff import versions

FORMS: tuple[versions.Version, ...] = versions.WRITTEN
_EDIT = " (korrigiert)"


@dataclass(slots=True)
class Damaged:
    """A damaged file: which segments it touched, and which targets besides the one handed out are right for which segment."""

    data: bytes
    touched: set[str] = field(default_factory=set)
    permitted: dict[str, Content] = field(default_factory=dict)


def article(draw: random.Random, size: int = 12) -> Document:
    """An article on its way through review: texts with and without codes, one span protected, states of every kind."""
    blocks, markup = [], []
    for number in range(1, size + 1):
        word = "".join(draw.choice("abcdefghijklmnop") for _ in range(7))
        source: Content = from_text(f"Sentence {number} speaks about {word}.")
        target: Content = from_text(f"Satz {number} spricht über {word}.")
        if number % 3 == 0:
            name = f"c{number}"
            element = "code" if number % 2 else "em"
            markup.append(Markup(code=name, element=element, translate=element != "code"))
            opening, closing = (
                Code(id=name, kind=CodeKind.OPEN, disp=f"<{element}>"),
                Code(id=name, kind=CodeKind.CLOSE, disp=f"</{element}>"),
            )
            source = (Text(value=f"Sentence {number} speaks "), opening, Text(value=word), closing, Text(value=" and more."))
            target = (Text(value=f"Satz {number} spricht "), opening, Text(value=word), closing, Text(value=" und mehr."))
        state = draw.choice(list(State))
        substate = draw.choice(["tp:mt", "tp:flagged"]) if state is State.INITIAL else draw.choice(["", "tp:edited"])
        machine = Candidate(target=target, origin="mt:en_de-1.0", score=0.5)
        segment = Segment(id=f"s{number}", source=source, target=target, state=state, substate=substate, candidates=(machine,))
        blocks.append(Block(id=f"b{number}", kind="paragraph", segments=(segment,)))
    return Document(
        id="article",
        source_language="en",
        target_language="de",
        metadata=(("original", "article.txt"),),
        blocks=tuple(blocks),
        codes=tuple(markup),
        last_id=size,
    )


def exported(document: Document, version: versions.Version) -> bytes:
    """The file that is handed out."""
    return versions.serialize(
        document, version=version, skeleton=".base/x.skl.xml", fingerprint=fingerprint(document), recipe="0" * 16, build=1
    )


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _nodes(tree: etree._Element) -> dict[str, etree._Element]:
    """The elements that are segments, by segment id."""
    return {node.get("id", ""): node for node in tree.iter() if _local(node) in ("trans-unit", "segment")}


def _child(node: etree._Element, name: str) -> etree._Element:
    return next(child for child in node if _local(child) == name)


def _movable(node: etree._Element) -> etree._Element:
    """The element that can be taken out whole: the trans-unit, or the unit around a segment."""
    parent = node.getparent()
    return parent if _local(node) == "segment" and parent is not None else node


def delete(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A segment is gone."""
    name, node = draw.choice(list(_nodes(tree).items()))
    movable = _movable(node)
    movable.getparent().remove(movable)
    return Damaged(b"", {name})


def duplicate(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A segment is there twice, the second time with the target of another."""
    nodes = _nodes(tree)
    name, other = draw.sample(list(nodes), 2)
    movable = _movable(nodes[name])
    twin = copy.deepcopy(movable)
    place = next(node for node in twin.iter() if _local(node) == "target")
    place.getparent().replace(place, copy.deepcopy(_child(nodes[other], "target")))
    movable.getparent().insert(movable.getparent().index(movable) + draw.choice((0, 1)), twin)
    return Damaged(b"", {name})


def reorder(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """Segments in another order, ids kept: nothing is touched."""
    movables = [_movable(node) for node in _nodes(tree).values()]
    places = [(node.getparent(), node.getparent().index(node)) for node in movables]
    shuffled = draw.sample(movables, len(movables))
    for (parent, index), node in zip(places, [copy.deepcopy(node) for node in shuffled], strict=True):
        parent[index] = node
    return Damaged(b"")


def rename(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A segment gets an id that nobody gave."""
    name, node = draw.choice(list(_nodes(tree).items()))
    node.set("id", "s999")
    return Damaged(b"", {name})


def swap_ids(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """Two segments exchange their ids."""
    (one, first), (other, second) = draw.sample(list(_nodes(tree).items()), 2)
    first.set("id", other)
    second.set("id", one)
    return Damaged(b"", {one, other})


def swap(part: str) -> Callable[[etree._Element, random.Random, Document], Damaged]:
    """Two segments exchange their sources or targets."""

    def mutation(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
        (one, first), (other, second) = draw.sample(list(_nodes(tree).items()), 2)
        left, right = _child(first, part), _child(second, part)
        copied = copy.deepcopy(left)
        first.replace(left, copy.deepcopy(right))
        second.replace(right, copied)
        return Damaged(b"", {one, other})

    mutation.__name__ = f"swap_{part}s"
    return mutation


def edit_source(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """Somebody corrects the source."""
    name, node = draw.choice(list(_nodes(tree).items()))
    source = _child(node, "source")
    source.text = (source.text or "").replace("Sentence", "Phrase")
    return Damaged(b"", {name})


def strip_codes(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A target loses its inline elements and keeps its text."""
    touched = set()
    for name, node in _nodes(tree).items():
        target = _child(node, "target")
        if len(target) and draw.random() < 0.5:
            text = "".join(target.itertext())
            for child in list(target):
                target.remove(child)
            target.text = text
            touched.add(name)
    return Damaged(b"", touched)


def indent(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A program puts line ends and spaces around inline elements: to be repaired, so nothing is touched."""
    gap = "\n" + " " * draw.randrange(2, 12)
    for node in _nodes(tree).values():
        for part in ("source", "target"):
            content = _child(node, part)
            if len(content):
                content.text = (content.text or "") + gap
                for child in content:
                    child.tail = gap + (child.tail or "")
    return Damaged(b"")


def states(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """States are dropped or changed; the texts stay, so nothing is touched."""
    for name, node in _nodes(tree).items():
        if draw.random() < 0.5:
            place = _child(node, "target") if _local(node) == "trans-unit" else node
            for attribute in ("state", "state-qualifier", "subState", "approved"):
                place.attrib.pop(attribute, None)
                node.attrib.pop(attribute, None)
            if draw.random() < 0.5:
                place.set("state", draw.choice(["final", "translated"]))
            assert name
    return Damaged(b"")


def edit_target(tree: etree._Element, draw: random.Random, document: Document) -> Damaged:
    """A translator's honest work: some targets get words at their end."""
    damaged = Damaged(b"")
    known = {segment.id: segment for segment in document.segments()}
    for name, node in _nodes(tree).items():
        if draw.random() < 0.3:
            target = _child(node, "target")
            if len(target):
                target[-1].tail = (target[-1].tail or "") + _EDIT
            else:
                target.text = (target.text or "") + _EDIT
            damaged.touched.add(name)
            old = known[name].target or ()
            last = old[-1]
            assert isinstance(last, Text)
            damaged.permitted[name] = (*old[:-1], Text(value=last.value + _EDIT))
    return damaged


def edit_and_indent(tree: etree._Element, draw: random.Random, document: Document) -> Damaged:
    """Honest work through a program that injects white space."""
    result = edit_target(tree, draw, document)
    indent(tree, draw, document)
    return result


MUTATIONS = (
    delete,
    duplicate,
    reorder,
    rename,
    swap_ids,
    swap("target"),
    swap("source"),
    edit_source,
    strip_codes,
    indent,
    states,
    edit_target,
    edit_and_indent,
)


def damaged_file(document: Document, version: versions.Version, mutation: Callable[..., Damaged], draw: random.Random) -> Damaged:
    """The exported file after one mutation."""
    tree = etree.fromstring(exported(document, version))
    result = mutation(tree, draw, document)
    result.data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return result


def imported(document: Document, data: bytes) -> Import | None:
    """The verdicts on a returned file; None when the whole file is refused."""
    bones = replace(
        document,
        target_language=None,
        blocks=tuple(
            replace(block, segments=tuple(Segment(id=s.id, source=s.source, after=s.after, translate=s.translate) for s in block.segments))
            for block in document.blocks
        ),
    )
    try:
        returned = versions.parse(data, skeleton=bones)
        return verdicts(document, returned.document, damage=returned.findings, reviewer="Anna", at="2026-11-22")
    except XliffError:
        return None


def published(document: Document) -> dict[str, list[str]]:
    """The texts of the bilingual page by segment: source, then target."""
    found: dict[str, list[str]] = {}
    for path, data in site.pages(document):
        if path.endswith(".html"):
            page = html.fromstring(data)
            for badge in page.xpath("//*[contains(@class, 'badge')]"):
                badge.drop_tree()
            for node in page.xpath("//span[contains(@class, 'seg')][@data-pair]"):
                found.setdefault(node.get("data-pair"), []).append(" ".join(node.text_content().split()))
    return found


@dataclass(slots=True)
class Tally:
    """What came of many mutations."""

    wrong: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    landed: Counter[str] = field(default_factory=Counter)


def trial(seed: str, version: versions.Version, mutation: Callable[..., Damaged], tally: Tally, *, pages: bool) -> None:
    """Damage, import, publish and count."""
    draw = random.Random(seed)
    document = article(draw)
    name = mutation.__name__
    damaged = damaged_file(document, version, mutation, draw)
    result = imported(document, damaged.data)
    after = result.document if result is not None else document
    refused = {verdict.segment for verdict in result.refused} if result is not None else {segment.id for segment in document.segments()}
    right = {}
    for old, new in zip(document.segments(), after.segments(), strict=True):
        expected = {old.target, damaged.permitted.get(old.id, old.target)}
        tally.wrong[name] += new.source != old.source or new.target not in expected
        right[old.id] = {"".join(p.value for p in content or () if isinstance(p, Text)) for content in expected}
        if old.id in damaged.touched:
            tally.edits[name] += old.id in damaged.permitted
            tally.landed[name] += new.target == damaged.permitted.get(old.id)
            continue
        tally.alone[name] += 1
        tally.accepted[name] += old.id not in refused
        tally.lost[name] += old.state >= State.REVIEWED and (new.target != old.target or new.state < State.REVIEWED)
    if pages:
        shown = published(after)
        for segment in document.segments():
            source = "".join(part.value for part in segment.source if isinstance(part, Text))
            texts = shown.get(segment.id, [])
            tally.wrong[name] += len(texts) != 2 or texts[0] != source or texts[1] not in right[segment.id]


def main() -> None:
    """Run many trials and print a table; exit code 1 when a wrong pair was published or reviewed work lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw, tally, started = random.Random(options.seed), Tally(), time.monotonic()
    counts: Counter[str] = Counter()
    for run in range(options.runs):
        version, mutation = draw.choice(FORMS), draw.choice(MUTATIONS)
        counts[mutation.__name__] += 1
        trial(f"{options.seed} {run}", version, mutation, tally, pages=True)
    print(f"recipe: python tests/mutations.py --runs {options.runs} --seed {options.seed}   ({time.monotonic() - started:.0f} s)")
    print(f"{'mutation':16}{'files':>7}{'wrong pairs':>13}{'reviews lost':>14}{'left alone':>12}{'accepted':>10}{'edits':>8}{'landed':>8}")
    for name in sorted(counts):
        share = 100 * tally.accepted[name] / max(tally.alone[name], 1)
        print(
            f"{name:16}{counts[name]:7}{tally.wrong[name]:13}{tally.lost[name]:14}{tally.alone[name]:12}{share:9.1f}%{tally.edits[name]:8}{tally.landed[name]:8}"
        )
    share = 100 * tally.accepted.total() / tally.alone.total()
    print(
        f"{'all':16}{counts.total():7}{tally.wrong.total():13}{tally.lost.total():14}{tally.alone.total():12}{share:9.1f}%{tally.edits.total():8}{tally.landed.total():8}"
    )
    sys.exit(1 if tally.wrong.total() or tally.lost.total() else 0)


if __name__ == "__main__":
    main()
