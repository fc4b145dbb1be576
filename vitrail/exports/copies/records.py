"""Delimited text cut into records and fields as Arrow cuts it, each with its place."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

import numpy as np

from vitrail.exports.formats.dialect import Dialect
from vitrail.exports.formats.ragged import NO_DELIMITER

_NEWLINE: Final = 10


class Cutter:
    """Cuts by one dialect. A quote counts where a field begins with it, as for Arrow's parser."""

    def __init__(self, dialect: Dialect) -> None:
        self._quote = (dialect.quote or "").encode()
        self._escape = (dialect.escape or "").encode()
        self._delimiter = (dialect.delimiter or NO_DELIMITER).encode()

    def cut(self, text: bytes, *, last: bool) -> list[tuple[int, int]]:
        """Where each whole record begins and ends, its line's end included; no blank lines.

        ``last``: nothing follows, so that what has no line's end is a record too.
        """
        if self._quote and self._quote not in text and not self._escape:
            found = _plain_lines(text, last=last)
            if found is not None:
                return found
        found = []
        record = self._last_record if last else self._record
        end = 0
        while end < len(text) and (match := record.match(text, end)):
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
        quote, escape = re.escape(self._quote), re.escape(self._escape)
        inner = (
            rb"(?:[^%b%b]|%b.)*+" % (quote, escape, escape)
            if escape
            else rb"[^%b]*+(?:%b%b[^%b]*+)*+" % (quote, quote, quote, quote)
        )
        return rb"%b(?P<inner>%b)%b" % (quote, inner, quote)

    @cached_property
    def _any(self) -> bytes:
        """A whole field; after a closing quote, and where there is none, up to the delimiter."""
        quote, escape = re.escape(self._quote), re.escape(self._escape)
        plain = rb"[^%b\r\n%b]" % (re.escape(self._delimiter), escape)
        plain = rb"(?:%b|%b.)*+" % (plain, escape) if escape else plain + b"*+"
        if not quote:
            return plain
        closed = self._closed.replace(b"?P<inner>", b"?:")
        return rb"(?:%b%b|(?!%b)%b)" % (closed, plain, quote, plain)

    def _record_to(self, end: bytes) -> re.Pattern[bytes]:
        delimiter = re.escape(self._delimiter)
        record = rb"(%b(?:%b%b)*+)" % (self._any, delimiter, self._any)
        return re.compile(record + end, re.DOTALL)

    @cached_property
    def _record(self) -> re.Pattern[bytes]:
        return self._record_to(rb"(?:\r\n|\n|\r(?!\Z))")

    @cached_property
    def _last_record(self) -> re.Pattern[bytes]:
        return self._record_to(rb"(?:\r\n|\n|\r|\Z)")

    @cached_property
    def _field(self) -> re.Pattern[bytes]:
        pattern = rb"(?:\A|%b)(%b)" % (re.escape(self._delimiter), self._any)
        return re.compile(pattern, re.DOTALL)

    @cached_property
    def _quoted(self) -> re.Pattern[bytes]:
        return re.compile(self._closed, re.DOTALL)

    @cached_property
    def _escaped(self) -> re.Pattern[bytes]:
        return re.compile(re.escape(self._escape) + b"(.)", re.DOTALL)


def _plain_lines(text: bytes, *, last: bool) -> list[tuple[int, int]] | None:
    """Records of a text without quotes: its lines. None where a line ends in a way of its own."""
    returns = text.count(b"\r")
    if returns and returns != text.count(b"\r\n"):
        return None
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == _NEWLINE) + 1
    if last and len(text) and (not len(ends) or ends[-1] != len(text)):
        ends = np.append(ends, len(text))
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    filled = ends - starts > (2 if returns else 1)
    short = np.flatnonzero(~filled)
    for place in short.tolist():  # a line of one sign without an end of its own is no blank one
        filled[place] = bool(text[starts[place] : ends[place]].strip(b"\r\n"))
    return list(zip(starts[filled].tolist(), ends[filled].tolist(), strict=True))
