"""A publisher's own looks: templates in front of ours, and values of the custom properties of the style sheet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from translate_pipeline.errors import PublishError
from translate_pipeline.publish.render import Overrides

__all__ = ["Theme", "theme"]

_TEMPLATE = re.compile(r"[a-z_][a-z0-9_-]*\.(?:html|xml|xhtml|opf)")
_VALUE = re.compile(r"[^;{}<>@\\\x00-\x1f]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Templates by name, and the style sheet made of a theme's properties and rules ("" bytes when it has none)."""

    templates: Overrides = ()
    style: bytes = b""


def theme(files: Iterable[tuple[str, bytes]], properties: Mapping[str, str]) -> Theme:
    """The theme made of the files of its folder (name, bytes) and of the `properties` of the settings ("accent" sets `--tp-accent`).

    Templates are `*.html` and the like; `theme.css` is added to the style sheet as it is.

    Raises:
        PublishError: files that are no part of a theme, text that is not UTF-8, values that would end the rule; all problems at once.
    """
    templates: list[tuple[str, str]] = []
    rules = ""
    problems: list[str] = []
    for name, data in sorted(files):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as problem:
            problems.append(f"Theme file {name}: not UTF-8 ({problem.reason} at byte {problem.start}).")
            continue
        if name == "theme.css":
            rules = text
        elif _TEMPLATE.fullmatch(name):
            templates.append((name, text))
        else:
            problems.append(f"Theme file {name}: a theme has templates (such as article.html) and theme.css, nothing else.")
    for name, value in properties.items():
        if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name):
            problems.append(f"Theme property {name!r}: write it in small letters, as in accent or highlight-line.")
        elif not _VALUE.fullmatch(value) or re.search(r"url\s*\(|/\*", value, re.IGNORECASE):
            problems.append(f"Theme property {name}: {value!r} is no plain value (no addresses, comments, semicolons or braces).")
    if problems:
        raise PublishError(*problems)
    root = "".join(f"  --tp-{name}: {value};\n" for name, value in properties.items())
    style = (f":root {{\n{root}}}\n" if root else "") + rules
    return Theme(templates=tuple(templates), style=style.encode())
