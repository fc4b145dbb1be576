"""Cells with slices replaced: all at once where a cell is plain text, else one by one.

A cell is not plain where a slice of it may be within something that must stay what it is: a JSON
text, a link, an escape. Those go through :mod:`~vitrail.redaction.splicing`, each once where they
repeat.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.exports.copies.changes import Index
from vitrail.exports.copies.splices import data, offsets_of, replaced, slices
from vitrail.redaction.spans import Spans, lengths_of
from vitrail.redaction.splicing import Replace, Span, splice
from vitrail.redaction.words import Words

_JSON: Final = r"^\s*[{\[]"
_ENCLOSED: Final = r"%|:/|="


def replace_in(texts: pa.Array, found: Spans, words: Words, put: Replace) -> pa.Array:
    """``texts`` (``large_string``) with the slices replaced; each text has one at least.

    ``words`` makes what stands for many values at once, ``put`` for one; they agree.
    """
    plain = _plain(texts, found)
    if plain.all():
        return _at_once(texts, found, words)
    new = _spread(texts, found, plain, words, put)
    order = np.argsort(np.concatenate([np.flatnonzero(plain), np.flatnonzero(~plain)]))
    return new.take(pa.array(order))


def _spread(
    texts: pa.Array, found: Spans, plain: npt.NDArray[np.bool_], words: Words, put: Replace
) -> pa.Array:
    """The plain ones, then the others."""
    parts = []
    for chosen, way in ((plain, _at_once), (~plain, None)):
        places = np.flatnonzero(chosen)
        some = texts.take(pa.array(places))
        here = found.where(chosen[found.cell])
        moved = np.cumsum(chosen) - 1
        here = Spans(moved[here.cell], here.start, here.end, here.kind, here.print)
        parts.append(_one_by_one(some, here, put) if way is None else way(some, here, words))
    return pa.concat_arrays(parts)


def _plain(texts: pa.Array, found: Spans) -> npt.NDArray[np.bool_]:
    """Which cells are plain text with slices apart from each other, or one slice as a whole."""
    plain = ~_matches(texts, _JSON)
    enclosed = _matches(texts, _ENCLOSED)
    if enclosed.any():
        whole = np.zeros(len(texts), bool)
        lengths = lengths_of(texts)
        whole[found.cell] = (found.start == 0) & (found.end == lengths[found.cell])
        plain &= ~enclosed | whole
    same = np.diff(found.cell) == 0
    overlaps = same & (found.start[1:] < found.end[:-1])
    plain[found.cell[1:][overlaps]] = False
    return plain


def _matches(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.match_substring_regex(texts, pattern)).astype(bool)


def _at_once(texts: pa.Array, found: Spans, words: Words) -> pa.Array:
    starts, ends = _in_bytes(texts, found)
    buffer = data(texts)
    values = slices(buffer, starts, ends).cast(pa.large_string())
    put = words.texts(found.kind, found.print, values)
    new = replaced(buffer, starts, ends, put)
    sizes = np.diff(offsets_of(texts))
    grown = np.asarray(pc.binary_length(put)).astype(np.int64) - (ends - starts)
    sizes += np.bincount(found.cell, grown, len(texts)).astype(np.int64)
    offsets = np.append(0, np.cumsum(sizes))
    return pa.Array.from_buffers(
        pa.large_string(), len(texts), [None, pa.py_buffer(offsets), pa.py_buffer(new)]
    )


def _in_bytes(texts: pa.Array, found: Spans) -> tuple[Index, Index]:
    """The slices' places in the texts' bytes laid end to end."""
    offsets = offsets_of(texts)
    begin = (offsets - offsets[0])[found.cell]
    letters = np.frombuffer(data(texts), np.uint8)
    if letters.size == 0 or letters.max() < 0x80:
        return begin + found.start, begin + found.end
    firsts = np.flatnonzero((letters & 0xC0) != 0x80)
    before = np.searchsorted(firsts, begin)
    firsts = np.append(firsts, letters.size)
    return firsts[before + found.start], firsts[before + found.end]


def _one_by_one(texts: pa.Array, found: Spans, put: Replace) -> pa.Array:
    kinds, prints = found.kind.to_pylist(), found.print.to_pylist()
    first = np.searchsorted(found.cell, np.arange(len(texts) + 1)).tolist()
    starts, ends = found.start.tolist(), found.end.tolist()
    new = []
    for cell, text in enumerate(texts.to_pylist()):
        which = range(first[cell], first[cell + 1])
        spans = [Span(starts[i], ends[i], kinds[i], prints[i]) for i in which]
        new.append(splice(text, spans, put))
    return pa.array(new, pa.large_string())
