"""The network, its loss, its schedule and its way into a package and back."""

import pathlib

import pytest

torch = pytest.importorskip("torch", reason="the training group is not installed")

import ctranslate2  # noqa: E402 - what follows needs torch
import numpy as np  # noqa: E402

from training import batches, convert, network, train, vocabulary, weights  # noqa: E402

PIECES = ["<pad>", "</s>", "<unk>", *(f"▁w{number}" for number in range(61))]


def settings(**changes: object) -> train.Settings:
    """Settings of a run, changed where a test needs it."""
    values = {
        "work": pathlib.Path(),
        "package": None,
        "minutes": None,
        "steps": 100,
        "rate": 1.0,
        "constant": 0.5,
        "tokens": 100,
        "candidates": 0,
        "freeze": 0,
        "dropout": 0.0,
        "processes": 1,
        "every": 10.0,
        "seed": 1,
    }
    return train.Settings(**(values | changes))


def pairs(count: int) -> batches.Pairs:
    """Random pairs of two to nine pieces."""
    random_ = np.random.default_rng(1)
    rows = [random_.integers(3, len(PIECES), random_.integers(2, 10)) for _ in range(2 * count)]
    return batches.Pairs(source=rows[:count], target=rows[count:])


def test_the_rate_warms_up_stays_and_falls_to_zero() -> None:
    """At the end of the budget nothing moves any more, however long it took to get there."""
    made = settings()
    assert made.rate_at(0, 0.0) == pytest.approx(1 / train.WARM_STEPS)
    assert made.rate_at(train.WARM_STEPS, 0.5) == 1.0
    assert made.rate_at(train.WARM_STEPS, 0.75) == pytest.approx(0.5)
    assert made.rate_at(10**6, 1.0) == 0.0
    assert settings(steps=None, minutes=2.0).progress(5, 60.0) == pytest.approx(0.5)


def test_an_epoch_holds_every_pair_once_and_no_batch_is_too_wide() -> None:
    """Batches cut the pairs without losing any and stay within the number of padded pieces."""
    data = pairs(500)
    groups = batches.epoch(data, tokens=100, seed=1, number=0)
    assert sorted(index for group in groups for index in group) == list(range(500))
    assert all(max(part.numel() for part in batches.tensors(data, group)) <= 100 for group in groups)
    assert groups != batches.epoch(data, tokens=100, seed=1, number=1)


def test_a_stream_continues_where_it_was_left() -> None:
    """From the place after the third group come the fourth and those after it."""
    data = pairs(200)
    whole = batches.stream(data, tokens=100, seed=1, start=(0, 0), every=2)
    first = [next(whole) for _ in range(6)]
    later = batches.stream(data, tokens=100, seed=1, start=first[2][0], every=2)
    assert [next(later) for _ in range(3)] == first[3:]


def test_the_sampled_loss_with_all_pieces_is_the_loss() -> None:
    """When the sample holds all other pieces, nothing is left to estimate."""
    torch.manual_seed(1)
    model = network.Translator(len(PIECES), dropout=0.0)
    batch = batches.tensors(pairs(8), range(8))
    sampled = train.sampled_loss(model, *batch, candidates=len(PIECES))
    assert sampled.item() == pytest.approx(train.sampled_loss(model, *batch, candidates=0).item(), abs=1e-4)


def test_a_step_on_the_same_batch_lowers_its_loss() -> None:
    """Gradients reach the parameters that are not frozen, and only those."""
    torch.manual_seed(1)
    model = network.Translator(len(PIECES), dropout=0.0)
    train.freeze(model, 3)
    kept = model.encoder.layers[0].ffn.linear_0.weight.clone()
    gradients = train.share_gradients(model)
    optimizer = torch.optim.AdamW(train.groups(model), lr=1e-3)
    batch = batches.tensors(pairs(8), range(8))
    before = train.sampled_loss(model, *batch, candidates=0)
    before.backward()
    assert gradients.norm() > 0
    optimizer.step()
    assert train.sampled_loss(model, *batch, candidates=0) < before
    assert torch.equal(kept, model.encoder.layers[0].ffn.linear_0.weight)


def test_a_package_computes_what_the_network_computes_and_can_be_taken_up_again(tmp_path: pathlib.Path) -> None:
    """CTranslate2 gives every piece the same probability; read back, the weights are those of the network up to rounding."""
    torch.manual_seed(1)
    model = network.Translator(len(PIECES), dropout=0.0).eval()
    with torch.no_grad():
        model.bias.uniform_(-1, 1)
        model.scale.fill_(0.7)
        for stack in (model.encoder, model.decoder):
            stack.embeddings.weight.mul_(0.05)
    (tmp_path / "model").mkdir()
    convert.specification(model, PIECES).save(str(tmp_path / "model"))
    data = pairs(12)
    packaged = ctranslate2.Translator(str(tmp_path / "model"), compute_type="float32")
    results = packaged.score_batch([[PIECES[i] for i in row] for row in data.source], [[PIECES[i] for i in row] for row in data.target])
    for index, result in enumerate(results):
        source, shifted, target = batches.tensors(data, [index])
        with torch.no_grad():
            logs = model.logits(model.decode(model.encode(source), source, shifted)).log_softmax(-1)
        assert result.log_probs == pytest.approx(logs[0].gather(1, target[0][:, None])[:, 0].tolist(), abs=0.05)
    again = network.Translator(len(PIECES))
    assert network.load_package(again, PIECES, *weights.package_weights(tmp_path)) == len(PIECES)
    for name, value in again.named_parameters():
        assert torch.allclose(value, model.get_parameter(name), atol=0.02), name
    assert PIECES.index("</s>") == vocabulary.EOS
