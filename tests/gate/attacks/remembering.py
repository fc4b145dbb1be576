"""The real gate's store, whose engine is asked each statement once.

What is in a cell does not hang on the key of the noise, so that thousands of trials under fresh
keys need no more of the engine than one. Everything that protects is done anew in each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from vitrail.gate import FactStore
from vitrail.gate.published import Key, digest
from vitrail.gate.store import EpochReader


class RememberingReader:
    """Stands for an :class:`EpochReader`; an answer of the engine is kept by its statement."""

    def __init__(self, reader: EpochReader) -> None:
        self._reader = reader
        self._kept: dict[str, list[tuple[Any, ...]]] = {}
        self.manifest, self.facts, self.epoch = reader.manifest, reader.facts, reader.epoch
        self.counts = reader.counts

    def fetch(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        asked = f"{sql}\0{params!r}"
        if asked not in self._kept:
            self._kept[asked] = self._reader.fetch(sql, params)
        return self._kept[asked]


class Publications(dict[bytes, str]):
    """Stands for what a workspace has published; one trial's is nothing to the next."""

    def lookup(self, keys: Iterable[Key]) -> dict[bytes, str]:
        digests = [digest(key) for key in keys]
        return {d: self[d] for d in digests if d in self}

    def knows(self, key: Key) -> bool:
        return digest(key) in self

    def record(self, documents: Mapping[bytes, str]) -> None:
        for key, document in documents.items():
            if self.get(key, "null") == "null":
                self[key] = document


class RememberingStore:
    """Stands for a :class:`FactStore` of one epoch, the one in force."""

    def __init__(self, store: FactStore) -> None:
        self._reader = RememberingReader(store.reader())
        self.epoch = self.in_force = self._reader.epoch
        self.published = Publications()

    def reader(self, epoch: str | None = None) -> RememberingReader:
        return self._reader

    def purge(self) -> None:
        """What an erasure does beside taking rows: what was published before comes first."""
        facts = self._reader.facts.items()
        purged = {
            name: fact.model_copy(update={"purged": date(2025, 7, 9)}) for name, fact in facts
        }
        self._reader.facts = purged
