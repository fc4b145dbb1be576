"""A check beside the one before it: what changed, and whether the company did it.

A verdict also changes when somebody moves a parameter, maps a column otherwise, leaves a system
out, edits a control or its clause. Each such change is labelled, so that none is taken
for progress.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vitrail.model import Assessment, Cause, VerdictChange
from vitrail.promises import causes


def changes(before: Iterable[Assessment], after: Iterable[Assessment]) -> tuple[VerdictChange, ...]:
    """Every control of both checks whose verdict or figures differ, by control."""
    earlier = {a.control: a for a in before}
    both = ((earlier[a.control], a) for a in after if a.control in earlier)
    found = (_change(old, new) for old, new in both if _figures(old) != _figures(new))
    return tuple(sorted(found, key=lambda change: change.control))


def _figures(a: Assessment) -> tuple[Any, ...]:
    return a.verdict, a.violations, a.warnings, a.undecidable, a.denominator


def _change(old: Assessment, new: Assessment) -> VerdictChange:
    found = _causes(old, new)
    return VerdictChange(
        control=new.control,
        title=new.title,
        before=old.verdict,
        after=new.verdict,
        violations_before=old.violations,
        violations_after=new.violations,
        denominator_before=old.denominator,
        denominator_after=new.denominator,
        causes=tuple(found),
        words="; ".join(found.values()) or causes.DATA,
    )


def _causes(old: Assessment, new: Assessment) -> dict[Cause, str]:
    """Each cause beside the data, in words."""
    one, other = old.evidence, new.evidence
    moved = _moved(dict(one.parameters), dict(other.parameters))
    words = {
        Cause.CONTROL: causes.CONTROL
        if (one.sql_sha256, one.control_version) != (other.sql_sha256, other.control_version)
        else "",
        Cause.POLICY: causes.POLICY if one.clause_sha256 != other.clause_sha256 else "",
        Cause.PARAMETERS: causes.parameters(moved) if moved else "",
        Cause.MAPPING: causes.MAPPING if one.mapping_sha256 != other.mapping_sha256 else "",
        Cause.COVERAGE: _coverage(old, new),
        Cause.TOOL: causes.tool(other.tool_version, one.tool_version)
        if one.tool_version != other.tool_version
        else "",
    }
    return {cause: text for cause, text in words.items() if text}


def _moved(old: dict[str, Any], new: dict[str, Any]) -> str:
    """``grace hours from 0 to 48``; the day that is judged on moves by itself."""
    names = sorted((old.keys() | new.keys()) - {"asof"})
    return ", ".join(
        f"{name.replace('_', ' ')} from {_shown(old.get(name))} to {_shown(new.get(name))}"
        for name in names
        if _shown(old.get(name)) != _shown(new.get(name))
    )


def _shown(value: Any) -> str:
    """Read back from a file a tuple is a list and a day its text: they are shown alike."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _coverage(old: Assessment, new: Assessment) -> str:
    """What is seen now and was not, or no longer: systems, tables, a scan's sample."""
    parts = []
    if old.systems != new.systems:
        parts.append(causes.systems(new.systems, old.systems))
    if old.missing != new.missing:
        parts.append(causes.lacking(", ".join(new.missing), ", ".join(old.missing)))
    if _is_sampled(old) != _is_sampled(new):
        parts.append(causes.SAMPLED)
    return "; ".join(parts)


def _is_sampled(a: Assessment) -> bool:
    return any(c.level == "unexamined" and c.cases for c in a.counted)
