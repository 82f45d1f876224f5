"""What is wrong with a target."""

from dataclasses import replace

from translate_pipeline.content import from_text
from translate_pipeline.model import Segment, Term, TermMatch
from translate_pipeline.terminology.attempts import Situation
from translate_pipeline.terminology.verdict import Verdict, judge

CSTO = Term(concept="csto", source=("CSTO",), target=("OVKS",), forbidden=("ODKB",))
GEORGIA = Term(concept="georgia", source=("Georgia",), target=("Georgien",), status="admitted")


def verdict(target: str, *terms: Term) -> Verdict:
    """The verdict on a target for a source with a number and an address."""
    matches = tuple(TermMatch(term=term, start=0, end=1) for term in terms)
    segment = Segment(id="s", source=from_text("The CSTO sent 300 men to Georgia, says www.csto.org."), terms=matches)
    situation = Situation(
        document="d", segment=segment, source_language="en", target_language="de", fixed=frozenset(), survives=lambda *_: True
    )
    return judge(situation, from_text(target))


GOOD = "Die OVKS schickte 300 Männer nach Georgien, sagt www.csto.org."


def test_good() -> None:
    """A target with everything has nothing lost and no doubts."""
    found = verdict(GOOD, CSTO, GEORGIA)
    assert (found.keeps_all, found.doubts, found.surplus, found.notes()) == (True, 0, 0, ())


def test_lost() -> None:
    """Terms and addresses that are gone are named in notes; a term that is only checked is not asked for."""
    found = verdict("Das Bündnis schickte 300 Männer.", CSTO, GEORGIA)
    assert not found.keeps_all
    assert [note.text for note in found.notes()] == [
        'The term "OVKS" for "CSTO" is missing (0 of 1).',
        '"www.csto.org" must stay as it is, and is missing.',
    ]


def test_forbidden() -> None:
    """A forbidden form is named with the one to use."""
    assert [note.text for note in verdict(f"{GOOD} (ODKB)", CSTO).notes()] == ['"ODKB" must not be used for "CSTO"; the term is "OVKS".']


def test_doubts_and_surplus() -> None:
    """Other numbers and wild lengths are doubtful, and so is a term that comes too often."""
    assert verdict(GOOD.replace("300", "400"), CSTO).doubts > 0
    assert verdict(GOOD * 4, CSTO).doubts > 0
    assert verdict(f"{GOOD} OVKS", CSTO).surplus == 1


def test_a_name_cut_short() -> None:
    """A person whom the source names in full and the target by surname is no loss, but a better target has the full name."""
    putin = Term(concept="putin", source=("Vladimir Putin", "Putin"), target=("Wladimir Putin", "Putin"), kind="person")
    short, full = verdict(f"{GOOD} Putin", putin), verdict(f"{GOOD} Wladimir Putin", putin)
    assert (short.keeps_all, short.shortened) == (True, 1)
    assert (full.keeps_all, full.shortened) == (True, 0)
    surname = replace(putin, target=("Putin", "Wladimir Putin"))
    assert verdict(f"{GOOD} Putin", surname).shortened == 0
