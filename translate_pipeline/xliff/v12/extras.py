"""What a unit of XLIFF 1.2 holds beside source and target: notes, dismissals and candidates."""

import functools

from lxml import etree

from translate_pipeline.model import Candidate, Dismissal, Note
from translate_pipeline.xliff import facts, xml
from translate_pipeline.xliff.inline import Known
from translate_pipeline.xliff.v12.content import Facts, collect
from translate_pipeline.xliff.v12.serialize import OURS

__all__ = ["Extras"]


class Extras:
    """Notes and candidates of a unit, by the segment that they name; what names none is under ""."""

    def __init__(self, unit: etree._Element, known: Known) -> None:
        self._notes: dict[str, list[Note]] = {}
        self._dismissals: dict[str, list[Dismissal]] = {}
        self._candidates: dict[str, list[Candidate]] = {}
        for element in unit:
            tag = xml.local(element)
            if tag == "note":
                self._note(element)
            elif tag == "alt-trans":
                self._candidates.setdefault(element.get("mid", ""), []).append(_candidate(element, known))

    def _note(self, element: etree._Element) -> None:
        author = facts.read(element.get("from", ""))
        person, text = author.get("", ("",))[0], element.text or ""
        name = author.get("segment", ("",))[0]
        if "dismissal" in author:
            self._dismissals.setdefault(name, []).append(Dismissal(check=author["dismissal"][0], reason=text, person=person))
        elif person != OURS:
            category, annotates = author.get("category", ("",))[0], element.get("annotates", "general")
            self._notes.setdefault(name, []).append(Note(text=text, person=person, category=category, annotates=annotates))

    def of(self, segment: str, *, first: bool = True) -> tuple[tuple[Note, ...], tuple[Dismissal, ...], tuple[Candidate, ...]]:
        """Notes, dismissals and candidates that name a segment; the `first` one of a unit gets those that name none as well."""
        names = dict.fromkeys((segment, "") if first else (segment,))
        return (
            tuple(note for name in names for note in self._notes.get(name, ())),
            tuple(dismissal for name in names for dismissal in self._dismissals.get(name, ())),
            tuple(candidate for name in names for candidate in self._candidates.get(name, ())),
        )


def _candidate(element: etree._Element, known: Known) -> Candidate:
    target = next(xml.children(element, "target"), None)
    more = facts.read(element.get("extradata", ""))
    origin = element.get("origin", "") or element.get("tool-id", "")
    quality = _percent(element.get("match-quality", ""))
    other = _percent(more.get("similarity", more.get("score", ("",)))[0])
    memory = origin.startswith("tm:")
    return Candidate(
        target=collect(target, Facts(known=known)).content if target is not None else (),
        origin=origin,
        score=other if memory else quality,
        similarity=quality if memory else other,
        strategy=more.get("strategy", ("",))[0],
    )


@functools.lru_cache(maxsize=1024)
def _percent(text: str) -> float | None:
    """A share from "71", "71%" or "71.0"; None for anything else."""
    try:
        value = float(text.strip().removesuffix("%"))
    except ValueError:
        return None
    return round(value / 100, 2) if 0 <= value <= 100 else None
