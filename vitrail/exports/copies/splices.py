"""Slices of a buffer taken, or replaced, all at once: no Python runs for any of them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Index = npt.NDArray[np.int64]

_BINARY: Final = pa.large_binary()


def slices(text: bytes | pa.Buffer, starts: Index, ends: Index) -> pa.Array:
    """``text[start:end]`` for each of some slices, in order and apart, as ``large_binary``."""
    return _pieces(pa.py_buffer(text), starts, ends).take(pa.array(np.arange(len(starts)) * 2))


def replaced(text: bytes | pa.Buffer, starts: Index, ends: Index, new: pa.Array) -> bytes:
    """``text`` with each of some slices, in order and apart, replaced by its ``new``."""
    buffer = pa.py_buffer(text)
    if not len(starts):
        return bytes(buffer)
    kept = slices(buffer, np.append(0, ends), np.append(starts, buffer.size))
    put = pa.concat_arrays([new.cast(_BINARY), pa.array([b""], _BINARY)])
    joined = pc.binary_join_element_wise(kept, put, pa.scalar(b"", _BINARY))
    whole: bytes = data(joined).to_pybytes()
    return whole


def data(values: pa.Array) -> pa.Buffer:
    """The bytes of all values of a ``large_binary`` or ``large_string``, end to end."""
    offsets = offsets_of(values)
    whole = values.buffers()[2]
    if whole is None:
        return pa.py_buffer(b"")
    return whole.slice(int(offsets[0]), int(offsets[-1] - offsets[0]))


def offsets_of(values: pa.Array) -> Index:
    """Where each value of a ``large_binary`` or ``large_string`` begins in its buffer, and where
    the last one ends."""
    raw = np.frombuffer(values.buffers()[1], np.int64)
    return raw[values.offset : values.offset + len(values) + 1]


def _pieces(buffer: pa.Buffer, starts: Index, ends: Index) -> pa.Array:
    """Each slice, and between two of them what separates them."""
    cuts = np.stack([starts, ends], axis=1).astype(np.int64).ravel()
    if not len(cuts):
        return pa.array([], _BINARY)
    return pa.Array.from_buffers(_BINARY, len(cuts) - 1, [None, pa.py_buffer(cuts), buffer])
