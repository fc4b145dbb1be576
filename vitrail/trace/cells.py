"""Identifiers in the cells of one column, found in its bytes as they lie end to end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from vitrail.exports.reader import ColumnChunk
from vitrail.trace.finder import Finder
from vitrail.trace.forms import BASE64, PLAIN, Form
from vitrail.trace.judging import is_meant

#: How a hit is told where the identifier is all of the cell, or stands in a text.
CELL: Final = "cell"
TEXT: Final = "text"


@dataclass(frozen=True, slots=True)
class CellHit:
    """An identifier of ``subject`` in one cell. ``start``, ``end``: code points of the cell."""

    subject: int
    column: str
    row: int
    form: Form
    how: str
    start: int
    end: int


def hits_in(chunk: ColumnChunk, first_row: int, finder: Finder) -> Iterator[CellHit]:
    """Each identifier that a cell of the chunk holds, in whatever form, once a cell."""
    values = chunk.values
    if len(values) == 0:
        return
    wide = pa.types.is_large_string(values.type)
    _, offset_buffer, data_buffer = values.buffers()
    if data_buffer is None:
        return
    offsets = np.frombuffer(offset_buffer, np.int64 if wide else np.int32)
    offsets = offsets[values.offset : values.offset + len(values) + 1].astype(np.int64)
    data = np.frombuffer(data_buffer, np.uint8)[int(offsets[0]) : int(offsets[-1])]
    offsets = offsets - offsets[0]
    seen: set[tuple[int, int, str]] = set()
    for sighting in finder.find(data):
        cell = int(np.searchsorted(offsets, sighting.start, side="right")) - 1
        key = (cell, sighting.subject, sighting.form.identifier.text)
        if key in seen or sighting.start + sighting.size > offsets[cell + 1]:
            continue
        text = values[cell].as_py()
        begin = int(offsets[cell])
        start = len(data[begin : sighting.start].tobytes().decode("utf-8", "replace"))
        if text is None or not is_meant(sighting, text, start):
            continue
        seen.add(key)
        row = first_row + cell if chunk.rows is None else int(chunk.rows[cell])
        form = sighting.form
        end = start + len(form.literal)
        yield CellHit(sighting.subject, chunk.column, row, form, _how(form, text), start, end)


def _how(form: Form, text: str) -> str:
    """``cell``, ``text``, ``percent-encoded``, ``base64``, ``MD5`` …"""
    if form.how != PLAIN:
        return form.how if form.how != BASE64 else BASE64
    letters = sum(c.isalnum() for c in text)
    return CELL if letters <= sum(c.isalnum() for c in form.identifier.text) + 3 else TEXT
