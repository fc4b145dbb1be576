"""What the ledger may hold is written down where auditors read it."""

from __future__ import annotations

import re
from pathlib import Path

from vitrail.ledger.kinds import KINDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "ledger.md"


def test_every_kind_of_event_is_documented_and_no_other() -> None:
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]
    documented = {kind for row in rows for kind in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert documented == KINDS.keys()
