"""Old inline elements behind, before and between new texts: refused or flagged; what people do: taken."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leftovers import HONEST, KINDS, STALE, case, is_harmless, verdict

from translate_pipeline.content import from_text, plain
from translate_pipeline.model import Block, Code, CodeKind, Content, Document, Segment, State, Text
from translate_pipeline.review.importer import Import, verdicts
from translate_pipeline.review.stale import leftover

OPEN, CLOSE = Code(id="c1", kind=CodeKind.OPEN), Code(id="c1", kind=CodeKind.CLOSE)
BREAK = Code(id="c2", kind=CodeKind.STANDALONE)
SENTENCES = {
    "de": (
        "Die Minister der sechs Länder trafen sich am Montag in der alten Hauptstadt zu langen Gesprächen.",
        "Nach dem Regen stand das Wasser in den Kellern noch tagelang so hoch wie ein Kind.",
        "Wer den Bahnhof durch den Nordausgang verlässt, sieht zuerst die Uhr und dann den Fluss.",
        "Im Herbst soll das Gesetz über die Schulbücher zum dritten Mal im Parlament beraten werden.",
        "Ein Bäcker aus dem Nachbardorf brachte jeden Morgen vier Kisten Brot an die Grenze.",
    ),
    "fr": (
        "Les pompiers du village ont passé la nuit à vider les caves de la vieille école.",
        "Selon le maire, le pont sera fermé aux camions jusqu'à la fin du printemps prochain.",
        "Personne ne savait combien de livres contenait la bibliothèque avant le grand incendie.",
        "Deux semaines après les élections, les partis cherchaient encore un président pour l'assemblée.",
    ),
    "ru": (
        "Утром на площади собрались жители трёх деревень, чтобы проводить уезжающих учителей.",
        "После дождя дорога к озеру стала такой скользкой, что автобус повернул обратно.",
        "Министр обещал построить новую больницу раньше, чем закончится ремонт старого моста.",
        "Никто не помнил, когда в этом городе последний раз продавали свежую рыбу зимой.",
    ),
    "zh": (
        "昨天下午五个国家的部长在旧城的市政厅里讨论了新的水电站计划。",
        "大雨过后通往湖边的山路变得很滑，所以校车只好在村口掉头回去。",
        "图书馆的管理员说没有人知道火灾以前那里一共收藏了多少本旧书。",
        "两个星期以后选举的结果才在广播里公布，可是许多人已经离开了。",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_programs_leave_and_what_people_edit(kind: str) -> None:
    """Of a whole new text beside old elements nearly nothing is taken without a word; of people's edits nearly nothing is refused."""
    draw, counts = random.Random(kind), Counter[str]()
    for _ in range(60):
        sentence, other = draw.sample(SENTENCES[draw.choice(sorted(SENTENCES))], 2)
        one = case(sentence, other, kind, draw)
        if one.new != one.old and not (one.stale and is_harmless(one)):
            counts[verdict(one)] += 1
    assert counts.total() >= 30
    if kind in HONEST:
        assert counts["refused"] <= 2
        assert counts["taken"] >= 0.9 * counts.total()
    else:
        assert counts["taken"] <= 4


OLD: Content = (Text(value="Un chat "), OPEN, Text(value="gras"), CLOSE, Text(value=" dort."), BREAK, Text(value="Bien."))


@pytest.mark.parametrize(
    "new",
    [
        (Text(value="Une souris court."), *OLD[1:]),  # before the first code
        (*OLD[:4], Text(value=" Une souris court vite là-bas.")),  # behind the last one
        (Text(value="Un chien gras dort. Bien."), OPEN, Text(value="gras"), CLOSE, BREAK),  # the texts around the codes removed
        (*OLD[:4], Text(value="Un chat maigre dort. Bien."), *OLD[5:]),  # between two codes
    ],
)
def test_shapes_of_leftovers(new: Content) -> None:
    """A whole sentence that stands before, behind or between the old elements is refused, wherever a program put it."""
    old = OLD if BREAK in new else OLD[:5]
    found = leftover(Segment(id="s1", source=old, target=old), new)
    assert found is not None
    assert found.judgement == "stale"


