"""Old inline elements left behind a new text.

A program that sets "the text" of a target sets the text before its first child, or behind its last one, and leaves the children and what
stands around them where they were. Then a whole new sentence stands beside the rest of the old one. A person who edits changes a part of the
sentence, and the rest goes on from there. Which it was is judged by what stands where the two meet, and by whether the new text says the whole.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from translate_pipeline.content import plain
from translate_pipeline.evidence.length import width
from translate_pipeline.model import Code, CodeKind, Content, Inline, Segment, Text

__all__ = ["Judgement", "Leftover", "leftover"]

Judgement = Literal["stale", "doubtful"]
_Sign = str | Code  # a letter, or a code

_FINISHED = re.compile(r"[.!?…。！？][\"'»”’“)\]」』]*[\s,;:，、；：]*$")
_ABBREVIATED = re.compile(r"(?:^|[\W\d])[^\W\d]{1,3}\.[\s,;:]*$")
_INK = re.compile(r"\w")
_WHOLE = (0.6, 1.6)  # a text that says the whole has so much of the length of the old one
_REMARK = 0.4  # a sentence with less of the length of the old one was put beside it
_AGAIN = 60.0  # sentences with such a ratio of letters in common say the same; two of one article have about 40
_UNLIKE = 55.0  # texts with a lower ratio have nothing to do with each other
_REPEATED = 80.0  # partial ratio from which a text occurs in another
_LONG = 5000  # letters of a text that is no sentence any more: every place of a term would be looked at for half a minute
_GROWN = 12.0  # letters that a part may grow by without a doubt; twice as many where it does not end as a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A new text that was put beside old ones, and how sure that is.

    `text` is what is new, `before` and `behind` are what stood there and still stands; `glued` says that the new text runs into one of them.
    """

    judgement: Judgement
    text: str
    before: str
    behind: str
    glued: bool


def leftover(segment: Segment, target: Content) -> Leftover | None:
    """What is left of the old target beside a whole new text in the changed `target`; None for an edit."""
    if not segment.target or target == segment.target:
        return None
    found = [one for one in map(_judged, _places(segment, target)) if one is not None]
    return min(found, key=lambda one: one.judgement != "stale", default=None)


@dataclass(frozen=True, slots=True)
class _Place:
    """A text of the old target with what stood before and behind it, and the text that is there now between the same.

    `gone` is all of the old target that is not there any more: `old`, and what else was taken out; `whole` is all of the old target.
    """

    before: str
    old: str
    new: str
    behind: str
    whole: str
    gone: str


def _judged(place: _Place) -> Leftover | None:
    if not _INK.search(place.new) or not (place.before.strip() or place.behind.strip()):
        return None
    judgement = _verdict(place)
    if judgement is None:
        return None
    return Leftover(judgement=judgement, text=place.new, before=place.before, behind=place.behind, glued=_is_glued(place))


def _verdict(place: _Place) -> Judgement | None:
    """What the place where two texts meet says, and what they say together."""
    new, gone, whole = place.new, place.gone, place.whole
    share = width(new.strip()) / max(width(whole.strip()), 1.0)
    nearer = _is_nearer(new, whole, gone)
    rest = [text.strip() for text in (place.before, place.behind) if _INK.search(text)]
    if not rest:  # punctuation alone
        doubled = _is_finished(new) and not _is_finished(place.old) and _FINISHED.match(place.behind.strip()[:1])
        return "stale" if doubled else None
    if _is_broken(place, share, nearer=nearer) or (nearer and _is_said_again(place, share, rest)):
        return "stale"
    if share < _WHOLE[0]:
        return None
    if not nearer:
        least = _UNLIKE if gone == place.old else _REPEATED  # nobody moves codes and writes all anew
        return "doubtful" if max(fuzz.ratio(new, gone), fuzz.ratio(new, whole)) < least else None
    grown = width(new.strip()) - width(gone.strip())
    is_sentence = _is_finished(new) >= _is_finished(whole)
    return "doubtful" if grown >= (_GROWN if is_sentence else 2 * _GROWN) else None


def _is_broken(place: _Place, share: float, *, nearer: bool) -> bool:
    """Whether nobody writes so: words run into each other, a sentence ends or begins in the middle of another."""
    is_other = fuzz.ratio(place.new.strip(), place.gone.strip()) < _REPEATED
    long = share >= _REMARK
    if _is_glued(place) and (place.old or long) and (nearer or is_other):
        return True
    if _stops_short(place) and ((place.old.strip() and nearer and long) or (_goes_on(place.behind) and is_other)):
        return True
    return _starts_anew(place) and nearer and long


def _is_said_again(place: _Place, share: float, rest: Sequence[str]) -> bool:
    """Whether the new text is a sentence of the length of the old one, and has its words or those that still stand beside it."""
    new, gone, whole = place.new, place.gone, place.whole
    repeated = all(fuzz.partial_ratio(text, new) >= _REPEATED and fuzz.partial_ratio(text, gone) < _REPEATED for text in rest)
    again = fuzz.ratio(new.strip(), whole.strip()) >= _AGAIN
    return _WHOLE[0] <= share <= _WHOLE[1] and (repeated or again) and _is_finished(new) >= _is_finished(whole)


