"""What a user may choose about a scan; the same names as the command line's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sample = Literal["exhaustive", "quick"]
Names = Literal["auto", "all", "off"]
Engine = Literal["local", "spark"]


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan.

    ``languages``: ``"auto"`` finds the language of each column; a tuple of ISO 639-1 codes limits
    it to those. ``entities`` None means all but those that are off by default. ``min_score`` is
    from 0 to 1. ``sample``: ``exhaustive`` looks at every value; ``quick`` at a sample of each
    dataset's rows, and the run says which bound that supports. ``names``: ``auto`` follows a
    budget, ``all`` looks for names in every cell, ``off`` in none. ``jobs`` None means a process
    a core. ``max_cell`` in bytes: a longer cell is quarantined. ``recognizers``: the path of a
    file with the user's own recognisers. ``engine``: processes of this machine, or Spark.
    ``known``: the path of a file of e-mail addresses and phone numbers, to find their hashes.
    """

    languages: Literal["auto"] | tuple[str, ...] = "auto"
    entities: tuple[str, ...] | None = None
    min_score: float = 0.4
    sample: Sample = "exhaustive"
    names: Names = "auto"
    jobs: int | None = None
    max_cell: int = 16 << 20
    recognizers: str | None = None
    known: str | None = None
    engine: Engine = "local"
