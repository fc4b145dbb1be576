"""A table of 12 mixed columns with personal data planted at places that are written down.

Seeded, and independent of the demo company. Cells are drawn so that a column's values repeat as
they do in exports: some columns hold few values, some one a row, some free text.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bench.scan_values import DECOYS, ENCODED, PLANTED, email, ipv4, person

COLUMNS: Final = (
    "id", "created_at", "email", "customer_name", "city", "amount", "reference", "ip",
    "user_agent", "note", "payload", "page",
)  # fmt: skip

#: Rows between two planted values of a free-text column.
EVERY: Final = 40

_TALK: Final = (
    "the order was late again and the customer asked for a refund of it twice please check with "
    "the warehouse whether parcel label and invoice agree before we answer this ticket tomorrow "
    "colour size blue small large return exchange delivery shipping feedback thanks regards"
)
_WORDS: Final = _TALK.split()
_CITIES: Final = (
    "Lyon", "Berlin", "Porto", "Gent", "Torino", "Sevilla", "Utrecht", "Graz", "Nantes",
)  # fmt: skip
_AGENTS: Final = tuple(
    f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.{n} Chrome/{110 + n}.0.{n}.0 Safari/537.{n}"
    for n in range(40)
)
_TYPES: Final = tuple(sorted(PLANTED))

Cell = tuple[int, str, str]
"""Row, column, entity type."""


@dataclass(frozen=True)
class Planted:
    """The truth: which cells hold a value of which type."""

    cells: frozenset[Cell]


def write_table(path: Path, rows: int, seed: int = 7) -> Planted:
    """Write ``rows`` rows and tell what stands where."""
    rng = Random(seed)
    truth: set[Cell] = set()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in range(rows):
            cells, planted = _row(row, rng)
            writer.writerow([cells[name] for name in COLUMNS])
            truth.update((row, column, kind) for column, kind in planted.items())
    return Planted(frozenset(truth))


def _row(row: int, rng: Random) -> tuple[dict[str, str], dict[str, str]]:
    planted = {"email": "EMAIL_ADDRESS", "customer_name": "PERSON", "ip": "IP_ADDRESS"}
    note, payload, page = _text(rng, 14), _text(rng, 4), f"/p/{rng.randrange(900)}"
    turn = row // EVERY
    if row % EVERY == 3:
        planted["note"] = kind = _TYPES[turn % len(_TYPES)]
        note = f"{note} {rng.choice(PLANTED[kind])(rng)} {_text(rng, 5)}"
    elif row % EVERY == 9:
        note = f"{note} {rng.choice(DECOYS)(rng)} {_text(rng, 5)}"
    if row % EVERY == 17:
        planted["payload"] = kind = _TYPES[turn % len(_TYPES)]
        payload = rng.choice(PLANTED[kind])(rng)
    if row % EVERY == 29:
        planted["page"] = "EMAIL_ADDRESS"
        page += "?" + ENCODED[turn % len(ENCODED)](email(rng))
    minute, hour, day = row % 60, row // 60 % 24, row // 1440 % 28 + 1
    cells = {
        "id": str(100_000 + row),
        "created_at": f"2026-03-{day:02d} {hour:02d}:{minute:02d}:{rng.randrange(60):02d}",
        "email": email(rng),
        "customer_name": person(rng),
        "city": rng.choice(_CITIES),
        "amount": f"{rng.randrange(100, 90_000) / 100:.2f}",
        "reference": rng.choice(DECOYS)(rng),
        "ip": ipv4(rng),
        "user_agent": rng.choice(_AGENTS),
        "note": note,
        "payload": json.dumps({"k": rng.randrange(50), "t": payload}, ensure_ascii=False),
        "page": page,
    }
    return cells, planted


def _text(rng: Random, words: int) -> str:
    return " ".join(rng.choices(_WORDS, k=words))
