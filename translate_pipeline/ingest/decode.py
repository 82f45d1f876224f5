"""From bytes to characters."""

import codecs
import re
from dataclasses import dataclass

from translate_pipeline.errors import DecodingError, InputError

__all__ = ["LIMIT", "Decoded", "decode", "unwritable", "writable"]

LIMIT = 20_000_000
"""The longest article that is read, in bytes: some three million words."""

# Of what is left after BOM, declaration and UTF-8, these are used by newsrooms; an unlimited guess takes Spanish for Polish.
_GUESSES = ("cp1251", "cp1252", "koi8_r", "iso8859_5", "gb18030", "big5")
_SAMPLE = 64 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"""\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})|<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""",
    re.IGNORECASE,
)
# What browsers read for these labels (WHATWG Encoding Standard, section 4.2).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "utf-16": "utf-8", "utf-16-le": "utf-8"}
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))
_FEW = 8  # control characters up to this number are named with their place; more make a binary file
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 production 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    r"""The characters of an article, with "\n" as its only line end and no byte order mark.

    `how` is "given", "bom", "declared", "utf-8" or "guessed". `message` tells the user about a guess, and is "" otherwise.
    """

    text: str
    encoding: str
    how: str
    message: str = ""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    r"""The characters of `data`: by `encoding`, else byte order mark, declaration (XML or HTML), strict UTF-8, and a guess at last.

    Line ends become "\n"; form feed and vertical tab end a paragraph, and become "\n\n".

    Raises:
        DecodingError: the bytes are in no known encoding, or not in the given one.
        InputError: empty, too long, binary, or with characters that XML cannot carry.
    """
    if len(data) > LIMIT:
        raise InputError(f"is too long: at most {LIMIT:,} bytes are read. Divide it.")
    if not data.strip():
        raise InputError("is empty.")
    found = _decoded(data, encoding)
    text = re.sub("[\f\v]", "\n\n", found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if problem := unwritable(text):
        raise InputError(problem)
    return Decoded(text=text, encoding=found.encoding, how=found.how, message=found.message)


def unwritable(text: str) -> str:
    """A sentence about the first character that XML cannot carry, with line and column from 1, or ""."""
    found = _UNWRITABLE.search(text)
    if found is None:
        return ""
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return f"has the character U+{ord(found[0]):04X} in line {line}, column {column}, which XML cannot carry. Remove it."


def writable(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot carry."""
    return _UNWRITABLE.sub("\ufffd", text)


def _decoded(data: bytes, encoding: str | None) -> Decoded:
    if encoding is not None:
        return Decoded(text=_given(data, encoding), encoding=encoding, how="given")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(text=_strictly(data[len(mark) :], name, "its byte order mark says"), encoding=name, how="bom")
    if b"\0" in data and (found := _unmarked_utf16(data)):
        return found
    if len(data) - len(data.translate(None, _CONTROLS)) > max(_FEW, len(data) // 100):
        raise InputError("is a binary file. Save the article as text or HTML.")
    complaint = ""
    if declared := _declared(data):
        text = _attempt(data, declared)
        if text is not None:
            return Decoded(text=text, encoding=declared, how="declared")
        complaint = f"is not in {declared} as it says; "
    text = _attempt(data, "utf-8")
    if text is not None:
        return Decoded(text=text, encoding="utf-8", how="utf-8", message=f"{complaint}read as utf-8." if complaint else "")
    return _guessed(data, complaint)


def _given(data: bytes, encoding: str) -> str:
    if not _is_encoding(encoding):
        raise DecodingError(f"cannot be read: {encoding!r} is no encoding. Use a name like utf-8, windows-1251 or gb18030.")
    return _strictly(data, encoding, "you say")


def _is_encoding(name: str) -> bool:
    """Whether Python knows an encoding of characters by this name."""
    try:
        b"    ".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


def _strictly(data: bytes, encoding: str, reason: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise DecodingError(f"is not in {encoding} as {reason}: byte {problem.start} cannot be read. Give --encoding.") from problem


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> str:
    """The encoding that the article says it is in, under Python's name; "" when it says none that we know."""
    if data.lstrip()[:1] != b"<":
        return ""
    found = _DECLARATION.search(data[:4096])
    if found is None:
        return ""
    label = (found[1] or found[2]).decode("ascii")
    name = codecs.lookup(label).name if _is_encoding(label) else ""
    return _MEANT.get(name, name)


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: the byte order in which there are spaces and line ends, as in any text, and no other controls."""
    for name in ("utf-16-le", "utf-16-be"):
        text = _attempt(data, name)
        if text and sum(map(text.count, " \n，。、")) >= 0.02 * len(text) and not _UNWRITABLE.search(text):
            return Decoded(text=text, encoding=name, how="guessed", message=f"read as {name}, a guess. If it looks wrong, give --encoding.")
    return None


def _guessed(data: bytes, complaint: str) -> Decoded:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only needed here, and slow to import

    sample = data[:_SAMPLE] if len(data) <= _SAMPLE else data[: data.rfind(b"\n", 0, _SAMPLE) + 1] or data[:_SAMPLE]
    for match in from_bytes(sample, cp_isolation=list(_GUESSES), enable_fallback=False):
        text = _attempt(data, match.encoding)
        if text is not None:
            message = f"{complaint}read as {match.encoding}, a guess. If it looks wrong, give --encoding."
            return Decoded(text=text, encoding=match.encoding, how="guessed", message=message)
    raise DecodingError(f"{complaint}is in no encoding that we know. Give --encoding, or save it as UTF-8.")
