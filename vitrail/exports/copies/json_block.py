"""Some records of JSON with their leaves changed and their keys renamed, a column at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.exports.copies.changes import Cells, Index, Window
from vitrail.exports.copies.json_shapes import Shapes
from vitrail.exports.copies.json_tokens import Tokens
from vitrail.exports.copies.splices import replaced, slices

_BINARY: Final = pa.large_binary()
_TEXT: Final = pa.large_string()
#: What a JSON string may not hold as it is, and what one of ASCII alone may not.
_ESCAPED: Final = r'["\\\x00-\x1f]'
_NOT_PLAIN: Final = r"[^\x00-\x7f]"

_Edit = tuple[Index, pa.Array]  # tokens in order, and what stands there instead


@dataclass(frozen=True, slots=True)
class _Leaves:
    """Leaves of one column: the record and the token of each, and its path."""

    records: Index
    tokens: Index
    paths: pa.Array | None


class Block:
    """``text``: some records, each from one of ``starts`` to its place in ``stops``."""

    def __init__(
        self, text: bytes, tokens: Tokens, starts: Index, stops: Index, shapes: Shapes, line: int
    ) -> None:
        self._text, self._tokens = text, tokens
        self._leaves, self._keys = (np.flatnonzero(m) for m in (~tokens.is_key, tokens.is_key))
        begun = [tokens.starts[some] for some in (self._leaves, self._keys)]
        self._first_leaf, self._first_key = (np.searchsorted(some, starts) for some in begun)
        codes, texts = self._skeletons(starts, stops)
        self._records = _grouped(codes, len(texts))
        self._shapes = shapes.learn(texts, line)

    def changed(self, first_row: int, window: Window | None) -> bytes:
        """The text as it is in the copy; without a ``window`` keys alone are others."""
        edits = list(self._renamed())
        if window is not None:
            for column in dict.fromkeys(c for shape in self._shapes for c in shape.columns):
                rows = window.rows(column)
                if len(rows):
                    found = self._column(column, rows - first_row)
                    edits += self._edits(column, found, first_row, window)
        if not edits:
            return self._text
        tokens = np.concatenate([edit[0] for edit in edits])
        new = pa.concat_arrays([edit[1] for edit in edits])
        order = np.argsort(tokens, kind="stable")
        at = tokens[order]
        starts, ends = self._tokens.starts[at], self._tokens.ends[at]
        return replaced(self._text, starts, ends, new.take(pa.array(order)))

    def _skeletons(self, starts: Index, stops: Index) -> tuple[Index, list[bytes]]:
        """Of each record its shape's number, and the shapes: records with ``0`` for each leaf."""
        begin, end = self._tokens.starts[self._leaves], self._tokens.ends[self._leaves]
        zeros = pa.repeat(pa.scalar(b"0", _BINARY), len(begin))
        bare = replaced(self._text, begin, end, zeros)
        shorter = np.append(0, np.cumsum(end - begin - 1))
        last_leaf = np.searchsorted(begin, stops)
        found = slices(bare, starts - shorter[self._first_leaf], stops - shorter[last_leaf])
        encoded = found.dictionary_encode()
        return encoded.indices.to_numpy(), encoded.dictionary.to_pylist()

    def _renamed(self) -> Iterator[_Edit]:
        for shape, records in zip(self._shapes, self._records, strict=True):
            for key, name in shape.renamed.items():
                tokens = self._keys[self._first_key[records] + key]
                new = pa.scalar(json.dumps(name).encode(), _BINARY)
                yield tokens, pa.repeat(new, len(tokens))

    def _column(self, column: str, wanted: Index) -> _Leaves:
        """A column's leaves in the records that are wanted."""
        is_wanted = np.zeros(len(self._first_leaf), bool)
        is_wanted[wanted] = True
        records, tokens, paths = [], [], []
        for shape, members in zip(self._shapes, self._records, strict=True):
            inside = shape.columns.get(column)
            if inside is None:
                continue
            chosen = members[is_wanted[members]]
            if not len(chosen):
                continue
            numbers = np.array([number for number, _ in inside])
            records.append(np.repeat(chosen, len(numbers)))
            tokens.append((self._first_leaf[chosen][:, None] + numbers).ravel())
            paths.append(
                np.tile(np.array([path for _, path in inside], np.int64), (len(chosen), 1))
            )
        if not records:
            nothing = np.empty(0, np.int64)
            return _Leaves(nothing, nothing, None)
        token = self._leaves[np.concatenate(tokens)]
        order = np.argsort(token)
        return _Leaves(
            np.concatenate(records)[order], token[order], _lists(np.concatenate(paths)[order])
        )

    def _edits(
        self, column: str, found: _Leaves, first_row: int, window: Window
    ) -> Iterator[_Edit]:
        if not len(found.tokens):
            return
        written = slices(
            self._text, self._tokens.starts[found.tokens], self._tokens.ends[found.tokens]
        )
        for pattern, of_texts in (('^"', True), ("^[-0-9]", False)):
            chosen = np.flatnonzero(np.asarray(pc.match_substring_regex(written, pattern)))
            if not len(chosen):
                continue
            at = pa.array(chosen)
            here = written.take(at)
            texts = _said(here) if of_texts else here.cast(_TEXT)
            paths = None if found.paths is None else found.paths.take(at)
            cells = Cells(first_row + found.records[chosen], texts, paths)
            if of_texts:
                new = window.texts(column, cells)
                values = _quoted(new.values, here.take(pa.array(new.places)))
            else:
                new = window.integers(column, cells)
                values = pc.fill_null(new.values.cast(_TEXT), "null").cast(_BINARY)
            yield found.tokens[chosen[new.places]], values


