"""Words under the name of their family, so that an inflected word is found where the listed one is looked for."""

from collections.abc import Iterable

from translate_pipeline.evidence.forms import bases, fold, gap, pieces

__all__ = ["Normal"]

_BETWEEN = "\x00"  # stands in no form and is no white space
_STRANGE = "\x01"  # of all that is in no form
_SURROGATES = range(0xD800, 0xE000)  # no characters
_SIGNS = 0x110000 - len(_SURROGATES) - 2


class Normal:
    """The form in which texts are searched for some `forms`: one sign for every word, and one for what stands between two words.

    So the n-th sign of a text is that of its n-th piece, and what is searched is short. Words have the same sign when they belong to one
    family: when they may be inflections of the same word. A family may hold words that are strangers to each other, linked by others, and when
    there are more families than signs, some share one; what is found is compared again. `keys` are the forms as they are searched for, each
    from its first word to its last; "" for one without any word.
    """

    def __init__(self, forms: Iterable[str], language: str) -> None:
        text = _BETWEEN.join(forms)
        cut = pieces(text)
        families = _Families(language)
        folded = {word: fold(word) for word in dict.fromkeys(cut[1::2])}
        for word in dict.fromkeys(folded.values()):
            families.add(word)
        self._pieces = _Pieces(families)
        borders: dict[str, str] = {}
        for between in dict.fromkeys(cut[::2]):  # first, as they are many and the first signs are short
            if _BETWEEN in between:
                borders[between] = _BETWEEN * between.count(_BETWEEN)
            else:
                self._pieces.learn(between, gap(between))
        for word, own in folded.items():
            self._pieces.learn(word, families.of(own))
        # all at once: a form at a time takes three times as long
        inner = "".join(map({**self._pieces, **borders}.__getitem__, cut[1:-1]))
        whole = borders.get(cut[0], "") + inner + (borders.get(cut[-1], "") if len(cut) > 1 else "")
        self.keys = tuple(whole.split(_BETWEEN)) if text else ()

    def searched(self, cut: list[str]) -> str:
        """A text in pieces as it is searched: a sign for each piece from its first word to its last."""
        return "".join(map(self._pieces.__getitem__, cut[1:-1]))


class _Pieces(dict[str, str]):
    """The signs of words and gaps; remembers what became of each."""

    def __init__(self, families: "_Families") -> None:
        super().__init__()
        self._families = families
        self._signs: dict[str, str] = {}

    def learn(self, piece: str, name: str) -> None:
        """Give a piece the sign of its family or kind of gap, which may be a new one."""
        sign = self._signs.get(name)
        if sign is None:
            sign = self._signs[name] = _sign(len(self._signs))
        self[piece] = sign

    def __missing__(self, piece: str) -> str:
        name = self._families.of(fold(piece)) if len(pieces(piece)) > 1 else gap(piece)
        result = self[piece] = self._signs.get(name, _STRANGE)
        return result


def _sign(number: int) -> str:
    code = number % _SIGNS + 2
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


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
