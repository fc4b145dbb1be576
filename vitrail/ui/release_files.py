"""A release as files to take away, each with its notes and both errors. No Streamlit here."""

from __future__ import annotations

import csv
import io

from vitrail.model import Release
from vitrail.report.formulas import defused
from vitrail.report.question_sql import as_sql

_COLUMNS = "± privacy: what was added; ± total: privacy and chance (95 %); empty: hidden"


def file_stem(*words: str) -> str:
    """What a download is called, without its ending; values may hold what no name should."""
    joined = "-".join(("vitrail", *words)).lower()
    return "".join(c if c.isalnum() or c in "-_." else "-" for c in joined)[:128]


def release_csv(release: Release) -> str:
    """The release as CSV with its notes on top, each on a line that begins with ``#``."""
    out = io.StringIO()
    span = release.span or release.query.span
    days = f", {span.first} to {span.last}" if span else ""
    where = "".join(f", {name} = {value}" for name, value in release.query.filters)
    about = f"Vitrail release {release.id}, epoch {release.epoch}{days}{where}"
    for line in (about, _COLUMNS, *release.notes):
        out.write(f"# {' '.join(line.split())}\n")
    table = release.to_arrow()
    writer = csv.writer(out)
    writer.writerow(map(defused, table.column_names))
    columns = [column.to_pylist() for column in table.columns]
    writer.writerows([defused(cell) for cell in row] for row in zip(*columns, strict=True))
    return out.getvalue()


def release_parquet(release: Release) -> bytes:
    """The release as Parquet; its schema's metadata holds the question and the notes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    said = {
        "vitrail.release": release.id,
        "vitrail.epoch": release.epoch,
        "vitrail.question": as_sql(release.query),
        "vitrail.columns": _COLUMNS,
        "vitrail.notes": "\n".join(release.notes),
    }
    sink = pa.BufferOutputStream()
    pq.write_table(release.to_arrow().replace_schema_metadata(said), sink)
    return bytes(sink.getvalue().to_pybytes())
