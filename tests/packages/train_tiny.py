"""Train the packages that the tests run on: en-de and de-fr, for the little world of `grammar.tsv`, under 2 MB each.

    python tests/packages/train_tiny.py en de tests/packages/translate-en_de-tiny.argosmodel
    python tests/packages/train_tiny.py de fr tests/packages/translate-de_fr-tiny.argosmodel

Needs PyTorch, which nothing else here does. A few minutes on two cores. Same seed, same weights on the same kind of processor.
"""

# ruff: noqa: T201 - a script tells how far it is
import argparse
import json
import math
import pathlib
import random
import re
import tempfile
import time
import zipfile

import ctranslate2
import numpy as np
import sentencepiece
import torch
from torch import Tensor, nn

GRAMMAR = pathlib.Path(__file__).with_name("grammar.tsv")
LANGUAGES = {"en": "English", "de": "German", "fr": "French"}
FORMS = {"": 0, "acc": 1, "dat": 2, "de": 1, "à": 2}
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "tar",
    "ben",
    "sul",
    "vo",
    "ri",
    "an",
    "dek",
    "zhu",
    "pel",
    "os",
    "gra",
    "ny",
    "ul",
    "fem",
    "bo",
    "qi",
    "wex",
    "ho",
    "jar",
    "cu",
    "ys",
]
SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÄÖÜäöüßéèàçêâîôûëï.,;:!?'\"„“«»()-_/&%"
WIDTH, HEADS, ENCODER, DECODER, VOCABULARY = 96, 4, 2, 1, 600
POSITIONS = 256


class Grammar:
    """Draws sentence pairs."""

    def __init__(self, source: str, target: str, seed: int) -> None:
        self.draw = random.Random(seed)
        columns = list(LANGUAGES)
        self.sides = (1 + columns.index(source), 1 + columns.index(target))
        self.rows: dict[str, list[list[str]]] = {}
        for line in GRAMMAR.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                row = line.split("\t")
                self.rows.setdefault(row[0], []).append(row)
        self.templates = self.rows["sentence"] * 4 + self.rows["headline"]

    def pair(self) -> tuple[str, str]:
        """A sentence or headline and its translation; now and then only a word, or several sentences, or in other letters."""
        chance = self.draw.random()
        if chance < 0.03:
            row = self.draw.choice(self.rows[self.draw.choice(["person", "event", "country", "city", "day", "month", "body"])])
            return self._fill([row[0], *(cell.split("|")[0] for cell in row[1:])], capital=self.draw.random() < 0.5)
        first = self._fill(self.draw.choice(self.templates))
        if chance > 0.93:
            second = self._fill(self.draw.choice(self.rows["sentence"]))
            return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"
        return first

    def _fill(self, row: list[str], *, capital: bool = True) -> tuple[str, str]:
        words = {
            kind: self.draw.choice(self.rows[kind]) for kind in ("person", "country", "city", "day", "month", "event", "body", "thing")
        }
        words["other"] = self.draw.choice([word for word in self.rows["person"] if word is not words["person"]])
        words["place"] = self.draw.choice([word for word in self.rows["country"] if word is not words["country"]])
        number = str(self.draw.choice([self.draw.randint(2, 99), self.draw.randint(100, 9999)]))
        made_up = {slot: (self._name(), self._acronym()) for slot in (*words, "")}
        sides = []
        for side in self.sides:

            def replace(match: re.Match[str], side: int = side) -> str:
                slot, form = match[1], match[2] or ""
                if slot == "number":
                    return number
                if slot in {"name", "acronym"}:
                    return made_up[""][slot == "acronym"]
                forms = words[slot][side].split("|")
                chosen = forms[FORMS[form]] if FORMS[form] < len(forms) else forms[0]
                return chosen.replace("{name}", made_up[slot][0]).replace("{acronym}", made_up[slot][1])

            text = re.sub(r"\{(\w+)(?:\.(\w+))?\}", replace, row[side])
            sides.append(re.sub(r"\w", lambda match: match[0].upper(), text, count=1) if capital else text)
        return sides[0], sides[1]

    def _name(self) -> str:
        words = ["".join(self.draw.choices(SYLLABLES, k=self.draw.randint(2, 3))).capitalize() for _ in range(self.draw.randint(1, 2))]
        return "-".join(words) if self.draw.random() < 0.1 else " ".join(words)

    def _acronym(self) -> str:
        letters = "".join(self.draw.choices("ABCDEFGHIKLMNOPRSTUVW", k=self.draw.randint(2, 5)))
        return letters + self.draw.choice(["", "", "", "-1", "7", "_2"])


