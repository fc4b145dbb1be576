"""CSV, TSV and their kin: any delimiter, quote and encoding, packed or plain."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.csv

from vitrail.errors import InputUnreadable
from vitrail.exports.formats.dialect import Dialect, Sniffed, sniff, unique_names
from vitrail.exports.formats.flattening import check_cells, too_long
from vitrail.exports.formats.loading import load, quote_literal
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.ragged import NO_DELIMITER, Ragged
from vitrail.exports.formats.table import Table
from vitrail.exports.formats.text import Utf8Stream
from vitrail.exports.reader import TARGET_BYTES, Batch
from vitrail.model import Column, ColumnType, Dataset

FORMAT: Final = "csv"
#: From this size on DuckDB reads the file in place; smaller ones are loaded.
_IN_PLACE: Final = 64 << 20
#: Up to this size a bad row's line is looked for, which takes a slow second reading.
_FIND_LINE: Final = 256 << 20
#: How many times as large the next block to read by is, where a row is longer than the last.
_LARGER: Final = 8
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", None: "none"}


@dataclass(frozen=True, slots=True)
class _Attempt:
    """How the text is read: in blocks of so many bytes, each held whole and each at least as long
    as a row; and with threads, which are faster but do not tell a bad row's number."""

    block: int
    threads: bool = True

    def with_block(self, most: int) -> _Attempt:
        """The next larger block."""
        return replace(self, block=min(_LARGER * self.block, most))


class _Again(Exception):
    """The text is to be read again from its start; what was given is not given twice."""

    def __init__(self, attempt: _Attempt) -> None:
        super().__init__()
        self.attempt = attempt


