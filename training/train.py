"""Train for a while, from the pretrained encoder, a package, or the newest checkpoint.

    python -m training.train (--minutes N | --steps N) [--work FOLDER] [--from-package FOLDER] [--processes 2]

The budget counts everything since the first start, so a run that was stopped continues where its schedule stood. With `--steps`
and the same seed, processes and machine the result is the same; with `--minutes` the clock decides how far the rate has fallen.
Each process holds one thread and a whole copy of the network; they average gradients once a step.
"""

import argparse
import collections
import dataclasses
import math
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, distributed, nn
from torch.multiprocessing.spawn import spawn
from torch.nn import functional

from training import batches, network, progress, vocabulary, weights
from training.prepare import WORK
from training.vocabulary import PAD

SMOOTHING = 0.1
WARM_STEPS = 150
ENCODER_RATE = 0.4
"""The encoder learns more slowly than the decoder: it already knows both languages."""
_PAGES = {"MALLOC_MMAP_THRESHOLD_": "2000000000", "MALLOC_TRIM_THRESHOLD_": "8000000000", "THP_MEM_ALLOC_ENABLE": "1"}
"""Keep freed memory: PyTorch on a CPU otherwise asks the kernel for every activation anew (a fifth of the time)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one run was asked to do; `candidates` 0 means the softmax over the whole vocabulary."""

    work: Path
    package: Path | None
    minutes: float | None
    steps: int | None
    rate: float
    constant: float
    tokens: int
    candidates: int
    freeze: int
    dropout: float
    processes: int
    every: float
    seed: int

    def progress(self, step: int, seconds: float) -> float:
        """How much of the budget is used up, from 0 to 1."""
        return step / self.steps if self.steps else seconds / 60 / (self.minutes or math.inf)

    def rate_at(self, step: int, progress: float) -> float:
        """Warm up, stay, then fall linearly to zero."""
        falling = (1 - progress) / (1 - self.constant) if progress > self.constant else 1.0
        return self.rate * min(1.0, (step + 1) / WARM_STEPS) * max(0.0, falling)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    budget = parser.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float)
    budget.add_argument("--steps", type=int)
    gpu = torch.cuda.is_available()
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--from-package", dest="package", type=Path, help="an unpacked package to continue from")
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--constant", type=float, default=0.3, help="share of the budget before the rate falls")
    parser.add_argument("--tokens", type=int, default=32_000 if gpu else 1_500, help="padded pieces in a batch of one process")
    parser.add_argument("--candidates", type=int, default=0 if gpu else 2_000, help="random pieces in the softmax; 0: all pieces")
    parser.add_argument("--freeze", type=int, default=0 if gpu else 3, help="lowest encoder layers that stay, with the embeddings below")
    parser.add_argument("--dropout", type=float, default=0.1 if gpu else 0.0)
    parser.add_argument("--processes", type=int, default=1 if gpu else os.cpu_count() or 1)
    parser.add_argument("--every", type=float, default=10, help="minutes between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    settings = Settings(**vars(parser.parse_args(arguments)))
    os.environ.update(_PAGES, OMP_NUM_THREADS="1", MASTER_ADDR="127.0.0.1")
    os.environ.setdefault("MASTER_PORT", "29517")
    spawn(run, (settings,), nprocs=settings.processes)  # type: ignore[no-untyped-call]


@dataclass(slots=True, kw_only=True)
class Counters:
    """How far a run has come; `place` is the epoch and the group of batches that come next, `package` what it started from, if anything."""

    step: int = 0
    seconds: float = 0.0
    pieces: int = 0
    place: tuple[int, int] = (0, 0)
    package: str = ""


def run(rank: int, settings: Settings) -> None:
    """Train in one process of several; the first one writes `checkpoint.pt`, `log.jsonl` and `curve.png`."""
    gpu = torch.cuda.is_available()
    device = torch.device("cuda", rank) if gpu else torch.device("cpu")
    torch.manual_seed(settings.seed + rank)
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // settings.processes))
    distributed.init_process_group("nccl" if gpu else "gloo", rank=rank, world_size=settings.processes)
    model, state = start(settings)
    model.to(device).train()
    freeze(model, settings.freeze)
    gradients = share_gradients(model)
    optimizer = torch.optim.AdamW(groups(model), lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    counters = Counters(package=settings.package.name if settings.package else "")
    if state:
        optimizer.load_state_dict(state["optimizer"])
        counters = Counters(**state["counters"])
    pairs = batches.load(sorted(settings.work.glob("shard-*.npz")))
    stream = batches.stream(pairs, tokens=settings.tokens, seed=settings.seed, start=counters.place, every=settings.processes)
    began, saved = time.monotonic() - counters.seconds, time.monotonic()
    losses: collections.deque[float] = collections.deque(maxlen=100)
    for place, group in stream:
        # The clock of the first process decides for all of them, so that they stop and save at the same step.
        clock = torch.tensor([time.monotonic() - began, time.monotonic() - saved], device=device)
        distributed.broadcast(clock, 0)
        counters.seconds = clock[0].item()
        done = settings.progress(counters.step, counters.seconds)
        if done >= 1:
            break
        for options in optimizer.param_groups:
            options["lr"] = settings.rate_at(counters.step, done) * options["factor"]
        loss, pieces = update(model, optimizer, gradients, [part.to(device) for part in batches.tensors(pairs, group[rank])], settings)
        counters.step, counters.pieces, counters.place = counters.step + 1, counters.pieces + pieces, place
        losses.append(loss)
        if clock[1].item() > settings.every * 60:
            saved = time.monotonic()
            if rank == 0:
                report(settings.work, model, optimizer, counters, statistics.fmean(losses))
            distributed.barrier()
        elif rank == 0 and counters.step % 50 == 0:
            progress.log(settings.work, facts(counters, statistics.fmean(losses)))
    if rank == 0 and losses:
        report(settings.work, model, optimizer, counters, statistics.fmean(losses))
        progress.draw(progress.entries(settings.work), settings.work / "curve.png")
    distributed.destroy_process_group()


def update(
    model: network.Translator, optimizer: torch.optim.Optimizer, gradients: Tensor, batch: Sequence[Tensor], settings: Settings
) -> tuple[float, int]:
    """One step over the batches of all processes; gives their mean loss and how many target pieces they held."""
    source, shifted, target = batch
    with torch.autocast("cuda", torch.bfloat16, enabled=source.is_cuda):
        loss = sampled_loss(model, source, shifted, target, candidates=settings.candidates)
    torch.autograd.backward(loss)
    distributed.all_reduce(gradients)
    norm = gradients.norm() / settings.processes
    gradients.mul_(torch.clamp(1 / (norm + 1e-6), max=1.0) / settings.processes)
    optimizer.step()
    gradients.zero_()
    totals = torch.stack([loss.detach(), (target != PAD).sum().float()])
    distributed.all_reduce(totals)
    return totals[0].item() / settings.processes, int(totals[1])


def start(settings: Settings) -> tuple[network.Translator, dict[str, Any] | None]:
    """The network to train, and the state of the checkpoint that it came from, if there is one."""
    pieces = vocabulary.pieces_of(vocabulary.processor(settings.work / "sentencepiece.model"))
    newest = settings.work / "checkpoint.pt"
    if newest.exists():
        state: dict[str, Any] = torch.load(newest, map_location="cpu", weights_only=True)
        model = network.Translator(len(pieces), dropout=settings.dropout)
        model.load_state_dict(state["model"])
        return model, state
    model = network.from_encoder(weights.pretrained_encoder(), pieces, dropout=settings.dropout)
    if settings.package:
        network.load_package(model, pieces, *weights.package_weights(settings.package))
    return model, None


def freeze(model: network.Translator, layers: int) -> None:
    """Leave the embeddings and the lowest layers of the encoder as they are: without a gradient the optimizer passes over them."""
    if layers:
        for part in (
            model.encoder.embeddings,
            model.encoder.position_encodings,
            model.encoder.layernorm_embedding,
            *model.encoder.layers[:layers],
        ):
            part.requires_grad_(requires_grad=False)


def groups(model: network.Translator) -> list[dict[str, Any]]:
    """The parameters for the optimizer, each group with its factor on the learning rate."""
    encoder = list(model.encoder.parameters())
    mine = {id(parameter) for parameter in encoder}
    rest = [parameter for parameter in model.parameters() if id(parameter) not in mine]
    return [{"params": rest, "factor": 1.0}, {"params": encoder, "factor": ENCODER_RATE}]


def share_gradients(model: nn.Module) -> Tensor:
    """Lay all gradients into one flat tensor, which is averaged, measured and cleared in one go."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    flat = torch.zeros(sum(parameter.numel() for parameter in parameters), device=parameters[0].device)
    at = 0
    for parameter in parameters:
        parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
        at += parameter.numel()
    return flat


def sampled_loss(model: network.Translator, source: Tensor, shifted: Tensor, target: Tensor, *, candidates: int) -> Tensor:
    """Label-smoothed cross-entropy over the pieces of the batch and a random sample of the others.

    The sampled ones stand for all the others, so their scores are raised by the log of how many each stands for
    (importance sampling of the partition function, Bengio and Senécal 2003; Jean et al. 2015).
    """
    real = target != PAD
    states = model.decode(model.encode(source), source, shifted)[real]
    wanted = target[real]
    if not candidates:
        return functional.cross_entropy(model.logits(states).float(), wanted, label_smoothing=SMOOTHING)
    present, labels = torch.unique(wanted, return_inverse=True)
    size = model.bias.shape[0]
    others = torch.ones(size, dtype=torch.bool, device=target.device)
    others[present] = False
    pool = others.nonzero().squeeze(1)
    sampled = pool[torch.randperm(len(pool), device=target.device)[:candidates]]
    raise_by = torch.zeros(len(present) + len(sampled), device=target.device)
    raise_by[len(present) :] = math.log(len(pool) / len(sampled))
    logits = model.logits(states, torch.cat([present, sampled])) + raise_by
    return functional.cross_entropy(logits, labels, label_smoothing=SMOOTHING)


def facts(counters: Counters, loss: float) -> dict[str, float]:
    """What the log says about a step."""
    return {"step": counters.step, "minutes": round(counters.seconds / 60, 2), "pieces": counters.pieces, "loss": round(loss, 4)}


def report(work: Path, model: network.Translator, optimizer: torch.optim.Optimizer, counters: Counters, loss: float) -> None:
    """Replace `checkpoint.pt` in one move, so that a killed run leaves the one before, then measure and log."""
    new = work / "checkpoint.new"
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "counters": dataclasses.asdict(counters)}, new)
    new.replace(work / "checkpoint.pt")
    tokenizer = work / "sentencepiece.model"
    dev = batches.load([work / "dev.npz"])
    scores = progress.scores(model, dev, tokenizer)
    dev_loss = progress.loss(model, dev, next(model.parameters()).device)
    progress.log(work, facts(counters, loss) | {"dev_loss": round(dev_loss, 4), "bleu": scores.bleu, "chrf": scores.chrf})


if __name__ == "__main__":
    main()
