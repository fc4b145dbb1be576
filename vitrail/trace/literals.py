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
from vitrail.trace.windows import Int64s

#: Of so many different literals the automaton is the faster way.
MOST: Final = 200


class Literals:
    """Made of ``spans`` in whose case only ASCII's letters matter; each tells a literal.

    Threads have scratch space of their own.
    """

    def __init__(self, spans: Sequence[bytes]) -> None:
        import hyperscan

        lowered = [span.lower() for span in spans]
        unique = sorted(set(lowered))
        number = {span: at for at, span in enumerate(unique)}
        self._sizes = np.array([len(span) for span in unique], np.int64)
        self._literals: list[list[int]] = [[] for _ in unique]
        for literal, span in enumerate(lowered):
            self._literals[number[span]].append(literal)
        flags = hyperscan.HS_FLAG_CASELESS
        self._expressions = [
            Expression("".join(f"\\x{byte:02x}" for byte in span), flags, at)
            for at, span in enumerate(unique)
        ]
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
