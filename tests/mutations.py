# ruff: noqa: T201 - the module is a program as well, and prints what it found
"""What programs and people do to a file on the way: seeded damage, each kind with what it leaves alone and what it permits.

Also a program: `python tests/mutations.py --runs 5000 --seed 1` damages exported files of every version and segmentation, imports them, publishes the
pages, and prints how many pairs on them are wrong, how much reviewed work was lost, and how much of what was left alone was accepted.
"""

import argparse
import copy
import random
import sys
import time
import typing
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree, html

from translate_pipeline.content import fingerprint, from_text
from translate_pipeline.errors import XliffError
from translate_pipeline.model import Block, Candidate, Code, CodeKind, Content, Document, Markup, Segment, State, Text
from translate_pipeline.publish import site
from translate_pipeline.review.importer import Import, verdicts
from translate_pipeline.xliff import versions


class Form(NamedTuple):
    """How a file is handed out: its version, and whether a sentence or a paragraph is a unit."""

    version: versions.Version
    segmentation: versions.Segmentation


FORMS = tuple(Form(version, segmentation) for version in versions.WRITTEN for segmentation in typing.get_args(versions.Segmentation))
_EDIT = " (korrigiert)"


@dataclass(slots=True)
class Damaged:
    """A damaged file: which segments it touched, and which targets besides the one handed out are right for which segment.

    `permitted` are a person's edits, which have to land; `repaired` is what a program meant, which may.
    """

    data: bytes
    touched: set[str] = field(default_factory=set)
    permitted: dict[str, Content] = field(default_factory=dict)
    repaired: dict[str, Content] = field(default_factory=dict)


def article(draw: random.Random, size: int = 12) -> Document:
    """An article on its way through review: paragraphs of one to three sentences with and without codes, spans protected, states of every kind."""
    segments, markup = [], []
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
        segments.append(
            Segment(id=f"s{number}", source=source, target=target, state=state, substate=substate, candidates=(machine,), after=" ")
        )
    blocks = []
    while segments:
        length = draw.randint(1, 3)
        blocks.append(Block(id=f"b{len(blocks) + 1}", kind="paragraph", segments=tuple(segments[:length])))
        del segments[:length]
    return Document(
        id="article",
        source_language="en",
        target_language="de",
        metadata=(("original", "article.txt"),),
        blocks=tuple(blocks),
        codes=tuple(markup),
        last_id=size,
    )


def exported(document: Document, form: Form) -> bytes:
    """The file that is handed out."""
    return versions.serialize(
        document,
        version=form.version,
        segmentation=form.segmentation,
        skeleton=".base/x.skl.xml",
        fingerprint=fingerprint(document),
        recipe="0" * 16,
        build=1,
    )


@dataclass(slots=True)
class Place:
    """Where a segment stands: the elements of its source and target, those that name it, the one that can be taken out, and the unit around it.

    `name` is the attribute with the name; `states` are the elements that say how far it is.
    """

    source: etree._Element
    target: etree._Element
    named: list[etree._Element]
    name: str
    movable: etree._Element
    unit: etree._Element
    states: list[etree._Element]


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _child(node: etree._Element, name: str) -> etree._Element:
    return next(child for child in node if _local(child) == name)


def _places(tree: etree._Element) -> dict[str, Place]:
    """The segments by their ids."""
    found = {}
    for unit in [node for node in tree.iter() if _local(node) in {"trans-unit", "unit"}]:
        segments = [node for node in unit if _local(node) == "segment"]
        marked = [node for node in unit if _local(node) == "seg-source"]
        for node in segments:
            alone = node if len(segments) > 1 else unit
            found[node.get("id", "")] = Place(_child(node, "source"), _child(node, "target"), [node], "id", alone, unit, [node])
        if marked:
            target = _child(unit, "target")
            marks = {mark.get("mid", ""): mark for mark in target.iter() if mark.get("mtype") == "seg"}
            for mark in [node for node in marked[0].iter() if node.get("mtype") == "seg"]:
                name = mark.get("mid", "")
                found[name] = Place(mark, marks[name], [mark, marks[name]], "mid", marks[name], unit, [target, unit])
        elif not segments:
            target = _child(unit, "target")
            found[unit.get("id", "")] = Place(_child(unit, "source"), target, [unit], "id", unit, unit, [target, unit])
    return found