def _grouped(codes: Index, count: int) -> list[Index]:
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.searchsorted(codes[order], np.arange(1, count)))


def _lists(paths: Index) -> pa.Array | None:
    """Paths, a row each, as a list array; None where they have no level."""
    depth = paths.shape[1]
    if not depth:
        return None
    offsets = pa.array(np.arange(0, paths.size + 1, depth, dtype=np.int32))
    return pa.ListArray.from_arrays(offsets, pa.array(paths.ravel(), pa.int32()))


def _said(tokens: pa.Array) -> pa.Array:
    """What JSON strings say; half a surrogate pair as the sign for what is lost."""
    inner = pc.binary_slice(tokens, 1, -1)
    escaped = pc.match_substring(inner, b"\\")
    if not pc.any(escaped).as_py():
        return inner.cast(_TEXT)
    said = [
        json.loads(token).encode("utf-8", "replace") for token in tokens.filter(escaped).to_pylist()
    ]
    return pc.replace_with_mask(inner, escaped, pa.array(said, _BINARY)).cast(_TEXT)


def _quoted(texts: pa.Array, tokens: pa.Array) -> pa.Array:
    """Texts as JSON strings, with escapes for all but ASCII where ``tokens`` are of ASCII."""
    ascii_alone = pc.invert(pc.match_substring_regex(tokens.cast(_TEXT), _NOT_PLAIN))
    odd = pc.match_substring_regex(texts, _NOT_PLAIN)
    escaped = pc.or_(pc.match_substring_regex(texts, _ESCAPED), pc.and_(ascii_alone, odd))
    mark = pa.scalar('"', _TEXT)
    new = pc.binary_join_element_wise(mark, texts, mark, pa.scalar("", _TEXT)).cast(_BINARY)
    if not pc.any(escaped).as_py():
        return new
    pairs = zip(
        texts.filter(escaped).to_pylist(), ascii_alone.filter(escaped).to_pylist(), strict=True
    )
    dumped = [json.dumps(text, ensure_ascii=plain).encode() for text, plain in pairs]
    return pc.replace_with_mask(new, escaped, pa.array(dumped, _BINARY))
