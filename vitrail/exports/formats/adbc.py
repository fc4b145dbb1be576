"""What SQLite and PostgreSQL give through ADBC, as Arrow."""

from __future__ import annotations

from typing import Any

import pyarrow as pa


def stream(cursor: Any, query: str) -> pa.RecordBatchReader:
    """The rows of a query; raises ``adbc_driver_manager.Error``.

    Not by the cursor's own ``execute``: as long as that runs, the driver manager takes Ctrl-C
    from Python and raises an error of the database in its place, or nothing at all.
    """
    statement = cursor.adbc_statement
    statement.set_sql_query(query)
    handle, _ = statement.execute_query()
    return pa.RecordBatchReader.from_stream(handle)
