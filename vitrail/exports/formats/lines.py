"""Plain text as a table of one column, a line each; and access logs, which are lines with parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.exports.formats.flattening import check_cells, too_long
from vitrail.exports.formats.loading import load
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.formats.text import Utf8Stream
from vitrail.exports.reader import TARGET_BYTES, Batch, ColumnChunk
from vitrail.model import Column, ColumnType, Dataset

if TYPE_CHECKING:
    import duckdb

TEXT_FORMAT: Final = "text"
LOG_FORMAT: Final = "access_log"
LINE: Final = "line"
#: What a log's line is kept under when it is not of the log's form.
UNPARSED: Final = "unparsed"

#: Apache's combined form, with the common one (no referrer, no agent) as a case of it.
LOG_FORM: Final = (
    r"^(?P<ip>\S+) (?P<ident>\S+) (?P<user>.+?) \[(?P<ts>[^\]]{8,40})\] "
    r'"(?P<method>[A-Za-z-]{1,20}) (?P<path>[^ ?"]*)(?:\?(?P<query>[^ "]*))?(?: HTTP/[\d.]+)?" '
    r"(?P<status>\d{3}) (?P<bytes>\d+|-)"
    r'(?: "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<user_agent>(?:[^"\\]|\\.)*)")?\s*$'
)
#: The same form between its quotes, for lines that have six of them and no backslash. Up to four
#: groups and no choice between branches: so RE2 matches them in one pass, four times as fast.
_HEAD: Final = r"^(?P<ip>[^\s]+) (?P<ident>[^\s]+) (?P<user>[^\s]+) \[(?P<ts>[^\]]{8,40})\] $"
_REQUEST: Final = (
    r"^(?P<method>[A-Za-z-]{1,20}) (?P<path>[^ ?]*)(?:\?(?P<query>[^ ]*))?(?: HTTP/[\d.]+)?$"
)
_RESULT: Final = r"^ (?P<status>\d{3}) (?P<bytes>\d+|-) $"
_PARTS: Final = 7
LOG_COLUMNS: Final = (
    "ip", "ident", "user", "ts", "method", "path", "query", "status", "bytes",
    "referrer", "user_agent", UNPARSED,
)  # fmt: skip
_LOG_TYPES: Final = {"status": ColumnType.INTEGER, "bytes": ColumnType.INTEGER}


@dataclass(frozen=True, slots=True)
class LinesTable(Table):
    """Blank lines are rows too, with a null, so that a row is its line less one."""

    dataset: Dataset
    origin: Origin
    encoding: str

    @property
    def details(self) -> Mapping[str, str]:
        return {"encoding": self.encoding}

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]:
        row, consumed = 0, 0
        with Utf8Stream(self.origin, self.encoding, whole_lines=True, mend=True) as stream:
            for lines in self._lines(stream, min(target_bytes, 16 << 20)):
                taken, consumed = max(0, stream.consumed - consumed), stream.consumed
                fresh = lines.slice(min(max(0, start_row - row), len(lines)))
                row += len(lines)
                if len(fresh):
                    chunks = tuple(self._chunks(fresh, columns))
                    share = round(taken * len(fresh) / len(lines))
                    yield Batch(row - len(fresh), len(fresh), share, chunks)
            if stream.failure is not None:
                raise stream.failure
            if stream.mended:
                reason, remedy = stream.mended
                raise self.origin.partly_read(f"{reason}.", remedy)

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        return load(connection, self)

    def _lines(self, stream: Utf8Stream, block_size: int) -> Iterator[pa.Array]:
        begun: list[bytes] = []
        while block := stream.read(block_size):
            end = block.rfind(b"\n") + 1
            begun.append(block[:end] if end else block)
            if end:
                yield _split(b"".join(begun))
                begun = [block[end:]]
            elif sum(map(len, begun)) > self.origin.options.max_cell:
                raise too_long("(a line)", self.origin)
        if rest := b"".join(begun):
            yield _split(rest)

    def _chunks(self, lines: pa.Array, columns: Sequence[str] | None) -> Iterator[ColumnChunk]:
        parts = _parts(lines) if self.dataset.format == LOG_FORMAT else {LINE: _filled(lines)}
        for name, values in parts.items():
            if columns is None or name in columns:
                check_cells(name, values, self.origin)
                yield ColumnChunk(name, values)


def _split(text: bytes) -> pa.Array:
    """Lines of UTF-8 text without their ends."""
    data = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(data == 10) + 1
    if not len(ends) or ends[-1] != len(data):
        ends = np.append(ends, len(data))
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    lines = pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(text))
    return pc.utf8_rtrim(lines, "\r\n")


def _filled(lines: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(lines, ""), pa.scalar(None, pa.string()), lines)


def _parts(lines: pa.Array) -> dict[str, pa.Array]:
    """A log's columns; a line of another form stays whole under ``unparsed``."""
    usual, told = _usual(lines)
    rest = np.flatnonzero(~usual)
    other, matched = _any_form(lines.take(pa.array(rest)))
    # usual lines come first below, then the others: back into the file's order
    order = np.empty(len(lines), np.int64)
    order[np.concatenate((np.flatnonzero(usual), rest))] = np.arange(len(lines))
    places = pa.array(order)
    nothing = pa.scalar(None, pa.string())
    parts = {}
    for name in LOG_COLUMNS[:-1]:
        values = pa.concat_arrays([told[name], other[name]])
        empty = pc.or_(pc.equal(values, ""), pc.equal(values, "-"))
        values = pc.if_else(empty, nothing, values)
        parts[name] = values.take(places) if len(rest) else values
    unparsed = np.zeros(len(lines), bool)
    unparsed[rest[~matched]] = True
    parts[UNPARSED] = _filled(pc.if_else(pa.array(unparsed), lines, nothing))
    return parts


