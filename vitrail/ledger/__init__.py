"""The ledger keeps what must last: an append-only chain of events, and state rebuilt from it."""

from __future__ import annotations

from vitrail.ledger.ledger import Ledger
from vitrail.ledger.records import ChainReport, RunRecord

__all__ = ["ChainReport", "Ledger", "RunRecord"]