def _inside(place: Place, tree: etree._Element) -> set[str]:
    """The segments of a unit."""
    return {name for name, other in _places(tree).items() if other.unit is place.unit}


def _taken_out(node: etree._Element) -> None:
    """Take an element out, and leave the text behind it."""
    before, parent = node.getprevious(), node.getparent()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def delete(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A segment is gone, or a whole unit."""
    name, place = draw.choice(list(_places(tree).items()))
    if draw.random() < 0.5:
        touched = _inside(place, tree)
        _taken_out(place.unit)
        return Damaged(b"", touched)
    _taken_out(place.movable)
    return Damaged(b"", {name})


def duplicate(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A unit is there twice, the second time with the target of another segment."""
    places = _places(tree)
    name, other = draw.sample(list(places), 2)
    touched = _inside(places[name], tree)
    unit, target = places[name].unit, copy.deepcopy(places[other].target)
    path = tree.getroottree().getelementpath(places[name].target).removeprefix(tree.getroottree().getelementpath(unit) + "/")
    twin = copy.deepcopy(unit)
    place = twin.find(path)
    target.tail = place.tail
    if place.get("mid"):
        target.set("mid", place.get("mid"))
    place.getparent().replace(place, target)
    unit.getparent().insert(unit.getparent().index(unit) + draw.choice((0, 1)), twin)
    return Damaged(b"", touched)


def reorder(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """Units in another order, or sentences of a unit, ids kept: nothing is touched."""
    places = list(_places(tree).values())
    if draw.random() < 0.5:
        movables = list(dict.fromkeys(place.unit for place in places))
    else:
        unit = draw.choice(places).unit
        movables = [place.movable for place in places if place.unit is unit]
    spots = [(node.getparent(), node.getparent().index(node), node.tail) for node in movables]
    shuffled = [copy.deepcopy(node) for node in draw.sample(movables, len(movables))]
    for (parent, index, tail), node in zip(spots, shuffled, strict=True):
        node.tail = tail
        parent[index] = node
    return Damaged(b"")


def rename(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A segment gets an id that nobody gave, in all places that name it or in one."""
    name, place = draw.choice(list(_places(tree).items()))
    for node in place.named if draw.random() < 0.5 else [draw.choice(place.named)]:
        node.set(place.name, "s999")
    return Damaged(b"", {name})


def swap_ids(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """Two segments exchange their ids, in all places that name them or in one."""
    (one, first), (other, second) = draw.sample(list(_places(tree).items()), 2)
    which = slice(None) if draw.random() < 0.5 else slice(0, 1)
    for node in first.named[which]:
        node.set(first.name, other)
    for node in second.named[which]:
        node.set(second.name, one)
    return Damaged(b"", {one, other})


def swap(part: str) -> Callable[[etree._Element, random.Random, Document], Damaged]:
    """Two segments exchange their sources or targets."""

    def mutation(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
        (one, first), (other, second) = draw.sample(list(_places(tree).items()), 2)
        left, right = (getattr(place, part) for place in (first, second))
        contents = [(node.text, [copy.deepcopy(child) for child in node]) for node in (left, right)]
        for node, (text, children) in zip((right, left), contents, strict=True):
            node[:] = children
            node.text = text
        return Damaged(b"", {one, other})

    mutation.__name__ = f"swap_{part}s"
    return mutation


def edit_source(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """Somebody corrects the source."""
    name, place = draw.choice(list(_places(tree).items()))
    holder = next(node for node in place.source.iter() if "Sentence" in (node.text or ""))
    holder.text = holder.text.replace("Sentence", "Phrase")
    return Damaged(b"", {name})


def strip_codes(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A target loses its inline elements and keeps its text."""
    touched = set()
    for name, place in _places(tree).items():
        if len(place.target) and draw.random() < 0.5:
            place.target.text = "".join(place.target.itertext())
            place.target[:] = []
            touched.add(name)
    return Damaged(b"", touched)


def indent(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """A program puts line ends and spaces around inline elements: to be repaired, so nothing is touched."""
    gap = "\n" + " " * draw.randrange(2, 12)
    for place in _places(tree).values():
        for content in (place.source, place.target):
            if len(content):
                content.text = (content.text or "") + gap
                for child in content:
                    child.tail = gap + (child.tail or "")
    return Damaged(b"")


def states(tree: etree._Element, draw: random.Random, _document: Document) -> Damaged:
    """States are dropped or changed; the texts stay, so nothing is touched."""
    for place in _places(tree).values():
        if draw.random() < 0.5:
            for node in place.states:
                for attribute in ("state", "state-qualifier", "subState", "approved"):
                    node.attrib.pop(attribute, None)
            if draw.random() < 0.5:
                place.states[0].set("state", draw.choice(["final", "translated"]))
            if place.name == "mid" and draw.random() < 0.5:
                place.target.attrib.pop("comment", None)
    return Damaged(b"")


def edit_target(tree: etree._Element, draw: random.Random, document: Document) -> Damaged:
    """A translator's honest work: some targets get words at their end."""
    damaged = Damaged(b"")
    known = {segment.id: segment for segment in document.segments()}
    for name, place in _places(tree).items():
        if draw.random() < 0.3:
            if len(place.target):
                place.target[-1].tail = (place.target[-1].tail or "") + _EDIT
            else:
                place.target.text = (place.target.text or "") + _EDIT
            damaged.touched.add(name)
            old = known[name].target or ()
            last = old[-1]
            assert isinstance(last, Text)
            damaged.permitted[name] = (*old[:-1], Text(value=last.value + _EDIT))
    return damaged


def move_codes(tree: etree._Element, draw: random.Random, document: Document) -> Damaged:
    """A translator's honest work: the span goes to the front."""
    damaged = Damaged(b"")
    known = {segment.id: segment for segment in document.segments()}
    for name, place in _places(tree).items():
        old = known[name].target or ()
        if len(place.target) == 1 and len(old) == 5 and draw.random() < 0.5:
            before, span, behind = old[0], old[1:4], old[4]
            assert isinstance(before, Text)
            assert isinstance(behind, Text)
            words = " " + before.value.strip() + behind.value
            place.target.text, place.target[0].tail = None, words
            damaged.touched.add(name)
            damaged.permitted[name] = (*span, Text(value=words))
    return damaged


def leave_behind(tree: etree._Element, draw: random.Random, document: Document) -> Damaged:
    """A program sets a whole new text before, or behind, the elements of some targets: nothing but the new text alone may come of it."""
    damaged = Damaged(b"")
    known = {segment.id: segment for segment in document.segments()}
    for name, place in _places(tree).items():
        if len(place.target) and draw.random() < 0.5:
            old = known[name].target or ()
            span = next((part.value for part in old[2:3] if isinstance(part, Text)), "")
            new = f"In diesem Satz geht es {draw.choice(('jetzt', 'auch'))} um {draw.choice((span, 'anderes'))} und um mehr."
            if draw.random() < 0.5:
                place.target.text = new + draw.choice(("", " "))
            else:
                place.target[-1].tail = draw.choice(("", " ")) + new
            damaged.touched.add(name)
            before, found, behind = new.partition(span)
            if found:
                damaged.repaired[name] = (Text(value=before), *old[1:4], Text(value=behind))
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
    move_codes,
    leave_behind,
)


def damaged_file(document: Document, form: Form, mutation: Callable[..., Damaged], draw: random.Random) -> Damaged:
    """The exported file after one mutation."""
    tree = etree.fromstring(exported(document, form))
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


def trial(seed: str, form: Form, mutation: Callable[..., Damaged], tally: Tally, *, pages: bool) -> None:
    """Damage, import, publish and count."""
    draw = random.Random(seed)
    document = article(draw)
    name = mutation.__name__
    damaged = damaged_file(document, form, mutation, draw)
    result = imported(document, damaged.data)
    after = result.document if result is not None else document
    refused = {verdict.segment for verdict in result.refused} if result is not None else {segment.id for segment in document.segments()}
    right = {}
    for old, new in zip(document.segments(), after.segments(), strict=True):
        expected = {old.target, *(texts.get(old.id, old.target) for texts in (damaged.permitted, damaged.repaired))}
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
        form, mutation = draw.choice(FORMS), draw.choice(MUTATIONS)
        counts[mutation.__name__] += 1
        trial(f"{options.seed} {run}", form, mutation, tally, pages=True)
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
