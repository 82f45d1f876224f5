"""Glossaries of other tools: which form a file is in, two-column tables of translation services, and conversion between all forms.

* DeepL: two columns without a header, or four with the languages in the last two; commas, semicolons or tabs;
* Google: two columns, or a header of language codes with `pos` and `description`;
* Weblate: a header with `source` and `target` among others; several rows with one source are its variants.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from translate_pipeline.errors import GlossaryError, LanguageError, UsageError
from translate_pipeline.languages import known, normalise, primary
from translate_pipeline.terminology import tbx
from translate_pipeline.terminology.glossary import FACTS, Concept, Entry, Glossary, check, counterparts, load, serialize

__all__ = ["FORMS", "read", "write"]

FORMS = ("tsv", "tbx", "tbx2", "deepl", "google", "weblate")
_SYNONYMS = {"description": "note", "comment": "note", "translator_comments": "note", "developer_comments": "note", "context": "note"}
_DELIMITERS = "\t;,"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of a table of pairs."""

    source: str
    target: str
    note: str = ""
    pos: str = ""
    languages: tuple[str, ...] = ()


def read(name: str, data: bytes, *, source: str | None = None, target: str | None = None) -> Glossary:
    """Read a glossary in any form, told by its content; `name` is its file for messages.

    `source` and `target` are the languages of a table that does not name its own.

    Raises:
        GlossaryError: the file is damaged, or contradicts itself; all problems at once.
        UsageError: the table does not name its languages, and nobody did.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return tbx.parse(name, data)
    text = _decoded(name, data)
    lines = enumerate(text.splitlines(), 1)
    number, first = next(((number, line) for number, line in lines if line.strip() and not line.startswith("#")), (0, ""))
    delimiter = max(_DELIMITERS, key=first.count)
    if first and delimiter not in first:
        raise GlossaryError(f"{name}:{number}: has only one column. Separate the columns with tabs.")
    header = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    languages = _languages(header)
    if not first or text.startswith("#") or (delimiter == "\t" and languages):
        return load(name, data)
    rows = _rows(name, text, delimiter)
    if len(languages) > 2 or (languages and set(header) & (set(FACTS) - {"pos"})):
        return load(name, _as_tsv(rows))
    if languages or {"source", "target"} <= set(header):
        return _pairs(name, _named(rows, languages or ["source", "target"]), source, target)
    return _pairs(
        name, [_Row(source=row[0], target=row[1] if len(row) > 1 else "", languages=tuple(row[2:4])) for row in rows], source, target
    )


def write(glossary: Glossary, form: str, *, source: str | None = None, target: str | None = None) -> bytes:
    """A glossary in one of FORMS. The tables of services have one row for each source form, with the preferred target form.

    Raises:
        UsageError: a table of two columns was asked for without saying which languages.
    """
    if form == "tsv":
        return serialize(glossary)
    if form in {"tbx", "tbx2"}:
        return tbx.serialize(glossary, version=3 if form == "tbx" else 2)
    if source is None or target is None:
        raise UsageError(f"A {form} table has two languages. Say which: --from en --to de.")
    pairs = [(concept, theirs, ours) for concept in glossary.concepts for theirs, ours in _pairs_of(concept, source, target)]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    if form == "google":
        table.writerow([source, target, "pos", "description"])
        table.writerows([theirs, ours, concept.pos, concept.note] for concept, theirs, ours in pairs)
    elif form == "weblate":
        table.writerow(["source", "target", "context", "translator_comments"])
        table.writerows([theirs, ours, "", concept.note] for concept, theirs, ours in pairs)
    else:
        table.writerows([theirs, ours] for _, theirs, ours in pairs)
    return out.getvalue().encode()


def _pairs_of(concept: Concept, source: str, target: str) -> Iterable[tuple[str, str]]:
    theirs, ours = concept.entry(source), concept.entry(target)
    return [(form, counterparts(form, ours.forms)[0]) for form in theirs.forms] if theirs and ours and ours.forms else []


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise GlossaryError(f"{name}:{line}: is not UTF-8. Save the file in UTF-8.") from problem


def _rows(name: str, text: str, delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True) if any(cell.strip() for cell in row)]
    except csv.Error as problem:
        raise GlossaryError(f"{name}: is no table that can be read ({problem}). Export it again as CSV in UTF-8.") from problem


def _languages(header: Sequence[str]) -> list[str]:
    """The cells that are language tags, if the others are facts; none when the row is no header."""
    found = []
    for cell in header:
        if cell in FACTS or cell in _SYNONYMS:
            continue
        try:
            normalise(cell)
        except LanguageError:
            return []
        found.append(cell)
    return found if len(found) > 1 and all(primary(cell) in known() for cell in found) else []


def _as_tsv(rows: Sequence[Sequence[str]]) -> bytes:
    header = [_SYNONYMS.get(cell.strip().lower(), cell.strip()) for cell in rows[0]]
    body = [[" ".join(cell.split()) for cell in row] for row in rows[1:]]
    return "".join("\t".join(row) + "\n" for row in (header, *body)).encode()


def _named(rows: Sequence[Sequence[str]], pair: Sequence[str]) -> list[_Row]:
    """The rows of a table whose first row says where source and target are: in columns of that name, or of their languages."""
    header = [cell.strip().lower() for cell in rows[0]]
    notes = [number for number, cell in enumerate(header) if _SYNONYMS.get(cell) == "note"]
    found = []
    for row in rows[1:]:
        cells = dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=False))
        languages = tuple(pair) if "source" not in pair else tuple(cells[key] for key in ("source_lang", "target_lang") if key in cells)
        note = " ".join(row[number].strip() for number in notes if number < len(row) and row[number].strip())
        found.append(_Row(source=cells[pair[0]], target=cells[pair[1]], note=note, pos=cells.get("pos", ""), languages=languages))
    return found


def _pairs(name: str, rows: Iterable[_Row], source: str | None, target: str | None) -> Glossary:
    """A glossary of the rows; those with the same source or the same target are forms of one concept, the first preferred."""
    problems: list[str] = []
    forms: dict[tuple[str, str, str], list[_Row]] = {}
    for number, row in enumerate(rows, 1):
        here, there = (*row.languages, "", "")[:2]
        if not (here.strip() or source) or not (there.strip() or target):
            raise UsageError(f"{name}: does not name its languages. Say which: --from en --to de.")
        if row.source.strip() and row.target.strip():
            key = (normalise(here.strip() or source or ""), normalise(there.strip() or target or ""), row.source.strip())
            forms.setdefault(key, []).append(row)
        else:
            problems.append(f"{name}: row {number} has no {'translation' if row.source.strip() else 'term'}. Fill it in or remove the row.")
    synonyms: dict[tuple[str, str, tuple[str, ...]], list[_Row]] = {}
    for (here, there, _), own in forms.items():
        synonyms.setdefault((here, there, tuple(dict.fromkeys(row.target.strip() for row in own))), []).append(own[0])
    concepts = tuple(
        Concept(
            id=f"{number}",
            entries=(Entry(language=here, forms=tuple(row.source.strip() for row in own)), Entry(language=there, forms=targets)),
            pos=own[0].pos,
            note=own[0].note,
            line=number,
        )
        for number, ((here, there, targets), own) in enumerate(synonyms.items(), 1)
    )
    languages = tuple(dict.fromkeys(entry.language for concept in concepts for entry in concept.entries))
    glossary = Glossary(name=name, languages=languages or tuple(filter(None, (source, target))), concepts=concepts)
    check(glossary, problems)
    return glossary
