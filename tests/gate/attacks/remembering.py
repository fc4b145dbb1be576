"""The real gate's store, whose engine is asked each statement once.

What is in a cell does not hang on the key of the noise, so that thousands of trials under fresh
keys need no more of the engine than one. Everything that protects is done anew in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vitrail.gate import FactStore
from vitrail.gate.store import EpochReader


class RememberingReader:
    """Stands for an :class:`EpochReader`; an answer of the engine is kept by its statement."""

    def __init__(self, reader: EpochReader) -> None:
        self._reader = reader
        self._kept: dict[str, list[tuple[Any, ...]]] = {}
        self.manifest, self.facts, self.epoch = reader.manifest, reader.facts, reader.epoch

    def fetch(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        asked = f"{sql}\0{params!r}"
        if asked not in self._kept:
            self._kept[asked] = self._reader.fetch(sql, params)
        return self._kept[asked]


class RememberingStore:
    """Stands for a :class:`FactStore` of one epoch."""

    def __init__(self, store: FactStore) -> None:
        self._reader = RememberingReader(store.reader())

    def reader(self, epoch: str | None = None) -> RememberingReader:
        return self._reader
