"""What articles need and plain corpora lack: headlines, names and acronyms to copy, dates and numbers, terms placed inline."""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.corpus import DATA, Pair, read_columns

Lexicon = Mapping[str, Sequence[str]]
"""English phrases, lower case, each with its German translations as a dictionary lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often each change is tried on a pair; an inline term needs an entry that fits, so fewer pairs get one."""

    capitals: float = 0.012
    title_case: float = 0.03
    terms: float = 0.25
    names: float = 0.4
    numbers: float = 0.15


RATES, LAST_RATES = Rates(), Rates(terms=0.5, names=0.7)
FAMILIAR_NAMES = 0.7
"""The share for pairs about Tom, Mary and the like, whom the corpus repeats past all proportion."""
PER_TEMPLATE = 50


def augment(pairs: Iterable[Pair], *, lexicon: Lexicon, rates: Rates, to_german: bool, random_: random.Random) -> Iterator[Pair]:
    """Yield every pair once, some of them changed, and the sentences made from templates; inline terms are of the target language."""
    names = Names(random_)
    for pair in pairs:
        changed = swap_names(pair, names, random_, rates.names)
        if random_.random() < rates.numbers:
            changed = swap_numbers(changed, random_)
        chance = random_.random()
        if chance < rates.capitals:
            changed = capitals(changed)
        elif chance < rates.capitals + rates.title_case:
            changed = title_case(changed)
        elif chance < rates.capitals + rates.title_case + rates.terms:
            changed = inline_term(changed, lexicon, random_, to_german=to_german)
        yield changed
    yield from templates(names, random_)


