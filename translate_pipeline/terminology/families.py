"""Words under the name of their family, so that an inflected word is found where the listed one is looked for."""

from collections.abc import Iterable

from translate_pipeline.evidence.forms import bases, fold, gap

__all__ = ["Normal"]

# Every word stands between these two in the strings that are searched, so that a hit begins and ends with whole words.
_OPEN, _CLOSE = "\x02", "\x03"


class Normal:
    """The form in which texts are searched for `vocabulary`, the words of all terms: every word under the name of its family, between two marks.

    Words belong to one family when they may be inflections of the same word. A family may hold words that are strangers to each other,
    linked by others; what is found through it is compared again.
    """

    def __init__(self, vocabulary: Iterable[str], language: str) -> None:
        families = _Families(language)
        for word in dict.fromkeys(fold(word) for word in vocabulary):
            families.add(word)
        self._words = _Words(families)
        self._gaps = _Gaps()

    def parts(self, pieces: list[str]) -> list[str]:
        """The words at the odd places of `pieces`, and what stands between them, in turn, as they are searched."""
        result = [""] * (len(pieces) - 2)
        result[::2] = map(self._words.__getitem__, pieces[1::2])
        result[1::2] = map(self._gaps.__getitem__, pieces[2:-1:2])
        return result


class _Words(dict[str, str]):
    """Remembers what became of each word."""

    def __init__(self, families: "_Families") -> None:
        super().__init__()
        self._families = families

    def __missing__(self, word: str) -> str:
        result = self[word] = f"{_OPEN}{self._families.of(fold(word))}{_CLOSE}"
        return result


class _Gaps(dict[str, str]):
    """Remembers what became of each gap between words."""

    def __missing__(self, between: str) -> str:
        result = self[between] = gap(between)
        return result


class _Families:
    """Words that may be inflections of one another, each family under the name of one of them."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._heads: dict[str, str] = {}

    def add(self, word: str) -> None:
        """Make `word` a member of the families of all its bases, which become one."""
        kin = bases(word, self._language)
        heads = {self._head(base) for base in kin if base in self._heads}
        head = min(heads) if heads else word
        for base in (*kin, *heads):
            self._heads[base] = head

    def of(self, word: str) -> str:
        """The name of the family of `word`; the word itself when it has none."""
        return next((self._head(base) for base in bases(word, self._language) if base in self._heads), word)

    def _head(self, word: str) -> str:
        while (head := self._heads[word]) != word:
            word = head
        return word
