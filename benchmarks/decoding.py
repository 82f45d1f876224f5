"""How many texts are decoded right without being told their encoding.

Recipe: the first 500 lines of FLORES dev (TRANSLATE_PIPELINE_SHARED/eval) in pieces of --lines lines, each encoded and decoded again.
Run: python benchmarks/decoding.py [--lines 10]
"""

import argparse
import os
import pathlib

from translate_pipeline.errors import InputError
from translate_pipeline.ingest.decode import decode

CASES = (
    *((language, encoding) for encoding in ("utf-8", "utf-16") for language in ("en", "de", "ru", "fr", "es", "zh")),
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ru", "iso8859-5"),
    ("de", "cp1252"),
    ("fr", "cp1252"),
    ("es", "cp1252"),
    ("zh", "gb18030"),
)


def texts(folder: pathlib.Path, language: str, lines: int) -> list[str]:
    """At most 50 texts of so many lines."""
    all_lines = (folder / f"flores-dev.{language}").read_text(encoding="utf-8").splitlines()
    return ["\n\n".join(all_lines[start : start + lines]) for start in range(0, min(len(all_lines), 50 * lines), lines)][:50]


def right(text: str, encoding: str) -> bool:
    """Whether the text comes back, without the characters that the encoding cannot hold."""
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        data = text.encode(encoding, errors="ignore")
        text = data.decode(encoding)
    try:
        return decode(data).text == text
    except InputError:
        return False


def main() -> None:
    """Print the table."""
    root = pathlib.Path(__file__).parents[1]
    shared = pathlib.Path(os.environ.get("TRANSLATE_PIPELINE_SHARED", root.parent / "shared"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10)
    lines = parser.parse_args().lines
    print(f"decoding: FLORES dev, 50 texts of {lines} lines, right without --encoding")
    for language, encoding in CASES:
        results = [right(text, encoding) for text in texts(shared / "eval", language, lines)]
        print(f"  {language}  {encoding:10} {sum(map(bool, results)):3} of {len(results)}")


if __name__ == "__main__":
    main()
