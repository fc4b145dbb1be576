"""Which columns hold names, and which texts speak of somebody.

A column of short cells is judged as a whole, by votes. Free text goes to the models only where a
cheap test leaves a possibility, and only so much as the budget allows; what was left out is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.first_look import FirstLook, NamesKind
from vitrail.detect.judgement import Span
from vitrail.detect.names import budget
from vitrail.detect.names.address_columns import is_address_like
from vitrail.detect.names.calls import NO, Flags, calls
from vitrail.detect.names.columns import Kind, is_name_like, kind_of
from vitrail.detect.names.composed import composed, is_composed
from vitrail.detect.names.texts import TextReader, add
from vitrail.detect.names.words import Lists
from vitrail.detect.own_models import OwnModelReader
from vitrail.detect.placeholders import without_placeholders
from vitrail.detect.tally import Found
from vitrail.detect.titles import Hint, hint_of

_SAMPLE: Final = 400
_LOOKED_AT: Final = 20_000
"""Values whose words are looked at where there is no first look and not everything is read."""


class NameJudge:
    """Finds persons, addresses and, where asked for, places in columns and texts."""

    def __init__(
        self,
        mode: str,
        *,
        places: bool,
        cache: Path | None,
        readers: Sequence[OwnModelReader] = (),
    ) -> None:
        """``readers``: models of the user's own, which read the texts that are read here."""
        self._everything = mode == "all"
        self._lists = Lists(cache)
        self._texts = TextReader(self._lists, places=places, readers=readers)

    def add(
        self,
        values: pa.Array,
        words: frozenset[str],
        language: str | None,
        counts: np.ndarray | None,
        found: Found,
        look: FirstLook | None = None,
    ) -> tuple[str, ...]:
        """Add to ``found`` what the names stage sees; sentences on what it did not look at."""
        if look is not None:
            return self._by_look(values, look, words, language, found)
        kind = kind_of(_sample(values), words, self._lists)
        if kind is Kind.NAMES:
            _whole_cells(values, hint_of(words), found)
        elif kind is Kind.ADDRESSES:
            _whole_addresses(values, found)
        elif kind is Kind.TEXT:
            return self._by_frequency(values, language, counts, found)
        return ()

    def look(
        self, values: pa.Array, words: frozenset[str], distinct: int
    ) -> tuple[NamesKind, float, float, int]:
        """What some values tell of a column with about ``distinct`` of them: what the cells are,
        and what :func:`budget.shares` says of the texts to read."""
        kind = kind_of(_sample(values), words, self._lists)
        if kind is not Kind.TEXT or self._everything:
            return kind.value, 1.0, 1.0, 0
        return kind.value, *budget.shares(calls(values, self._lists), distinct)

    def _by_look(
        self,
        values: pa.Array,
        look: FirstLook,
        words: frozenset[str],
        language: str | None,
        found: Found,
    ) -> tuple[str, ...]:
        """As the first look says, so that no value's verdict depends on another's."""
        if look.names == "names":
            _whole_cells(values, hint_of(words), found)
        elif look.names == "addresses":
            _whole_addresses(values, found)
        if look.names != "text":
            return ()
        called = self._called(values, found)
        index = np.flatnonzero(called != NO)
        texts = values.take(pa.array(index)).to_pylist()
        rows = list(zip(index.tolist(), texts, called[index].tolist(), strict=True))
        read = [(i, text) for i, text, call in rows if budget.drawn(text, call, look)]
        self._texts.read(read, language, found)
        chosen = {i for i, _ in read}
        self._texts.hold_against_list([(i, t) for i, t, _ in rows if i not in chosen], found)
        note = budget.sentence(look)
        return () if note is None else (note,)

    def _by_frequency(
        self, values: pa.Array, language: str | None, counts: np.ndarray | None, found: Found
    ) -> tuple[str, ...]:
        """The most frequent of the texts that may name somebody, likely ones first."""
        order = np.arange(len(values)) if counts is None else np.argsort(-counts, kind="stable")
        if not self._everything:
            order = order[:_LOOKED_AT]
        called = self._called(values.take(pa.array(order)), found, order)
        ranked = order[np.argsort(-called.astype(np.int8), kind="stable")]
        ranked = ranked[: np.count_nonzero(called != NO)]
        chosen = ranked if self._everything else ranked[: budget.TEXTS_A_CALL]
        rows = list(_rows(values, ranked))
        self._texts.read(rows[: len(chosen)], language, found)
        self._texts.hold_against_list(rows[len(chosen) :], found)
        if len(chosen) < len(ranked) or len(order) < len(values):
            return (f"Names: the models read {len(chosen)} of the texts that may hold some.",)
        return ()

    def _called(self, values: pa.Array, found: Found, order: np.ndarray | None = None) -> Flags:
        """How likely each value names somebody; one with an address is read to its end."""
        if self._everything:
            return np.ones(len(values), np.uint8)
        called = calls(values, self._lists)
        for position, index in enumerate(range(len(values)) if order is None else order.tolist()):
            if index in found and any(s.entity == "STREET_ADDRESS" for s in found[index][1]):
                called[position] = max(called[position], 1)
        return called


def _whole_cells(values: pa.Array, hint: Hint, found: Found) -> None:
    score = 0.9 if hint is Hint.CERTAIN else 0.8
    for index, text in enumerate(values.to_pylist()):
        if not is_name_like(text if is_composed(text) else composed(text).text):
            continue
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        span = Span("PERSON", start, end, score, "NameColumn", spoken=hint is Hint.CERTAIN)
        found.setdefault(index, (text, []))[1].append(span)


def _whole_addresses(values: pa.Array, found: Found) -> None:
    for index, text in enumerate(values.to_pylist()):
        if is_address_like(text):
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            add(index, text, [Span("STREET_ADDRESS", start, end, 0.8, "AddressColumn")], found)


def _rows(values: pa.Array, index: np.ndarray) -> Iterator[tuple[int, str]]:
    return zip(index.tolist(), values.take(pa.array(index)).to_pylist(), strict=True)


def _sample(values: pa.Array) -> list[str]:
    values = without_placeholders(values)
    step = max(1, len(values) // _SAMPLE)
    index = np.arange(0, len(values), step)[:_SAMPLE]
    texts: list[str] = pc.utf8_normalize(values.take(pa.array(index)), "NFC").to_pylist()
    return [text for text in texts if text and not text.isspace()]
