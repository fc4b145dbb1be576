"""The phrase banks: what people write of ages, by what it says of whom.

A bank is frozen by the digests beside it before a rule is tuned on it, and never edited; more
phrases come as a new bank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent / "phrases"
WRITTEN: Final = date(2026, 11, 20)
LABELS: Final = ("self-now-minor", "self-now-adult", "self-past", "other-person", "not-an-age")
MINOR: Final = LABELS[0]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its language, what it says of whom, and of a minor's the way it is said."""

    language: str
    label: str
    kind: str
    text: str


def phrases(bank: str) -> list[Phrase]:
    """All phrases of the bank whose digests stand in ``<bank>.sha256``."""
    return [phrase for name in frozen(bank) for phrase in _read(FOLDER / name)]


def frozen(bank: str) -> dict[str, str]:
    """The digest that each file of a bank was frozen with."""
    lines = (FOLDER / f"{bank}.sha256").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def digest(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()


def _read(file: Path) -> Iterator[Phrase]:
    document: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    for label in LABELS:
        group = document[label]
        for kind, lines in (group if isinstance(group, dict) else {"": group}).items():
            for line in lines.splitlines():
                yield Phrase(document["language"], label, kind, line.replace("\\n", "\n"))
