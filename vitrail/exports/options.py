"""The limits under which exports are read: none of them is silent when it is met."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How far reading goes before a file is quarantined. All sizes are bytes.

    ``max_cell``: the longest cell. ``max_unpacked``: the most that one compressed file or archive
    member may unpack to. ``max_ratio``: the most that it may grow by, once it has given 64 MiB
    (Deflate can reach 1032; exports of text stay under 30, repetitive logs under 100).
    ``sample``: what is read of a text file to tell its encoding and dialect.
    ``scratch``: where unpacked members lie while they are read; None: the system's temporary
    folder. It is private to the user and emptied when the process ends.
    """

    max_cell: int = 16 * MIB
    max_unpacked: int = 64 * GIB
    max_ratio: float = 250.0
    sample: int = 1 * MIB
    scratch: Path | None = None
