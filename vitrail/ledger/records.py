"""What the ledger hands out: plain values, none of them tied to a database connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vitrail.errors import Refused
from vitrail.model import Progress, Role, RunState


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the ledger knows it.

    ``directory`` is absolute. ``state`` reads FAILED where the ledger says RUNNING but the
    process is gone, or another machine's was not heard of. ``summary`` holds figures (``hits``,
    ``seconds`` …) and the class of a ``fault``; empty until the end.
    """

    id: str
    kind: str
    actor: str
    directory: str
    pid: int
    state: RunState
    started_at: datetime
    ended_at: datetime | None = None
    progress: Progress | None = None
    beat_at: datetime | None = None
    cancel_requested: bool = False
    summary: dict[str, float | str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One sign-in to the workbench; ``cause`` is the word of the ledger for how it ended."""

    id: str
    person: str
    roles: frozenset[Role]
    begun_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    cause: str | None = None
    ended_by: str | None = None


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a walk along the chain found.

    ``head`` is the hash of the last good line: printed or mailed elsewhere, it is what shows a
    tail cut off later. ``first_bad`` is the number of the first line changed, removed or moved;
    ``problem`` says which, in a sentence.
    """

    ok: bool
    length: int
    head: str
    first_bad: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetStanding:
    """What a population's privacy budget is and what releases have spent of it, in millionths of ρ.

    ``opened`` is False as long as nothing was spent: until then ``total`` is what the
    configuration says.
    """

    population: str
    total: int
    spent: int
    opened: bool

    @property
    def left(self) -> int:
        return max(0, self.total - self.spent)


@dataclass(frozen=True, slots=True)
class Claim:
    """A drawn release that wants its ρ from a budget.

    ``question`` is the digest of question and bounds, ``document`` the release as it will be
    handed out whenever that is asked again. ``about`` are further keys of the event.
    """

    release: str
    population: str
    rho: int
    question: str
    document: str
    about: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PaidAnswer:
    """A private release that was paid for: its document, and the budget just before it.

    ``total`` is the one in force on that day, ``spent_before`` what was gone already.
    """

    release: str
    rho: int
    question: str
    document: str
    total: int
    spent_before: int
    line: int
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Account:
    """A population's budget as it stands, and every release that was paid from it, in order."""

    standing: BudgetStanding
    answers: tuple[PaidAnswer, ...]

    def finest(self, question: str, rho: int) -> PaidAnswer | None:
        """The answer to a question that was paid with ``rho`` or more: the most exact one."""
        fit = [a for a in self.answers if a.question == question and a.rho >= rho]
        return max(fit, key=lambda answer: answer.rho, default=None)

    def require_room(self, rho: int) -> None:
        """Refuse what does not fit, with what is left."""
        if rho > self.standing.left:
            raise Refused(
                f"This would spend ρ = {rho / 1e6:g}, and of the privacy budget of "
                f"{self.standing.total / 1e6:g} only {self.standing.left / 1e6:g} is left.",
                "Ask with a smaller ρ, or use what was published already, which is free. "
                "A budget is never refilled: the same persons stand behind every number.",
            )
