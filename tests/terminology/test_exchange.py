"""Glossaries of other tools."""

import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from translate_pipeline.errors import GlossaryError, UsageError
from translate_pipeline.terminology.exchange import read, write
from translate_pipeline.terminology.glossary import CASES, KINDS, Concept, Entry, Glossary, load

SHIPPED = load("cis-politics.tsv", (pathlib.Path(__file__).parents[2] / "glossaries" / "cis-politics.tsv").read_bytes())

DEEPL = b'CSTO,OVKS\nTokayev,Tokajew\n"Almaty, the city",Almaty\n'
DEEPL_WITH_LANGUAGES = b"CSTO,OVKS,en,de\nTokayev,Tokajew,EN,DE\n"
GOOGLE = b"en,de,pos,description\nCSTO,OVKS,noun,an alliance\n"
WEBLATE = (
    '"location","source","target","id","fuzzy","context","translator_comments","developer_comments"\n'
    '"","CSTO","OVKS","","False","","an alliance",""\n'
    '"","CSTO","Organisation des Vertrags über kollektive Sicherheit","","False","","",""\n'
).encode()


def without_lines(glossary: Glossary) -> tuple[Concept, ...]:
    """The concepts without the places where they stood."""
    return tuple(concept._replace(line=0) for concept in glossary.concepts)


def forms(glossary: Glossary, language: str) -> list[tuple[str, ...]]:
    """The forms of all concepts in a language."""
    return [entry.forms for concept in glossary.concepts for entry in concept.entries if entry.language == language]


FORM = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    """Glossaries with everything that our own form can say."""
    concepts = []
    used: set[str] = set()
    for number in range(draw(st.integers(1, 4))):
        entries = []
        for language in ("en", "de", "zh-Hans"):
            own = [form for form in draw(st.lists(FORM, max_size=3, unique=True)) if form not in used]
            used.update(own)
            if own:
                cut = draw(st.integers(0, len(own)))
                entries.append(Entry(language=language, forms=tuple(own[:cut]), forbidden=tuple(own[cut:])))
        if entries:
            concepts.append(
                Concept(
                    id=f"c{number}",
                    entries=tuple(entries),
                    kind=draw(st.sampled_from(KINDS)),
                    case=draw(st.sampled_from(CASES)),
                    pos=draw(st.sampled_from(("", "noun", "verb"))),
                    note=draw(st.sampled_from(("", "an alliance", "a & b <c>"))),
                    source=draw(st.sampled_from(("", "desk"))),
                )
            )
    return Glossary(name="g", languages=("en", "de", "zh-Hans"), concepts=tuple(concepts))


@given(glossaries(), st.sampled_from(["tsv", "tbx", "tbx2"]))
def test_what_is_written_is_read_back(glossary: Glossary, form: str) -> None:
    """Our own form and both versions of TBX keep all forms, their statuses and all facts."""
    if glossary.concepts:
        back = read(f"g.{form}", write(glossary, form))
        assert without_lines(back) == without_lines(glossary)


@pytest.mark.parametrize("form", ["tsv", "tbx", "tbx2"])
def test_shipped_glossary_in_every_form(form: str) -> None:
    """The glossary that ships survives conversion whole."""
    assert without_lines(read(f"g.{form}", write(SHIPPED, form))) == without_lines(SHIPPED)


def test_tbx_3_is_valid(shared: pathlib.Path) -> None:
    """TBX version 3 passes the grammar of the core and the rules of TBX-Basic."""
    saxonche = pytest.importorskip("saxonche")
    data = write(SHIPPED, "tbx")
    schemas = shared / "suite" / "xliff" / "schemas"
    grammar = etree.RelaxNG(etree.parse(schemas / "TBX_Core_RNG" / "TBXcoreStructV03.rng"))
    assert grammar.validate(etree.fromstring(data)), grammar.error_log
    rules = etree.parse(schemas / "TBX-Basic_dialect" / "DCA" / "TBX-Basic_DCA.sch")
    name = {"s": "http://purl.oclc.org/dsdl/schematron"}
    with saxonche.PySaxonProcessor(license=False) as processor:
        xpath = processor.new_xpath_processor()
        xpath.declare_namespace("tbx", "urn:iso:std:iso:30042:ed-2")
        xpath.set_context(xdm_item=processor.parse_xml(xml_text=data.decode()))
        checked = 0
        for rule in rules.iterfind(".//s:rule", name):
            context = "(//@*/.. | //*)/" + rule.get("context") if rule.get("context").startswith("@") else "//" + rule.get("context")
            for test in rule.iterfind("s:assert", name):
                count = xpath.evaluate(f"count(({context})[not({test.get('test')})])")
                assert count.head.integer_value == 0, (rule.get("context"), test.text)
                checked += 1
        assert checked > 30


