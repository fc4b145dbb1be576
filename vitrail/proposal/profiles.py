"""A sample of a dataset's rows, and what is told from it of each column. No value leaves here
but as a shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vitrail.detect.masking import mask
from vitrail.exports.reader import UNREAD, TableReader
from vitrail.proposal.days import DayOrder, TimeWriting, writing_of
from vitrail.proposal.kinds import Kind, kind_of

SAMPLE: Final = 2_000
_BYTES: Final = 1 << 20
_ENTITIES: Final = {
    Kind.EMAIL: "EMAIL_ADDRESS",
    Kind.PHONE: "PHONE_NUMBER",
    Kind.IP: "IP_ADDRESS",
    Kind.URL: "URL",
}


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """``filled`` of ``rows`` sampled rows hold something; ``words`` are the folded distinct values
    of a column of few words, for comparison with known words only, never to be shown."""

    name: str
    kind: Kind
    rows: int
    filled: int
    distinct: int
    longest: int
    shape: str
    writing: TimeWriting
    words: frozenset[str] = field(repr=False)

    @property
    def told(self) -> str:
        """The column in words: its kind, a value's shape, how many are empty."""
        words = [self.kind.value]
        if self.kind in {Kind.TIME} and self.writing.order is not DayOrder.YEAR:
            words.append(self.writing.order.value)
        if self.shape:
            words.append(self.shape)
        if 0 < self.filled < self.rows:
            words.append(f"{round(100 * (1 - self.filled / self.rows))} % empty")
        return ", ".join(words)

    @property
    def shown(self) -> str:
        """The column's name, unless it is itself somebody's address or number: then its shape."""
        return shown_name(self.name)


def shown_name(name: str) -> str:
    """A name of a column as it may be shown: a header can hold personal data too."""
    entity = _ENTITIES.get(kind_of([name]))
    return name if entity is None else f"({mask(entity, name)})"


def profiles_of(reader: TableReader, rows: int = SAMPLE) -> tuple[ColumnProfile, ...]:
    """Each column of the first rows; raises :class:`~vitrail.errors.InputUnreadable`."""
    values: dict[str, list[str]] = {column.name: [] for column in reader.dataset.columns}
    seen = 0
    for batch in reader.batches(target_bytes=_BYTES):
        for chunk in batch.chunks:
            if chunk.column in values:
                taken = chunk.values.slice(0, rows - seen).to_pylist()
                values[chunk.column] += [v for v in taken if v and v.strip() and v != UNREAD]
        seen += batch.rows
        if seen >= rows:
            break
    return tuple(_profile(name, given, min(seen, rows)) for name, given in values.items())


def _profile(name: str, values: list[str], rows: int) -> ColumnProfile:
    kind = kind_of(values)
    distinct = {value.strip() for value in values}
    entity = _ENTITIES.get(kind)
    return ColumnProfile(
        name=name,
        kind=kind,
        rows=rows,
        filled=len(values),
        distinct=len(distinct),
        longest=max(map(len, distinct), default=0),
        shape=mask(entity, values[0].strip()) if entity else "",
        writing=writing_of(values if kind is Kind.TIME else ()),
        words=frozenset(distinct if kind in {Kind.WORD, Kind.YES_NO, Kind.COUNTRY} else ()),
    )