def _is_nearer(text: str, whole: str, part: str) -> bool:
    """Whether a text stands for the whole rather than for the part, by its letters, or by its length where it is like neither."""
    likeness = fuzz.ratio(text, part)
    if likeness < _AGAIN and fuzz.ratio(text, whole) < _AGAIN:
        return abs(width(text) - width(whole)) < abs(width(text) - width(part))
    return fuzz.ratio(text, whole) > likeness


def _is_glued(place: _Place) -> bool:
    """Whether the new text runs into a word beside it where there was a gap before."""
    return (_meet(place.new, place.behind) and not _meet(place.old, place.behind)) or (
        _meet(place.before, place.new) and not _meet(place.before, place.old)
    )


def _meet(left: str, right: str) -> bool:
    """Whether a word begins right behind a word or the end of a sentence; not in scripts without spaces."""
    if not left or not right[:1].isalnum() or width(right[0]) > 1 or width(left[-1]) > 1:
        return False
    return left[-1].isalnum() or (_is_finished(left) and not left[-1].isspace())


def _stops_short(place: _Place) -> bool:
    """Whether a sentence ends with the new text that went on before. Short words with a full stop are abbreviations."""
    return bool(place.behind.strip()) and _is_finished(place.new) and not _is_finished(place.old) and not _ABBREVIATED.search(place.new)


def _goes_on(text: str) -> bool:
    return text.lstrip()[:1].islower()


def _starts_anew(place: _Place) -> bool:
    """Whether a sentence begins with the new text in the middle of another, where none began before."""
    start, former = place.new.lstrip()[:1], place.old.lstrip()[:1]
    return bool(place.before.strip()) and start.isupper() and not former.isupper() and not _is_finished(place.before)


def _is_finished(text: str) -> bool:
    return bool(_FINISHED.search(text))


def _places(segment: Segment, target: Content) -> Iterator[_Place]:
    """The places where a program may have put a text: before, between and behind the elements that the target had."""
    old = _flat(segment.target or ())
    new = _flat(target)
    whole = _letters(old)
    more = len(new) - len(old)
    for at in _bounds(segment, old):
        if (
            not any(map(_is_code, old[:at]))
            and at + more >= 0
            and new[at + more :] == old[at:]
            and not any(map(_is_code, new[: at + more]))
        ):
            yield _Place("", _letters(old[:at]), _letters(new[: at + more]), _letters(old[at:]), whole, _letters(old[:at]))
        if not any(map(_is_code, old[at:])) and at <= len(new) and new[:at] == old[:at] and not any(map(_is_code, new[at:])):
            yield _Place(_letters(old[:at]), _letters(old[at:]), _letters(new[at:]), "", whole, _letters(old[at:]))
    was, now = _outside(segment.target or ()), _outside(target)
    if len(was) < 2 or [child for _, child in was] != [child for _, child in now]:
        return
    texts = [(former, text) for (former, _), (text, _) in zip(was, now, strict=True)]
    for at, (former, text) in enumerate(texts):
        if text != former and all(other == one or not other.strip() for one, other in texts[:at] + texts[at + 1 :]):
            gone = "".join(one for number, (one, other) in enumerate(texts) if number == at or one != other)
            pieces = [words + plain(child) for words, child in now]
            yield _Place("".join(pieces[:at]), former, text, plain(now[at][1]) + "".join(pieces[at + 1 :]), whole, gone)


def _bounds(segment: Segment, old: Sequence[_Sign]) -> list[int]:
    """Where an element of the old target begins or ends: a code, a marked term, or a mark around all of it."""
    found = {0, len(old)}
    for at, part in enumerate(old):
        if isinstance(part, Code):
            found |= {at, at + 1}
    if len(old) > _LONG:
        return sorted(found)
    text = "".join("\0" if isinstance(part, Code) else part for part in old)
    for form in {form for match in segment.terms for form in match.term.target if form}:
        for match in re.finditer(re.escape(form), text):
            found |= {match.start(), match.end()}
    return sorted(found)


def _outside(content: Content) -> list[tuple[str, tuple[Inline, ...]]]:
    """The texts outside all spans, each with the element that follows it; the last one is followed by none."""
    result: list[tuple[str, tuple[Inline, ...]]] = []
    text, depth = "", 0
    child: list[Inline] = []
    for part in content:
        if depth == 0 and isinstance(part, Text):
            text += part.value
            continue
        child.append(part)
        if isinstance(part, Code):
            depth += {CodeKind.OPEN: 1, CodeKind.CLOSE: -1, CodeKind.STANDALONE: 0}[part.kind]
        if depth <= 0:
            result.append((text, tuple(child)))
            text, child, depth = "", [], 0
    return [*result, (text, tuple(child))]


def _flat(content: Content) -> list[_Sign]:
    return list(itertools.chain.from_iterable(part.value if isinstance(part, Text) else (part,) for part in content))


def _is_code(part: _Sign) -> bool:
    return isinstance(part, Code)


def _letters(signs: Sequence[_Sign]) -> str:
    return "".join(sign for sign in signs if isinstance(sign, str))
