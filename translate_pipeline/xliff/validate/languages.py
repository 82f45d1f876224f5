"""Languages and white space: well-formed tags, one language a side, the same xml:space on both sides."""

import re
from collections.abc import Iterator

from translate_pipeline.xliff.validate.tree import LANG, SPACE, Problem, Tree, inherited, problem

__all__ = ["check", "is_language"]

_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+",
    re.IGNORECASE,
)
"""The grammar of RFC 5646: language, script, region, variants, extensions, private use."""

_IRREGULAR = """art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay
i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka zh-min zh-min-nan zh-xiang"""
"""Tags that were registered before the grammar (RFC 5646, section 2.2.8)."""


def is_language(tag: str) -> bool:
    """Whether a language tag is well-formed by RFC 5646."""
    return _TAG.fullmatch(tag) is not None or tag.lower() in _IRREGULAR.split()


def check(tree: Tree) -> Iterator[Problem]:
    """Problems with srcLang, trgLang, xml:lang and xml:space of XLIFF 2."""
    yield from _languages(tree)
    for target in tree.elements("target"):
        parent = target.getparent()
        source = tree.child(parent, "source") if parent is not None else None
        if source is not None and (inherited(source, SPACE) or "default") != (inherited(target, SPACE) or "default"):
            yield problem(target, "space", '"xml:space" of a <target> must be that of its <source>')


def _languages(tree: Tree) -> Iterator[Problem]:
    for name in ("srcLang", "trgLang"):
        tag = tree.root.get(name)
        if tag is not None and not is_language(tag):
            yield problem(tree.root, "language", f'"{name}" is "{tag}", which is not a well-formed language tag')
    for side, name in (("source", "srcLang"), ("target", "trgLang")):
        wanted = tree.root.get(name, "")
        for element in tree.elements(side):
            parent = element.getparent()
            if parent is None or tree.name(parent) not in {"segment", "ignorable"}:
                continue
            if side == "target" and not wanted:
                yield problem(element, "target-language", 'the file has targets, but <xliff> has no "trgLang"')
                continue
            tag = inherited(element, LANG)
            if tag and not is_language(tag):
                yield problem(element, "language", f'"xml:lang" is "{tag}", which is not a well-formed language tag')
            elif tag and tag.casefold() != wanted.casefold():
                yield problem(element, "language", f'the language of this <{side}> is "{tag}", but "{name}" is "{wanted}"')
