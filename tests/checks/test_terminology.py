"""Glossary terms in targets."""

from collections.abc import Callable

from translate_pipeline.content import from_text
from translate_pipeline.model import Issue, Segment, Severity, State, Term, TermMatch

Find = Callable[..., dict[str, list[Issue]]]

CSTO = Term(concept="csto", source=("CSTO",), target=("OVKS", "ODKB"), forbidden=("CSTO",), kind="acronym")


def segment(source: str, target: str, *terms: Term) -> Segment:
    """A segment whose source starts with its terms."""
    matches = tuple(TermMatch(term=term, start=0, end=len(term.source[0])) for term in terms)
    return Segment(id="", source=from_text(source), target=from_text(target), state=State.TRANSLATED, terms=matches)


def test_missing_term(find: Find) -> None:
    """A target without any listed form is told the preferred one."""
    (issue,) = find(segment("CSTO troops left.", "Truppen zogen ab.", CSTO))["terminology"]
    assert issue.severity is Severity.WARNING
    assert "OVKS" in issue.message


def test_listed_form_and_its_inflection_are_fine(find: Find) -> None:
    """Admitted and inflected forms count."""
    assert find(segment("CSTO troops left.", "Truppen der ODKB zogen ab.", CSTO)) == {}
    minister = Term(concept="m", source=("president",), target=("Präsident",))
    assert find(segment("president", "des Präsidenten", minister)) == {}


def test_forbidden_form(find: Find) -> None:
    """A forbidden form is an error, with its place and what to write instead."""
    found = find(segment("CSTO troops left.", "Truppen der CSTO und der OVKS zogen ab.", CSTO))
    (issue,) = found["terminology-forbidden"]
    assert issue.severity is Severity.ERROR
    assert issue.span == (12, 16)
    assert "terminology" not in found


def test_two_forms_of_one_concept(find: Find) -> None:
    """The second form in a document is mentioned."""
    found = find(
        segment("CSTO troops left.", "Truppen der OVKS zogen ab.", CSTO), segment("CSTO troops came.", "Truppen der ODKB kamen.", CSTO)
    )
    assert [issue.severity for issue in found["terminology-inconsistent"]] == [Severity.INFO]


def test_place_may_become_an_adjective(find: Find) -> None:
    """A place may be rendered by a word of its family, not by another place."""
    iran = Term(concept="IR", source=("Iran",), target=("Iran",), kind="place")
    assert find(segment("Iran's president spoke.", "Der iranische Präsident sprach.", iran)) == {}
    assert "terminology" in find(segment("Iran's president spoke.", "Der irische Präsident sprach.", iran))


def test_do_not_translate(find: Find) -> None:
    """A name marked as such stays letter by letter."""
    name = Term(concept="n", source=("The Guardian",), target=("The Guardian",), kind="dnt")
    assert "do-not-translate" in find(segment("The Guardian wrote.", "Der Wächter schrieb.", name))
    assert find(segment("The Guardian wrote.", "The Guardian schrieb.", name)) == {}
