"""Who did what, as phases of XLIFF 1.2.

A target names one phase, but several people may have worked on it. So a phase that continues another says so in a note, and the phase that a
target names stands for the whole chain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from translate_pipeline.model import Provenance
from translate_pipeline.xliff import xml

__all__ = ["Chains", "read"]

_AFTER, _AT = "x-after", "x-at"
_LONGEST = 100
_DATE_TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


class Chains:
    """Gives each chain of provenance the name of a phase, in the order in which they come."""

    def __init__(self) -> None:
        self._names: dict[tuple[Provenance, ...], str] = {(): ""}

    def name(self, chain: Sequence[Provenance]) -> str:
        """The phase that stands for `chain`; "" for an empty one."""
        for length in range(1, len(chain) + 1):
            self._names.setdefault(tuple(chain[:length]), f"p{len(self._names)}")
        return self._names[tuple(chain)]

    def tools(self) -> Iterator[str]:
        """The tools that the phases name."""
        return (chain[-1].tool for chain in self._names if chain and chain[-1].tool)

    def elements(self, namespace: str) -> Iterator[etree._Element]:
        """The phase elements."""
        for chain, name in self._names.items():
            if not chain:
                continue
            last = chain[-1]
            element = etree.Element(f"{namespace}phase", {"phase-name": name, "process-name": last.action})
            for key, value in (("tool-id", last.tool), ("contact-name", last.person)):
                if value:
                    element.set(key, value)
            dated = _DATE_TIME.fullmatch(last.at) is not None
            if dated:
                element.set("date", last.at)
            for key, value in ((_AFTER, self._names[chain[:-1]]), (_AT, "" if dated else last.at)):
                if value:
                    etree.SubElement(element, f"{namespace}note", {"from": key}).text = value
            yield element


def read(elements: Iterable[etree._Element]) -> dict[str, tuple[Provenance, ...]]:
    """The chain that each phase stands for, by its name. A chain that leads back into itself, or that is longer than any real one, is cut."""
    own: dict[str, Provenance] = {}
    before: dict[str, str] = {}
    for element in elements:
        name = element.get("phase-name", "")
        notes = {note.get("from", ""): note.text or "" for note in xml.children(element, "note")}
        own[name] = Provenance(
            action=element.get("process-name", ""),
            person=element.get("contact-name", ""),
            tool=element.get("tool-id", ""),
            at=element.get("date") or notes.get(_AT, ""),
        )
        before[name] = notes.get(_AFTER, "")
    chains: dict[str, tuple[Provenance, ...]] = {}
    for name in own:
        path: dict[str, None] = {}
        current = name
        while current in own and current not in path and current not in chains:
            path[current] = None
            current = before[current]
        chain = chains.get(current, ())
        for step in reversed(path):
            chain = (*chain, own[step])[-_LONGEST:]
            chains[step] = chain
    return chains
