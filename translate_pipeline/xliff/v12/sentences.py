"""Units of XLIFF 1.2 with several sentences: which target belongs to which sentence, and how far each has come."""

from lxml import etree

from translate_pipeline.model import Content, State
from translate_pipeline.xliff import facts, states
from translate_pipeline.xliff.returned import Finding
from translate_pipeline.xliff.v12.content import sentences

__all__ = ["of_target", "own_states", "targets", "unit_state"]


def targets(names: dict[str, str], target: etree._Element | None, findings: list[Finding]) -> dict[str, etree._Element]:
    """The target of each sentence, by its mark; where marks are lost, nobody can tell which text belongs to which sentence.

    `names` says how the sentence of each mark is called; what is wrong is added to `findings`.
    """
    if target is None:
        return {}
    found: dict[str, etree._Element] = {}
    marks = list(sentences(target))
    for mark in marks:
        name = mark.get("mid", "")
        if name in found:
            called = names.get(name, name)
            findings.append(Finding(kind="doubled-id", segment=called, line=mark.sourceline or 0, message=f"{called} has two targets"))
        found.setdefault(name, mark)
    if not found and len(names) == 1:
        return dict.fromkeys(names, target)
    stray = _signs(target) != sum(_signs(mark) for mark in marks)
    for name, called in names.items():
        if stray or (marks and name not in found):
            message = f"the mark of sentence {called} is lost in the target, so nobody can tell what belongs to it"
            findings.append(Finding(kind="lost-marks", segment=called, line=target.sourceline or 0, message=message))
    return found


def _signs(element: etree._Element) -> int:
    """How many characters that are no white space an element has."""
    return sum(len("".join(str(text).split())) for text in element.itertext())


def unit_state(unit: etree._Element, target: etree._Element | None) -> tuple[State, str]:
    """State and substate of a unit as a whole."""
    state, qualifier = (None, None) if target is None else (target.get("state"), target.get("state-qualifier"))
    return states.read(state, qualifier, approved=unit.get("approved") == "yes" and target is not None)


def of_target(stated: tuple[State, str], content: Content) -> tuple[State, str]:
    """State and substate, which cannot be further than initial without a target."""
    return stated if content or stated[0] is State.INITIAL else (State.INITIAL, "")


def own_states(unit: etree._Element, target: etree._Element | None, marks: dict[str, etree._Element]) -> dict[str, tuple[State, str]]:
    """The state of each sentence, unless the state of the whole unit is no longer the one that was written with them."""
    if target is None:
        return {}
    own = {}
    for name, mark in marks.items():
        fields = facts.read(mark.get("comment", ""))
        if "state" in fields:
            state, qualifier = fields["state"][0], fields.get("qualifier", ("",))[0]
            own[name] = states.read(state, qualifier, approved=state in {"signed-off", "final"})
    least = min(own.values(), key=lambda item: item[0].rank, default=None)
    return own if least is not None and least == unit_state(unit, target) else {}
