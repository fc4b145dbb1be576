"""What the detector answers: hits in columns, without the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_KIND: Final = pa.dictionary(pa.int32(), pa.string())

#: One row a hit. The columns of few different texts are dictionaries.
SCHEMA: Final = pa.schema(
    [
        pa.field("value", pa.int64()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("score", pa.float32()),
        pa.field("entity_type", _KIND),
        pa.field("recognizer", _KIND),
        pa.field("masked", _KIND),
        pa.field("fingerprint", pa.string()),
    ]
)

_NOTHING: Final = SCHEMA.empty_table()  # to make it takes longer than to judge a short column


@dataclass(frozen=True, slots=True)
class Detections:
    """Hits ordered by value, then start, as a table of :data:`SCHEMA`. Never a raw value.

    ``value`` is an index into the values that were judged; ``start`` and ``end`` are code
    points, half open. ``notes`` are sentences about what was not looked at, and why.
    """

    table: pa.Table
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def value(self) -> npt.NDArray[np.int64]:
        numbers: npt.NDArray[np.int64] = self._numbers("value")
        return numbers

    @property
    def start(self) -> npt.NDArray[np.int32]:
        numbers: npt.NDArray[np.int32] = self._numbers("start")
        return numbers

    @property
    def end(self) -> npt.NDArray[np.int32]:
        numbers: npt.NDArray[np.int32] = self._numbers("end")
        return numbers

    @property
    def score(self) -> npt.NDArray[np.float32]:
        numbers: npt.NDArray[np.float32] = self._numbers("score")
        return numbers

    @property
    def entity_type(self) -> list[str]:
        return self._texts("entity_type")

    @property
    def recognizer(self) -> list[str]:
        return self._texts("recognizer")

    @property
    def fingerprint(self) -> list[str]:
        return self._texts("fingerprint")

    @property
    def masked(self) -> list[str]:
        return self._texts("masked")

    def coded(self, name: str) -> tuple[npt.NDArray[np.int32], list[str]]:
        """A column of few texts as numbers, and the text of each number."""
        column = self.table[name].combine_chunks()
        return column.indices.to_numpy(), column.dictionary.to_pylist()

    def at(self, index: npt.NDArray[np.int64], value: npt.NDArray[np.int64]) -> Detections:
        """The hits at ``index``, of the values ``value``."""
        table = self.table.take(pa.array(index)).set_column(0, "value", pa.array(value, pa.int64()))
        return Detections(table.combine_chunks(), self.notes)

    @classmethod
    def none(cls, notes: tuple[str, ...] = ()) -> Detections:
        return cls(_NOTHING, notes)

    @classmethod
    def joined(cls, parts: Sequence[Detections]) -> Detections:
        """All of them, one after the other."""
        notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
        parts = [part for part in parts if len(part)]
        if not parts:
            return cls.none(notes)
        if len(parts) == 1:
            return cls(parts[0].table, notes)
        return cls(_one([part.table for part in parts]), notes)

    def _numbers(self, name: str) -> Any:
        return self.table[name].combine_chunks().to_numpy()

    def _texts(self, name: str) -> list[str]:
        texts: list[str] = self.table[name].to_pylist()
        return texts


def _one(tables: list[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()
