"""What changes in one table: the hits of its cells, and columns that hold one type as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from vitrail.detect.entities import ENTITIES, Family
from vitrail.redaction.hit_ranges import FoundHit
from vitrail.redaction.options import Operator, RedactOptions
from vitrail.redaction.splicing import Span, splice
from vitrail.redaction.tally import Tally
from vitrail.scan.labels import Labels

if TYPE_CHECKING:
    from vitrail.redaction.operators import Operators

_Cell = tuple[int, str, tuple[int, ...]]

#: Types whose columns were judged by votes: in them a hit may be less than what the cell says.
_BY_VOTE: Final = frozenset(
    {name for name, kind in ENTITIES.items() if kind.family is Family.PERSON} | {"STREET_ADDRESS"}
)


class HitChanges:
    """The :class:`~vitrail.exports.copies.changes.TableChanges` of one table.

    ``hits`` in the order of rows. ``verdicts``: by a column's label, the type that it holds as a
    whole: what no hit covers of its cells is replaced too. ``labels`` are the scan's, ``names``
    those of the copy.
    """

    def __init__(
        self,
        hits: Iterator[FoundHit],
        verdicts: Mapping[str, str],
        options: RedactOptions,
        operators: Operators,
        labels: Labels,
        names: Labels,
    ) -> None:
        self.tally = Tally()
        self._hits, self._next = hits, next(hits, None)
        self._verdicts = verdicts
        self._options, self._operators = options, operators
        self._labels, self._names = labels, names
        self._open: dict[_Cell, list[Span]] = {}

    def window(self, first: int, stop: int) -> _Window:
        self.tally.unmet += sum(map(len, self._open.values()))
        self._open = {}
        while self._next is not None and self._next.row < stop:
            hit = self._next
            spans = self._open.setdefault((hit.row, hit.column, hit.path), [])
            spans.append(Span(hit.start, hit.end, hit.entity_type, hit.fingerprint))
            self._next = next(self._hits, None)
        rows: Sequence[int] = sorted({row for row, _, _ in self._open})
        if self._verdicts:
            rows = range(first, stop)
        return _Window(self, rows, frozenset(column for _, column, _ in self._open))

    def name(self, name: str) -> str:
        return self._names.label(name)

    def learn(self, names: Sequence[str]) -> frozenset[str]:
        self._names.learn(list(names))
        return frozenset(name for name in names if self._names.is_masked(name))

    def keep_apart(self, columns: Sequence[str]) -> None:
        self.tally.apart |= {self._labels.label(column) for column in columns}

    def finish(self) -> Tally:
        """What was done, once the table is written; hits that are left were not met."""
        self.tally.unmet += sum(map(len, self._open.values()))
        self.tally.unmet += sum(1 for _ in self._hits) + (self._next is not None)
        self._open, self._next = {}, None
        return self.tally

    # --- asked by the windows ---

    def touches(self, column: str, met: frozenset[str]) -> bool:
        label = self._labels.label(column)
        return label in met or label in self._verdicts

    def cell(self, row: int, column: str, path: tuple[int, ...]) -> CellChange | None:
        label = self._labels.label(column)
        spans = self._open.pop((row, label, path), None)
        verdict = self._verdicts.get(label)
        if spans is None and verdict is None:
            return None
        return CellChange(self, label, spans or [], verdict)

    def put(self, label: str, span: Span, value: str) -> str:
        """What stands for a value, counted."""
        operator = self._operator(label, span.entity_type)
        self.tally.replaced[label, span.entity_type, operator] += 1
        return self._operators.text(operator, span.entity_type, value, span.fingerprint)

    def number(self, label: str, span: Span, value: str, *, nullable: bool) -> int | None:
        """A whole number for a value where pseudonyms are asked for, else nothing."""
        if nullable and self._operator(label, span.entity_type) is not Operator.PSEUDONYM:
            self.empty(label, span.entity_type)
            return None
        self.tally.replaced[label, span.entity_type, Operator.PSEUDONYM] += 1
        return self._operators.integer(span.entity_type, value, span.fingerprint)

    def empty(self, label: str, entity_type: str) -> None:
        self.tally.replaced[label, entity_type, Operator.REDACT] += 1
        self.tally.emptied[label] += 1

    def _operator(self, label: str, entity_type: str) -> Operator:
        apart = label in self.tally.apart
        return Operator.PSEUDONYM if apart else self._options.operator_of(entity_type)


class _Window:
    """The :class:`~vitrail.exports.copies.changes.Window` on one table's changes."""

    def __init__(self, changes: HitChanges, rows: Sequence[int], met: frozenset[str]) -> None:
        self.rows = rows
        self._changes, self._met = changes, met

    def touches(self, column: str) -> bool:
        return self._changes.touches(column, self._met)

    def cell(self, row: int, column: str, path: tuple[int, ...] = ()) -> CellChange | None:
        return self._changes.cell(row, column, path)


class CellChange:
    """The :class:`~vitrail.exports.copies.changes.Change` of one cell."""

    __slots__ = ("_changes", "_label", "_spans", "_verdict")

    def __init__(
        self, changes: HitChanges, label: str, spans: list[Span], verdict: str | None
    ) -> None:
        self._changes, self._label = changes, label
        self._spans, self._verdict = spans, verdict

    def text(self, cell: str) -> str:
        spans = self._covering(cell)
        put, label = self._changes.put, self._label
        return splice(cell, spans, lambda span, value: put(label, span, value)) if spans else cell

    def integer(self, cell: str, *, nullable: bool = True) -> int | None:
        return self._changes.number(self._label, self._whole(cell), cell, nullable=nullable)

    def nothing(self, cell: str) -> None:
        self._changes.empty(self._label, self._whole(cell).entity_type)

    def _whole(self, cell: str) -> Span:
        """What a cell that is replaced as a whole is."""
        if not self._spans:
            return Span(0, len(cell), self._verdict or "")
        return max(self._spans, key=lambda span: span.end - span.start)

    def _covering(self, cell: str) -> list[Span]:
        """The hits; in a column that holds one type, all that the cell says."""
        if self._verdict is None or (self._spans and self._verdict not in _BY_VOTE):
            return self._spans
        whole = cell.strip()
        start = cell.find(whole)
        end = start + len(whole)
        if any((span.start, span.end) == (start, end) for span in self._spans):
            return self._spans
        return [Span(start, end, self._verdict)] if whole else []
