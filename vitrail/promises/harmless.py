"""Numbers that look like a payment card or a bank account and give nobody away.

They are compared by fingerprint, as the scan makes it: no number enters a query.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.errors import ConfigError
from vitrail.normalisation import normalise_code

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.keys import Keyring

#: Card numbers that payment processors print in their manuals for testing; nobody holds one.
_TEST_CARDS: Final = (
    "4242424242424242", "4000056655665556", "5555555555554444", "2223003122003222",
    "5200828282828210", "5105105105105100", "378282246310005", "371449635398431",
    "6011111111111117", "6011000990139424", "6011981111111113", "3056930009020004",
    "36227206271667", "6555900000604105", "3566002020360505", "6200000000000005",
    "6200000000000047", "6205500000000000004", "4111111111111111", "4012888888881881",
    "4000000000000002", "4000000000000010", "4000000000000028", "4000000000000036",
    "4000000000000044", "4000000000000069", "4000000000000077", "4000000000000101",
    "4000000000000119", "4000000000000127", "4000000000000259", "4000000000000341",
    "4000000000003055", "4000000000003063", "4000000000003220", "4000000000005126",
    "4000000000009235", "4000000000009979", "4000000000009987", "4000000000009995",
    "4000002500003155", "4000002760003184", "4000003800000446", "4000008260003178",
    "4100000000000019", "4000002500000003", "4000002760000016", "4000008260000000",
    "30569309025904", "38520000023237", "3530111333300000", "5431111111111111",
    "4988438843884305", "4166676667666746", "5136333333333335", "2222400070000005",
    "370000000000002", "6011601160116611", "36006666333344",
)  # fmt: skip

_SCHEMA: Final = pa.schema({"fingerprint": pa.string(), "why": pa.string()})


def harmless_values(workspace: Path, settings: Settings, keys: Keyring) -> pa.Table:
    """``harmless_values``: the company's ``own`` accounts, and cards ``published`` for testing."""
    own = [("IBAN_CODE", code, "own") for code in _own_ibans(workspace, settings.own_ibans_file)]
    cards = [("CREDIT_CARD", card, "published") for card in _TEST_CARDS]
    rows = [
        {"fingerprint": keys.fingerprint(entity_type, value), "why": why}
        for entity_type, value, why in (*own, *cards)
    ]
    return pa.Table.from_pylist(rows, _SCHEMA)


def _own_ibans(workspace: Path, file: str | None) -> list[str]:
    """The company's own accounts; one a line, ``#`` begins a comment."""
    if file is None:
        return []
    try:
        lines = (workspace / file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"The list of own accounts {file} cannot be read.",
            "Mend `own_ibans_file` in vitrail.toml, or take the line out.",
        ) from None
    return sorted({normalise_code(line.partition("#")[0]) for line in lines} - {""})
