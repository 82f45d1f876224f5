"""Finding in a translation what a span of the source has become."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Alignment", "Span", "divide", "locate"]

Span = tuple[int, int]
# attention is noise in part: being one word farther from the same share of the sentence outweighs half a word's attention
_PULL = 0.5
# words of up to four letters in front of a phrase may be its article
_ARTICLE = 4
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What the pieces of a translation were made of: spans of the source, spans of the target, and for each of these the index of the
    source piece that the model looked at.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    attended: tuple[int, ...]

    def divide(self, at: int, target: str) -> int:
        """The place between two words of `target` where a cut agrees best with a cut of the source at `at`, not far from the same share."""
        words = [match.span() for match in re.finditer(r"\S+", target)]
        ahead = [0.0]
        for start, end in words:
            looks = [
                self.source[index][0] < at
                for (left, right), index in zip(self.target, self.attended, strict=True)
                if left < end and start < right
            ]
            ahead.append(ahead[-1] + (2 * sum(looks) / len(looks) - 1 if looks else 0.0))
        share = len(words) * at / max(1, *(end for _, end in self.source))
        best = max(range(len(ahead)), key=lambda count: ahead[count] - _PULL * abs(count - share))
        return words[best][0] if best < len(words) else len(target)

    def follow(self, span: Span, target: str) -> Span | None:
        """The stretch of words in `target` that was made of `span` more than of anything else; None where there is none."""
        wanted = {index for index, (start, end) in enumerate(self.source) if start < span[1] and span[0] < end}
        gains = []
        words = [match.span() for match in _WORD.finditer(target)]
        for start, end in words:
            looks = [
                index in wanted for (left, right), index in zip(self.target, self.attended, strict=True) if left < end and start < right
            ]
            gains.append(2 * sum(looks) / len(looks) - 1 if looks else -1.0)
        best = _best_stretch(gains)
        return (words[best[0]][0], words[best[1]][1]) if best else None


def locate(source: str, span: Span, target: str, *, hops: Sequence[tuple[Alignment, str]], rendering: str = "") -> Span:
    """Where in `target` the words in `span` of `source` stand now; never empty unless `target` is.

    Names and numbers are found by identity, then `rendering` (the span translated by itself) is looked for, then the attention of the
    model is followed through the `hops` (each with its target text), and at last the proportion decides.
    """
    phrase = source[span[0] : span[1]].strip()
    found = _same(source, phrase, span[0], target)
    if found is None and rendering:
        found = _rendered(rendering, target)
    if found is None and hops:
        found = _followed(span, hops)
    return found or _proportional(source, span, target)


def divide(source: str, at: int, target: str, *, hops: Sequence[tuple[Alignment, str]]) -> int:
    """The place between two words of `target` for what stands at `at` between two words of `source`; by proportion without `hops`.

    Behind a punctuation mark it stays behind that mark, if there are as many of them in the target.
    """
    sign = source[:at].rstrip(" ")[-1:]
    if sign and not sign.isalnum() and source.count(sign) == target.count(sign):
        places = [match.end() for match in re.finditer(re.escape(sign) + " *", target)]
        return places[source[:at].count(sign) - 1]
    if not hops:
        start, _ = _proportional(source, (at, len(source)), target)
        return start
    for alignment, text in hops:
        at = alignment.divide(at, text)
    return at


def _same(source: str, phrase: str, start: int, target: str) -> Span | None:
    """The place of the phrase itself, if it stands in both texts equally often."""
    if not any(character.isalnum() for character in phrase):
        return None
    ours = [match.start() for match in _whole(phrase, source)]
    theirs = list(_whole(phrase, target))
    number = sum(place < start for place in ours)
    return theirs[number].span() if ours and len(ours) == len(theirs) and number < len(theirs) else None


def _rendered(rendering: str, target: str) -> Span | None:
    """The place of the rendering, whole or without its first word, which is often an article in another case."""
    whole = rendering.strip(" .")
    article, _, rest = whole.partition(" ")
    for phrase in (whole, rest if len(article) <= _ARTICLE else ""):
        places = list(_whole(phrase, target, flags=re.IGNORECASE)) if len(phrase) > _ARTICLE else []
        if len(places) != 1:
            continue
        start, end = places[0].span()
        previous = list(_WORD.finditer(target, 0, start))
        if phrase is rest and previous and len(previous[-1][0]) <= _ARTICLE and target[previous[-1].end() : start] == " ":
            start = previous[-1].start()
        return start, end
    return None


def _whole(phrase: str, text: str, *, flags: int = 0) -> Iterator[re.Match[str]]:
    before = r"(?<!\w)" if phrase[:1].isalnum() else ""
    after = r"(?!\w)" if phrase[-1:].isalnum() else ""
    return re.finditer(before + re.escape(phrase) + after, text, flags)


def _followed(span: Span, hops: Sequence[tuple[Alignment, str]]) -> Span | None:
    found: Span | None = span
    for alignment, text in hops:
        if found is None:
            return None
        found = alignment.follow(found, text)
    return found


def _proportional(source: str, span: Span, target: str) -> Span:
    """As many words as in the span, at the same share of the text."""
    theirs = [match.span() for match in _WORD.finditer(target)]
    if not theirs:
        return 0, len(target)
    ours = [match.span() for match in _WORD.finditer(source)]
    before = sum(end <= span[0] for _, end in ours)
    inside = max(1, sum(start < span[1] and span[0] < end for start, end in ours))
    share = len(theirs) / max(1, len(ours))
    first = min(round(before * share), len(theirs) - 1)
    last = min(max(first, round((before + inside) * share) - 1), len(theirs) - 1)
    return theirs[first][0], theirs[last][1]


def _best_stretch(gains: Sequence[float]) -> tuple[int, int] | None:
    """First and last index of the stretch with the largest sum, if that is above zero."""
    best, best_sum = None, 0.0
    start, total = 0, 0.0
    for index, gain in enumerate(gains):
        if total <= 0:
            start, total = index, 0.0
        total += gain
        if total > best_sum:
            best, best_sum = (start, index), total
    return best
