"""What is counted of terms."""

from dataclasses import replace

from translated import document

from translate_pipeline.terminology.glossary import load
from translate_pipeline.terminology.report import report


def test_report() -> None:
    """Terms are counted by how they came, those that did not come as missing, and concepts with two forms by name."""
    first = document(("Tokayev asked the CSTO.", "Toqajew bat die OVKS."), ("Tokayev left.", "Tokajew ging."))
    second = document(("The CSTO met.", "Die OVKS tagte."), ("The CSTO met.", "Das Bündnis tagte."), strategy="inline")
    result = report([first, second])
    assert (result.found, result.first_pass, result.repaired, result.missing) == (5, 3, (("inline", 1),), 1)
    assert result.inconsistent == ("tokayev",)


def test_names_that_are_only_checked() -> None:
    """A name that may mean something else is counted apart, whether it came or not."""
    names = load("places.tsv", b"en\tde\nChad\tTschad\n")
    doubtful = replace(names, concepts=tuple(concept._replace(context="name") for concept in names.concepts))
    first = document(("Troops left Chad.", "Truppen verliessen den Tschad."), ("Troops entered Chad.", "Truppen kamen."), glossary=doubtful)
    result = report([first])
    assert (result.checked, result.found, result.missing) == (2, 0, 0)


def test_forbidden_forms_are_missing_terms() -> None:
    """A term beside a form that must not be used has not arrived."""
    strict = load("g.tsv", b"en\tde\nCSTO\tOVKS|!ODKB\n")
    result = report([document(("The CSTO met.", "Die OVKS (ODKB) tagte."), glossary=strict)])
    assert (result.found, result.first_pass, result.missing) == (1, 0, 1)


def test_a_surname_is_no_second_form() -> None:
    """A full name and a part of it, or a name and its acronym, are one rendering."""
    people = load("g.tsv", b"concept\ten\tde\tkind\np\tVladimir Putin|Putin\tWladimir Putin|Putin\tperson\n")
    pairs = (("Vladimir Putin came.", "Wladimir Putin kam."), ("Putin left.", "Putin ging."))
    assert report([document(*pairs, glossary=people)]).inconsistent == ()
