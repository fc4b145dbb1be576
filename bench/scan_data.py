"""A table of 12 mixed columns with personal data planted at places that are written down.

Seeded, and independent of the demo company. Cells are drawn so that a column's values repeat as
they do in exports: some columns hold few values, some one a row, some free text.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

COLUMNS = (
    "id", "created_at", "email", "city", "amount", "status", "ip", "user_agent", "note",
    "payload", "page", "sku",
)  # fmt: skip

#: Rows between two planted values of a free-text column.
EVERY = 40

_TALK = (
    "the order was late again and the customer asked for a refund of it twice please check with "
    "the warehouse whether parcel label and invoice agree before we answer this ticket tomorrow "
    "colour size blue small large return exchange delivery shipping feedback thanks regards"
)
_WORDS = _TALK.split()
_CITIES = ("Lyon", "Berlin", "Porto", "Gent", "Torino", "Sevilla", "Utrecht", "Graz", "Nantes")
_AGENTS = tuple(
    f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.{n} Chrome/{110 + n}.0.{n}.0 Safari/537.{n}"
    for n in range(40)
)


@dataclass(frozen=True)
class Planted:
    """The truth: (row, column) → the one type that the cell holds."""

    cells: dict[tuple[int, str], str]


def write_table(path: Path, rows: int, seed: int = 7) -> Planted:
    """Write ``rows`` rows and tell what stands where."""
    chance = random.Random(seed)
    truth: dict[tuple[int, str], str] = {}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in range(rows):
            cells, planted = _row(row, chance)
            writer.writerow([cells[name] for name in COLUMNS])
            truth.update({(row, column): kind for column, kind in planted.items()})
    return Planted(truth)


def _row(row: int, chance: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    planted = {"email": "EMAIL_ADDRESS", "ip": "IP_ADDRESS"}
    note, payload, page = _text(chance, 14), _text(chance, 4), f"/p/{chance.randrange(900)}"
    kind = row // EVERY % 5
    if row % EVERY == 3:
        planted["note"], value = _value(kind, chance)
        note = f"{note} {value} {_text(chance, 5)}"
    if row % EVERY == 17:
        planted["payload"], value = _value(kind, chance)
        payload = value
    if row % EVERY == 29:
        planted["page"] = "EMAIL_ADDRESS"
        page += "?email=" + quote(_email(chance))
    minute, hour, day = row % 60, row // 60 % 24, row // 1440 % 28 + 1
    cells = {
        "id": str(100_000 + row),
        "created_at": f"2026-03-{day:02d} {hour:02d}:{minute:02d}:{chance.randrange(60):02d}",
        "email": _email(chance),
        "city": chance.choice(_CITIES),
        "amount": f"{chance.randrange(100, 90_000) / 100:.2f}",
        "status": chance.choice(("new", "paid", "sent", "returned")),
        "ip": ".".join(str(chance.randrange(11, 200)) for _ in range(4)),
        "user_agent": chance.choice(_AGENTS),
        "note": note,
        "payload": json.dumps({"k": chance.randrange(50), "t": payload}),
        "page": page,
        "sku": f"SKU-{chance.randrange(4000):05d}",
    }
    return cells, planted


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _email(chance: random.Random) -> str:
    return f"{chance.choice(_WORDS)}.{chance.randrange(10**6)}@example-{chance.randrange(90)}.org"


def _value(kind: int, chance: random.Random) -> tuple[str, str]:
    if kind == 0:
        return "EMAIL_ADDRESS", _email(chance)
    if kind == 1:
        return "PHONE_NUMBER", f"+33 6 {' '.join(f'{chance.randrange(100):02d}' for _ in range(4))}"
    if kind == 2:
        return "CREDIT_CARD", _card(chance)
    if kind == 3:
        return "IBAN_CODE", _iban(chance)
    return "IP_ADDRESS", ".".join(str(chance.randrange(11, 200)) for _ in range(4))


def _card(chance: random.Random) -> str:
    """A Visa-like number with its Luhn digit (ISO/IEC 7812-1, annex B)."""
    digits = [4, *(chance.randrange(10) for _ in range(14))]
    doubled = [d * 2 - 9 * (d > 4) if n % 2 == 0 else d for n, d in enumerate(digits)]
    digits.append(-sum(doubled) % 10)
    text = "".join(map(str, digits))
    return " ".join(text[n : n + 4] for n in range(0, 16, 4))


def _iban(chance: random.Random) -> str:
    """A German IBAN with its check digits (ISO 13616: modulo 97)."""
    body = "".join(str(chance.randrange(10)) for _ in range(18))
    check = 98 - int(body + "131400") % 97
    return f"DE{check:02d}{body}"
