"""Writing each format so that the same rows give the same bytes on any day."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

#: No clock may get into a file; this is the earliest that zip can say.
_ZIP_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_ALPHABET: Final = np.frombuffer(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", dtype="S1"
)


def tokens(rng: np.random.Generator, size: int, length: int, prefix: str = "") -> list[str]:
    """``size`` random identifiers such as services give their objects."""
    letters = _ALPHABET[rng.integers(0, len(_ALPHABET), (size, length))]
    return [prefix + word.decode() for word in letters.reshape(-1).view(f"S{length}").tolist()]


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], *,
    delimiter: str = ",", encoding: str = "utf-8",
) -> None:  # fmt: skip
    """A CSV as spreadsheets and services write it: CRLF, quotes where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)


def write_csv_gz(path: Path, table: pa.Table) -> None:
    """A gzipped CSV of a table; its header keeps neither name nor time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=4) as file,
    ):
        pa_csv.write_csv(table, file, pa_csv.WriteOptions(quoting_style="needed"))


def write_zip_of_csv(
    path: Path, members: dict[str, tuple[Sequence[str], list[Sequence[Any]]]]
) -> None:
    """A zip of CSV files, by name: header and rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (header, rows) in members.items():
            text = io.StringIO(newline="")
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
            archive.writestr(_member(name), text.getvalue().encode("utf-8"), compresslevel=6)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def write_lines(
    path: Path, lines: Iterable[str], *, first: str = "", between: str = "\n", last: str = "\n"
) -> int:
    """Text lines; ``first``, ``between`` and ``last`` make a JSON array of them where wanted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(first)
        for line in lines:
            file.write(line if count == 0 else between + line)
            count += 1
        file.write(last)
    return count


def write_parquet(path: Path, table: pa.Table) -> None:
    """One Parquet file, zstd, in row groups that a scan can take one at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", compression_level=3, row_group_size=131_072)


class SqliteFile:
    """A new SQLite database, filled table by table in one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a table of ``columns`` (``name TYPE …`` each) and put ``rows`` into it."""
        self._connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)

    def close(self) -> None:
        self._connection.commit()
        with closing(self._connection):
            pass


def strings(values: npt.NDArray[np.object_] | Sequence[Any]) -> pa.Array:
    """Text or None, as Arrow strings."""
    return pa.array(values, pa.string())


def moments(values: npt.NDArray[np.int64]) -> pa.Array:
    """Seconds since 1970 as Arrow text ``2026-11-20 08:15:00``; null where negative."""
    texts = np.datetime_as_string(values.astype("datetime64[s]"), unit="s")
    plain = np.char.replace(texts, "T", " ")
    return pa.array(plain.tolist(), pa.string(), mask=values < 0)
