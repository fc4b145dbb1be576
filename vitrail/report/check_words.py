"""What an assessment says, told to its reader: its sentence, and the three questions kept apart."""

from __future__ import annotations

import re
from typing import Final

from vitrail.model import Assessment, Counted, VerdictChange
from vitrail.report.rendering import sentence, share
from vitrail.translation import _, retold

#: A figure of a control that was moved, as promises/comparison.py tells it.
_MOVED: Final = re.compile(r"([a-z\d ]+) from (.+?) to (.+?)(?=, [a-z\d ]+ from |\Z)")
_PARAMETERS: Final = "parameters were changed: "


def said(a: Assessment) -> str:
    """The sentence for the board: how far the exports reach, and what was found in them."""
    if a.sentence.startswith(f"In {a.scope}, "):
        return _("In {scope}, {finding}", scope=retold(a.scope), finding=found(a))
    return retold(a.sentence)


def found(a: Assessment) -> str:
    """The same without its scope: what was counted, then what is still open."""
    counted = a.sentence.removeprefix(f"In {a.scope}, ").removesuffix(".")
    told, *others = (retold(part) for part in counted.split("; "))
    for other in others:
        told = _("{sentence}; {other}", sentence=told, other=other)
    return f"{told}."


def voices(a: Assessment) -> list[tuple[str, str, str]]:
    """Promise, law and scope: the name, the words, and what is said beside them."""
    missing = _("Missing: {names}.", names=", ".join(a.missing)) if a.missing else ""
    stale = _("Stale: {ages}.", ages=ages(a)) if a.aged else ""
    scope = f"{sentence(retold(a.scope))}."
    told = [(_("Promise"), retold(a.explanation), "")]
    if a.law:
        told.append((_("Law"), retold(a.law), _("A note, no opinion.")))
    reach = " ".join(filter(None, (scope, missing, stale, retold(a.limits))))
    return [*told, (_("Scope"), reach, "")]


def ages(a: Assessment) -> str:
    """Which exports are older than they may be, and by how much."""
    return "; ".join(map(retold, a.aged))


def section(a: Assessment) -> str:
    """``section 6`` or ``sections 3, 4``."""
    which = a.section.removeprefix("§").strip()
    if "," in which:
        return _("sections {numbers}", numbers=which)
    return _("section {number}", number=which)


def because_of(counted: Counted) -> str:
    """Why cases were counted as they were."""
    return retold(counted.words or "no case against it")


def because(change: VerdictChange) -> str:
    """What changed since the last time; the figures of a control by their names."""
    return "; ".join(map(_cause, change.words.split("; ")))


def _cause(words: str) -> str:
    moved = words.removeprefix(_PARAMETERS)
    if moved == words:
        return retold(words)
    told = ", ".join(
        _("{name} from {old} to {new}", name=_(name), old=old, new=new)
        for name, old, new in _MOVED.findall(moved)
    )
    return _("parameters were changed: {moved}", moved=told or moved)


def interval(a: Assessment) -> str:
    """How sure the rate of a sample is; nothing where all was examined."""
    if a.interval is None:
        return ""
    low, high = map(share, a.interval)
    return _("with 95 % confidence between {low} and {high}", low=low, high=high)


def standards(a: Assessment) -> str:
    """The articles that a control is held against, by the names that the reader's law has."""
    return " · ".join(retold(one).replace("GDPR", _("GDPR")) for one in a.standards)
