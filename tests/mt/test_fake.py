"""mt.fake."""

from hypothesis import given
from hypothesis import strategies as st

from translate_pipeline.model import Code, CodeKind, Request, Text
from translate_pipeline.mt.engine import Engine
from translate_pipeline.mt.fake import FakeEngine, pseudo, unpseudo


@given(text=st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cs", "Mn"])), rank=st.integers(0, 3))
def test_pseudo_translation_is_reversible(text: str, rank: int) -> None:
    """What had no accents of ours comes back exactly."""
    bare = unpseudo(text)
    assert unpseudo(pseudo(bare, rank=rank)) == bare


def test_names_of_codes_come_through() -> None:
    """Acronyms, numbers and placeholders stay; other words do not."""
    assert pseudo("The CSTO, T_1 and 12 m3 in Almaty") == "Thé CSTO, T_1 áńd 12 m3 íń Áĺḿátý"
    engine: Engine = FakeEngine(loses=["CSTO"])
    assert engine.survives("OVKS", "en", "de")
    assert not engine.survives("CSTO", "en", "de")
    assert not engine.survives("word", "en", "de")


def test_answers_follow_the_requests() -> None:
    """One tuple a request, as many hypotheses as asked for, codes in place, lost words lost."""
    code = Code(id="1", kind=CodeKind.STANDALONE)
    source = (Text(value="See CSTO"), code, Text(value=" now"))
    requests = [
        Request(key=("d", "de", str(n), ""), source=source, source_language="en", target_language="de", hypotheses=n) for n in (1, 3)
    ]
    answers = list(FakeEngine(loses=["CSTO"]).translate(requests))
    assert [len(answer) for answer in answers] == [1, 3]
    assert answers[0][0].target == (Text(value="Śéé "), code, Text(value=" ńóẃ"))
    assert [hypothesis.key for hypothesis in answers[1]] == [requests[1].key] * 3
    assert [hypothesis.score for hypothesis in answers[1]] == [0.9, 0.8, 0.7]
    assert len({hypothesis.target for hypothesis in answers[1]}) == 3
