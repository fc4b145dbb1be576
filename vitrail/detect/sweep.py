"""A column's values under all patterns: prefilter, judge, weigh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect import column_checks, evidence
from vitrail.detect.codes import PHONE, Codes, codes_among, mostly
from vitrail.detect.column_evidence import holds_versions
from vitrail.detect.decoding import readings
from vitrail.detect.judgement import LIFT, Judge, Span, same_type_once
from vitrail.detect.layers import Reading
from vitrail.detect.prefilter import Candidates, Prefilter, once
from vitrail.detect.tally import Found, Tally, without, without_codes
from vitrail.detect.whole.column import WholeCells, WholeHits
from vitrail.detect.whole.networks import QUAD
from vitrail.detect.whole.rule import Rule
from vitrail.detect.windows import LONG, windows


@dataclass(frozen=True, slots=True)
class Swept:
    """``whole``: values that are one hit, judged together; ``found``: the others, one by one."""

    found: Found
    whole: WholeHits


_SAMPLE: Final = 200
_NETWORK: Final = "IpRecognizer"
QUAD_CELL: Final = rf"\A{QUAD}\z"
"""A cell that is a dotted quad, in RE2."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the sweep knows of the column: words of its name; whether its cells are numbers.

    ``fitting``, ``chance`` and ``codes`` as in :class:`~vitrail.detect.first_look.FirstLook`;
    None: the values that are judged tell.
    """

    words: frozenset[str]
    numeric: bool = False
    only: frozenset[str] | None = None
    fitting: frozenset[str] | None = None
    chance: frozenset[str] | None = None
    codes: Codes | None = None


class Sweep:
    """All judges and their prefilter; the same for every column."""

    def __init__(self, judges: Sequence[Judge], prefilter: Prefilter, min_score: float) -> None:
        self._judges = judges
        self._prefilter = prefilter
        self._min_score = min_score
        self._whole = WholeCells(judges, min_score)
        self._weak = [n for n, j in enumerate(judges) if prefilter.needs_call(n)]

    @property
    def rules(self) -> dict[int, Rule]:
        """The rules for whole cells, by the judge's number."""
        return self._whole.rules

    def prepare(self) -> None:
        """Compile or load the prefilter's automata."""
        self._prefilter.prepare()

    def run(self, values: pa.Array, column: Column) -> Swept:
        """What the patterns find, weighed by what the column says."""
        swept, _, tally = self._swept(values, column)
        chance = tally.chance if column.chance is None else column.chance
        whole = self._whole.without(swept.whole, chance, values, column.words)
        codes = _codes(values, column)
        whole = self._whole.without_codes(whole, codes, values, column.words)
        return Swept(without_codes(without(swept.found, chance), codes), whole)

    def look(
        self, values: pa.Array, column: Column
    ) -> tuple[frozenset[str], frozenset[str], Codes]:
        """What the values tell of their column: (fitting, chance, codes)."""
        fitting = chance = frozenset[str]()
        if len(values) >= column_checks.FEWEST_CELLS:  # of fewer, no check says what they are
            _, fitting, tally = self._swept(values, column)
            chance = tally.chance
        return fitting, chance | _versions(values, column), _codes(values, column)

    def spoken(self, column: Column) -> frozenset[str]:
        """The entity types whose recognisers know a word of the column's name."""
        return frozenset(j.entity for j in self._judges if j.is_named(column.words))

    def _swept(self, values: pa.Array, column: Column) -> tuple[Swept, frozenset[str], Tally]:
        everywhere, columnar = self._called_by_column(values, column)
        named = frozenset(self._judges[n].name for n in columnar)
        index, judge = self._pairs(values, everywhere)
        settled = self._whole.settle(values, index, judge, column, named)
        left = ~settled.pairs
        found: Found = {}
        tally = Tally(settled.checked)
        encoded = index[judge == self._prefilter.encoded]
        hidden = self._hidden(values.take(pa.array(encoded)), everywhere, column, named)
        for number, text, called in _calls(values, (index[left], judge[left])):
            spans = self._judge(text, called, column, named)
            spans = same_type_once([*spans, *hidden.get(text, ())])
            tally.note(text, [self._judges[n].name for n in called if n < len(self._judges)], spans)
            if spans:
                found[number] = (text, spans)
        return Swept(found, settled.hits), named, tally

    def _called_by_column(self, values: pa.Array, column: Column) -> tuple[list[int], list[int]]:
        """Judges to run on every cell: named by the column, or passed by nearly all its cells."""
        spoken = [n for n in self._weak if self._judges[n].is_named(column.words)]
        if column.fitting is None:
            step = max(1, len(values) // _SAMPLE)
            sample = values.take(pa.array(np.arange(0, len(values), step)[:_SAMPLE])).to_pylist()
            fitting = column_checks.columnar_judges(
                sample, [self._judges[n] for n in self._weak], column.words
            )
            if mostly(sample, PHONE, _codes(values, column)):
                fitting = [judge for judge in fitting if judge.entity != PHONE]
            columnar = [n for n in self._weak if self._judges[n] in fitting]
        else:
            columnar = [n for n in self._weak if self._judges[n].name in column.fitting]
        return sorted({*spoken, *columnar}), columnar

    def _pairs(self, values: pa.Array, everywhere: list[int]) -> Candidates:
        """Each value with each judge that has to look at it, by value."""
        index, judge = self._prefilter.candidates(values)
        if not everywhere:
            return index, judge
        every = np.arange(len(values), dtype=np.int64)
        width = len(self._judges) + 1
        keys = once(
            np.concatenate([index * width + judge, *(every * width + n for n in everywhere)])
        )
        return keys // width, keys % width

    def _hidden(
        self, encoded: pa.Array, everywhere: list[int], column: Column, columnar: frozenset[str]
    ) -> dict[str, list[Span]]:
        """What stands in texts once they are decoded, at its places as they are encoded."""
        sources = [(text, r) for text in encoded.to_pylist() for r in readings(text)]
        if not sources:
            return {}
        texts = pa.array([reading.text for _, reading in sources], pa.string())
        found: dict[str, list[Span]] = defaultdict(list)
        for number, _, called in _calls(texts, self._pairs(texts, everywhere)):
            text, reading = sources[number]
            spans = self._judge(reading.text, called, column, columnar)
            found[text] += [_placed(span, text, reading) for span in spans]
        return found

    def _judge(
        self, text: str, called: list[int], column: Column, columnar: frozenset[str]
    ) -> list[Span]:
        spans: list[Span] = []
        for number in called:
            if number == self._prefilter.encoded:
                continue
            if len(text) <= LONG:
                spans += self._judges[number].spans(text, column.words)
            else:
                spans += _in_windows(self._judges[number], text, column)
        spans = [
            span
            for span in spans
            if (span.score >= self._min_score or span.recognizer in columnar)
            and evidence.refusal(span, text, column.words, columnar) is None
        ]
        spans = [
            span._replace(score=max(span.score, LIFT)) if span.recognizer in columnar else span
            for span in spans
        ]
        if column.numeric:
            spans = [s for s in spans if s.start == 0 and s.end == len(text)]
        if column.only is not None:
            spans = [s for s in spans if s.entity in column.only]
        return same_type_once(spans)


def _versions(values: pa.Array, column: Column) -> frozenset[str]:
    """The recogniser of addresses, where the column's are versions."""
    quads = values.filter(pc.match_substring_regex(values, QUAD_CELL))
    sample = quads.slice(0, _SAMPLE).to_pylist()
    return frozenset({_NETWORK} if holds_versions(sample, column.words) else ())


def _codes(values: pa.Array, column: Column) -> Codes:
    """Shapes of cells that are codes, as the column's values tell where nobody else has."""
    return codes_among(values.to_pylist()) if column.codes is None else column.codes


def _calls(values: pa.Array, pairs: Candidates) -> Iterator[tuple[int, str, list[int]]]:
    """(index, text, judges) of each value that anyone has to look at."""
    index, judge = pairs
    firsts = np.flatnonzero(np.diff(index, prepend=-1))
    called: npt.NDArray[np.int64] = index[firsts]
    texts = values.take(pa.array(called)).to_pylist()
    judges = judge.tolist()
    bounds = [*firsts.tolist(), len(judges)]
    for position, (number, text) in enumerate(zip(called.tolist(), texts, strict=True)):
        yield number, text, judges[bounds[position] : bounds[position + 1]]


def _placed(span: Span, text: str, reading: Reading) -> Span:
    """``span`` of the reading as a span of ``text``; a value that is written so needs no other."""
    start, end = reading.placed(span.start, span.end)
    read = reading.text[span.start : span.end]
    return span._replace(start=start, end=end, read=None if text[start:end] == read else read)


def _in_windows(judge: Judge, text: str, column: Column) -> Iterator[Span]:
    for offset, piece in windows(text):
        for span in judge.spans(piece, column.words):
            yield span._replace(start=span.start + offset, end=span.end + offset)
