"""What a check says otherwise than the one before, and why: only data is progress or a breach.

A verdict can change because the question did: the control, the policy's reading, its parameters,
what is mapped, which files there are. Such a change is labelled so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vitrail.model import Assessment, Verdict
from vitrail.promises.evidence import evidence_record


class Cause(StrEnum):
    """Why a verdict changed."""

    DATA = "data"
    CONTROL = "control"
    POLICY = "policy"
    PARAMETERS = "parameters"
    MAPPING = "mapping"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One control whose verdict is another than before. ``causes`` are DATA alone, or all else
    that changed: then it is neither progress nor a new breach."""

    control: str
    title: str
    before: Verdict
    after: Verdict
    causes: tuple[Cause, ...]

    @property
    def is_new_breach(self) -> bool:
        return self.after is Verdict.FAIL

    @property
    def is_progress(self) -> bool:
        """Whether the data shows that what was broken is kept."""
        kept = self.before is Verdict.FAIL and self.after in (Verdict.PASS, Verdict.WARN)
        return kept and self.causes == (Cause.DATA,)


def verdict_changes(
    before: Iterable[Assessment], after: Iterable[Assessment]
) -> tuple[VerdictChange, ...]:
    """The controls that both checks tested with another verdict, in the order of ``after``."""
    known = {a.control: a for a in before}
    return tuple(
        VerdictChange(now.control, now.title, was.verdict, now.verdict,
                      tuple(_causes(was, now)) or (Cause.DATA,))
        for now in after
        if (was := known.get(now.control)) is not None and was.verdict is not now.verdict
    )  # fmt: skip


def _causes(was: Assessment, now: Assessment) -> Iterator[Cause]:
    one, other = was.evidence, now.evidence
    if (one.sql_sha256, one.control_version) != (other.sql_sha256, other.control_version):
        yield Cause.CONTROL
    if (one.policy, one.clause_sha256) != (other.policy, other.clause_sha256):
        yield Cause.POLICY
    if _parameters(was) != _parameters(now):
        yield Cause.PARAMETERS
    if was.missing != now.missing:
        yield Cause.MAPPING
    if {(i.name, i.table) for i in one.inputs} != {(i.name, i.table) for i in other.inputs}:
        yield Cause.COVERAGE


def _parameters(one: Assessment) -> dict[str, Any]:
    """As they are written down; the day of the judgement moves on by itself."""
    parameters: dict[str, Any] = evidence_record(one)["evidence"]["parameters"]
    return {name: value for name, value in parameters.items() if name != "asof"}
