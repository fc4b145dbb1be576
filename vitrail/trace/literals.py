"""Finds a few literals in one pass, with the automaton that the scan uses too.

Up to some hundred it takes half the time of :mod:`~vitrail.trace.windows`; beyond, many times it.
Its database is made of what tells a person, so it is never kept on disk.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.detect.automaton import Automaton, Expression
from vitrail.trace.tables import Int64s

#: Of so many different literals the automaton is the faster way.
MOST: Final = 200


class Literals:
    """Made of ``spans``, each of which tells a literal. Threads have scratch space of their own."""

    def __init__(self, spans: Sequence[bytes]) -> None:
        written = ["".join(map(_either_case, span)) for span in spans]
        unique = sorted(set(written))
        number = {regex: at for at, regex in enumerate(unique)}
        self._sizes = np.empty(len(unique), np.int64)
        self._literals: list[list[int]] = [[] for _ in unique]
        for literal, (regex, span) in enumerate(zip(written, spans, strict=True)):
            self._literals[number[regex]].append(literal)
            self._sizes[number[regex]] = len(span)
        self._expressions = [Expression(regex, 0, at) for at, regex in enumerate(unique)]
        self._own = threading.local()

    def find(self, data: npt.NDArray[np.uint8]) -> tuple[Int64s, Int64s]:
        """(where a span stands in ``data``, the number of its literal), each pair once."""
        ends, spans = self._automaton().scan(data.data)
        starts = ends - self._sizes[spans]
        pairs = [
            (start, literal)
            for start, span in zip(starts.tolist(), spans.tolist(), strict=True)
            for literal in self._literals[span]
        ]
        found = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def _automaton(self) -> Automaton:
        own: Automaton | None = getattr(self._own, "automaton", None)
        if own is None:
            own = self._own.automaton = Automaton(self._expressions, None)
        return own


def _either_case(byte: int) -> str:
    """The pattern of one byte. Of letters beyond ASCII the cases of most differ by the same bit of
    one byte, as ASCII's do; what that joins too much the judge tells apart."""
    if byte < 0x80 and not chr(byte).isalpha():
        return f"\\x{byte:02x}"
    return f"[\\x{byte & ~0x20:02x}\\x{byte | 0x20:02x}]"
