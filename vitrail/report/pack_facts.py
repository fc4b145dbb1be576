"""What a signed pack says of itself, beside its verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vitrail.model import Assessment, VerdictChange


@dataclass(frozen=True, slots=True)
class Earlier:
    """The check before this one, and what is otherwise now."""

    run: str
    at: datetime
    assessments: Sequence[Assessment]
    changes: Sequence[VerdictChange]


@dataclass(frozen=True, slots=True)
class PromiseYear:
    """Twelve months of one control, each by its first day: ``kept``, ``broken then fixed``,
    ``broken``, or ``gap`` where nothing tested it. ``state``: the whole year in the same words."""

    control: str
    title: str
    months: tuple[tuple[date, str], ...]
    state: str


@dataclass(frozen=True, slots=True)
class PackFacts:
    """Where a pack comes from: its run, the ledger's head after it, the key it is signed with.

    ``earlier`` is None where the same controls were never tested before; ``settings`` says which
    the check was made with, and who stands for them or that nobody does; ``years`` is how each
    control fared in the twelve months to the check.
    """

    run: str
    ledger_head: str
    ledger_length: int
    key_sha256: str
    earlier: Earlier | None = None
    settings: str = ""
    years: tuple[PromiseYear, ...] = ()
