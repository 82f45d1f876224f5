"""Turn the newest checkpoint into a package: CTranslate2 in int8, in the layout of Argos, with its figures and licences.

    python -m training.convert --version 0.2 --texts FOLDER [--work FOLDER] [--output FOLDER]

The figures in `metadata.json` and `README.md` are measured here, on the package as it was written.
"""

import argparse
import dataclasses
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import TransformerSpec
from ctranslate2.specs.common_spec import Activation

from training import corpus, evaluate, network, vocabulary
from training.prepare import WORK

_NAMES = {"en": "English", "de": "German"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--output", type=Path, default=evaluate.BUNDLED, help="where the package's folder goes")
    parser.add_argument("--version", required=True, help="two numbers, as in 0.2")
    parser.add_argument("--texts", type=Path, required=True, help="folder with flores-dev.en and flores-dev.de")
    parser.add_argument("--limit", type=int, help="measure on the first lines only")
    options = parser.parse_args(arguments)
    print(convert(work=options.work, output=options.output, version=options.version, texts=options.texts, limit=options.limit))


def convert(*, work: Path, output: Path, version: str, texts: Path, limit: int | None) -> Path:
    """Write the package and give its folder; one of the same name is replaced."""
    prepared = json.loads((work / "prepared.json").read_text(encoding="utf-8"))
    state = torch.load(work / "checkpoint.pt", map_location="cpu", weights_only=True)
    pieces = vocabulary.pieces_of(vocabulary.processor(work / "sentencepiece.model"))
    model = network.Translator(len(pieces))
    model.load_state_dict(state["model"])
    from_code, to_code = prepared["direction"].split("-")
    folder = output / f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "model").mkdir(parents=True)
    specification(model, pieces).save(str(folder / "model"))
    shutil.copyfile(work / "sentencepiece.model", folder / "sentencepiece.model")
    metadata: dict[str, Any] = {
        "package_version": version,
        "argos_version": "1.9",
        "type": "translate",
        "from_code": from_code,
        "from_name": _NAMES[from_code],
        "to_code": to_code,
        "to_name": _NAMES[to_code],
        "starter": True,
        "licence": "see LICENSE",
    }
    path = folder / "metadata.json"
    path.write_text(json.dumps(metadata, indent=2) + "\n", encoding="utf-8")
    source, reference = ((texts / f"flores-dev.{code}").read_text(encoding="utf-8").splitlines()[:limit] for code in (from_code, to_code))
    scores = evaluate.score(source, evaluate.Translator(folder).translate(source), reference)
    metadata |= {
        "bleu": scores.bleu,
        "chrf": scores.chrf,
        "signature": scores.bleu_signature,
        "label": f"starter, {scores.bleu:.1f} BLEU on FLORES dev ({scores.bleu_signature})",
        "test_set": f"FLORES dev, {len(source)} sentences",
    }
    path.write_text(json.dumps(metadata, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    counters = state["counters"]
    values = (
        metadata
        | dataclasses.asdict(scores)
        | {
            "pairs": f"{prepared['pairs']:,}",
            "last": f" and for its last part on {prepared['last']['pairs']:,} that are nearer to articles" if "last" in prepared else "",
            "minutes": round(counters["seconds"] / 60),
            "pieces": f"{counters['pieces'] / 1e6:.1f} million",
            "steps": f"{counters['step']:,}",
            "start": f"on top of {counters['package']}" if counters["package"] else "in all",
            "vocabulary": f"{len(pieces):,}",
            "sources": "\n".join(
                f"{source.name} | {_used(source.name, prepared)} | {source.text} | {source.licence}" for source in corpus.sources()
            ),
        }
    )
    for name in ("README.md", "LICENSE"):
        template = Template((corpus.DATA / f"package-{name}").read_text(encoding="utf-8"))
        (folder / name).write_text(template.substitute(values), encoding="utf-8")
    return folder


def _used(source: str, prepared: Mapping[str, Any]) -> str:
    """How many pairs of a source were trained on, and how many in the last part if there was one."""
    parts = [prepared, prepared["last"]] if "last" in prepared else [prepared]
    return ", ".join(f"{part['sources'].get(source, 0):,}" for part in parts)


def specification(model: network.Translator, pieces: Sequence[str]) -> TransformerSpec:
    """The network in CTranslate2's terms, quantised.

    The learned scale goes into the output matrix; the decoder embedding is the same matrix, divided by it again when it is read.
    """
    specification = TransformerSpec.from_config(
        (len(model.encoder.layers), len(model.decoder.layers)),
        network.HEADS,
        pre_norm=False,
        activation=Activation.GELU,
        layernorm_embedding=True,
    )
    scale = model.scale.item()
    for name, parameter in model.named_parameters():
        value = parameter.detach().float().cpu().numpy()
        if name != "scale":
            _place(specification, network.package_name(name), value * scale if name == "decoder.embeddings.weight" else value)
    specification.decoder.projection.weight = specification.decoder.embeddings.weight
    specification.encoder.scale_embeddings = np.float32(1)
    specification.decoder.scale_embeddings = np.float32(1 / scale)
    specification.register_source_vocabulary(list(pieces))
    specification.register_target_vocabulary(list(pieces))
    configuration = specification.config
    configuration.bos_token = configuration.eos_token = configuration.decoder_start_token = pieces[vocabulary.EOS]
    configuration.unk_token = pieces[vocabulary.UNK]
    configuration.add_source_eos = True
    specification.validate()
    specification.optimize(quantization="int8")
    return specification


def _place(specification: Any, name: str, value: Any) -> None:
    """Set the variable of this name; `layer_0` may be an attribute or the first of a list `layer`."""
    *path, last = name.split("/")
    at = specification
    for part in path:
        if hasattr(at, part):
            at = getattr(at, part)
        else:
            stem, number = part.rsplit("_", 1)
            at = getattr(at, stem)[int(number)]
    if not hasattr(at, last):
        raise ValueError(f"CTranslate2's specification has no {name}.")
    setattr(at, last, np.array(value))  # a copy: quantising works in place and would ruin a network in training


if __name__ == "__main__":
    main()
