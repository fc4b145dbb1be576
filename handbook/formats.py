"""What is read, what is written, and the columns of the files that other programs take."""

from __future__ import annotations

import inspect
from typing import Literal, get_args, get_origin

import pyarrow as pa

from handbook.commands import commands, parameters
from handbook.tables import code, prose, table
from vitrail.exports.formats import postgres, recognition
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.minors import MINORS_SCHEMA

_SAYS = {
    "dataset": "path relative to the scan's root, or the database's name",
    "table": "table, sheet or member inside it",
    "column": "column; nested: `messages[].body`",
    "path": "the index at each `[]` of the column",
    "row": "position from 0, in the file's order",
    "entity_type": "Presidio's name where it has one, else in the same style",
    "start": "first code point of the cell as exported",
    "end": "the one after the last",
    "score": "0 to 1",
    "recognizer": "who said so",
    "fingerprint": "HMAC-SHA256 of the normal form under the workspace's key, in 32 hex digits",
    "masked": "the value's shape, never the value",
    "level": "certain, likely, possible or was_minor",
    "signal": "the kind of sign",
    "age_low": "the lowest age that it allows, in years",
    "age_high": "the highest",
    "as_of": "the day of that age",
}


def readers() -> dict[str, str]:
    """Each reader with the first paragraph of what it says of itself."""
    told = [one for _, one in inspect.getmembers(recognition, inspect.ismodule)]
    return {
        module.__name__.rpartition(".")[2]: (module.__doc__ or "").partition("\n\n")[0]
        for module in (*told, postgres)
    }


def read() -> str:
    """The formats that are read."""
    return table(("reader", "takes"), ((code(name), prose(doc)) for name, doc in readers().items()))


def written() -> str:
    """Which command writes which formats."""
    return table(
        ("command", "`--format`"),
        (
            (code(name), ", ".join(map(code, get_args(one.type_descriptor.annotation))))
            for name, command in commands().items()
            for one in parameters(command)
            if "--format" in one.opts and get_origin(one.type_descriptor.annotation) is Literal
        ),
    )


def hits() -> str:
    """The columns of ``hits.parquet``."""
    return _columns(HITS_SCHEMA)


def minors() -> str:
    """The columns of ``minors.parquet``."""
    return _columns(MINORS_SCHEMA)


def _columns(schema: pa.Schema) -> str:
    return table(
        ("column", "type", "meaning"),
        (
            (code(one.name), f"{one.type}{', or null' if one.nullable else ''}", _SAYS[one.name])
            for one in schema
        ),
    )