class Attention(nn.Module):
    """Multi-head attention with the layout of weights that CTranslate2 wants: joined projections."""

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own
        self.norm = nn.LayerNorm(WIDTH)
        sizes = [3 * WIDTH] if own else [WIDTH, 2 * WIDTH]
        self.linear = nn.ModuleList([nn.Linear(WIDTH, size) for size in (*sizes, WIDTH)])

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor) -> Tensor:
        """`x` with what it attends to added: itself, or `memory`."""
        normed = self.norm(x)
        if self.own:
            q, k, v = self.linear[0](normed).chunk(3, -1)
        else:
            q, (k, v) = self.linear[0](normed), self.linear[1](memory).chunk(2, -1)
        q, k, v = (t.view(*t.shape[:2], HEADS, -1).transpose(1, 2) for t in (q, k, v))
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return x + self.linear[-1](mixed.transpose(1, 2).flatten(2))


class Feed(nn.Module):
    """The feed-forward part of a layer, normalised first."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.linear = nn.ModuleList([nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)])

    def forward(self, x: Tensor) -> Tensor:
        """`x` with the transformed `x` added."""
        return x + self.linear[1](torch.relu(self.linear[0](self.norm(x))))


class Transformer(nn.Module):
    """A small Transformer with one table of embeddings for both sides and the output."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.encoder = nn.ModuleList([nn.ModuleList([Attention(own=True), Feed()]) for _ in range(ENCODER)])
        self.decoder = nn.ModuleList([nn.ModuleList([Attention(own=True), Attention(own=False), Feed()]) for _ in range(DECODER)])
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)])
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.register_buffer("places", places())

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Logits for every piece of the target but the first."""
        mask = (source != 0)[:, None, None, :]
        x = self._embed(source)
        for attention, feed in self.encoder:
            x = feed(attention(x, None, mask))
        memory = self.norms[0](x)
        x = self._embed(target)
        causal = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).tril()
        for own, cross, feed in self.decoder:
            x = feed(cross(own(x, None, causal), memory, mask))
        return self.norms[1](x) @ self.embedding.weight.T + self.bias

    def _embed(self, ids: Tensor) -> Tensor:
        return self.embedding(ids) * math.sqrt(WIDTH) + self.places[: ids.shape[1]]


def places() -> Tensor:
    """Sinusoidal position encodings (Vaswani et al. 2017, section 3.5), sines in front of cosines."""
    rates = torch.exp(-math.log(10_000) * torch.arange(WIDTH // 2) / (WIDTH // 2 - 1))
    angles = torch.arange(POSITIONS)[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], 1)


def batch(pairs: list[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    """Sources, targets behind the start sign, and what is to be predicted. 0 (unknown, which the grammar never makes) fills up."""

    def padded(rows: list[list[int]]) -> Tensor:
        width = max(map(len, rows))
        return torch.tensor([row + [0] * (width - len(row)) for row in rows])

    return padded([[*s, 2] for s, _ in pairs]), padded([[1, *t] for _, t in pairs]), padded([[*t, 2] for _, t in pairs])


def train(grammar: Grammar, processor: sentencepiece.SentencePieceProcessor, steps: int) -> Transformer:
    """Label-smoothed cross-entropy with Adam, a short warm-up and a linear way down."""
    model = Transformer(processor.get_piece_size())
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / 200, 1 - step / steps))
    begun = time.monotonic()
    for step in range(steps):
        lines = [grammar.pair() for _ in range(64)]
        sources, targets = processor.encode([a for a, _ in lines]), processor.encode([b for _, b in lines])
        source, target, wanted = batch(list(zip(sources, targets, strict=True)))
        loss = nn.functional.cross_entropy(model(source, target).flatten(0, 1), wanted.flatten(), ignore_index=0, label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0 or step == steps - 1:
            print(f"step {step} loss {loss.item():.3f} after {time.monotonic() - begun:.0f} s", flush=True)
    return model


def converted(model: Transformer, pieces: list[str]) -> ctranslate2.specs.TransformerSpec:
    """The model as CTranslate2 stores it, in eight bits."""
    spec = ctranslate2.specs.TransformerSpec.from_config((ENCODER, DECODER), HEADS)

    def put(target: object, module: nn.Module) -> None:
        names = ("gamma", "beta") if isinstance(module, nn.LayerNorm) else ("weight", "bias")
        setattr(target, names[0], module.weight.detach().numpy())
        setattr(target, names[1], module.bias.detach().numpy())

    def put_attention(target: ctranslate2.specs.attention_spec.MultiHeadAttentionSpec, module: Attention) -> None:
        put(target.layer_norm, module.norm)
        for linear, source in zip(target.linear, module.linear, strict=True):
            put(linear, source)

    def put_feed(target: ctranslate2.specs.transformer_spec.FeedForwardSpec, module: Feed) -> None:
        put(target.layer_norm, module.norm)
        put(target.linear_0, module.linear[0])
        put(target.linear_1, module.linear[1])

    table = model.embedding.weight.detach().numpy()
    spec.encoder.embeddings[0].weight = table
    spec.decoder.embeddings.weight = table
    for side, norm in ((spec.encoder, model.norms[0]), (spec.decoder, model.norms[1])):
        side.position_encodings.encodings = model.places.numpy()
        put(side.layer_norm, norm)
    for target, (attention, feed) in zip(spec.encoder.layer, model.encoder, strict=True):
        put_attention(target.self_attention, attention)
        put_feed(target.ffn, feed)
    for target, (own, cross, feed) in zip(spec.decoder.layer, model.decoder, strict=True):
        put_attention(target.self_attention, own)
        put_attention(target.attention, cross)
        put_feed(target.ffn, feed)
    spec.decoder.projection.weight = table
    spec.decoder.projection.bias = model.bias.detach().numpy().astype(np.float32)
    spec.config.add_source_eos = True
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def accuracy(folder: pathlib.Path, grammar: Grammar) -> float:
    """The share of 300 new sentences that come out word for word, by the converted model with beam 4."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    pairs = [grammar.pair() for _ in range(300)]
    translator = ctranslate2.Translator(str(folder / "model"))
    results = translator.translate_batch(processor.encode([a for a, _ in pairs], out_type=str), beam_size=4, max_batch_size=32)
    wrong = [(a, b, t) for (a, b), r in zip(pairs, results, strict=True) if (t := processor.decode(r.hypotheses[0])) != b]
    for source, wanted, found in wrong[:8]:
        print(f"{source}\n  {wanted}\n  {found[:200]}")
    return 1 - len(wrong) / len(pairs)


