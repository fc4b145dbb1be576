"""JSON and NDJSON: records of any nesting, each leaf a column of text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import duckdb
import pyarrow as pa

from vitrail.exports.engine import connect
from vitrail.exports.formats import json_leaves as leaves
from vitrail.exports.formats import json_structure as structures
from vitrail.exports.formats.json_outline import outline
from vitrail.exports.formats.json_records import (
    Records,
    Shape,
    not_json,
    records,
)
from vitrail.exports.formats.loading import (
    all_but_row,
    is_loaded,
    let_go,
    load_batches,
    loaded,
    loaded_name,
    place,
    quote_literal,
)
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.table import Table
from vitrail.exports.reader import TARGET_BYTES, Batch
from vitrail.model import Column, Dataset

FORMAT: Final = "json"
#: Endings that promise a record a line, though there be one line only.
_LINES: Final = (".ndjson", ".jsonl", ".ldjson")
#: What a document's own fields are called beside its arrays of records.
DOCUMENT: Final = "document"


@dataclass(frozen=True, slots=True)
class JsonTable(Table):
    """``start``: of an array, the byte behind its bracket. ``share`` of the file's size."""

    dataset: Dataset
    origin: Origin
    encoding: str
    shape: Shape
    start: int = 0
    share: float = 1.0

    @property
    def size(self) -> int:
        return int(self.origin.size * self.share)

    @property
    def details(self) -> Mapping[str, str]:
        return {"encoding": self.encoding, "shape": self.shape.value}

    def batches(
        self,
        *,
        columns: Sequence[str] | None = None,
        target_bytes: int = TARGET_BYTES,  # noqa: ARG002 - blocks of 8 MiB keep memory flat
        start_row: int = 0,
    ) -> Iterator[Batch]:
        row = 0
        with connect(threads=2) as connection:
            for found, failure in self._checked(connection):
                skip = min(max(0, start_row - row), len(found.text))
                fresh = found.text.slice(skip)
                size = round(found.bytes * len(fresh) / max(1, len(found.text)))
                kept = Records(fresh, found.line, size)
                row += skip
                if len(kept.text):
                    chunks = tuple(leaves.chunks(connection, kept, row, self.origin, columns))
                    yield Batch(row, len(kept.text), int(kept.bytes * self.share), chunks)
                row += len(kept.text)
                if failure is not None:
                    raise failure

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        name = loaded_name(self)
        if not is_loaded(connection, name):
            self._load(connection, name)
        return loaded(connection, name)

    def _load(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Records as text first, then with the structure that holds them all."""
        schema = pa.schema([("r", pa.string())])
        text = place(connection, f"{name}_text")
        try:
            load_batches(connection, f"{name}_text", schema, self._texts())
            kinds = connection.execute(
                f"SELECT DISTINCT json_structure(r::JSON)::VARCHAR FROM {text}"
            ).fetchall()
            structure = structures.as_texts(structures.merged(kind for (kind,) in kinds))
            if not isinstance(structure, dict) or not structure:
                structure = {structures.VALUE: "VARCHAR"}
                record = "json_object('value', r->>'$')"
            else:
                record = "r"
            wanted = quote_literal(json.dumps(structure, ensure_ascii=False))
            columns = all_but_row(structure).replace("*", "* EXCLUDE (_position)", 1)
            connection.execute(
                f"CREATE TABLE {place(connection, name)} AS SELECT {columns}, _position AS _row "
                f"FROM (SELECT unnest(from_json({record}, {wanted})), _row AS _position "
                f"FROM {text})"
            )
        except duckdb.InterruptException:
            raise  # someone's wish, not the export's fault
        except duckdb.Error:
            raise self.origin.unreadable(
                "has keys that SQL cannot tell apart, such as Email beside email.",
                "Export it with one way of writing its keys; it can be scanned as it is.",
            ) from None
        finally:
            let_go(connection, f"{name}_text")

    def _texts(self) -> Iterator[pa.RecordBatch]:
        with connect(threads=2) as connection:
            for found, failure in self._checked(connection):
                text = leaves.repaired(connection, found.text)
                yield pa.RecordBatch.from_arrays([text], names=["r"])
                if failure is not None:
                    raise failure

    def _checked(
        self, connection: duckdb.DuckDBPyConnection
    ) -> Iterator[tuple[Records, Exception | None]]:
        """The records up to the first that is no JSON, with the error that names its line."""
        for found in self._records():
            good = leaves.valid(connection, found)
            if good == len(found.text):
                yield found, None
                continue
            line = found.line + _lines(found.text, good)
            yield (
                Records(found.text.slice(0, good), found.line, found.bytes),
                not_json(self.origin, line),
            )

    def _records(self) -> Iterator[Records]:
        if self.shape is not Shape.DOCUMENT:
            yield from records(self.origin, self.encoding, self.shape, self.start)
            return
        _, document = outline(self.origin, self.encoding)
        text = json.dumps(document, ensure_ascii=False)
        yield Records(pa.array([text], pa.string()), 1, self.origin.size)


def tables(
    origin: Origin, encoding: str, text: str, *, table: str | None
) -> tuple[JsonTable, ...] | None:
    """The tables of a text that begins as JSON; None where it only looks like it.

    An object with one array of objects gives that array as the file's table, with several each
    under its key. What stands beside them is the table ``document``.
    """
    shape, start = _shape(text, named_lines=origin.plain_name.endswith(_LINES))
    if shape is None:
        return None
    if shape is not Shape.DOCUMENT:
        return (_table(origin, encoding, table, shape, start),)
    members, document = outline(origin, encoding)
    share = 1 / max(1, len(members) + bool(document))
    found = [
        _table(
            origin, encoding, table if len(members) == 1 else _within(table, m.key),
            Shape.MEMBER, m.start, share,
        )
        for m in members
    ]  # fmt: skip
    if document or not members:
        name = _within(table, DOCUMENT) if members else table
        found.append(_table(origin, encoding, name, Shape.DOCUMENT, 0, share))
    return tuple(found)


def _within(table: str | None, key: str) -> str:
    return key if table is None else f"{table}/{key}"


def _table(
    origin: Origin, encoding: str, table: str | None, shape: Shape, start: int, share: float = 1.0
) -> JsonTable:
    bare = JsonTable(Dataset(origin.name, table, FORMAT, ()), origin, encoding, shape, start, share)
    dataset = Dataset(origin.name, table, FORMAT, _columns(bare))
    return JsonTable(dataset, origin, encoding, shape, start, share)


def _columns(table: JsonTable) -> tuple[Column, ...]:
    """The columns of the first records; in the rest of a long file others can turn up."""
    with connect(threads=2) as connection:
        for found in islice(table._records(), 1):
            good = leaves.valid(connection, found)
            if good == 0:
                raise not_json(table.origin, found.line + _lines(found.text, 0))
            return leaves.columns(connection, found.text.slice(0, good), table.origin)
    return ()


def _shape(text: str, named_lines: bool) -> tuple[Shape | None, int]:
    """How the records of a text are enclosed, told from its beginning."""
    body = text.lstrip()
    blank = len(text) - len(body)
    if not body.startswith(("{", "[")):
        return None, 0
    first_line = body.split("\n", 1)[0]
    if _is_json(first_line):
        rest = body[len(first_line) :].strip()
        if rest or named_lines:
            return Shape.LINES, 0
    if body.startswith("["):
        looks = body[1:].lstrip()[:1]
        good = looks in set('{["-]0123456789tfn') and looks != ""
        return (Shape.ARRAY if good and _opens(body) else None), blank + 1
    if not _opens(body):
        return None, 0
    try:
        _, end = json.JSONDecoder().raw_decode(body)
    except (json.JSONDecodeError, RecursionError):
        # Cut off by the sample, or broken in a line that reading will name.
        later = body.find("\n{")
        lines = later > 0 and body[1:later].count("\n") < 1 and '":' in body[later : later + 200]
        return (Shape.LINES if lines else Shape.DOCUMENT), 0
    return (Shape.SEQUENCE if body[end:].strip() else Shape.DOCUMENT), 0


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _opens(body: str) -> bool:
    """Whether what follows the first bracket is JSON rather than a text in brackets."""
    looks = body[1:].lstrip()
    if body.startswith("{"):
        return looks.startswith(('"', "}"))
    if looks.startswith(("{", "[", '"', "]")):
        return True
    decoder = json.JSONDecoder()
    try:
        _, end = decoder.raw_decode(looks)
    except json.JSONDecodeError:
        return False
    return looks[end:].lstrip()[:1] in {",", "]"}


def _lines(text: pa.StringArray, upto: int) -> int:
    """How many line ends come before a record, its own leading ones included."""
    before: int = sum(value.as_py().count("\n") for value in text.slice(0, upto))
    own: str = text[upto].as_py() if upto < len(text) else ""
    return before + own[: len(own) - len(own.lstrip())].count("\n")
