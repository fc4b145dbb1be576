"""Delimited text cut into records and fields as Arrow cuts it, each with its place.

By ``regex``, not ``re``, which before Python 3.11.5 matches possessive groups wrongly.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import regex  # type: ignore[import-untyped]

from vitrail.exports.copies.grid import Grid, regular
from vitrail.exports.formats.dialect import Dialect
from vitrail.exports.formats.ragged import NO_DELIMITER

_TEXT: Final = pa.large_string()
_BINARY: Final = pa.large_binary()


class Cutter:
    """Cuts by one dialect. A quote counts where a field begins with it, as for Arrow's parser."""

    def __init__(self, dialect: Dialect) -> None:
        self._quote = (dialect.quote or "").encode()
        self._escape = (dialect.escape or "").encode()
        self._delimiter = (dialect.delimiter or NO_DELIMITER).encode()

    def grid(self, text: bytes, width: int, *, last: bool) -> Grid:
        """The fields of the whole records of ``text``, ``width`` each."""
        found = None
        if not self._escape and len(self._delimiter) == 1:
            found = regular(text, width, self._delimiter, self._quote, last=last)
        return self._one_by_one(text, width, last=last) if found is None else found

    def _one_by_one(self, text: bytes, width: int, *, last: bool) -> Grid:
        records = self.cut(text, last=last)
        begin = np.zeros((len(records), width), np.int64)
        end = np.zeros((len(records), width), np.int64)
        for row, (start, stop) in enumerate(records):
            fields = self.fields(text[start:stop])[:width]
            fields += [fields[-1][1:] * 2] * (width - len(fields))
            begin[row], end[row] = np.array(fields).T + start
        return Grid(begin, end, records[-1][1] if records else 0)

    def values(self, fields: pa.Array) -> pa.Array:
        """The cells' texts, of fields as ``large_binary``: ``large_string``."""
        quote = self._quote
        if self._escape or not quote:
            if not self._escape:
                return fields.cast(_TEXT)
            return pa.array([self.value(field) for field in fields.to_pylist()], _TEXT)
        quoted = np.asarray(pc.starts_with(fields, quote)).astype(bool)
        if not quoted.any():
            return fields.cast(_TEXT)
        places = np.flatnonzero(quoted)
        inner = fields.take(pa.array(places))
        whole = np.asarray(pc.ends_with(inner, quote)) & (
            np.asarray(pc.binary_length(inner)) >= 2 * len(quote)
        )
        if not whole.all():  # something stands behind the closing quote
            return pa.array([self.value(field) for field in fields.to_pylist()], _TEXT)
        inner = pc.binary_slice(inner, len(quote), -len(quote))
        inner = pc.replace_substring(inner, quote * 2, quote)
        return pc.replace_with_mask(fields, pa.array(quoted), inner).cast(_TEXT)

    def fields_of(self, values: pa.Array, fields: pa.Array) -> pa.Array:
        """``values`` as fields, ``large_binary``, in quotes where ``fields`` were or must be."""
        quote, new = self._quote, values.cast(_BINARY)
        if self._escape or not quote:
            texts = zip(values.to_pylist(), fields.to_pylist(), strict=True)
            return pa.array([self.written(*pair) for pair in texts], _BINARY)
        needs = pc.starts_with(fields, quote)
        for sign in (self._delimiter, b"\n", b"\r"):
            needs = pc.or_(needs, pc.match_substring(new, sign))
        needs = pc.or_(needs, pc.starts_with(new, quote))
        doubled = pc.replace_substring(new, quote, quote * 2)
        mark = pa.scalar(quote, _BINARY)
        closed = pc.binary_join_element_wise(mark, doubled, mark, pa.scalar(b"", _BINARY))
        return pc.if_else(needs, closed, new)

    def cut(self, text: bytes, *, last: bool, most: int | None = None) -> list[tuple[int, int]]:
        """Where each whole record begins and ends, its line's end included; no blank lines.

        ``last``: nothing follows, so that what has no line's end is a record too. ``most``: so
        many of the first records are enough.
        """
        found: list[tuple[int, int]] = []
        record = self._last_record if last else self._record
        end = 0
        while end < len(text) and len(found) != most and (match := record.match(text, end)):
            start, end = match.span()
            if match[1]:
                found.append((start, end))
        return found

    def fields(self, record: bytes) -> list[tuple[int, int]]:
        """Where each field of a record begins and ends, its quotes included."""
        return [match.span(1) for match in self._field.finditer(record)]

    def value(self, field: bytes) -> str:
        """The cell's text."""
        quote, escape = self._quote, self._escape
        if quote and field.startswith(quote):
            inner = self._quoted.match(field)
            if inner is not None:
                body = inner[1] if escape else inner[1].replace(quote * 2, quote)
                field = body + field[inner.end() :]
        if escape:
            field = self._escaped.sub(rb"\1", field)
        return field.decode("utf-8", "surrogatepass")

    def written(self, value: str, field: bytes) -> bytes:
        """``value`` as a field, in quotes where ``field`` was or where it must be."""
        text, quote, escape = value.encode("utf-8", "surrogatepass"), self._quote, self._escape
        if escape:
            text = text.replace(escape, escape * 2)
        quoted = bool(quote) and field.startswith(quote)
        if not quoted and not self._needs_quotes(text):
            return text
        if not quote:  # nothing can protect a delimiter, so none is written
            return text.translate(None, self._delimiter + b"\r\n")
        return quote + text.replace(quote, (escape or quote) + quote) + quote

    def _needs_quotes(self, text: bytes) -> bool:
        return (
            self._delimiter in text
            or b"\n" in text
            or b"\r" in text
            or (bool(self._quote) and text.startswith(self._quote))
        )

    @cached_property
    def _closed(self) -> bytes:
        """A field's part in quotes, what is between them as the group ``inner``."""
        quote, escape = regex.escape(self._quote), regex.escape(self._escape)
        inner = (
            rb"(?:[^%b%b]|%b.)*+" % (quote, escape, escape)
            if escape
            else rb"[^%b]*+(?:%b%b[^%b]*+)*+" % (quote, quote, quote, quote)
        )
        return rb"%b(?P<inner>%b)%b" % (quote, inner, quote)

    @cached_property
    def _any(self) -> bytes:
        """A whole field; after a closing quote, and where there is none, up to the delimiter."""
        quote, escape = regex.escape(self._quote), regex.escape(self._escape)
        plain = rb"[^%b\r\n%b]" % (regex.escape(self._delimiter), escape)
        plain = rb"(?:%b|%b.)*+" % (plain, escape) if escape else plain + b"*+"
        if not quote:
            return plain
        closed = self._closed.replace(b"?P<inner>", b"?:")
        return rb"(?:%b%b|(?!%b)%b)" % (closed, plain, quote, plain)

    def _record_to(self, end: bytes) -> regex.Pattern[bytes]:
        delimiter = regex.escape(self._delimiter)
        record = rb"(%b(?:%b%b)*+)" % (self._any, delimiter, self._any)
        return regex.compile(record + end, regex.DOTALL)

    @cached_property
    def _record(self) -> regex.Pattern[bytes]:
        return self._record_to(rb"(?:\r\n|\n|\r(?!\Z))")

    @cached_property
    def _last_record(self) -> regex.Pattern[bytes]:
        return self._record_to(rb"(?:\r\n|\n|\r|\Z)")

    @cached_property
    def _field(self) -> regex.Pattern[bytes]:
        pattern = rb"(?:\A|%b)(%b)" % (regex.escape(self._delimiter), self._any)
        return regex.compile(pattern, regex.DOTALL)

    @cached_property
    def _quoted(self) -> regex.Pattern[bytes]:
        return regex.compile(self._closed, regex.DOTALL)

    @cached_property
    def _escaped(self) -> regex.Pattern[bytes]:
        return regex.compile(regex.escape(self._escape) + b"(.)", regex.DOTALL)
