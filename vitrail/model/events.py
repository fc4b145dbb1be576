"""What the ledger keeps for good."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One line of the append-only chain. ``payload`` holds no personal data."""

    seq: int
    at: datetime
    kind: str
    actor: str
    payload: dict[str, Any] = field(hash=False)
    prev_hash: str = ""
    hash: str = ""
