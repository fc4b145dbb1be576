"""What was found, written down: overlaps settled, values turned into fingerprints and shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vitrail.detect.allowing import AllowList
from vitrail.detect.detections import SCHEMA, Detections
from vitrail.detect.judgement import Judge, Span
from vitrail.detect.masking import mask
from vitrail.detect.normal import normal_form
from vitrail.detect.overlaps import settle
from vitrail.detect.sweep import Swept
from vitrail.detect.tally import Found
from vitrail.detect.whole.column import WholeHits
from vitrail.detect.whole.rule import Rule, lengths
from vitrail.keys import Keyring

_HEX: Final = np.frombuffer(b"0123456789abcdef", np.uint8)
_DIGEST: Final = 16
"""Bytes of a fingerprint, two hex digits each."""


class Writer:
    """Knows the judges by number, the rules of those that have one, and the key.

    ``wanted``: the entity types that are told. ``allowed``: what is found and never told.
    """

    def __init__(
        self,
        keys: Keyring,
        judges: Sequence[Judge],
        rules: dict[int, Rule],
        wanted: frozenset[str],
        allowed: AllowList,
    ) -> None:
        self._keys = keys
        self._judges = judges
        self._rules = rules
        self._wanted = wanted
        self._allowed = allowed

    def write(
        self, values: pa.Array, swept: Swept, words: frozenset[str], notes: tuple[str, ...]
    ) -> Detections:
        """All hits of a column with these words in its name, in order."""
        whole, found = self._apart(values, swept)
        parts = [self._whole(values, whole, number) for number in np.unique(whole.judge).tolist()]
        parts.append(self._one_by_one(found, words, notes))
        hits = Detections.joined(parts)
        if sum(len(part) > 0 for part in parts) < 2:
            return hits
        order = np.argsort(hits.value, kind="stable")
        return hits.at(order, hits.value[order])

    def _apart(self, values: pa.Array, swept: Swept) -> tuple[WholeHits, Found]:
        """What can be written at once. Values in which something else was found besides, and all
        where some are allowed, go one by one."""
        whole = swept.whole
        one_by_one = np.isin(whole.value, np.fromiter(swept.found, np.int64, len(swept.found)))
        if self._allowed:
            one_by_one[:] = True
        if not one_by_one.any():
            return whole, swept.found
        found, more = dict(swept.found), whole.kept(one_by_one)
        texts = values.take(pa.array(more.value)).to_pylist()
        rows = zip(more.value.tolist(), texts, more.judge, more.score.tolist(), strict=True)
        for index, text, number, score in rows:
            judge = self._judges[number]
            span = Span(judge.entity, 0, len(text), score, judge.name)
            found[index] = (text, [*found.get(index, (text, []))[1], span])
        return whole.kept(~one_by_one), found

    def _whole(self, values: pa.Array, hits: WholeHits, number: int) -> Detections:
        """Cells that are one value, all of one judge."""
        judge, rule = self._judges[number], self._rules[number]
        at = hits.judge == number
        cells = values.take(pa.array(hits.value[at]))
        prints = self._keys.fingerprints_of(judge.entity, rule.normal(cells).to_pylist())
        _, first, which = np.unique(rule.shapes(cells), return_index=True, return_inverse=True)
        masks = [mask(judge.entity, text) for text in cells.take(pa.array(first)).to_pylist()]
        size = len(cells)
        columns = {
            "value": pa.array(hits.value[at]),
            "start": pa.array(np.zeros(size, np.int32)),
            "end": pa.array(lengths(cells).astype(np.int32)),
            "score": pa.array(hits.score[at].astype(np.float32)),
            "entity_type": _same(judge.entity, size),
            "recognizer": _same(judge.name, size),
            "masked": pa.DictionaryArray.from_arrays(pa.array(which.astype(np.int32)), masks),
            "fingerprint": _hex(prints, size),
        }
        return Detections(pa.table(columns, schema=SCHEMA))

    def _one_by_one(
        self, found: Found, words: frozenset[str], notes: tuple[str, ...]
    ) -> Detections:
        """Overlaps settled; an allowed value still hides what overlaps it: its parts are known."""
        if not found:
            return Detections.none(notes)
        rows: list[tuple[int, Span]] = []
        prints: list[str] = []
        masks: list[str] = []
        for index in sorted(found):
            text, spans = found[index]
            for span in settle(spans):
                value = span.read or text[span.start : span.end]
                if span.entity not in self._wanted or (
                    self._allowed and self._allowed.allows(span, value, words)
                ):
                    continue
                rows.append((index, span))
                prints.append(self._keys.fingerprint(span.entity, normal_form(span.entity, value)))
                masks.append(mask(span.entity, value))
        columns = {
            "value": pa.array([index for index, _ in rows], pa.int64()),
            "start": pa.array([span.start for _, span in rows], pa.int32()),
            "end": pa.array([span.end for _, span in rows], pa.int32()),
            "score": pa.array([span.score for _, span in rows], pa.float32()),
            "entity_type": _coded([span.entity for _, span in rows]),
            "recognizer": _coded([span.recognizer for _, span in rows]),
            "masked": _coded(masks),
            "fingerprint": pa.array(prints, pa.string()),
        }
        return Detections(pa.table(columns, schema=SCHEMA), notes)


def _coded(texts: list[str]) -> pa.Array:
    return pa.array(texts, pa.string()).dictionary_encode()


def _same(text: str, size: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, np.int32)), [text])


def _hex(digests: bytes, count: int) -> pa.Array:
    """Digests laid end to end, as hex digits."""
    raw: npt.NDArray[np.uint8] = np.frombuffer(digests, np.uint8)
    digits: Any = _HEX[np.stack([raw >> 4, raw & 15], axis=1)].reshape(-1)
    places = np.arange(count + 1, dtype=np.int32) * (2 * _DIGEST)
    return pa.StringArray.from_buffers(count, pa.py_buffer(places), pa.py_buffer(digits))
