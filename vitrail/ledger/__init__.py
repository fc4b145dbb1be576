"""The ledger keeps what must last: an append-only chain of events, and state rebuilt from it."""

from __future__ import annotations

from vitrail.ledger.budget import PrivacyBudget
from vitrail.ledger.ledger import Ledger
from vitrail.ledger.records import (
    Account,
    BudgetStanding,
    ChainReport,
    Claim,
    PaidAnswer,
    RunRecord,
    SessionRecord,
)

__all__ = [
    "Account",
    "BudgetStanding",
    "ChainReport",
    "Claim",
    "Ledger",
    "PaidAnswer",
    "PrivacyBudget",
    "RunRecord",
    "SessionRecord",
]
