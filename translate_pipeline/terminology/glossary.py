"""The term base: concepts with their forms in every language, read from our own tab-separated files.

The first line names the columns: a BCP 47 tag for each language, and any of `concept`, `kind`, `case`, `pos`, `note` and `source`. Every further
line is a concept. Forms are separated by `|`; the first is the preferred one, the others are admitted, and one behind `!` is forbidden.
A backslash takes the meaning from the character after it. Empty lines and lines that begin with `#` are skipped.
"""

import contextlib
import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from translate_pipeline.errors import GlossaryError, LanguageError
from translate_pipeline.evidence.forms import words
from translate_pipeline.languages import name as language_name
from translate_pipeline.languages import normalise, primary

__all__ = ["CASES", "FACTS", "KINDS", "Concept", "Entry", "Glossary", "check", "counterparts", "load", "no_collection", "serialize"]

KINDS = ("", "acronym", "person", "place", "organisation", "title", "product", "dnt")
CASES = ("smart", "exact", "ignore")
FACTS = ("concept", "kind", "case", "pos", "note", "source")
_LONGEST_FORM = 300
_MOST_PROBLEMS = 100
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[|!\\\\\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SEPARATOR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


class Entry(NamedTuple):
    """The forms of a concept in one language: the preferred one first, then the admitted ones; and those that must not be used."""

    language: str
    forms: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


class Concept(NamedTuple):  # and no frozen dataclass, which takes three times as long to make, a hundred thousand times
    """What is meant, in several languages. `line` is where it stands in its file, `kind` one of KINDS, `case` one of CASES.

    `pos` is the part of speech, `note` for people, `source` where the entry comes from. A concept that may mean something else has a `context`,
    a rule of `contexts.tsv` about the words around it; its forms are looked for in a translation but never brought about.
    """

    id: str
    entries: tuple[Entry, ...]
    kind: str = ""
    case: str = "smart"
    pos: str = ""
    note: str = ""
    source: str = ""
    line: int = 0
    context: str = ""

    def entry(self, tag: str) -> Entry | None:
        """The entry for a language, or for the language without script and region; what is not to be translated is the same in all."""
        for entry in self.entries:
            if entry.language == tag:
                return entry
        wanted = primary(tag)
        near = next((entry for entry in self.entries if primary(entry.language) == wanted), None)
        return near or (self.entries[0] if self.kind == "dnt" and self.entries else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """A term base. `name` is what messages call it; `languages` are those that it has a column for."""

    name: str
    languages: tuple[str, ...]
    concepts: tuple[Concept, ...]

    def speaks(self, tag: str) -> bool:
        """Whether there is a column for the language, whatever its region."""
        return primary(tag) in {primary(own) for own in self.languages}

    def has(self, source: str, target: str) -> bool:
        """Whether the glossary can say anything for the language pair."""
        return (self.speaks(source) and self.speaks(target)) or any(concept.kind == "dnt" for concept in self.concepts)


def load(name: str, data: bytes) -> Glossary:
    """Read a glossary in our own form; `name` is its file for messages.

    Raises:
        GlossaryError: the file is damaged or contradicts itself; every problem with its line.
    """
    problems: list[str] = []
    lines = _lines(name, data)
    start = next(lines, None)
    if start is None:
        raise GlossaryError(f"{name}: is empty. The first line must name the columns: a language tag each, and kind, case or note.")
    header = [_column(cell, name, start[0], problems) for cell in start[1].split("\t")]
    doubled = sorted({cell for cell in header if cell and header.count(cell) > 1})
    problems += [f"{name}:{start[0]}: two columns are called {cell!r}. Remove one." for cell in doubled]
    languages = tuple(cell for cell in header if cell and cell not in FACTS)
    if not languages and not problems:
        problems.append(f"{name}:{start[0]}: no column is named by a language tag such as en or de.")
    if problems:
        raise GlossaryError(*problems)
    columns = _Columns(
        languages=tuple((at, column) for at, column in enumerate(header) if column in languages),
        facts=tuple((at, column) for at, column in enumerate(header) if column in FACTS and column != "concept"),
        name=header.index("concept") if "concept" in header else len(header),
        width=len(header),
    )
    with no_collection():
        concepts = tuple([concept for number, line in lines for concept in _concept(columns, line, number, name, problems)])
    glossary = Glossary(name=name, languages=languages, concepts=concepts)
    check(glossary, problems)
    return glossary


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """While much is built and nothing thrown away, the garbage collector would only go through it again and again."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


def check(glossary: Glossary, problems: Iterable[str] = ()) -> None:
    """Make sure that no two concepts contradict each other: a form in one language has one preferred form in another.

    Raises:
        GlossaryError: they do, or there were `problems` already.
    """
    found = [*problems, *_doubled(glossary), *_contradictions(glossary)]
    if len(found) > _MOST_PROBLEMS:
        found[_MOST_PROBLEMS:] = [f"{glossary.name}: and {len(found) - _MOST_PROBLEMS} more."]
    if found:
        raise GlossaryError(*found)


def counterparts(form: str, forms: tuple[str, ...]) -> tuple[str, ...]:
    """`forms` of another language in the order in which they answer `form`: those of its make first, an acronym for an acronym, a surname for a surname."""
    if len(forms) < 2:
        return forms
    make = _make(form)
    return tuple(sorted(forms, key=lambda one: sum(a is not b for a, b in zip(make, _make(one), strict=True))))


def serialize(glossary: Glossary) -> bytes:
    """A glossary in our own form; `load` reads an equal one, but for the lines where concepts stand."""
    facts = [fact for fact in FACTS if fact == "concept" or any(_fact(concept, fact) for concept in glossary.concepts)]
    rows = [[*facts, *glossary.languages]]
    for concept in glossary.concepts:
        cells = {
            entry.language: "|".join([*map(_escaped, entry.forms), *(f"!{_escaped(form)}" for form in entry.forbidden)])
            for entry in concept.entries
        }
        rows.append([*(_flat(_fact(concept, fact)) for fact in facts), *(cells.get(language, "") for language in glossary.languages)])
    return "".join("\t".join(row).rstrip("\t") + "\n" for row in rows).encode()


def _make(form: str) -> tuple[bool, bool]:
    count = len(words(form))
    return count == 1 and form.isupper() and len(form) > 1, count > 1


def _fact(concept: Concept, name: str) -> str:
    value = str(getattr(concept, "id" if name == "concept" else name))
    return "" if (name, value) == ("case", "smart") else value


def _flat(text: str) -> str:
    return " ".join(text.split())


def _escaped(form: str) -> str:
    form = _flat(form).replace("\\", "\\\\").replace("|", "\\|")
    return f"\\{form}" if form.startswith("!") else form


def _lines(name: str, data: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        place = data.count(b"\n", 0, problem.start) + 1
        raise GlossaryError(f"{name}:{place}: is not UTF-8. Save the file in UTF-8.") from problem
    for number, line in enumerate(text.split("\n"), 1):
        content = line.removesuffix("\r")
        if content.strip() and not content.startswith("#"):
            yield number, content


def _column(cell: str, name: str, line: int, problems: list[str]) -> str:
    cell = cell.strip()
    if cell in FACTS or not cell:
        return cell
    try:
        return normalise(cell)
    except LanguageError:
        problems.append(f"{name}:{line}: column {cell!r} is neither a language tag nor one of {', '.join(FACTS)}.")
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where the languages, the facts and the name of the concept stand in a line, and how many cells it may have."""

    languages: tuple[tuple[int, str], ...]
    facts: tuple[tuple[int, str], ...]
    name: int
    width: int


def _concept(columns: _Columns, line: str, number: int, name: str, problems: list[str]) -> tuple[Concept, ...]:
    """The concept of a line; none, and more problems, where something is wrong with it."""
    cells = line.split("\t")
    width = len(cells)
    before = len(problems)
    if width > columns.width:
        problems.append(f"{name}:{number}: has {width} cells, the first line has {columns.width}. Remove the surplus tabs.")
    if len(line) > _LONGEST_FORM or _SPECIAL.search(line):
        if _BROKEN.search(line):
            problems.append(f"{name}:{number}: holds a control character. Remove it.")
        own = [(language, cells[at].strip()) for at, language in columns.languages if at < width]
        entries = tuple([_entry(language, text, f"{name}:{number}", problems) for language, text in own if text])
    else:
        entries = tuple([Entry(language, (text,)) for at, language in columns.languages if at < width and (text := cells[at].strip())])
    identity = (cells[columns.name].strip() if columns.name < width else "") or f"{number}"
    facts = {column: text for at, column in columns.facts if at < width and (text := cells[at].strip())} if columns.facts else {}
    if facts or " " in identity:
        problems += (f"{name}:{number}: {problem}" for problem in _unknown(identity, facts))
    if not entries:
        problems.append(f"{name}:{number}: has no form in any language.")
    if len(problems) > before:
        return ()
    return (Concept(identity, entries, line=number, **facts),)


def _unknown(identity: str, facts: Mapping[str, str]) -> Iterator[str]:
    if " " in identity:
        yield f"concept {identity!r} has a space. Write a hyphen."
    if facts.get("kind", "") not in KINDS:
        yield f"kind {facts['kind']!r} is unknown. Use one of {', '.join(filter(None, KINDS))}, or leave it empty."
    if facts.get("case", "smart") not in CASES:
        yield f"case {facts['case']!r} is unknown. Use one of {', '.join(CASES)}."


def _entry(language: str, cell: str, place: str, problems: list[str]) -> Entry:
    forms: list[str] = []
    forbidden: list[str] = []
    for part in _SEPARATOR.sub("\\1\x00", cell).split("\x00"):
        raw = part.strip()
        form = re.sub(r"\\(.)", r"\1", raw.removeprefix("!")).strip()
        if not form:
            problems.append(f"{place}: has an empty form in {language_name(language)}. Remove the surplus | or !.")
        elif len(form) > _LONGEST_FORM:
            problems.append(
                f"{place}: a form in {language_name(language)} has {len(form)} characters; at most {_LONGEST_FORM} can be a term."
            )
        elif form in forms or form in forbidden:
            problems.append(f'{place}: "{form}" stands twice in {language_name(language)}. Remove one.')
        else:
            (forbidden if raw.startswith("!") else forms).append(form)
    return Entry(language=language, forms=tuple(forms), forbidden=tuple(forbidden))


def _doubled(glossary: Glossary) -> Iterator[str]:
    lines: dict[str, int] = {}
    for concept in glossary.concepts:
        first = lines.setdefault(concept.id, concept.line)
        if first != concept.line:
            yield f"{glossary.name}:{concept.line}: concept {concept.id!r} stands already in line {first}. Give it another name."


def _contradictions(glossary: Glossary) -> Iterator[str]:
    owners: dict[str, dict[str, Concept]] = {language: {} for language in glossary.languages}
    for concept in glossary.concepts:
        for entry in concept.entries:
            own = owners[entry.language]
            for form in entry.forms:
                other = own.setdefault(form, concept)
                if other is not concept:
                    yield from _contradiction(glossary, concept, other, entry.language, form)


def _contradiction(glossary: Glossary, concept: Concept, other: Concept, language: str, form: str) -> Iterator[str]:
    place = f"{glossary.name}:{concept.line}"
    for entry in concept.entries:
        rival = next((one for one in other.entries if one.language == entry.language), None)
        if entry.language != language and entry.forms and rival and rival.forms and rival.forms[0] != entry.forms[0]:
            yield (
                f'{place}: "{form}" has two preferred {language_name(entry.language)} forms ({rival.forms[0]}, {entry.forms[0]}; '
                f"see line {other.line}). Mark one as admitted."
            )
