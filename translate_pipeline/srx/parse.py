"""Reading SRX 2.0 files (Segmentation Rules eXchange, LISA 2008)."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex
from choppa.utils import finitize, translate_java_regex
from lxml import etree

from translate_pipeline.errors import SegmentationError

__all__ = ["LONGEST", "Rule", "RuleFile", "compiled", "exception", "parse", "rules_for"]

LONGEST = 100
"""What `*` and `+` mean in front of a possible break, at most: rules look back a bounded way, as SRX tools in Java do."""

_NAMESPACE = "{http://www.lisa.org/srx20}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Whether to break where `before` matches in front of a position and `after` behind it. `file` and `line` say where the rule stands."""

    breaks: bool
    before: str
    after: str
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleFile:
    """The rules of a file by name, and which names are for which language tags. Without `cascade` only the first that fits a tag counts."""

    cascade: bool
    rules: dict[str, tuple[Rule, ...]]
    maps: tuple[tuple[str, str], ...]


def parse(data: bytes, *, name: str) -> RuleFile:
    """The rules in an SRX 2.0 file. `name` is how messages call the file.

    Raises:
        SegmentationError: not XML, not SRX 2.0, a document type declaration (entities are not followed), or a map to rules that are not there.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise SegmentationError(f"{name}:{problem.lineno or 1}: not well-formed XML: {problem.msg}. Correct the file.") from problem
    if root.getroottree().docinfo.doctype:
        raise SegmentationError(f"{name}:1: has a document type declaration, which rules do not need. Remove it.")
    if root.tag != f"{_NAMESPACE}srx":
        raise SegmentationError(f"{name}:{root.sourceline}: is not SRX 2.0. The root element must be srx in http://www.lisa.org/srx20.")
    header = root.find(f"{_NAMESPACE}header")
    rules = {
        group.get("languagerulename", ""): tuple(_rule(element, name=name) for element in group.iterfind(f"{_NAMESPACE}rule"))
        for group in root.iterfind(f"{_NAMESPACE}body/{_NAMESPACE}languagerules/{_NAMESPACE}languagerule")
    }
    maps = []
    for entry in root.iterfind(f"{_NAMESPACE}body/{_NAMESPACE}maprules/{_NAMESPACE}languagemap"):
        pattern, target = entry.get("languagepattern", ""), entry.get("languagerulename", "")
        if target not in rules:
            raise SegmentationError(f'{name}:{entry.sourceline}: maps languages to "{target}", but no languagerule has that name.')
        compiled(pattern, file=name, line=entry.sourceline or 1)
        maps.append((pattern, target))
    if not maps:
        raise SegmentationError(f"{name}:{root.sourceline}: maps no language to any rules. Add a languagemap.")
    return RuleFile(cascade=header is None or header.get("cascade") != "no", rules=rules, maps=tuple(maps))


def rules_for(files: Iterable[RuleFile], tag: str) -> tuple[Rule, ...]:
    """The rules for the language `tag` (BCP 47), those of earlier files first."""
    result: list[Rule] = []
    for file in files:
        names = [name for pattern, name in file.maps if regex.fullmatch(pattern, tag, flags=regex.IGNORECASE)]
        result += (rule for name in (names if file.cascade else names[:1]) for rule in file.rules[name])
    return tuple(result)


def compiled(pattern: str, *, file: str, line: int) -> "regex.Pattern[str]":
    r"""A pattern of a rule, ready to use. Java's `\h`, `\v`, `(?U)` and `[a&&[^b]]` are understood, as SRX files for CAT tools use them.

    Raises:
        SegmentationError: the pattern is no regular expression.
    """
    try:
        return regex.compile(translate_java_regex(pattern), flags=regex.VERSION1)
    except regex.error as problem:
        raise SegmentationError(f"{file}:{line}: {pattern!r} is not a regular expression: {problem}. Correct the rule.") from problem


def exception(rule: Rule) -> str:
    """One pattern for the place between `before` and `after` of a rule. It looks ahead first, because that fails sooner than looking back."""
    before = f"(?<={finitize(rule.before, LONGEST)})" if rule.before else ""
    ahead = f"(?={rule.after})" if rule.after else ""
    return f"(?:{ahead}{before})"


def _rule(element: etree._Element, *, name: str) -> Rule:
    before, after = (
        "".join(child.itertext()) if child is not None else ""
        for child in (element.find(f"{_NAMESPACE}beforebreak"), element.find(f"{_NAMESPACE}afterbreak"))
    )
    return Rule(breaks=element.get("break") != "no", before=before, after=after, file=name, line=element.sourceline or 1)
