"""What records of JSON are made of: records of one shape hold their leaves in the same order.

So each shape is walked once, and no Python runs for the records that have it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from vitrail.exports.copies.changes import TableChanges
from vitrail.exports.copies.json_walk import leaves
from vitrail.exports.formats.json_records import not_json
from vitrail.exports.formats.origin import Origin

_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Shape:
    """``columns``: by a column's name, its leaves: which of the record's, and their paths.
    ``renamed``: which of the record's keys are called otherwise in the copy, and how."""

    columns: dict[str, list[tuple[int, tuple[int, ...]]]]
    renamed: dict[int, str]


class Shapes:
    """The shapes of one table's records; the latest are remembered."""

    def __init__(self, origin: Origin, changes: TableChanges) -> None:
        self._origin, self._changes = origin, changes
        self._known: dict[bytes, Shape] = {}
        self._steps: dict[str, tuple[str, ...]] = {}

    def learn(self, texts: list[bytes], line: int) -> list[Shape]:
        """The shape of each text: a record with ``0`` in the place of every leaf.

        Raises where an object has a key twice, for only one of the two was scanned, and where two
        leaves have one name.
        """
        new = [text for text in texts if text not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            self._known.clear()
            new = texts
        self._changes.learn(sorted({key for text in new for key in self._keys(text, line)}))
        for text in new:
            self._known[text] = self._shape(text.decode("utf-8", "surrogatepass"), line)
        return [self._known[text] for text in texts]

    def _keys(self, text: bytes, line: int) -> set[str]:
        seen: set[str] = set()
        twice = False

        def note(pairs: list[tuple[str, Any]]) -> None:
            nonlocal twice
            keys = {key for key, _ in pairs}
            twice = twice or len(keys) != len(pairs)
            seen.update(keys)

        try:
            json.loads(text, object_pairs_hook=note)
        except ValueError:
            raise not_json(self._origin, line) from None
        except RecursionError:
            raise self._origin.unreadable(
                "is nested too deep.", "Export it with fewer levels."
            ) from None
        if twice:
            raise key_twice(self._origin, line)
        return seen

    def _shape(self, text: str, line: int) -> Shape:
        shape = Shape({}, {})
        leaf_number = key_number = 0
        for leaf in leaves(text):
            if leaf.path is None:
                new = self._changes.name(leaf.column)
                if new != leaf.column:
                    shape.renamed[key_number] = new
                key_number += 1
                continue
            if self._steps.setdefault(leaf.column, leaf.steps) != leaf.steps:
                raise self._origin.unreadable(
                    f"has two fields that are both called {leaf.column}, one by a dot in its key, "
                    f"in line {line} or before it.",
                    "Rename one of them, then redact again.",
                )
            shape.columns.setdefault(leaf.column, []).append((leaf_number, leaf.path))
            leaf_number += 1
        return shape


def key_twice(origin: Origin, line: int) -> Exception:
    """The error for an object that has a key twice."""
    return origin.unreadable(
        f"has a key twice in one object, in line {line} or after it; only one of the two is read.",
        "Export it again with each key once.",
    )
