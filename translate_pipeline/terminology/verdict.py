"""What is wrong with a target, measured against its source: what it has lost, and what is doubtful."""

from dataclasses import dataclass

from translate_pipeline.content import code_problems, plain
from translate_pipeline.evidence.forms import Occurrence, fold, inflected
from translate_pipeline.evidence.length import ratio
from translate_pipeline.evidence.numbers import compare
from translate_pipeline.evidence.presence import Finding, findings
from translate_pipeline.languages import primary
from translate_pipeline.model import Content, Note, Segment, Term, TermMatch
from translate_pipeline.terminology.attempts import Situation
from translate_pipeline.terminology.protection import protected_spans

__all__ = ["Verdict", "judge", "shortened"]

_NARROWEST, _WIDEST = 0.4, 2.5  # a target outside of these is no translation; the band of human translations lies well inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`terms` are those that must hold and do not, `lost` the protected texts and codes that are gone; `doubts` counts odd numbers and lengths.

    `shortened` counts the names that are in full in the source only, `surplus` how many more times than the source the target has its terms.
    """

    terms: tuple[Finding, ...]
    lost: tuple[str, ...]
    shortened: int
    doubts: int
    surplus: int

    @property
    def keeps_all(self) -> bool:
        """Whether nothing is lost."""
        return not self.terms and not self.lost

    def notes(self) -> tuple[Note, ...]:
        """What a translator should know, a sentence each."""
        return (
            *(_note(finding) for finding in self.terms),
            *(Note(text=sentence, category="protected", annotates="target") for sentence in self.lost),
        )


def judge(situation: Situation, target: Content) -> Verdict:
    """Measure a target for the segment of `situation`."""
    segment = situation.segment
    source, text = plain(segment.source), plain(target)
    all_terms = findings(segment.terms, text, primary(situation.target_language), capitals=text.isupper())
    binding = [finding for finding in all_terms if finding.term.status != "admitted"]
    protected = [source[start:end] for start, end in protected_spans(segment.source, situation.fixed)]
    gone = [one for one in dict.fromkeys(protected) if text.count(one) < protected.count(one)]
    differences = compare(
        source, text, source_language=primary(situation.source_language), target_language=primary(situation.target_language)
    )
    return Verdict(
        terms=tuple(finding for finding in binding if not finding.kept),
        lost=(*(f'"{one}" must stay as it is, and is missing.' for one in gone), *code_problems(segment.source, target)),
        shortened=len(shortened(segment, target, situation.target_language)),
        doubts=len(differences) + (not _NARROWEST <= ratio(source, text) <= _WIDEST),
        surplus=sum(max(0, len(finding.found) - finding.wanted) for finding in binding),
    )


def shortened(segment: Segment, target: Content, tag: str) -> tuple[tuple[TermMatch, Occurrence], ...]:
    """The people whom the source names in full, and the target only by a part of the name; with the part, in its order.

    Of other concepts a part may be right: an acronym, or Kasachstan for the Republic of Kazakhstan.
    """
    people = [match for match in segment.terms if match.term.kind == "person" and match.term.status != "admitted"]
    text, language = plain(target), primary(tag)
    result: list[tuple[TermMatch, Occurrence]] = []
    for finding in findings(people, text, language, capitals=text.isupper()):
        in_full = [match for match in people if match.term.concept == finding.term.concept and _parts(match.term)]
        parts = {fold(part) for match in in_full for part in _parts(match.term)}
        short = [one for one in finding.found if any(inflected(part, fold(text[one.start : one.end]), language) for part in parts)]
        lacking = max(0, len(in_full) - (len(finding.found) - len(short)))
        result += zip(in_full[len(in_full) - lacking :], short[:lacking], strict=False)
    return tuple(sorted(result, key=lambda pair: pair[1].start))


def _parts(term: Term) -> tuple[str, ...]:
    """The admitted forms that the preferred one begins or ends with, as a full name with a surname."""
    full, *others = term.target or ("",)
    return tuple(form for form in others if full.startswith(f"{form} ") or full.endswith(f" {form}"))


def _note(finding: Finding) -> Note:
    term = finding.term
    if finding.forbidden:
        text = f'"{finding.forbidden[0]}" must not be used for "{term.source[0]}"{f"; the term is {_quoted(term.target[0])}" if term.target else ""}.'
    else:
        text = f'The term {_quoted(term.target[0])} for "{term.source[0]}" is missing ({len(finding.found)} of {finding.wanted}).'
    return Note(text=text, category="term", annotates="target")


def _quoted(form: str) -> str:
    return f'"{form}"'
