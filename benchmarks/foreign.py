"""What XLIFF files of other people cost: the largest memory and the time of the commands that read them, each in a process of its own.

Run: python -m benchmarks.foreign [--units 100000] [--version 1.2|2.1] [--target de|ru] [--seed 1]
The file has sentences of 60 to 200 characters a side, made of words that nobody ever wrote; about a third have a span, a code alone or both,
each fifth a note, each fourth a candidate, each tenth a number on both sides, and states as they come. A tenth of the sentences occur again,
half of those with another target. Memory is the peak resident size of the process as the kernel counted it.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from xml.sax.saxutils import escape

_LETTERS = {"en": "etaoinshrdlucmfwypvbgk", "de": "enisratdhulcgmobwfkzpvü", "ru": "оеаинтсрвлкмдпуяыьгзбчй"}
_NAMESPACES = {"1.2": "urn:oasis:names:tc:xliff:document:1.2", "2.1": "urn:oasis:names:tc:xliff:document:2.0"}
_STATES = {
    "1.2": ("needs-translation", "needs-review-translation", "translated", "signed-off", "final"),
    "2.1": ("initial", "translated", "reviewed", "final"),
}
_STARTER = """
import os, sys
log, *command = sys.argv[1:]
out = [(os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
_, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=out), 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)
"""
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"


def sentence(draw: random.Random, language: str) -> list[str]:
    """The words of a sentence of 60 to 200 characters."""
    length, words = draw.randint(60, 200), [""]
    while sum(map(len, words)) + len(words) < length:
        words.append("".join(draw.choices(_LETTERS[language], k=draw.randint(2, 11))))
    return [words[1].capitalize(), *words[2:]]


def marked(words: list[str], kind: int, version: str) -> str:
    """The sentence as XML: with a span from its second word on (kind 1 and 3) and a code alone before its last (2 and 3)."""
    start, end, alone = {
        "1.2": ('<g id="1" ctype="bold">', "</g>", '<x id="2" ctype="lb"/>'),
        "2.1": ('<pc id="1" type="fmt" subType="xlf:b">', "</pc>", '<ph id="2" type="fmt" subType="xlf:lb"/>'),
    }[version]
    parts = [escape(word) for word in words]
    if kind & 1:
        parts[1], parts[-3] = start + parts[1], parts[-3] + end
    if kind & 2:
        parts[-1] = alone + parts[-1]
    return " ".join(parts) + "."


def units(count: int, version: str, target: str, seed: int) -> Iterator[str]:
    """The units of the file."""
    draw = random.Random(f"{seed} {version} {target}")
    earlier: list[tuple[list[str], list[str]]] = []
    for number in range(count):
        source, translation = sentence(draw, "en"), sentence(draw, target)
        if earlier and draw.random() < 0.1:
            source, known = draw.choice(earlier)
            translation = draw.choice((translation, known))
        elif len(earlier) < 1000:
            earlier.append((source, translation))
        if draw.random() < 0.1:
            figure = str(draw.randrange(10, 1000))
            source, translation = [*source[:-1], figure, source[-1]], [*translation[:-1], figure, translation[-1]]
        kind = draw.randint(1, 3) if draw.random() < 0.33 else 0
        texts = [marked(words, kind, version) for words in (source, translation)]
        note = f"Seen in column {number % 7}, page {number % 90}." if draw.random() < 0.2 else ""
        candidate = marked(sentence(draw, target), 0, version) if draw.random() < 0.25 else ""
        yield (unit_1 if version == "1.2" else unit_2)(number, *texts, draw.choice(_STATES[version]), note, candidate)


def unit_1(number: int, source: str, target: str, state: str, note: str, candidate: str) -> str:
    """A `trans-unit` of XLIFF 1.2."""
    return (
        f'<trans-unit id="{number}" xml:space="preserve"><source>{source}</source><target state="{state}">{target}</target>'
        + (f'<alt-trans match-quality="70" origin="engine"><target>{candidate}</target></alt-trans>' if candidate else "")
        + (f'<note from="desk">{note}</note>' if note else "")
        + "</trans-unit>\n"
    )


def unit_2(number: int, source: str, target: str, state: str, note: str, candidate: str) -> str:
    """A `unit` of XLIFF 2 with one segment."""
    matches = f'<m:matches><m:match ref="#s1" matchQuality="70.0"><source>x</source><target>{candidate}</target></m:match></m:matches>'
    return (
        f'<unit id="u{number}">'
        + (matches if candidate else "")
        + (f'<notes><note category="desk">{note}</note></notes>' if note else "")
        + f'<segment id="s1" state="{state}"><source>{source}</source><target>{target}</target></segment></unit>\n'
    )


def write(path: pathlib.Path, count: int, version: str, target: str, seed: int) -> None:
    """Write the file, unit by unit."""
    languages = ('source-language="en" target-language="{}"' if version == "1.2" else 'srcLang="en" trgLang="{}"').format(target)
    root, file = ("", f'original="a.txt" datatype="plaintext" {languages}') if version == "1.2" else (languages, 'id="f"')
    body = ("<body>", "</body>") if version == "1.2" else ("", "")
    with path.open("w", encoding="utf-8") as out:
        out.write(f'<xliff xmlns="{_NAMESPACES[version]}" xmlns:m="{_MATCHES}" version="{version}" {root}><file {file}>{body[0]}\n')
        out.writelines(units(count, version, target, seed))
        out.write(f"{body[1]}</file></xliff>\n")


def measured(words: list[str], folder: pathlib.Path, log: pathlib.Path) -> tuple[int, float, float]:
    """Exit code, peak in MB and processor time in seconds of the command in a process of its own; its output goes to `log`.

    The kernel counts the memory of the process that starts another one as its own until then, so a small one starts it.
    """
    command = [sys.executable, "-m", "translate_pipeline", *words, "--output", str(folder / "output")]
    found = subprocess.run([sys.executable, "-S", "-c", _STARTER, str(log), *command], check=True, capture_output=True)
    code, peak, seconds = found.stdout.split()
    return int(code), float(peak), float(seconds)


def main() -> None:
    """Print peak and time by command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--version", choices=sorted(_NAMESPACES), default="1.2")
    parser.add_argument("--target", choices=("de", "ru"), default="de")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="COMMAND", choices=("validate", "check", "memory"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / "foreign.xlf"
        started = time.process_time()
        write(path, options.units, options.version, options.target, options.seed)
        print(f"{options.units:,} units, {path.stat().st_size / 1e6:.0f} MB, written in {time.process_time() - started:.0f} s")
        print(
            f"recipe: python -m benchmarks.foreign --units {options.units} --version {options.version} --target {options.target} --seed {options.seed}"
        )
        print(f"{'command':16}{'exit':>6}{'peak MB':>10}{'CPU s':>8}{'result':>28}")
        for words in (["validate"], ["check"], ["check", "--json"], ["memory", "import"]):
            if options.only in (None, words[0]):
                log = folder / "log"
                code, peak, seconds = measured([*words, str(path)], folder, log)
                text = log.read_text("utf-8")
                result = f"{len(json.loads(text)):,} rows" if "--json" in words else f"{text.count(chr(10)):,} lines"
                print(f"{' '.join(words):16}{code:6}{peak:10.0f}{seconds:8.1f}{result:>28}")


if __name__ == "__main__":
    main()