def lexicon(entries: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    """Dictionary entries that can be terms: one to three English words, one or two German ones with a noun among them."""
    found: dict[str, list[str]] = {}
    for entry, german in entries:
        english = re.sub(r"^(?:the|a|an|to) ", "", entry)
        words = german.split()
        noun = len(words) < 3 and words[-1][:1].isupper() and len(german) > 3 and words[0] not in _ARTICLES
        if noun and english != german and _PHRASE.fullmatch(english):
            found.setdefault(english.lower(), []).append(german)
    return {english: tuple(dict.fromkeys(german)) for english, german in found.items()}


_ARTICLES = frozenset(("der", "die", "das", "ein", "eine"))
_PHRASE = re.compile(r"[A-Za-z][a-z'-]{3,}(?: [A-Za-z'-]+){0,2}")


def inline_term(pair: Pair, lexicon: Lexicon, random_: random.Random, *, to_german: bool) -> Pair:
    """Put the German dictionary form in the place of an English phrase (Dinu et al. 2019); the German side keeps its inflected form.
    When German is the source, the English phrase takes the place of the German one.
    """
    words = list(re.finditer(r"[A-Za-z][A-Za-z'-]*", pair[0]))
    starts = list(range(len(words)))
    random_.shuffle(starts)
    for start in starts:
        for length in (3, 2, 1):
            if start + length > len(words):
                continue
            first, last = words[start].start(), words[start + length - 1].end()
            for german in lexicon.get(pair[0][first:last].lower(), ()):
                found = re.search(rf"(?<!\w){re.escape(german)}(?:e|n|en|er|es|s|se|sen)?(?!\w)", pair[1])
                if found and to_german:
                    return pair[0][:first] + german + pair[0][last:], pair[1]
                if found:
                    return pair[0], pair[1][: found.start()] + pair[0][first:last] + pair[1][found.end() :]
    return pair


def capitals(pair: Pair) -> Pair:
    """A headline in capitals, at most twelve words."""
    if len(pair[0].split()) > 12:
        return pair
    return pair[0].upper(), pair[1].upper()


_SMALL = frozenset(("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "up", "with"))


def title_case(pair: Pair) -> Pair:
    """A headline in Title Case without its final stop; German keeps its capitals as they are."""
    words = pair[0].removesuffix(".").split()
    if not 3 <= len(words) <= 12:
        return pair
    titled = [word if i and word in _SMALL else word[:1].upper() + word[1:] for i, word in enumerate(words)]
    return " ".join(titled), pair[1].removesuffix(".")


class Names:
    """Names of people, places and organisations that are the same in both languages, some of them invented."""

    def __init__(self, random_: random.Random) -> None:
        self.random = random_
        lists = {row["kind"]: row["names"].split() for row in read_columns(DATA / "names.tsv")}
        self.onsets, self.rhymes = ["", *lists.pop("onset")], lists.pop("rhyme")
        self.lists = lists

    def pick(self, kind: str) -> str:
        """A name of the kind: a third is invented, so that copying is learnt and not a list."""
        if self.random.random() < 1 / 3:
            return self.acronym() if kind == "acronym" else self.invented()
        return self.random.choice(self.lists[kind])

    def invented(self) -> str:
        """Two to four syllables that form no name in particular."""
        syllables = [self.random.choice(self.onsets) + self.random.choice(self.rhymes) for _ in range(self.random.choice((2, 2, 3, 3, 4)))]
        return "".join(syllables).capitalize()

    def acronym(self) -> str:
        """Three to five capital letters."""
        return "".join(self.random.choice("ABCDEFGHIJKLMNOPRSTUVWZ") for _ in range(self.random.choice((3, 3, 4, 4, 5))))


_FAMILIAR = {
    "Tom": "male",
    "Mary": "female",
    "John": "male",
    "Mike": "male",
    "Bill": "male",
    "Ken": "male",
    "Jack": "male",
    "Boston": "place",
}


def swap_names(pair: Pair, names: Names, random_: random.Random, rate: float) -> Pair:
    """Replace a name that stands in both sides by another, the genitive included (`Tom's` and `Toms`)."""
    english, german = pair
    familiar = [name for name in _FAMILIAR if name in english and name in german]
    if familiar:
        if random_.random() > FAMILIAR_NAMES:
            return pair
        for name in familiar:
            kind = _FAMILIAR[name]
            new = names.pick("surname" if kind != "place" and random_.random() < 0.3 else kind)
            english, german = _replace(english, name, new, "'s"), _replace(german, name, new, "s")
        return english, german
    if random_.random() > rate:
        return pair
    shared = sorted(set(_NAME.findall(english)) & set(_NAME.findall(german)))
    if not shared:
        return pair
    name = random_.choice(shared)
    new = names.acronym() if name.isupper() else names.pick(random_.choice(("surname", "surname", "place")))
    return _replace(english, name, new, "'s"), _replace(german, name, new, "s")


_NAME = re.compile(
    r"(?<![\w.] )(?<!^)(?<![\w/.@-])[A-Z](?:[a-z]{3,}|[A-Z]{2,4})(?![\w/@-])"
    r"|(?<=[a-z,] )[A-Z](?:[a-zà-ž]{3,}|[A-Z]{2,4})(?![\w/@-])"
    r"|^[A-Z](?:[a-zà-ž]{4,}|[A-Z]{2,4})(?![\w/@-])"
)


def _replace(text: str, name: str, new: str, genitive: str) -> str:
    ending = "’" if genitive == "s" and new[-1] in "sxzß" else genitive
    text = re.sub(rf"(?<!\w){re.escape(name)}{genitive}(?!\w)", lambda _: new + ending, text)
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _: new, text)


def swap_numbers(pair: Pair, random_: random.Random) -> Pair:
    """Replace whole numbers that stand in both sides by others of as many digits, years by years."""
    shared = set(_NUMBER.findall(pair[0])) & set(_NUMBER.findall(pair[1]))
    new = {}
    for old in sorted(shared):
        low, high = (1800, 2040) if 1500 < int(old) < 2100 else (10 ** (len(old) - 1), 10 ** len(old) - 1)
        new[old] = str(random_.randint(low, high))

    def other(found: re.Match[str]) -> str:
        return new.get(found[0], found[0])

    return _NUMBER.sub(other, pair[0]), _NUMBER.sub(other, pair[1])


_NUMBER = re.compile(r"(?<![\w.,:/-])[1-9]\d{1,4}(?![\w:/-]|[.,]\d)")


def templates(names: Names, random_: random.Random) -> Iterator[Pair]:
    """Sentences of news prose with names, places, dates and numbers in their slots, written as each language writes them."""
    countries = read_columns(DATA / "places.en-de.tsv")
    for row in read_columns(DATA / "templates.en-de.tsv"):
        slots = _SLOT.findall(row["english"])
        for _ in range(PER_TEMPLATE if slots else 3):
            values = {slot: _value(slot.rstrip("2"), names, countries, random_) for slot in slots}
            yield _fill(row["english"], values, 0), _fill(row["german"], values, 1)


_SLOT = re.compile(r"{(\w+)}")
_DAYS = [(row["english"], row["german"]) for row in read_columns(DATA / "calendar.en-de.tsv")]
_WEEKDAYS, _MONTHS = _DAYS[:7], _DAYS[7:]


def _date(random_: random.Random) -> Pair:
    month, monat = random_.choice(_MONTHS)
    day, year = random_.randint(1, 28), random_.randint(1890, 2035)
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    return random_.choice(
        (
            (f"{month} {day}, {year}", f"{day}. {monat} {year}"),
            (f"{day} {month} {year}", f"{day}. {monat} {year}"),
            (f"{month} {day}", f"{day}. {monat}"),
            (f"{month} {day}{ending}", f"{day}. {monat}"),
        )
    )


def _decimal(random_: random.Random) -> Pair:
    number = f"{random_.randint(0, 99)}.{random_.randint(1, 99)}"
    return number, number.replace(".", ",")


def _thousand(random_: random.Random) -> Pair:
    number = f"{random_.randint(1, 999)},{random_.randint(0, 9)}00"
    return number, number.replace(",", ".")


def _same(value: object) -> Pair:
    return str(value), str(value)


_VALUES: Mapping[str, Callable[[random.Random], Pair]] = {
    "weekday": lambda random_: random_.choice(_WEEKDAYS),
    "month": lambda random_: random_.choice(_MONTHS),
    "date": _date,
    "decimal": _decimal,
    "thousand": _thousand,
    "year": lambda random_: _same(random_.randint(1890, 2035)),
    "n": lambda random_: _same(random_.randint(2, 999)),
    "small": lambda random_: _same(random_.randint(2, 12)),
}


def _value(slot: str, names: Names, countries: Sequence[Mapping[str, str]], random_: random.Random) -> Pair:
    if slot in _VALUES:
        return _VALUES[slot](random_)
    if slot in ("country", "adj"):
        row = random_.choice(countries)
        return (row["english"], row["german"]) if slot == "country" else (row["adjective"], row["german adjective"])
    return _same(names.pick({"m": "male", "f": "female"}.get(slot, slot)))


def _fill(template: str, values: Mapping[str, Pair], side: int) -> str:
    for slot, value in values.items():
        template = template.replace(f"{{{slot}}}", value[side]).replace(f"{{{slot}:s}}", _genitive(value[side]))
        template = template.replace(f"{{{slot.capitalize()}}}", value[side].capitalize())
    return template


def _genitive(name: str) -> str:
    return f"{name}’" if name[-1] in "sxzß" else f"{name}s"
