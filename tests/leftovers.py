# ruff: noqa: T201 - the module is a program as well, and prints what it found
"""Targets with inline codes as programs leave them behind a new text, and as people leave them who edit.

Also a program: `python tests/leftovers.py --runs 5000 --seed 1` counts how many of each kind are refused, flagged or taken. Sentences are
the German, French, Russian and Chinese ones of FLORES dev beside the repository, in pairs: a translation, and a new text in its place, which
is either the same with some words replaced ("near") or another sentence of like length ("far", the worst case: nothing in common).
"""

import argparse
import os
import pathlib
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate_pipeline.content import from_text, join
from translate_pipeline.model import Code, CodeKind, Content, Inline, Segment, Term, TermMatch, Text
from translate_pipeline.review.stale import leftover

SHARED = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", pathlib.Path(__file__).parents[2] / "shared"))
SHAPES = ("span", "alone", "both", "two")
LANGUAGES = ("de", "fr", "ru", "zh")


@dataclass(frozen=True, slots=True)
class Case:
    """A target that was handed out, what it became, whether a program did it, and the term that is in it."""

    kind: str
    old: Content
    new: Content
    stale: bool
    term: str


def tokens(sentence: str) -> list[str]:
    """The words with the blanks behind them, or the characters of a sentence without blanks."""
    words = sentence.split(" ")
    spaced = len(words) > 1 and 10 * len(words) > len(sentence)
    return [word + " " for word in words[:-1]] + words[-1:] if spaced else list(sentence)


