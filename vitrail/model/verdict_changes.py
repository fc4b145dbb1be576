"""What is otherwise than the last time a control was tested, and what it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vitrail.model.assessments import Verdict


class Cause(StrEnum):
    """What else has changed beside the data; any of these and the company earned nothing by it."""

    CONTROL = "control"
    POLICY = "policy"
    PARAMETERS = "parameters"
    MAPPING = "mapping"
    COVERAGE = "coverage"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A control whose verdict or figures are not those of the last time.

    ``causes`` is empty where nothing but the exported data changed; ``words`` names what did, for
    the parameters with their values.
    """

    control: str
    title: str
    before: Verdict
    after: Verdict
    violations_before: int
    violations_after: int
    denominator_before: int
    denominator_after: int
    causes: tuple[Cause, ...]
    words: str

    @property
    def is_of_the_data(self) -> bool:
        return not self.causes

    @property
    def is_another_verdict(self) -> bool:
        return self.before is not self.after

    @property
    def is_new_breach(self) -> bool:
        return self.is_another_verdict and self.after is Verdict.FAIL

    @property
    def is_progress(self) -> bool:
        """Whether the data shows that what was broken is kept."""
        kept = self.before is Verdict.FAIL and self.after in (Verdict.PASS, Verdict.WARN)
        return kept and self.is_of_the_data