@dataclass(frozen=True, slots=True)
class DelimitedTable(Table):
    """``names``: the columns in the file's order, each unique."""

    dataset: Dataset
    origin: Origin
    encoding: str
    dialect: Dialect
    names: tuple[str, ...]

    @property
    def details(self) -> Mapping[str, str]:
        delimiter = self.dialect.delimiter
        return {
            "encoding": self.encoding,
            "delimiter": _NAMES.get(delimiter, repr(delimiter)),
            "header": "yes" if self.dialect.header else "no",
        }

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,
        start_row: int = 0,
    ) -> Iterator[Batch]:
        wanted = frozenset(self.names if columns is None else columns)
        ragged = Ragged(self.dialect, self.names)
        row = done = 0
        for table, consumed in self._tables(columns, target_bytes, ragged):
            taken, done = max(0, consumed - done), consumed
            batch = ragged.batch(table, row, start_row, wanted)
            whole, row = batch.first_row + batch.rows - row, batch.first_row + batch.rows
            if batch.rows:
                for chunk in batch.chunks:
                    check_cells(chunk.column, chunk.values, self.origin)
                yield replace(batch, bytes=round(taken * batch.rows / whole))

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        return (self._in_place() and self._direct(connection)) or load(connection, self)

    def _direct(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation | None:
        """DuckDB's own reading; None where it dislikes anything, which the loader tells better."""
        relation = connection.sql(self._read_csv())
        try:
            relation.aggregate("count(*)").fetchall()
        except duckdb.InterruptException:
            raise  # someone's wish, not the export's fault
        except Exception:
            return None
        return relation

    def _in_place(self) -> bool:
        return (
            self.origin.stored >= _IN_PLACE
            and self.origin.member is None
            and self.origin.codec in {None, "gzip", "zstd"}
            and self.encoding == "utf-8"
            and self.dialect.delimiter is not None
            and not self.dialect.skip
            and not any("\n" in name or "\r" in name for name in self.names)
        )

    def _read_csv(self) -> str:
        dialect, limit = self.dialect, self.origin.options.max_cell + (1 << 20)
        columns = ", ".join(f"{quote_literal(n)}: 'VARCHAR'" for n in self.names)
        escape = dialect.escape or dialect.quote or ""
        return f"""SELECT *, row_number() OVER () - 1 AS _row FROM read_csv(
            {quote_literal(str(self.origin.local()))}, auto_detect = false,
            columns = {{{columns}}}, header = {str(dialect.header).lower()},
            delim = {quote_literal(dialect.delimiter or "")},
            quote = {quote_literal(dialect.quote or "")}, escape = {quote_literal(escape)},
            compression = {quote_literal(self.origin.codec or "none")}, strict_mode = true,
            null_padding = false, max_line_size = {limit}, buffer_size = {2 * limit})"""

    def _tables(
        self, columns: Sequence[str] | None, target_bytes: int, ragged: Ragged
    ) -> Iterator[tuple[pa.RecordBatch, int]]:
        """Record batches with the bytes consumed by then; the last one alone may have no rows.

        What an attempt could not read for its blocks or threads is read again by another.
        """
        given, attempt = 0, _Attempt(target_bytes)
        while True:
            with Utf8Stream(self.origin, self.encoding, whole_lines=True, mend=True) as stream:
                before = 0
                last: pa.RecordBatch | None = None
                try:
                    parsed = self._parse(stream, columns, attempt, ragged)
                    for block, batch in enumerate(parsed):
                        if last is not None and last.num_rows:
                            yield last, stream.consumed_for(block * attempt.block)
                            given = before
                        last = batch.slice(max(0, given - before))
                        before += batch.num_rows
                except _Again as again:
                    attempt = again.attempt
                    continue
                if last is not None:
                    is_open = self._is_open(last, stream)
                    yield last.slice(0, last.num_rows - is_open), stream.consumed
                    if is_open:
                        self._take_open(last, before + ragged.count, ragged)
                if ragged.count:
                    yield self._no_rows(), stream.consumed
                if told := self._told(ragged, stream):
                    raise told
                return

    def _no_rows(self) -> pa.RecordBatch:
        nothing = pa.array([], pa.string())
        return pa.RecordBatch.from_arrays([nothing] * len(self.names), names=list(self.names))

    def _take_open(self, last: pa.RecordBatch, number: int, ragged: Ragged) -> None:
        """Give up a last row that a quote never closed has made of many lines."""
        row = last.slice(last.num_rows - 1).to_pylist()[0]
        text = (self.dialect.delimiter or NO_DELIMITER).join(cell or "" for cell in row.values())
        ragged.take_open(number + int(self.dialect.header), text)

    def _parse(
        self,
        stream: Utf8Stream,
        columns: Sequence[str] | None,
        attempt: _Attempt,
        ragged: Ragged,
    ) -> Iterator[pa.RecordBatch]:
        options = self._options(columns, attempt, ragged)
        ragged.begin(threads=attempt.threads)
        try:
            with pa.csv.open_csv(pa.PythonFile(stream, mode="r"), *options) as reader:
                yield from reader
        except pa.ArrowInvalid as error:
            if attempt.threads and ragged.met:
                raise _Again(replace(attempt, threads=False)) from None
            if "straddl" in str(error) and attempt.block < self._most:
                raise _Again(attempt.with_block(self._most)) from None
            if stream.failure is not None or "Empty CSV" in str(error):
                return
            raise self._failure(error) from None

    @property
    def _most(self) -> int:
        """The largest block: a row must fit into it, which bounds the memory a cell can take."""
        return 2 * self.origin.options.max_cell

    def _options(
        self, columns: Sequence[str] | None, attempt: _Attempt, ragged: Ragged
    ) -> tuple[pa.csv.ReadOptions, pa.csv.ParseOptions, pa.csv.ConvertOptions]:
        dialect, wanted = self.dialect, None if columns is None else set(columns)
        read = pa.csv.ReadOptions(
            use_threads=attempt.threads,
            block_size=attempt.block,
            column_names=list(self.names),
            skip_rows=dialect.skip,
            skip_rows_after_names=int(dialect.header),
        )
        parse = pa.csv.ParseOptions(
            delimiter=dialect.delimiter or NO_DELIMITER,
            quote_char=dialect.quote or False,
            double_quote=dialect.escape is None,
            escape_char=dialect.escape or False,
            newlines_in_values=True,
            ignore_empty_lines=True,
            invalid_row_handler=ragged,
        )
        convert = pa.csv.ConvertOptions(
            column_types=dict.fromkeys(self.names, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
            include_columns=[
                n for n in self.names if wanted is None or n in wanted or n == self.names[-1]
            ],
            check_utf8=False,  # the stream decoded every byte
        )
        return read, parse, convert

    def _is_open(self, last: pa.RecordBatch, stream: Utf8Stream) -> bool:
        """Whether the text ends inside a quoted cell, which has swallowed the lines after it."""
        if not last.num_rows or stream.quotes % 2 == 0 or self.dialect.quote != '"':
            return False
        cell = last.column(self.names[-1])[last.num_rows - 1].as_py()
        return self.dialect.escape is None and "\n" in (cell or "")

    def _failure(self, error: pa.ArrowInvalid) -> InputUnreadable:
        if "straddl" in str(error):
            return too_long("(or a quote that is never closed, which makes one)", self.origin)
        return self.origin.unreadable(
            "is not delimited text that can be read to its end.",
            "Export it again as CSV in UTF-8 with a header row.",
        )

    def _told(self, ragged: Ragged, stream: Utf8Stream) -> InputUnreadable | None:
        """What is to be said of the text at its end; None where all of it was as it should be."""
        if stream.failure is not None:
            return stream.failure
        said = [ragged.told(self._lines_of(ragged))] if ragged.count else []
        said += [stream.mended] if stream.mended else []
        if not said:
            return None
        reason = "; it ".join(what for what, _ in said)
        return self.origin.partly_read(f"{reason}. All other rows were read.", said[0][1])

    def _lines_of(self, ragged: Ragged) -> dict[int, int]:
        """The lines on which bad rows begin, by the rows' numbers; none of a very large file."""
        wanted = {row.number for row in ragged.first}
        dialect, found = self.dialect, dict[int, int]()
        if self.origin.stored > _FIND_LINE or dialect.delimiter is None:
            return found
        previous = csv.field_size_limit(self.origin.options.max_cell)
        with Utf8Stream(self.origin, self.encoding, mend=True) as stream:
            text = io.TextIOWrapper(io.BufferedReader(stream), "utf-8", newline="")
            reader = csv.reader(
                text, delimiter=dialect.delimiter, quotechar=dialect.quote,
                doublequote=dialect.escape is None, escapechar=dialect.escape,
            )  # fmt: skip
            seen, start = -dialect.skip, 1
            try:
                for fields in reader:
                    seen += bool(fields)
                    if fields and seen in wanted:
                        found[seen] = start
                        if len(found) == len(wanted):
                            break
                    start = reader.line_num + 1
            except (csv.Error, InputUnreadable):
                pass
            finally:
                csv.field_size_limit(previous)
        return found


def tables(origin: Origin, encoding: str, *, table: str | None) -> tuple[DelimitedTable, ...]:
    """The one table of a delimited text; none where the text is empty."""
    sniffed = look(origin, encoding)
    return (of(origin, encoding, sniffed, table=table),)


def look(origin: Origin, encoding: str) -> Sniffed:
    """The dialect, from the first lines."""
    with Utf8Stream(origin, encoding, mend=True) as stream:
        data = b""
        while len(data) < origin.options.sample // 4 and (block := stream.read(1 << 16)):
            data += block
        whole = not stream.read(1)
    return sniff(data.decode("utf-8", "ignore"), whole=whole)


def of(origin: Origin, encoding: str, sniffed: Sniffed, *, table: str | None) -> DelimitedTable:
    """A table with the given dialect; raises where a delimiter was swallowed."""
    if sniffed.swallowed is not None:
        name = _NAMES.get(sniffed.swallowed, repr(sniffed.swallowed))
        raise origin.unreadable(
            f"has one column in its header but rows with a {name} between fields; read so, "
            "a whole row would be taken for one cell.",
            "Give the header the same delimiter as the rows.",
        )
    width = len(sniffed.names)
    raw = sniffed.names if sniffed.dialect.header else ("",) * width
    names = unique_names(raw)
    columns = tuple(Column(name, ColumnType.TEXT) for name in names)
    dataset = Dataset(origin.name, table, FORMAT, columns)
    return DelimitedTable(dataset, origin, encoding, sniffed.dialect, names)