def coded(words: Sequence[str], draw: random.Random, shape: str) -> Content:
    """The sentence with a span over some words (`g`, `pc`), a code alone (`x`, `ph`), both, or two spans."""
    parts: list[Inline] = [Text(value=word) for word in words]
    spans = {"span": 1, "alone": 0, "both": 1, "two": 2}[shape]
    places = sorted(draw.sample(range(1, len(words)), min(2 * spans, (len(words) - 1) // 2 * 2)))
    for number, (start, end) in reversed(list(enumerate(zip(places[::2], places[1::2], strict=False), 1))):
        inner = parts[end - 1]
        assert isinstance(inner, Text)
        bare = inner.value.rstrip(" .!?。")
        tail = inner.value[len(bare) :]
        name = f"c{number}"
        parts[end - 1 : end] = [Text(value=bare), Code(id=name, kind=CodeKind.CLOSE), Text(value=tail)]
        parts.insert(start, Code(id=name, kind=CodeKind.OPEN))
    if shape in {"alone", "both"}:
        parts.insert(draw.randrange(1, len(parts)), Code(id="c9", kind=CodeKind.STANDALONE))
    return join(parts)


def elements(content: Content) -> list[Content]:
    """The content as texts outside spans, and spans or codes alone, in order and by turns: text, element, text ..."""
    result: list[Content] = []
    run: list[Inline] = []
    depth = 0
    for part in content:
        if depth == 0 and isinstance(part, Code):
            result.append(tuple(run))
            run = []
        run.append(part)
        if isinstance(part, Code):
            depth += {CodeKind.OPEN: 1, CodeKind.CLOSE: -1, CodeKind.STANDALONE: 0}[part.kind]
            if depth == 0:
                result.append(tuple(run))
                run = []
    return [*result, tuple(run)]


def left_behind(old: Content, text: str, place: str, gap: str) -> Content:
    """What a program makes of a target whose text it sets before, behind or between the elements, with or without the texts around them."""
    if place.startswith("around"):  # a mark around everything, which is no inline code
        first, last = Text(value=text + gap), Text(value=gap + text)
        return join([first, *old] if place == "around before" else [*old, last])
    parts = elements(old)
    if place == "before":
        parts[0] = (Text(value=text + gap),)
    elif place == "behind":
        parts[-1] = (Text(value=gap + text),)
    elif place == "between":
        parts[2 * (len(parts) // 4)] = (Text(value=gap + text + gap),)
    else:
        parts[::2] = [()] * len(parts[::2])
        parts[0 if place == "bare before" else -1] = (Text(value=text + gap if place == "bare before" else gap + text),)
    return join(part for content in parts for part in content)


def replaced(words: Sequence[str], others: Sequence[str], draw: random.Random, share: float) -> list[str]:
    """The words with a share of the inner ones replaced by other ones."""
    result = list(words)
    for at in draw.sample(range(len(words) - 1), max(1, int(share * (len(words) - 1)))):
        result[at] = draw.choice(others[1:-1] or others)
    return result


def _text_at(content: Content, draw: random.Random, change: Callable[[list[str]], list[str]]) -> Content:
    """The content with the words of one of its texts changed, and the blanks around it kept."""
    places = [at for at, part in enumerate(content) if isinstance(part, Text) and part.value.strip()]
    at = draw.choice(places)
    part = content[at]
    assert isinstance(part, Text)
    text = part.value.strip()
    changed = part.value.replace(text, "".join(change(tokens(text))).strip())
    return join([*content[:at], Text(value=changed), *content[at + 1 :]])


def edited(old: Content, others: Sequence[str], draw: random.Random, kind: str) -> Content:
    """What a person does to a target."""
    word = draw.choice(others[1:-1] or others)
    more = [draw.choice(others[1:-1] or others) for _ in range(draw.randint(1, 4))]
    at, gap = draw.random(), " " if " " in word else ""
    spanned = "".join(part.value for part in elements(old)[1] if isinstance(part, Text)).strip() or word.strip()
    term = "".join(tokens(spanned)[:3]).strip()
    changes: dict[str, Callable[[list[str]], list[str]]] = {
        "replace words": lambda words: replaced(words, others, draw, draw.random() / 2) if len(words) > 1 else [word],
        "insert words": lambda words: [*words[: int(at * len(words))], *more, *words[int(at * len(words)) :]],
        "delete words": lambda words: words[: len(words) // 2] + words[len(words) // 2 + 1 :] if len(words) > 2 else words,
        "repeat a term": lambda words: [words[0].strip() + gap, term + gap, *words[1:]],
    }
    if kind in changes:
        return _text_at(old, draw, changes[kind])
    parts = elements(old)
    if kind == "move codes":
        one, other = (1, 3) if len(parts) > 3 and draw.random() < 0.5 else (0, 1)
        parts[one], parts[other] = parts[other], parts[one]
    elif kind == "begin anew":
        parts[0] = (Text(value="".join(others[:3])), *parts[0])
    else:
        assert kind == "add a remark"
        parts[-1] = (*parts[-1], Text(value=f" ({word.strip()})"))
    return join(part for content in parts for part in content)


PLACES = ("before", "behind", "between", "bare before", "bare behind", "around before", "around behind", "term")
STALE = tuple(f"{place}|{gap}" for place in PLACES for gap in ("", " ", ", "))
HONEST = ("replace words", "insert words", "delete words", "repeat a term", "move codes", "begin anew", "add a remark")


def case(sentence: str, other: str, kind: str, draw: random.Random) -> Case:
    """A case of a kind, with one of four arrangements of codes, or with a mark around a term or around everything."""
    words, others = tokens(sentence), tokens(other)
    at = draw.choice([at for at, word in enumerate(words) if at and any(map(str.isalnum, word))])
    term = words[at].strip(" ,.;:!?()。，")
    if kind in HONEST:
        old = coded(words, draw, draw.choice(SHAPES))
        return Case(kind, old, edited(old, others, draw, kind), stale=False, term=term)
    nearness, where = kind.split(": ")
    place, gap = where.split("|")
    text = "".join(replaced(words, others, draw, 0.3)) if nearness == "near" else other
    if place == "term":
        start = sentence.index(term, len("".join(words[:at])))
        return Case(kind, from_text(sentence), from_text(text + gap + sentence[start:]), stale=True, term=term)
    old = from_text(sentence) if place.startswith("around") and draw.random() < 0.5 else coded(words, draw, draw.choice(SHAPES))
    return Case(kind, old, left_behind(old, text, place, gap), stale=True, term=term)


KINDS = (*(f"{nearness}: {place}" for nearness in ("near", "far") for place in STALE), *HONEST)


def verdict(one: Case) -> str:
    """refused, flagged or taken; "nothing" where nothing is said twice, or nothing changed."""
    term = TermMatch(term=Term(concept="c", source=(one.term,), target=(one.term,)), start=0, end=len(one.term))
    found = leftover(Segment(id="s1", source=one.old, target=one.old, terms=(term,)), one.new)
    if found is None:
        return "taken"
    return "refused" if found.judgement == "stale" else "flagged"


def is_harmless(one: Case) -> bool:
    """Whether a stale case leaves no letter of the old text standing beside the new one: a code alone at an end, for example."""
    parts = elements(one.old)
    texts = ["".join(part.value for part in content if isinstance(part, Text)) for content in parts]
    place = one.kind.split(": ")[1].split("|")[0]
    if place.startswith(("around", "term")):
        return False
    if place.startswith("bare"):
        kept = texts[1::2]
    else:
        slot = {"before": 0, "behind": len(parts) - 1, "between": 2 * (len(parts) // 4)}[place]
        kept = texts[:slot] + texts[slot + 1 :]
    return not any(letter.isalnum() for text in kept for letter in text)


def main() -> None:
    """Print what came of each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", metavar="KIND")
    options = parser.parse_args()
    read = {tag: (SHARED / "eval" / f"flores-dev.{tag}").read_text(encoding="utf-8").splitlines() for tag in LANGUAGES}
    lines = {tag: [line for line in found if len(tokens(line)) > 5] for tag, found in read.items()}
    draw, counts = random.Random(options.seed), Counter[tuple[str, str]]()
    for _ in range(options.runs):
        sentence = draw.choice(lines[language := draw.choice(LANGUAGES)])
        other = min(draw.sample(lines[language], 20), key=lambda line: (line == sentence, abs(len(line) - len(sentence))))
        kind = draw.choice(KINDS if draw.random() < 0.5 else HONEST)
        one = case(sentence, other, kind, draw)
        if one.new == one.old or (one.stale and is_harmless(one)):
            continue
        result = verdict(one)
        counts[kind, result] += 1
        if options.show == kind and result == ("taken" if one.stale else "refused"):
            print(
                *("".join(p.value if isinstance(p, Text) else f"<{p.id}>" for p in content) for content in (one.old, one.new)), sep="\n  "
            )
    print(f"recipe: python tests/leftovers.py --runs {options.runs} --seed {options.seed}")
    print(f"{'kind':24}{'refused':>9}{'flagged':>9}{'taken':>9}")
    for kind in (*KINDS, "left behind", "edits"):
        own = [kind] if kind in KINDS else [name for name in KINDS if (name in HONEST) == (kind == "edits")]
        row = [sum(counts[name, result] for name in own) for result in ("refused", "flagged", "taken")]
        print(f"{kind:24}" + "".join(f"{number:9}" for number in row))


if __name__ == "__main__":
    main()
