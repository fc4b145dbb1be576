"""Cells that are one plain e-mail address: only the domain decides, and each is asked once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.whole.rule import Numbers, Verdicts, cut, first_bytes, matches, starts

# ASCII, one @, labels as in the recogniser's pattern: for these that pattern matches the whole
# cell and nothing else.
_PLAIN: Final = r"\w(?:[\w.+\-]*\w)?@\w+(?:-+\w+)*(?:\.\w+(?:-+\w+)*)+"
_AT: Final = ord("@")


class EmailRule:
    """``is_public``: whether a domain ends in a public suffix."""

    def __init__(self, is_public: Callable[[str], bool]) -> None:
        self._is_public = is_public

    def verdicts(self, values: pa.Array) -> Verdicts:
        sure = matches(values, _PLAIN)
        score = np.zeros(len(values))
        domains = pc.dictionary_encode(_halves(values.filter(pa.array(sure)))[1])
        public = np.array([self._is_public(d) for d in domains.dictionary.to_pylist()], bool)
        score[sure] = public[domains.indices.to_numpy()] if len(public) else 0.0
        return Verdicts(sure, score)

    def normal(self, values: pa.Array) -> pa.Array:
        return pc.ascii_lower(values)

    def shapes(self, values: pa.Array) -> Numbers:
        """By the first letter, shown only of names longer than two, and the domain's ending."""
        local, domains = _halves(values)
        encoded = pc.dictionary_encode(domains)
        endings = [domain.rpartition(".")[2] for domain in encoded.dictionary.to_pylist()]
        number = {ending: n for n, ending in enumerate(dict.fromkeys(endings))}
        ending = np.array([number[e] for e in endings], np.int64)[encoded.indices.to_numpy()]
        long = pc.binary_length(local).to_numpy() > 3  # with the @
        shapes: Numbers = ending * 256 + np.where(long, first_bytes(values), 0)
        return shapes


def _halves(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Name with @, and domain, of cells with one @ each."""
    data, places = starts(values)
    if not len(values):
        return values, values
    at = np.flatnonzero(data[places[0] : places[-1]] == _AT) + places[0]
    return cut(values, at + 1)
