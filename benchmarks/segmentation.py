"""How well and how quickly sentences are found: `python benchmarks/segmentation.py`.

FLORES: lines that do not end with a stop are left out; five lines make a paragraph, joined by a space (Chinese by nothing). Recall: ends of
lines that are ends of segments. Precision: ends of segments that are ends of lines or, by reading, of sentences within a line
(tests/data/segmentation/flores-inner.tsv). Rules were tuned on the first half of the lines only.
"""

import os
import pathlib
import time
from collections.abc import Iterator, Sequence

from translate_pipeline.segmentation import Rules, load, segments

SHARED = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", pathlib.Path(__file__).parents[2] / "shared"))
INNER = pathlib.Path(__file__).parents[1] / "tests/data/segmentation/flores-inner.tsv"
LANGUAGES = ("en", "de", "ru", "fr", "es", "zh")


def inner_ends() -> dict[tuple[str, int], tuple[int, ...]]:
    """Ends of sentences within a line, by language and number of the line (from 1)."""
    rows = (line.split("\t") for line in INNER.read_text(encoding="utf-8").splitlines()[1:])
    return {(language, int(line)): tuple(int(end) for end in ends.split(",")) for language, line, ends in rows}


def finished_lines(file: pathlib.Path) -> list[tuple[int, str]]:
    """The lines of a FLORES file that end with a stop, with their numbers."""
    lines = ((number, line.strip()) for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1))
    return [(number, line) for number, line in lines if line.rstrip("\"”’»“)』」›'] ").endswith(tuple(".!?…。！？"))]


def paragraphs(
    lines: Sequence[tuple[int, str]], language: str, inner: dict[tuple[str, int], tuple[int, ...]]
) -> Iterator[tuple[str, set[int], set[int]]]:
    """Text, ends of lines, and ends of sentences within lines."""
    gap = "" if language == "zh" else " "
    for first in range(0, len(lines), 5):
        at, ends, within = 0, set(), set()
        group = lines[first : first + 5]
        for number, line in group:
            within |= {at + end for end in inner.get((language, number), ())}
            ends.add(at + len(line))
            at += len(line) + len(gap)
        yield gap.join(line for _, line in group), ends, within


def measure(lines: Sequence[tuple[int, str]], language: str, rules: Rules) -> tuple[float, float, int]:
    """Recall, precision, and the number of ends of lines."""
    wanted = found = right = hit = 0
    for text, ends, within in paragraphs(lines, language, inner_ends()):
        got = {end for _, end in segments(text, language, rules)}
        wanted += len(ends)
        hit += len(got & ends)
        found += len(got)
        right += len(got & (ends | within))
    return hit / wanted, right / found, wanted


def seconds(text: str, language: str, rules: Rules) -> float:
    """CPU seconds for `text`, with the rules ready."""
    list(segments(text[:1000], language, rules))
    start = time.process_time()
    for _ in segments(text, language, rules):
        pass
    return time.process_time() - start


def main() -> None:
    """Print the tables."""
    folder = SHARED / "eval"
    rules = load()
    print("language  half    lines  recall  precision")
    for language in LANGUAGES:
        lines = finished_lines(folder / f"flores-dev.{language}")
        middle = len(lines) // 2
        for half, part in (("first", lines[:middle]), ("second", lines[middle:])):
            recall, precision, wanted = measure(part, language, rules)
            print(f"{language:8}  {half:6} {wanted:6}  {recall:.4f}  {precision:.4f}")
    print("\ninput                      language  CPU seconds")
    for language in LANGUAGES:
        text = " ".join(line for _, line in finished_lines(folder / f"flores-dev.{language}"))
        text = (text * (1 + 200_000 // len(text)))[:200_000]
        print(f"{'200,000 characters FLORES':25}  {language:8}  {seconds(text, language, rules):.2f}")
    for name, text in (
        ("1 MB of words, no stop", "word " * 200_000),
        ("1 MB of one letter", "a" * 1_000_000),
        ("1 MB of sentences", "A short one. " * 77_000),
    ):
        print(f"{name:25}  {'en':8}  {seconds(text, 'en', rules):.2f}")


if __name__ == "__main__":
    main()
