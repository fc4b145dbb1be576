"""A JSON text as a stream of its records, whatever encloses them, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.errors import InputUnreadable
from vitrail.exports.formats.flattening import too_long
from vitrail.exports.formats.json_scan import (
    COMMA,
    NEWLINE,
    SPACE,
    Bytes,
    Positions,
    Scanner,
    quote_fractions,
)
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.text import Utf8Stream

BLOCK: Final = 8 << 20
BLANK: Final = b" \t\r\n"
_IS_BLANK: Final = np.zeros(256, bool)
_IS_BLANK[list(BLANK)] = True


class Shape(StrEnum):
    """How a file's records are enclosed."""

    LINES = "lines"  # one value a line
    SEQUENCE = "sequence"  # one value after another, each over several lines
    ARRAY = "array"  # one array of values
    MEMBER = "member"  # an array under a key of one object
    DOCUMENT = "document"  # one object, without its arrays of records


@dataclass(frozen=True, slots=True)
class Records:
    """Some records, each as JSON text with fractions in quotes; ``line``: where they begin."""

    text: pa.StringArray
    line: int
    bytes: int


def records(origin: Origin, encoding: str, shape: Shape, start: int = 0) -> Iterator[Records]:
    """The records in the file's order. ``start``: of an array, the first byte behind its bracket.

    Raises :class:`~vitrail.errors.InputUnreadable` where the text breaks off.
    """
    with Utf8Stream(origin, encoding) as stream:
        splitter = _Splitter(shape, origin, line=1 + stream.read(start).count(b"\n"))
        consumed = 0
        while not splitter.ended and (block := stream.read(BLOCK)):
            taken, consumed = max(0, stream.consumed - consumed), stream.consumed
            yield from splitter.feed(block, taken)
        if stream.failure is not None:
            raise stream.failure
        yield from splitter.finish()


class RecordEnds:
    """Finds where records end, block after block of one text. ``ended``: the array is closed."""

    def __init__(self, shape: Shape) -> None:
        self.ended = False
        self._shape = shape
        self._scanner = Scanner()

    def find(self, data: Bytes) -> Positions:
        """Where each record ends, the separator behind it included."""
        if self._shape is Shape.LINES:
            return np.flatnonzero(data == NEWLINE) + 1
        places, signs, depths = self._scanner.feed(data)
        if self._shape is Shape.SEQUENCE:
            closers: Positions = places[(depths == 0) & (signs != COMMA)] + 1
            return closers
        closed = np.flatnonzero(depths < 0)
        if len(closed):
            self.ended = True
            upto = int(closed[0])
            places, signs, depths = places[: upto + 1], signs[: upto + 1], depths[: upto + 1]
        ends: Positions = places[((signs == COMMA) & (depths == 0)) | (depths < 0)] + 1
        return ends


class _Splitter:
    """Cuts blocks of text where records end, keeping what is begun for the next block."""

    def __init__(self, shape: Shape, origin: Origin, line: int) -> None:
        self._shape, self._origin, self._line = shape, origin, line
        self._ends = RecordEnds(shape)
        self._begun: list[bytes] = []
        self._taken = 0

    @property
    def ended(self) -> bool:
        return self._ends.ended

    def feed(self, block: bytes, taken: int) -> Iterator[Records]:
        self._taken += taken
        data = np.frombuffer(block, np.uint8)
        ends = self._ends.find(data)
        if not len(ends):
            self._begun.append(block)
            self._check_size()
            return
        before = b"".join(self._begun)
        self._begun = [block[int(ends[-1]) :]]
        text = np.frombuffer(before + block[: int(ends[-1])], np.uint8).copy()
        ends = ends + len(before)
        if self._shape in {Shape.ARRAY, Shape.MEMBER}:
            text[ends - 1] = SPACE  # the comma or the bracket behind each record
        yield from self._cut(text, ends)

    def finish(self) -> Iterator[Records]:
        """The last record of lines; elsewhere a text that ends too soon."""
        rest = b"".join(self._begun)
        if self.ended or not rest.strip(BLANK):
            if self._shape in {Shape.ARRAY, Shape.MEMBER} and not self.ended:
                raise self._broken()
        elif self._shape is Shape.LINES:
            data = np.frombuffer(rest, np.uint8)
            yield from self._cut(data, np.array([len(data)]))
        else:
            raise self._broken()

    def _cut(self, text: Bytes, ends: Positions) -> Iterator[Records]:
        line = self._line
        self._line += int(np.count_nonzero(text == NEWLINE))
        quoted, inserted = quote_fractions(text)
        ends = ends + np.searchsorted(inserted, ends)
        offsets = np.concatenate(([0], ends)).astype(np.int32)
        values = pa.StringArray.from_buffers(
            len(ends), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(quoted))
        )
        taken, self._taken = self._taken, 0
        if len(blank := self._blank(quoted, offsets)):
            filled = np.ones(len(ends), bool)
            filled[blank] = False
            values = values.filter(pa.array(filled))
        if len(values):
            yield Records(values, line, taken)

    def _blank(self, text: Bytes, offsets: npt.NDArray[np.int32]) -> list[int]:
        """The records that hold nothing: blank lines, or what is behind an array's last comma."""
        last = len(offsets) - 2
        begin = np.flatnonzero(_IS_BLANK[text[offsets[:-1]]])
        suspects = begin.tolist() if self._shape is Shape.LINES else [last]
        return [i for i in suspects if not text[offsets[i] : offsets[i + 1]].tobytes().strip(BLANK)]

    def _check_size(self) -> None:
        if sum(map(len, self._begun)) > 4 * self._origin.options.max_cell:
            raise too_long(f"or record from line {self._line} on", self._origin)

    def _broken(self) -> InputUnreadable:
        rest = b"".join(self._begun)
        line = self._line + rest[: len(rest) - len(rest.lstrip(BLANK))].count(b"\n")
        return self._origin.unreadable(
            f"breaks off within the record that begins in line {line}; "
            "the records before it were read.",
            "Export it again; it was cut off.",
        )


def parse(text: bytes, origin: Origin, line: int = 1) -> Any:
    """Python's reading of a value with its numbers as written, to the last digit."""
    try:
        return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number)
    except json.JSONDecodeError as error:
        raise not_json(origin, line + error.lineno - 1) from None
    except RecursionError:
        raise origin.unreadable(
            f"is nested too deep in line {line}.", "Export it with fewer levels."
        ) from None


class Number(str):
    """A number as it is written; told from a text only where types are declared."""

    __slots__ = ()


def not_json(origin: Origin, line: int) -> InputUnreadable:
    """The error for a line that is no JSON."""
    return origin.unreadable(
        f"is not valid JSON in line {line}; the records before it were read.",
        f"Mend line {line}, or export it again.",
    )
