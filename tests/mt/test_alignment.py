"""mt.alignment."""

from translate_pipeline.mt.alignment import Alignment, divide, locate

SOURCE = "On Monday the president visited the old city of Berlin."
TARGET = "Am Montag besuchte der Präsident die Altstadt von Berlin."


def words(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the words."""
    spans, at = [], 0
    for word in text.split():
        spans.append((at, at + len(word)))
        at += len(word) + 1
    return tuple(spans)


ALIGNMENT = Alignment(source=words(SOURCE), target=words(TARGET), attended=(0, 1, 4, 2, 3, 5, 7, 8, 9))


def place(phrase: str, *, hops: bool = True, rendering: str = "") -> str:
    """What `locate` finds for a phrase of the source."""
    start = SOURCE.index(phrase)
    found = locate(SOURCE, (start, start + len(phrase)), TARGET, hops=((ALIGNMENT, TARGET),) if hops else (), rendering=rendering)
    return TARGET[found[0] : found[1]]


def test_names_are_found_by_identity() -> None:
    """What stands in both texts is the span, whatever the model looked at."""
    assert place("Berlin", hops=False) == "Berlin"


def test_the_rendering_is_looked_for() -> None:
    """The span translated by itself, also with another article."""
    assert place("old city", hops=False, rendering="Altstadt") == "Altstadt"
    assert place("the old city", hops=False, rendering="Der Altstadt.") == "die Altstadt"


def test_attention_is_followed() -> None:
    """Words that were made of the span, over all packages of a chain."""
    assert place("visited") == "besuchte"
    assert place("the president") == "der Präsident"
    back = Alignment(source=words(TARGET), target=words(SOURCE), attended=(0, 1, 3, 4, 2, 5, 5, 6, 7, 8))
    start = SOURCE.index("visited")
    found = locate(SOURCE, (start, start + 7), SOURCE.replace("visited", "saw"), hops=((ALIGNMENT, TARGET), (back, SOURCE)))
    assert SOURCE[found[0] : found[1]] == "visited"


def test_the_proportion_is_the_last_resort() -> None:
    """Never empty, never outside."""
    assert place("visited", hops=False) in TARGET.split()
    assert locate("a b c", (2, 3), "x", hops=()) == (0, 1)
    assert locate("a b c", (2, 3), "。", hops=()) == (0, 1)


def test_a_division_stays_behind_its_mark() -> None:
    """A line break behind a comma stays behind the comma; else attention and proportion decide."""
    assert divide("Well, he said so.", 6, "Nun, er sagte es so.", hops=()) == 5
    at = SOURCE.index("the old")
    assert TARGET[divide(SOURCE, at, TARGET, hops=((ALIGNMENT, TARGET),)) :].startswith("die Altstadt")
