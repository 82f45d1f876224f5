"""Words under the name of their family, so that an inflected word is found where the listed one is looked for."""

from collections.abc import Iterable

from translate_pipeline.evidence.forms import bases, fold, gap, pieces

__all__ = ["Normal"]

# Every word stands between these two in the strings that are searched, so that a hit begins and ends with whole words.
_OPEN, _CLOSE = "\x02", "\x03"
_BETWEEN = "\x00"  # stands in no form and is no white space


class Normal:
    """The form in which texts are searched for some `forms`: every word under the name of its family, between two marks.

    Words belong to one family when they may be inflections of the same word. A family may hold words that are strangers to each other,
    linked by others; what is found through it is compared again. `keys` are the forms as they are searched for, each from its first word to
    its last; "" for one without any word.
    """

    def __init__(self, forms: Iterable[str], language: str) -> None:
        text = _BETWEEN.join(forms)
        cut = pieces(text)
        families = _Families(language)
        for word in dict.fromkeys(map(fold, dict.fromkeys(cut[1::2]))):
            families.add(word)
        self._words = _Words(families)
        self._gaps = _Gaps()
        # all at once: a form at a time takes three times as long
        whole = "".join([cut[0], *self.parts(cut), cut[-1]]) if len(cut) > 1 else text
        self.keys = (
            tuple(key[key.find(_OPEN) : key.rfind(_CLOSE) + 1] if _OPEN in key else "" for key in whole.split(_BETWEEN)) if text else ()
        )

    def parts(self, cut: list[str]) -> list[str]:
        """The words at the odd places of a text in pieces, and what stands between them, in turn, as they are searched."""
        result = [""] * (len(cut) - 2)
        result[::2] = map(self._words.__getitem__, cut[1::2])
        result[1::2] = map(self._gaps.__getitem__, cut[2:-1:2])
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
        if len(kin) == 1:
            self._heads.setdefault(word, word)
            return
        heads = {self._head(base) for base in kin if base in self._heads}
        head = min(heads) if heads else word
        for base in (*kin, *heads):
            self._heads[base] = head

    def of(self, word: str) -> str:
        """The name of the family of `word`; the word itself when it has none."""
        if word in self._heads:
            return self._head(word)
        return next((self._head(base) for base in bases(word, self._language) if base in self._heads), word)

    def _head(self, word: str) -> str:
        while (head := self._heads[word]) != word:
            word = head
        return word