def _usual(lines: pa.Array) -> tuple[npt.NDArray[np.bool_], dict[str, pa.Array]]:
    """Which lines are plainly of the combined form, and the parts of those."""
    pieces = pc.split_pattern(lines, '"')
    plain = pc.and_(
        pc.equal(pc.list_value_length(pieces), _PARTS), pc.invert(pc.match_substring(lines, "\\"))
    )
    flat = pc.list_flatten(pieces.filter(plain))
    head, request, result, referrer, between, agent, end = (
        flat.take(pa.array(np.arange(place, len(flat), _PARTS))) for place in range(_PARTS)
    )
    found = [
        pc.extract_regex(head, pattern=_HEAD),
        pc.extract_regex(request, pattern=_REQUEST),
        pc.extract_regex(result, pattern=_RESULT),
    ]
    good = pc.and_(pc.equal(between, " "), pc.equal(end, ""))
    for matches in found:
        good = pc.and_(good, pc.is_valid(matches))
    usual: npt.NDArray[np.bool_] = plain.to_numpy(zero_copy_only=False).copy()
    usual[usual] = good.to_numpy(zero_copy_only=False)
    told = {"referrer": referrer.filter(good), "user_agent": agent.filter(good)}
    for matches in found:
        kept = matches.filter(good)
        told |= {field.name: pc.struct_field(kept, field.name) for field in matches.type}
    return usual, told


def _any_form(lines: pa.Array) -> tuple[dict[str, pa.Array], npt.NDArray[np.bool_]]:
    """The parts of every other line, null where it is of no form, and which lines are of one."""
    found = pc.extract_regex(lines, pattern=LOG_FORM)
    matched = pc.is_valid(found)
    nothing = pa.scalar(None, pa.string())
    parts = {
        name: pc.if_else(matched, pc.struct_field(found, name), nothing)
        for name in LOG_COLUMNS[:-1]
    }
    return parts, matched.to_numpy(zero_copy_only=False)


def is_access_log(text: str) -> bool:
    """Whether most of the first lines are of the combined or the common form."""
    lines = [line for line in text.split("\n")[:100] if line.strip()]
    if len(lines) > 1:
        lines = lines[:-1]  # the sample may end within one
    form = re.compile(LOG_FORM)
    return bool(lines) and sum(bool(form.match(line)) for line in lines) > 0.8 * len(lines)


def text_table(origin: Origin, encoding: str, *, table: str | None) -> LinesTable:
    columns = (Column(LINE, ColumnType.TEXT),)
    return LinesTable(Dataset(origin.name, table, TEXT_FORMAT, columns), origin, encoding)


def log_table(origin: Origin, encoding: str, *, table: str | None) -> LinesTable:
    columns = tuple(Column(n, _LOG_TYPES.get(n, ColumnType.TEXT)) for n in LOG_COLUMNS)
    return LinesTable(Dataset(origin.name, table, LOG_FORMAT, columns), origin, encoding)
