"""A release as files to take away, each with its notes and both errors. No Streamlit here."""

from __future__ import annotations

import csv
import io

from vitrail.model import Release
from vitrail.ui.question_sql import as_sql

_COLUMNS = "± privacy: what was added; ± total: privacy and chance (95 %); empty: hidden"


def release_csv(release: Release) -> str:
    """The release as CSV with its notes on top, each on a line that begins with ``#``."""
    out = io.StringIO()
    out.write(f"# Vitrail release {release.id}, epoch {release.epoch}\n")
    out.write(f"# {_COLUMNS}\n")
    for note in release.notes:
        out.write(f"# {note}\n")
    table = release.to_arrow()
    writer = csv.writer(out)
    writer.writerow(table.column_names)
    columns = [column.to_pylist() for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
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
