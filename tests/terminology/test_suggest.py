"""What a glossary could have."""

from dataclasses import replace

from translated import document

from translate_pipeline.terminology.suggest import suggest


def test_suggestions() -> None:
    """Names and acronyms that no glossary covers are offered with their renderings, most frequent first, ready to be pasted."""
    result = suggest(
        [
            document(
                ("In Moscow then Wischnewski met the XYZ.", "In Moskau traf Wischnewski die XYZ."),
                ("There Wischnewski and Tokayev left.", "Dort gingen Wishnevski und Tokajew."),
                ("Yes, Wischnewski.", "Ja, Wischnewski."),
            )
        ]
    )
    first = result[0]
    assert (first.form, first.count, first.renderings) == ("Wischnewski", 3, (("Wischnewski", 2), ("Wishnevski", 1)))
    assert round(first.disagreement, 2) == 0.33
    assert first.contexts[0] == "In Moscow then [Wischnewski] met the XYZ."
    assert [one.row() for one in result if one.kind == "acronym"] == ["acronym\tXYZ\tXYZ"]
    assert "Tokayev" not in {one.form for one in result}


def test_suggested_phrases() -> None:
    """Words that come back together three times are offered as well."""
    pairs = [(f"The security forces came {word}.", "Die Sicherheitskräfte kamen.") for word in ("now", "then", "late")]
    assert ("security forces", 3) in {(one.form, one.count) for one in suggest([document(*pairs)]) if one.kind == "phrase"}


def test_what_is_no_suggestion() -> None:
    """The first word of a sentence is no name by itself, headlines in capitals have none, and what is not translated is left out."""
    start = document(("Yesterday it rained.", "Gestern regnete es."), ("WISCHNEWSKI LEAVES MOSCOW", "WISCHNEWSKI VERLÄSST MOSKAU"))
    assert suggest([start]) == ()
    (block,) = document(("He met Wischnewski.", "Er traf Wischnewski.")).blocks
    kept = replace(start, blocks=(replace(block, segments=tuple(replace(one, translate=False) for one in block.segments)),))
    assert suggest([kept]) == ()


def test_names_that_begin_sentences() -> None:
    """The first word of a sentence is taken off a name that is known without it, and counted with it where it is not."""
    known = document(("Mister Wischnewski spoke.", "Herr Wischnewski sprach."), ("They met Wischnewski.", "Sie trafen Wischnewski."))
    assert [(one.form, one.count) for one in suggest([known])] == [("Wischnewski", 2)]
    unknown = document(("Mister Wischnewski spoke.", "Herr Wischnewski sprach."))
    assert [(one.form, one.count) for one in suggest([unknown])] == [("Mister Wischnewski", 1)]


def test_without_translation() -> None:
    """An article that is not translated gives rows without a rendering, and no disagreement."""
    start = document(("They met Wischnewski.", ""))
    (block,) = start.blocks
    raw = replace(start, blocks=(replace(block, segments=tuple(replace(one, target=None) for one in block.segments)),))
    (one,) = suggest([raw])
    assert (one.row(), one.renderings, one.disagreement) == ("\tWischnewski\t", (), 0.0)
