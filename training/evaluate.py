"""Measure packages: BLEU and chrF on a pair of texts, guard rates, and how many inline terms come through.

    python -m training.evaluate --texts FOLDER [--package FOLDER]... [--beam 4] [--no-repeat 0] [--limit N]

FOLDER holds `flores-dev.<language>` for the languages at hand. Without `--package`: every bundled package.
"""

import argparse
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import sacrebleu
import sentencepiece

from training.corpus import DATA, read_columns

BUNDLED = Path(__file__).parent.parent / "translate_pipeline" / "packages"
LONGEST = 250
"""Pieces of a sentence that are read or written: the network has 256 positions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What one package reached on one text; the guard rates count sentences."""

    sentences: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    loops: int
    copies: int
    empty: int


class Translator:
    """A package opened for measuring."""

    def __init__(self, package: Path, *, beam: int = 4, no_repeat: int = 0) -> None:
        self.metadata = json.loads((package / "metadata.json").read_text(encoding="utf-8"))
        self.tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
        self.model = ctranslate2.Translator(str(package / "model"), inter_threads=os.cpu_count() or 1, intra_threads=1)
        self.options = {"beam_size": beam, "no_repeat_ngram_size": no_repeat}

    def translate(self, lines: Sequence[str]) -> list[str]:
        """Translate every line as one sentence."""
        results = self.model.translate_batch(
            self.tokenizer.encode(list(lines), out_type=str),
            max_batch_size=2048,
            batch_type="tokens",
            max_input_length=LONGEST,
            max_decoding_length=LONGEST,
            **self.options,
        )
        return [self.tokenizer.decode(result.hypotheses[0]) for result in results]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--package", type=Path, action="append")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--no-repeat", type=int, default=0, help="forbid to repeat so many pieces in a row; 0: allow everything")
    parser.add_argument("--limit", type=int, help="measure the first lines only")
    parser.add_argument("--show", type=int, default=0, help="print so many translations")
    options = parser.parse_args(arguments)
    for package in options.package or sorted(path.parent for path in BUNDLED.glob("*/metadata.json")):
        translator = Translator(package, beam=options.beam, no_repeat=options.no_repeat)
        from_code, to_code = translator.metadata["from_code"], translator.metadata["to_code"]
        source, reference = (
            (options.texts / f"flores-dev.{code}").read_text(encoding="utf-8").splitlines()[: options.limit]
            for code in (from_code, to_code)
        )
        translations = translator.translate(source)
        scores = score(source, translations, reference)
        print(
            f"{package.name}, {scores.sentences} sentences, beam {options.beam}, no-repeat {options.no_repeat}\n"
            f"BLEU {scores.bleu:.1f}  {scores.bleu_signature}\nchrF {scores.chrf:.1f}  {scores.chrf_signature}\n"
            f"loops {scores.loops}, whole-sentence copies {scores.copies}, empty {scores.empty}"
        )
        if (table := DATA / f"terms.{from_code}-{to_code}.tsv").exists():
            kept, missed = terms(translator, table)
            print(f"inline terms {kept} of {kept + len(missed)}")
            for line in missed:
                print("  missed:", line)
        for line, translation in zip(source[: options.show], translations, strict=False):
            print(f"{line}\n    {translation}")


def score(source: Sequence[str], translations: Sequence[str], reference: Sequence[str]) -> Scores:
    """Score translations of `source` against `reference`, with sacreBLEU's defaults."""
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    bleu_score, chrf_score = (metric.corpus_score(list(translations), [list(reference)]).score for metric in (bleu, chrf))
    return Scores(
        sentences=len(source),
        bleu=round(bleu_score, 2),
        chrf=round(chrf_score, 2),
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        loops=sum(map(loops, translations)),
        copies=sum(copied(line, translation) for line, translation in zip(source, translations, strict=True)),
        empty=sum(not translation.strip() for translation in translations),
    )


def loops(text: str) -> bool:
    """Whether one to three words stand four or more times over."""
    return re.search(r"(?<!\S)(\S+(?: \S+){0,2})(?: \1){3}(?!\S)", text) is not None


def copied(source: str, translation: str) -> bool:
    """Whether a sentence of more than three words came back as it was, case and punctuation aside."""
    words = re.findall(r"\w+", source.lower())
    return len(words) > 3 and words == re.findall(r"\w+", translation.lower())


def terms(translator: Translator, table: Path) -> tuple[int, list[str]]:
    """How many sentences keep the term that stands in them in the target language, and the translations that do not.

    A term counts when its words stand in the translation in this order, each with at most two letters added or dropped at its end.
    """
    rows = read_columns(table)
    translations = translator.translate([row["sentence"] for row in rows])
    missed = [
        f"{row['term']}: {translation}"
        for row, translation in zip(rows, translations, strict=True)
        if not has_term(row["term"], translation)
    ]
    return len(rows) - len(missed), missed


def has_term(term: str, translation: str) -> bool:
    """Whether the term, inflected or not, stands in the translation."""
    words = [re.escape(word[:-1] if len(word) > 4 else word) + r"\w{0,3}" for word in term.split()]
    return re.search(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", translation) is not None


if __name__ == "__main__":
    main()
