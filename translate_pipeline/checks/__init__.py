"""Quality checks made for prose: what a translator should look at again, and nothing else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from translate_pipeline.checks.approval import check_unedited, settled
from translate_pipeline.checks.characters import check_characters
from translate_pipeline.checks.check import Check, Kind, Seen, job, kinds
from translate_pipeline.checks.completeness import check_copied, check_empty, check_length, check_omission
from translate_pipeline.checks.consistency import check_same_source, check_same_target
from translate_pipeline.checks.duplication import check_double_words, check_repetition
from translate_pipeline.checks.figures import check_addresses, check_numbers
from translate_pipeline.checks.language import check_language
from translate_pipeline.checks.markup import check_codes, check_protected
from translate_pipeline.checks.terminology import check_consistent, check_forbidden, check_present
from translate_pipeline.checks.typography import check_brackets, check_end, check_quotes, check_spaces, check_spacing
from translate_pipeline.model import Document, Issue, Severity

__all__ = ["CHECKS", "Check", "Kind", "Seen", "check_part", "kinds", "run_checks", "settled"]

CHECKS: tuple[Check, ...] = (
    check_empty,
    check_copied,
    check_language,
    check_codes,
    check_numbers,
    check_present,
    check_forbidden,
    check_consistent,
    check_protected,
    check_omission,
    check_length,
    check_repetition,
    check_double_words,
    check_spaces,
    check_end,
    check_spacing,
    check_brackets,
    check_quotes,
    check_same_source,
    check_same_target,
    check_addresses,
    check_characters,
    check_unedited,
)


_MOST = 5  # findings of one check in one segment: the next say nothing that these do not


def run_checks(document: Document, *, checks: Sequence[Check] = CHECKS, with_dismissed: bool = False) -> dict[str, tuple[Issue, ...]]:
    """What the checks find in an aligned document, by segment id; segments without findings are left out.

    A check that a segment dismisses says nothing there, unless `with_dismissed`; one that has found five faults in a segment only counts the
    others. A document without a target language has no findings.
    """
    seen = Seen()
    found = check_part(document, seen, checks=checks, with_dismissed=with_dismissed)
    return {
        identifier: tuple(replace(finding, severity=settled(finding.check, finding.severity, seen)) for finding in findings)
        for identifier, findings in found.items()
    }


def check_part(
    document: Document, seen: Seen, *, checks: Sequence[Check] = CHECKS, with_dismissed: bool = False
) -> dict[str, tuple[Issue, ...]]:
    """As `run_checks`, for a part of a document after those that `seen` remembers; their severity is `settled` after the last part."""
    if document.target_language is None:
        return {}
    work = job(document, seen)
    dismissed = {(segment.id, dismissal.check) for segment in work.segments for dismissal in segment.dismissals if not with_dismissed}
    found: dict[str, dict[str, list[Issue]]] = defaultdict(dict)
    more: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    for check in checks:
        for identifier, finding in check(work):
            if (identifier, finding.check) in dismissed:
                continue
            kept = found[identifier].setdefault(finding.check, [])
            if len(kept) < _MOST:
                kept.append(finding)
            else:
                more[identifier, finding.check].append(finding)
    for (identifier, name), rest in more.items():
        worst = max(rest, key=lambda finding: list(Severity).index(finding.severity))
        found[identifier][name].append(replace(worst, message=f"and {len(rest)} more like these", span=None))
    order = [segment.id for segment in work.segments]
    return {
        identifier: tuple(finding for kept in found[identifier].values() for finding in kept) for identifier in order if identifier in found
    }