def main() -> None:
    """Train one package and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", choices=LANGUAGES)
    parser.add_argument("target", choices=LANGUAGES)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=3000)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    grammar = Grammar(arguments.source, arguments.target, seed=1)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / f"translate-{arguments.source}_{arguments.target}-0_1"
        (folder / "model").mkdir(parents=True)
        lines = [side for _ in range(8000) for side in grammar.pair()]
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_prefix=str(folder / "sentencepiece"),
            vocab_size=VOCABULARY,
            character_coverage=1.0,
            required_chars=SYMBOLS,
            minloglevel=2,
        )
        (folder / "sentencepiece.vocab").unlink()
        processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        model = train(grammar, processor, arguments.steps)
        pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
        converted(model.eval(), pieces).save(str(folder / "model"))
        metadata = {
            "package_version": "0.1",
            "argos_version": "1.9",
            "from_code": arguments.source,
            "from_name": LANGUAGES[arguments.source],
            "to_code": arguments.target,
            "to_name": LANGUAGES[arguments.target],
            "label": "for tests: knows the sentences of tests/packages/grammar.tsv only",
        }
        (folder / "metadata.json").write_text(json.dumps(metadata, indent=1), encoding="utf-8")
        print(f"{accuracy(folder, grammar):.3f} of new sentences word for word")
        with zipfile.ZipFile(arguments.package, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(scratch))
    print(f"{arguments.package}: {arguments.package.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