def test_tbx_2_is_read_by_translate_toolkit() -> None:
    """TBX version 2 has the same terms for translate-toolkit as for us."""
    tbx = pytest.importorskip("translate.storage.tbx")
    store = tbx.tbxfile.parsestring(write(SHIPPED, "tbx2"))
    store.set_base_source_language("en") if hasattr(store, "set_base_source_language") else store.setsourcelanguage("en")
    store.settargetlanguage("de")
    theirs = [
        (tuple(term.text for term in unit.get_source_terms()), tuple(term.text for term in unit.get_target_terms("de")))
        for unit in store.units
    ]
    ours = []
    for concept in SHIPPED.concepts:
        english, german = concept.entry("en"), concept.entry("de")
        assert english is not None
        assert german is not None
        ours.append((english.forms + english.forbidden, german.forms + german.forbidden))
    assert theirs == ours


@pytest.mark.parametrize(
    ("data", "name"),
    [(DEEPL, "deepl.csv"), (DEEPL.replace(b",", b"\t").replace(b"\tthe", b" the").replace(b"\t the", b" the"), "deepl.tsv")],
)
def test_deepl(data: bytes, name: str) -> None:
    """A DeepL glossary is read as it is, in commas or tabs."""
    glossary = read(name, data, source="en", target="de")
    assert forms(glossary, "en")[:2] == [("CSTO",), ("Tokayev",)]
    assert forms(glossary, "de")[:2] == [("OVKS",), ("Tokajew",)]


def test_deepl_with_languages() -> None:
    """Languages in the third and fourth column are taken from there."""
    assert forms(read("deepl.csv", DEEPL_WITH_LANGUAGES), "de") == [("OVKS",), ("Tokajew",)]


def test_google() -> None:
    """A Google table names its languages in the first row, and may have a description."""
    glossary = read("google.csv", GOOGLE)
    assert forms(glossary, "de") == [("OVKS",)]
    assert (glossary.concepts[0].pos, glossary.concepts[0].note) == ("noun", "an alliance")


def test_weblate() -> None:
    """Rows of Weblate with one source are forms of one concept, the first preferred."""
    glossary = read("weblate.csv", WEBLATE, source="en", target="de")
    assert forms(glossary, "de") == [("OVKS", "Organisation des Vertrags über kollektive Sicherheit")]
    assert glossary.concepts[0].note == "an alliance"


@pytest.mark.parametrize("form", ["deepl", "google", "weblate"])
def test_tables_are_read_back(form: str) -> None:
    """A table that we write has every source form with its preferred target form, and is read again."""
    back = read(f"{form}.csv", write(SHIPPED, form, source="en", target="de"), source="en", target="de")
    own = dict(zip(forms(back, "en"), forms(back, "de"), strict=True))
    assert own["CSTO", "ODKB"] == ("OVKS",)
    assert own["Tokayev", "Tokaev", "Toqayev"] == ("Tokajew",)
    assert sum(map(len, own)) == sum(len(english) for english in forms(SHIPPED, "en"))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b"# nothing but a remark\n"])
def test_empty_files(data: bytes) -> None:
    """A file without a line is no glossary without concepts."""
    with pytest.raises(GlossaryError, match=r"^x\.tsv: is empty"):
        read("x.tsv", data)


def test_languages_must_be_known() -> None:
    """A table without languages is refused with the way out."""
    with pytest.raises(UsageError, match="--from en --to de"):
        read("deepl.csv", DEEPL)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"<tbx><body/></tbx>", "has no terms"),
        (b"<tbx", "not well-formed"),
        (b'<!DOCTYPE martif [<!ENTITY a "aaaa">]><martif>&a;</martif>', "declares entities"),
        (b'<martif><termEntry><langSet xml:lang="d!"><tig><term>x</term></tig></langSet></termEntry></martif>', "no language tag"),
        (b'<martif><termEntry><langSet xml:lang="de"><tig><term/></tig></langSet></termEntry></martif>', "term without text"),
    ],
)
def test_damaged_tbx(data: bytes, part: str) -> None:
    """A TBX file that cannot be used is refused with what is wrong and where."""
    with pytest.raises(GlossaryError, match=part) as caught:
        read("g.tbx", data)
    assert all(problem.startswith("g.tbx:") for problem in caught.value.problems)


def test_tbx_in_elements() -> None:
    """The style with an element for each data category is read as well."""
    data = (
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" type="TBX-Basic" style="dct" xml:lang="en"><text><body>'
        '<conceptEntry id="c1"><langSec xml:lang="de"><termSec><term>ODKB</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>'
        "</termSec><termSec><term>OVKS</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry>"
        "</body></text></tbx>"
    )
    (concept,) = read("g.tbx", data.encode()).concepts
    assert concept.entries == (Entry(language="de", forms=("OVKS",), forbidden=("ODKB",)),)
