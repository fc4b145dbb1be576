"""What a report asks of a policy. ``vitrail.promises`` has it; reports do not import it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol


class ClauseText(Protocol):
    """A clause as a report needs it; ``vitrail.promises`` has it."""

    @property
    def section(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def promise(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def controls(self) -> tuple[str, ...]: ...
    @property
    def sha256(self) -> str: ...


class PeriodText(Protocol):
    """A time limit and who says so."""

    @property
    def name(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def promised(self) -> bool: ...


class DefectText(Protocol):
    """Something unclear in the policy's own text."""

    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...


class PolicyText(Protocol):
    """A policy as a report needs it; ``vitrail.promises`` has it."""

    @property
    def version(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def effective(self) -> date: ...
    @property
    def clauses(self) -> Sequence[ClauseText]: ...
    @property
    def periods(self) -> Sequence[PeriodText]: ...
    @property
    def defects(self) -> Sequence[DefectText]: ...
    @property
    def assumptions(self) -> Sequence[str]: ...
    @property
    def not_provable(self) -> Sequence[str]: ...
