"""What is suspicious in a glossary without being wrong."""

import unicodedata
from collections.abc import Iterable, Iterator

from translate_pipeline.evidence.forms import fold, pieces
from translate_pipeline.terminology.glossary import Concept, Entry, Glossary
from translate_pipeline.terminology.matching import Matcher

__all__ = ["lint", "spaces", "unmatched"]


def lint(glossary: Glossary) -> Iterator[str]:
    """A sentence for each oddity, with its line: mixed scripts in a word, a form inside a longer one of another concept with other translations,
    a concept in one language only.
    """
    for concept in glossary.concepts:
        place = f"{glossary.name}:{concept.line}"
        if len(concept.entries) == 1 and concept.kind != "dnt":
            yield f"{place}: {concept.id} has forms in {concept.entries[0].language} only."
        for entry in concept.entries:
            for form in (*entry.forms, *entry.forbidden):
                for word in pieces(form)[1::2]:
                    scripts = sorted({_script(character) for character in word if character.isalpha()})
                    if len(scripts) > 1:
                        yield f'{place}: "{word}" mixes {" and ".join(scripts)} letters. Type it again in one script.'
    yield from _contained(glossary)


def spaces(name: str, data: bytes) -> Iterator[str]:
    """A sentence for each line of a glossary in our own form that has spaces around its forms or at its end."""
    for number, line in enumerate(data.decode("utf-8-sig", errors="replace").splitlines(), 1):
        cells = [] if line.startswith("#") else line.split("\t")
        if any(form != form.strip() for cell in cells for form in cell.split("|")):
            yield f"{name}:{number}: has spaces around a form. They do not count; remove them."


def unmatched(glossary: Glossary, texts: Iterable[str], source: str, target: str) -> Iterator[str]:
    """A sentence for each form in the language `source` that none of `texts` has."""
    matcher = Matcher((glossary,), source, target)
    found = {(match.term.concept, fold(text[match.start : match.end])) for text in texts for match in matcher.find(text)}
    for concept in glossary.concepts:
        entry = concept.entry(source)
        for form in entry.forms if entry else ():
            if (concept.id, fold(form)) not in found:
                yield f'{glossary.name}:{concept.line}: "{form}" was not found in the texts.'


def _contained(glossary: Glossary) -> Iterator[str]:
    """Forms that are part of a longer form, once for two concepts: where that stands the short one is not looked for, which is right, but good to know."""
    told: set[tuple[str, str]] = set()
    owners: dict[tuple[str, str], Concept] = {}
    for concept in glossary.concepts:
        for entry in concept.entries:
            owners |= {(entry.language, _key(form)): concept for form in entry.forms}
    for concept in glossary.concepts:
        for entry in concept.entries:
            for form, inner in _inner(entry):
                other = owners.get((entry.language, inner))
                if other is not None and other is not concept and (other.id, concept.id) not in told:
                    told.add((other.id, concept.id))
                    yield f'{glossary.name}:{other.line}: "{inner}" stands inside "{form}" (line {concept.line}), which is taken first.'


def _inner(entry: Entry) -> Iterator[tuple[str, str]]:
    for form in entry.forms:
        cut = pieces(form)[1::2]
        for first in range(len(cut)):
            for last in range(first + 1, len(cut) + 1):
                if last - first < len(cut):
                    yield form, _key(" ".join(cut[first:last]))


def _key(form: str) -> str:
    return " ".join(fold(word) for word in pieces(form)[1::2])


def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split(" ", 1)[0].title()
