"""What is suspicious in a glossary."""

from translate_pipeline.terminology.glossary import load
from translate_pipeline.terminology.lint import lint, spaces, unmatched


def test_lint() -> None:
    """Mixed scripts, forms inside others and concepts in one language are told with their lines, once for two concepts."""
    data = "concept\ten\tde\ncouncil\tsecurity council\tSicherheitsrat\nnsc\tnational security council\tNationaler Sicherheitsrat\nx\tС\u0041R\tAuto\ny\tonly\n"
    assert list(lint(load("g.tsv", data.encode()))) == [
        'g.tsv:4: "СAR" mixes Cyrillic and Latin letters. Type it again in one script.',
        "g.tsv:5: y has forms in en only.",
        'g.tsv:2: "security council" stands inside "national security council" (line 3), which is taken first.',
    ]


def test_spaces() -> None:
    """Spaces around forms are told with their line."""
    assert list(spaces("g.tsv", b"en\tde\nA|B\tC\nD |E\tF\n# a \n")) == [
        "g.tsv:3: has spaces around a form. They do not count; remove them."
    ]


def test_unmatched() -> None:
    """Forms that no text has are told."""
    glossary = load("g.tsv", b"concept\ten\tde\ncsto\tCSTO|ODKB\tOVKS\n")
    assert list(unmatched(glossary, ["The CSTO met."], "en", "de")) == ['g.tsv:2: "ODKB" was not found in the texts.']