@pytest.mark.parametrize(
    "new",
    [
        (Text(value="Un tout petit chat "), *OLD[1:]),
        (Text(value="Un « "), *OLD[1:]),
        (Text(value="Un mini-"), *OLD[1:]),
        (Text(value="Notre chat "), OPEN, Text(value="gras"), CLOSE, Text(value=" dort."), BREAK, Text(value="Bien, bien.")),
        (OPEN, Text(value="Gras"), CLOSE, Text(value=", le chat dort."), BREAK, Text(value="Bien.")),
        (*OLD[:4], Text(value=" ne dort pas."), *OLD[5:]),
        (*OLD, Text(value=" Très bien.")),
    ],
)
def test_edits(new: Content) -> None:
    """Words replaced, quotation marks and hyphens before a code, codes moved, words added at the end: a person did that."""
    assert leftover(Segment(id="s1", source=OLD, target=OLD), new) is None


@given(st.lists(st.sampled_from(["un ", "deux ", "mot ", "gris ", "et "]), max_size=3).map("".join))
def test_few_words_before_a_code_are_an_edit(words: str) -> None:
    """However a text before a code changes, it is an edit as long as it is far from a sentence."""
    assert leftover(Segment(id="s1", source=OLD, target=OLD), (Text(value=f"Un {words}chat "), *OLD[1:])) is None


def back(old: Content, new: Content, state: State = State.FINAL) -> Import:
    """The verdict on a file with one reviewed segment that has another target now."""
    segment = Segment(id="s1", source=old, target=old, state=State.REVIEWED)
    base = Document(id="a", source_language="en", target_language="fr", blocks=(Block(id="b1", kind="paragraph", segments=(segment,)),))
    changed = replace(segment, target=new, state=state)
    return verdicts(base, replace(base, blocks=(replace(base.blocks[0], segments=(changed,)),)), reviewer="Anna", at="2026-11-22")


def test_refused_text_leaves_the_review_alone() -> None:
    """A refusal names the old text that stands beside the new one, and the reviewed target stays as it was."""
    result = back(OLD, (Text(value="Une souris court."), *OLD[1:]))
    (segment,) = result.document.segments()
    assert (segment.target, segment.state) == (OLD, State.REVIEWED)
    assert result.refused[0].reasons == ("a program left old text beside the new one: behind it (“gras dort.Bien.”)",)


def test_doubtful_text_is_taken_and_flagged() -> None:
    """What cannot be told apart is kept, never approved by itself, and marked for the page and the next reader; a confirmation lifts it."""
    new = (*OLD[:-1], Text(value="Une souris court vite là-bas."))
    result = back(OLD, new)
    (segment,) = result.document.segments()
    assert (segment.target, segment.state, segment.substate) == (new, State.TRANSLATED, "tp:flagged")
    assert [act.action for act in segment.provenance] == ["translated"]
    (verdict,) = result.verdicts
    assert (verdict.outcome, verdict.change) == ("accepted", "edited")
    assert verdict.reasons[0].startswith("flagged: ")
    confirmed = replace(segment, state=State.FINAL, substate="")
    base = result.document
    again = verdicts(base, replace(base, blocks=(replace(base.blocks[0], segments=(confirmed,)),)))
    assert [(one.target, one.state, one.substate) for one in again.document.segments()] == [(new, State.FINAL, "")]


def test_edit_that_names_a_span_again_loses_nothing() -> None:
    """Words before a code that are those of the span are no reason to take the text behind it out."""
    new = (Text(value="Un chat gras ou presque "), *OLD[1:4], Text(value=" dort."))
    old = OLD[:5]
    assert [segment.target for segment in back(old, new).document.segments()] == [new]


def test_a_mark_around_everything() -> None:
    """Files of 2.1 have people and findings in a mark around the whole target: a text before it is the new target, if it runs into it."""
    old = from_text("Le vieux pont sera fermé.")
    (segment,) = back(old, from_text("Le pont restera ouvert." + plain(old))).document.segments()
    assert segment.target == from_text("Le pont restera ouvert.")
    two = from_text("Le maire est content. " + plain(old))
    (segment,) = back(old, two).document.segments()
    assert (segment.target, segment.substate) == (two, "tp:flagged")


def test_every_place_is_tried() -> None:
    """The kinds of the generator: three places by codes, two without the texts around them, marks around everything and around a term."""
    assert len(STALE) == 8 * 3
