"""Finding terms in sources."""

import itertools
import pathlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.content import from_text
from translate_pipeline.model import Block, Code, CodeKind, Document, Markup, Segment, Text
from translate_pipeline.terminology import families
from translate_pipeline.terminology.glossary import load
from translate_pipeline.terminology.matching import Matcher, annotate

SHIPPED = pathlib.Path(__file__).parents[2] / "glossaries" / "cis-politics.tsv"
GLOSSARY = load("cis-politics.tsv", SHIPPED.read_bytes())


def found(text: str, source: str = "en", target: str = "de", *, glossary: str = "") -> list[tuple[str, str]]:
    """What is found in `text`, each with its preferred target form."""
    glossaries = (load("g.tsv", glossary.encode()),) if glossary else (GLOSSARY,)
    return [(text[match.start : match.end], match.term.target[0]) for match in Matcher(glossaries, source, target).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tokayev’s men and the ODKB-led force", [("Tokayev", "Tokajew"), ("ODKB", "OVKS")]),
        ("Kassym-Shomart Tokayev spoke", [("Kassym-Shomart Tokayev", "Kassym-Schomart Tokajew")]),
        ("the Collective Security Treaty Organization (CSTO)", [
            ("Collective Security Treaty Organization", "Organisation des Vertrags über kollektive Sicherheit"), ("CSTO", "OVKS")]),
        ("TOKAYEV SPEAKS IN ALMATY", [("TOKAYEV", "Tokajew"), ("ALMATY", "Almaty")]),
        ("chancisco, cis and Mazhilisman", []),
        ("Foreign ministers and foreign Ministers", [("Foreign ministers", "Außenminister"), ("foreign Ministers", "Außenminister")]),
        ("THOSE WHO FLED", []),
        ("see the WHO", [("WHO", "WHO")]),
    ],
)  # fmt: skip
def test_english(text: str, expected: list[tuple[str, str]]) -> None:
    """Whole words, possessives, compounds, capitals, plurals; an acronym is answered by an acronym, a full name by a full name."""
    assert found(text) == expected


def test_inflected_sources() -> None:
    """Inflected words of German and Russian are found under their listed forms."""
    assert found("des Nationalen Sicherheitsrats und Tokajews", "de", "en") == [
        ("Nationalen Sicherheitsrats", "National Security Council"),
        ("Tokajews", "Tokayev"),
    ]
    assert found("встреча с Назарбаевым в Алма-Ате", "ru", "en") == [("Назарбаевым", "Nazarbayev"), ("Алма-Ате", "Alma-Ata")]


def test_forbidden_forms_are_found_in_sources() -> None:
    """What we must not write, others may have written."""
    assert found("Die ODKB half.", "de", "en") == [("ODKB", "CSTO")]


@pytest.mark.parametrize(
    ("case", "text", "count"),
    [
        ("exact", "IS is Is", 1),
        ("smart", "IS is Is", 1),
        ("ignore", "IS is Is", 3),
        ("exact", "WHAT IS THIS", 0),
        ("smart", "WHAT IS THIS", 1),
    ],
)
def test_case_rules(case: str, text: str, count: int) -> None:
    """The rule of the concept decides what capitals mean; in a text all in capitals `exact` finds nothing."""
    assert len(found(text, glossary=f"en\tde\tcase\nIS\tIS\t{case}\n")) == count


def test_a_form_without_words_is_never_found() -> None:
    """A form of signs alone does no harm to the others."""
    assert found("§ 5 of the CSTO, §", glossary="en\tde\n§\tParagraf\nCSTO\tOVKS\n") == [("CSTO", "OVKS")]
    assert found("§ 5", glossary="en\tde\n§\tParagraf\n") == []


def test_more_words_than_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is searched has a sign a word; when signs have to be shared, words are compared again, and no other word is taken for a term."""
    monkeypatch.setattr(families, "_SIGNS", 2)
    glossary = "en\tde\nAlpha (one)\tA\nbeta-two\tB\ngamma\tC\ngamma delta\tD\n"
    text = "ALPHA (one), Alpha one, beta‑two, beta (two), gammas delta, delta gamma, epsilon"
    assert found(text, glossary=glossary) == [("ALPHA (one", "A"), ("beta‑two", "B"), ("gammas delta", "D"), ("gamma", "C")]


def test_longest_wins_then_the_first_glossary() -> None:
    """Of overlapping matches the longest is taken; of equal ones that of the glossary given first."""
    one = load("one.tsv", b"en\tde\nsecurity council\tA\nnational security\tB\n")
    two = load("two.tsv", b"en\tde\nnational security council\tC\nsecurity council\tD\n")
    text = "the national security council, the security council"
    assert [match.term.target[0] for match in Matcher((one, two), "en", "de").find(text)] == ["C", "A"]


def test_nothing_inside_addresses_and_protected_spans() -> None:
    """Web and mail addresses and spans marked as not to be translated have no terms."""
    codes = (Code(id="c1", kind=CodeKind.OPEN), Text(value="CSTO"), Code(id="c1", kind=CodeKind.CLOSE))
    segment = Segment(id="s1", source=(Text(value="CSTO: "), *codes, Text(value=" at csto@odkb-csto.org, https://csto.org/CSTO and CSTO.")))
    block = Block(id="b1", kind="paragraph", segments=(segment, replace(segment, id="s2", translate=False)))
    document = Document(
        id="d", source_language="en", target_language="de", blocks=(block,), codes=(Markup(code="c1", element="code", translate=False),)
    )
    (result,) = annotate((GLOSSARY,))([document])
    starts = [[match.start for match in segment.terms] for segment in result.segments()]
    assert starts == [[0, 60], []]


def test_documents_without_target_are_left_alone() -> None:
    """Without a target language there are no terms."""
    document = Document(
        id="d", source_language="en", blocks=(Block(id="b", kind="paragraph", segments=(Segment(id="s", source=from_text("CSTO")),)),)
    )
    assert list(annotate((GLOSSARY,))([document])) == [document]


@given(st.text(alphabet="Tokayev CSTOs'’-. \u00a0ä", max_size=60))
def test_matches_lie_on_words(text: str) -> None:
    """Matches are ordered, disjoint, and begin and end at word boundaries."""
    matches = Matcher((GLOSSARY,), "en", "de").find(text) if "T" in text else ()
    assert all(one.end <= other.start for one, other in itertools.pairwise(matches))
    for match in matches:
        assert not (match.start and text[match.start - 1].isalnum())
        assert not text[match.end : match.end + 1].isalnum()
