"""The access log, to take away: every line of the chain with its hashes, as CSV or JSON.

Whoever has the file can walk the chain by the recipe in ``docs/ledger.md``, without Vitrail: in the
JSON a payload stands as the text that was hashed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from vitrail.ledger import ChainReport
from vitrail.ledger.chain import canonical
from vitrail.model import LedgerEvent
from vitrail.report.spreadsheet import spreadsheet

_COLUMNS: Final = ("seq", "at", "kind", "actor", "payload", "prev_hash", "hash")


def access_log_csv(events: Sequence[LedgerEvent]) -> str:
    """One line an event, in order; what a spreadsheet would run as a formula is defused."""
    return spreadsheet(_COLUMNS, map(_line, events))


def access_log_json(events: Sequence[LedgerEvent], chain: ChainReport) -> str:
    """The lines, and what the walk along the whole chain found when they were taken out."""
    document = {
        "schema": "vitrail.access_log/1",
        "chain": {
            "ok": chain.ok,
            "length": chain.length,
            "head": chain.head,
            "problem": chain.problem,
        },
        "events": [_line(event) for event in events],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _line(event: LedgerEvent) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at.isoformat(timespec="microseconds"),
        "kind": event.kind,
        "actor": event.actor,
        "payload": canonical(event.payload),
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }
