"""mt.decoder, on the tiny packages."""

import json
import math
import pathlib
import random
import shutil

import pytest

from translate_pipeline.errors import PackageError
from translate_pipeline.mt.decoder import Decoding, Model
from translate_pipeline.mt.packages import Package, given

SENTENCES = [
    f"{who} {what} {number} {things}."
    for who in ("The president", "The government", "The young doctor", "The foreign minister of Kazakhstan")
    for what in ("bought", "sent", "wants to buy")
    for number in ("7", "12", "345")
    for things in ("houses", "books", "soldiers and students", "big cars from Italy and trees from Poland")
]


@pytest.fixture(scope="module")
def package(tiny: pathlib.Path) -> Package:
    """The tiny package from English into German."""
    return next(package for package in given(tiny) if package.codes == ("en", "de"))


@pytest.fixture(scope="module")
def model(package: Package) -> Model:
    """It, loaded."""
    return Model(package, threads=2)


def test_company_does_not_matter(model: Model) -> None:
    """A text has the same translation and the same score, to the last bit, alone and in whatever company, greedy or with a beam."""
    pieces = model.encode(SENTENCES)
    for beam in (1, 4):
        together = model.translate(pieces, Decoding(beam=beam))
        order = list(range(len(pieces)))
        random.Random(0).shuffle(order)
        for size in (1, 7, 50):
            apart = {}
            for start in range(0, len(order), size):
                part = order[start : start + size]
                apart |= dict(zip(part, model.translate([pieces[index] for index in part], Decoding(beam=beam)), strict=True))
            assert [apart[index] for index in range(len(pieces))] == together


def test_the_score_is_the_mean_log_probability(model: Model) -> None:
    """What CTranslate2 says when it scores the same pieces, up to what eight bits cost."""
    source = model.encode(["The president will visit Kazakhstan in May."])
    (output,) = model.translate(source, Decoding(beam=4))[0]
    target = model.encode([output.text])
    scores = model._translator.score_batch(source, target)[0].log_probs
    assert output.log_probability == pytest.approx(math.fsum(scores) / len(scores), abs=0.02)


def test_hypotheses_differ(model: Model) -> None:
    """As many as asked for, no two alike, and the first is the one that comes when only one is asked for."""
    source = model.encode(["The president met the chancellor in Berlin."])
    outputs = model.translate(source, Decoding(beam=4), hypotheses=4)[0]
    assert len({output.text for output in outputs}) == 4
    assert model.translate(source, Decoding(beam=4))[0] == outputs[:1]


def test_what_is_to_be_avoided_is_avoided(model: Model) -> None:
    """A rendering that is suppressed does not come out."""
    source = model.encode(["The chancellor supports the CSTO."])
    plain = model.translate(source, Decoding(beam=4))[0][0].text
    assert "OVKS" in plain
    assert "OVKS" not in model.translate(source, Decoding(beam=4, avoid=("OVKS",)))[0][0].text


def test_attention_points_at_the_source(model: Model) -> None:
    """Every piece of the text has a place in it and looks at a piece of the source; names look at themselves."""
    text = "There are 345 soldiers in Berlin."
    pieces = model.encode([text])
    output = model.translate(pieces, Decoding(beam=4), attention=True)[0][0]
    assert "".join(output.text[start:end] for start, end in output.pieces) == output.text
    assert len(output.attended) == len(output.pieces)
    spans = model.source_spans(text, pieces[0])
    seen = {
        output.text[a:b].strip(): text[spans[index][0] : spans[index][1]]
        for (a, b), index in zip(output.pieces, output.attended, strict=True)
    }
    assert seen.get("Soldaten") == "soldiers"


def test_underscores_survive(model: Model) -> None:
    """Argos' own decoding turns them into spaces."""
    assert model.survives("T_1")
    assert not model.survives("⟦1⟧")
    assert model.decode(model.encode(["a __T_1__ b"])[0]) == "a __T_1__ b"


def test_words_as_the_vocabulary_knows_them(model: Model) -> None:
    """The usual way to write a word costs less."""
    assert model.cost("president") < model.cost("PRESIDENT")
    assert model.cost("Berlin") < model.cost("berlin")


def test_a_target_prefix_is_given_and_taken_away(package: Package, tiny: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The prefix begins every translation and is not part of the text."""
    folder = shutil.copytree(package.path, tmp_path / "x")
    prefixed = Package(
        path=folder,
        source_language="en",
        target_language="de",
        codes=("en", "de"),
        version="1",
        place="given",
        target_prefix="▁Deutschland",
    )
    model = Model(prefixed, threads=1)
    outputs = model.translate(model.encode(["Peace in Germany"]), Decoding(beam=4))
    assert outputs[0][0].text == "in Deutschland"
    assert tiny in package.path.parents


def test_packages_with_the_older_tokenizer(package: Package, tmp_path: pathlib.Path) -> None:
    """A package with bpe.model instead of sentencepiece.model is tokenized and put together in Argos' older way."""
    folder = shutil.copytree(package.path, tmp_path / "old")
    (folder / "sentencepiece.model").unlink()
    (folder / "bpe.model").write_text("#version: 0.2\nt h\nth e</w>\nB e\n", encoding="utf-8")
    model = Model(given(folder)[0], threads=1)
    pieces = model.encode(["the Bear said: hello!"])[0]
    assert pieces[:3] == ["the", "Be@@", "a@@"]
    assert model.decode(pieces) == "the Bear said: hello!"
    assert model.cost("the") < model.cost("them")
    assert model.translate([pieces], Decoding(beam=2))[0][0].log_probability < 0


@pytest.mark.parametrize("part", ["model/model.bin", "model/shared_vocabulary.json", "sentencepiece.model"])
def test_a_broken_model_is_one_sentence(package: Package, tmp_path: pathlib.Path, part: str) -> None:
    """Weights, vocabulary or tokenizer damaged: named with the folder."""
    folder = shutil.copytree(package.path, tmp_path / "broken")
    (folder / part).write_bytes(b"nothing of the kind")
    with pytest.raises(PackageError, match="broken: the model cannot be loaded"):
        Model(given(folder)[0], threads=1)


@pytest.mark.parametrize("share", [0.25, 0.9])
def test_a_vocabulary_of_other_weights_is_one_sentence(package: Package, tmp_path: pathlib.Path, share: float) -> None:
    """A vocabulary that is too short for the weights shows only when it is used; the package is named then."""
    folder = shutil.copytree(package.path, tmp_path / "mixed")
    vocabulary = folder / "model/shared_vocabulary.json"
    known = json.loads(vocabulary.read_text(encoding="utf-8"))
    vocabulary.write_text(json.dumps(known[: int(len(known) * share)]), encoding="utf-8")
    mixed = Model(given(folder)[0], threads=1)
    pieces = mixed.encode(SENTENCES)
    with pytest.raises(PackageError, match="mixed: the model fails"):
        mixed.translate(pieces, Decoding(beam=4))
