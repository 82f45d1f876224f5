"""What became of the terms of a run."""

import collections
from collections.abc import Iterable
from dataclasses import dataclass

from translate_pipeline.content import plain
from translate_pipeline.evidence.presence import findings
from translate_pipeline.languages import primary
from translate_pipeline.model import Document

__all__ = ["Report", "report"]

_FIRST_PASS = frozenset({"", "plain", "nbest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Counts of term occurrences: `found` in the sources, `first_pass` that came by themselves, `repaired` by strategy, and `missing`, which are flagged.

    `checked` are those that are only looked at, because their name may mean something else; they are in no other count. `inconsistent` are the
    concepts that have more than one form in a document.
    """

    found: int
    first_pass: int
    repaired: tuple[tuple[str, int], ...]
    missing: int
    checked: int
    inconsistent: tuple[str, ...] = ()


def report(documents: Iterable[Document]) -> Report:
    """Count the terms of aligned documents."""
    first_pass = missing = checked = 0
    repaired: collections.Counter[str] = collections.Counter()
    inconsistent: dict[str, None] = {}
    for document in documents:
        language = primary(document.target_language or "")
        forms: dict[str, set[str]] = collections.defaultdict(set)
        for segment in document.segments():
            if not segment.terms or segment.target is None:
                continue
            text = plain(segment.target)
            strategy = segment.candidates[0].strategy if segment.candidates else ""
            for finding in findings(segment.terms, text, language, capitals=text.isupper()):
                if finding.term.status == "admitted":
                    checked += finding.wanted
                    continue
                kept = 0 if finding.forbidden else min(len(finding.found), finding.wanted)
                missing += finding.wanted - kept
                if strategy in _FIRST_PASS:
                    first_pass += kept
                else:
                    repaired[strategy] += kept
                forms[finding.term.concept] |= {text[one.start : one.end].casefold() for one in finding.found if one.exact}
        inconsistent |= dict.fromkeys(concept for concept, own in forms.items() if len(_apart(own)) > 1)
    return Report(
        found=first_pass + repaired.total() + missing,
        first_pass=first_pass,
        repaired=tuple(sorted(repaired.items())),
        missing=missing,
        checked=checked,
        inconsistent=tuple(inconsistent),
    )


def _apart(forms: Iterable[str]) -> list[str]:
    """The forms that are not part of another one, as a surname is of a full name, or an acronym beside its full name."""
    own = list(forms)
    return [form for form in own if not any(form != other and (form in other or len(other.split()) != len(form.split())) for other in own)]
