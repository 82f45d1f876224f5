"""What is wrong with a target, measured against its source: what it has lost, and what is doubtful."""

from dataclasses import dataclass

from translate_pipeline.content import code_problems, plain
from translate_pipeline.evidence.length import ratio
from translate_pipeline.evidence.numbers import compare
from translate_pipeline.evidence.presence import Finding, findings
from translate_pipeline.languages import primary
from translate_pipeline.model import Content, Note
from translate_pipeline.terminology.attempts import Situation
from translate_pipeline.terminology.protection import protected_spans

__all__ = ["Verdict", "judge"]

_NARROWEST, _WIDEST = 0.4, 2.5  # a target outside of these is no translation; the band of human translations lies well inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`terms` are those that must hold and do not, `lost` the protected texts and codes that are gone; `doubts` counts odd numbers and lengths.

    `surplus` is how many more times than the source the target has its terms.
    """

    terms: tuple[Finding, ...]
    lost: tuple[str, ...]
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
        doubts=len(differences) + (not _NARROWEST <= ratio(source, text) <= _WIDEST),
        surplus=sum(max(0, len(finding.found) - finding.wanted) for finding in binding),
    )


def _note(finding: Finding) -> Note:
    term = finding.term
    if finding.forbidden:
        text = f'"{finding.forbidden[0]}" must not be used for "{term.source[0]}"{f"; the term is {_quoted(term.target[0])}" if term.target else ""}.'
    else:
        text = f'The term {_quoted(term.target[0])} for "{term.source[0]}" is missing ({len(finding.found)} of {finding.wanted}).'
    return Note(text=text, category="term", annotates="target")


def _quoted(form: str) -> str:
    return f'"{form}"'
