"""mt.hop, with a model that misbehaves on demand, and with the tiny one."""

from collections.abc import Sequence

import pytest

from translate_pipeline.mt.argos import ArgosEngine
from translate_pipeline.mt.decoder import Decoding, Model, Output
from translate_pipeline.mt.hop import QUALITIES, translate
from translate_pipeline.mt.packages import chain


class Scripted(Model):
    """Pieces are words; the translation of a text is looked up, by beam, and what is not there comes back in capitals."""

    def __init__(self, answers: dict[tuple[str, int], str]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Decoding]] = []

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Words."""
        return [text.split() for text in texts]

    def translate(
        self,
        sources: Sequence[Sequence[str]],
        decoding: Decoding,
        *,
        hypotheses: int = 1,
        attention: bool = False,
        beginnings: Sequence[str] = (),
    ) -> list[tuple[Output, ...]]:
        """What the script says."""
        del attention, beginnings
        texts = [" ".join(source) for source in sources]
        self.asked += [(text, decoding) for text in texts]
        return [
            (Output(text=self.answers.get((text, decoding.beam), text.upper()[::-1]), log_probability=-0.5),) * hypotheses for text in texts
        ]


LOOP = "und so " * 9


def test_a_suspicious_translation_is_decoded_again() -> None:
    """Only that one, with other settings; the better one is taken, and there is nothing left to warn of."""
    model = Scripted({("one two three", 4): LOOP, ("one two three", 8): "eins zwei drei", ("four five", 4): "vier fünf"})
    results = translate(model, ["one two three", "four five"], quality=QUALITIES["balanced"])
    assert [[(r.text, r.warnings) for r in renderings] for renderings in results] == [[("eins zwei drei", ())], [("vier fünf", ())]]
    assert [(text, decoding.beam, decoding.no_repeat_ngram) for text, decoding in model.asked[2:]] == [("one two three", 8, 3)]


def test_fast_takes_a_beam_only_for_what_the_guards_reject() -> None:
    """Greedy, then the beam of Argos, then the last resort."""
    model = Scripted({("one two three", 1): LOOP, ("one two three", 4): "eins zwei drei", ("four five", 1): "vier fünf"})
    results = translate(model, ["one two three", "four five"], quality=QUALITIES["fast"])
    assert [renderings[0].text for renderings in results] == ["eins zwei drei", "vier fünf"]
    assert [decoding.beam for _, decoding in model.asked] == [1, 1, 4]


def test_what_stays_suspicious_is_flagged() -> None:
    """The first translation stays when no other is better, with the reason."""
    model = Scripted({("one two three", beam): LOOP for beam in (4, 8)})
    ((rendering,),) = translate(model, ["one two three"], quality=QUALITIES["balanced"])
    assert rendering.text == LOOP
    assert "repeats “und so” 9 times" in rendering.warnings[0]


def test_the_last_resort_is_plainer_punctuation() -> None:
    """What cannot be repaired otherwise is tried without typographic marks."""
    model = Scripted({("“one” — two >.<", 4): "", ('"one" - two', 8): "„eins“ – zwei"})
    ((rendering,),) = translate(model, ["“one” — two >.<"], quality=QUALITIES["balanced"])
    assert rendering.text == "„eins“ – zwei"


def test_nothing_is_never_the_answer() -> None:
    """Where no translation comes out, the source stands, with a warning."""
    model = Scripted({("one two three", beam): "" for beam in (4, 8)})
    ((rendering,),) = translate(model, ["one two three"], quality=QUALITIES["balanced"])
    assert rendering.text == "one two three"
    assert rendering.warnings


def test_long_texts_are_cut_and_joined(engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """60 sentences in one text: 60 translations in one text, with nothing truncated and places that are still right."""
    # the tiny package has never seen more than two sentences at once
    monkeypatch.setattr("translate_pipeline.mt.hop.LIMIT", 25)
    model = engine._model(chain(engine.packages, "en", "de")[0])
    text = " ".join(f"The government sent {number} books to Berlin." for number in range(10, 70))
    ((rendering,),) = translate(model, [text], quality=QUALITIES["balanced"], attention=True)
    assert [str(number) in rendering.text for number in range(10, 70)] == [True] * 60
    assert rendering.alignment is not None
    at = text.index("65")
    found = rendering.alignment.follow((at, at + 2), rendering.text)
    assert found is not None
    assert rendering.text[found[0] : found[1]] == "65"
