"""The rules for whole cells over one column: which values they settle, and with what result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect import column_checks, evidence
from vitrail.detect.codes import Codes
from vitrail.detect.judgement import BOOST, LIFT, Judge, Span
from vitrail.detect.whole.accounts import AccountRule
from vitrail.detect.whole.cards import CardRule
from vitrail.detect.whole.emails import EmailRule
from vitrail.detect.whole.networks import NetworkRule
from vitrail.detect.whole.phones import PhoneRule
from vitrail.detect.whole.rule import Flags, Numbers, Rule, lengths, matches

if TYPE_CHECKING:
    from vitrail.detect.sweep import Column

_FEW: Final = 64
"""With fewer cells to look at, asking the recognisers is as quick."""


@dataclass(frozen=True, slots=True)
class WholeHits:
    """Values that are one hit and nothing else: by which judge, with which score."""

    value: Numbers
    judge: Numbers
    score: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.value)

    def kept(self, keep: Flags) -> WholeHits:
        return WholeHits(self.value[keep], self.judge[keep], self.score[keep])

    @classmethod
    def none(cls) -> WholeHits:
        return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True)
class Settled:
    """``pairs``: for each pair of value and judge, whether nobody needs to look at it any more.
    ``hits`` in them. ``checked``: by recogniser whose passes may be chance, how many cells that
    look like a number it was asked about, and how many passed."""

    pairs: Flags
    hits: WholeHits
    checked: dict[str, tuple[int, int]]


class WholeCells:
    """The rules that there are for a set of judges."""

    def __init__(self, judges: Sequence[Judge], min_score: float) -> None:
        self._judges = judges
        self._min_score = min_score
        self.rules = {n: rule for n, j in enumerate(judges) if (rule := rule_of(j)) is not None}

    def settle(
        self,
        values: pa.Array,
        index: Numbers,
        judge: Numbers,
        column: Column,
        columnar: frozenset[str],
    ) -> Settled:
        """``index`` and ``judge``: pairs of a value and a judge that it calls, by value."""
        sure = np.zeros(len(index), bool)
        score, kept, like = np.zeros(len(index)), sure.copy(), sure.copy()
        if len(index) < _FEW:
            return Settled(sure, WholeHits.none(), {})
        for number in np.unique(judge).tolist():
            if number in self.rules:
                at = np.flatnonzero(judge == number)
                cells = values.take(pa.array(index[at]))
                verdicts = self.rules[number].verdicts(cells)
                sure[at] = verdicts.sure
                found = _Found(self._judges[number], cells, verdicts.score, column.words)
                least = LIFT if self._judges[number].name in columnar else 0.0
                score[at], like[at] = np.maximum(found.score, least), found.like
                kept[at] = found.credible(self._min_score, column, columnar)
        firsts = np.flatnonzero(np.diff(index, prepend=-1))
        one = np.logical_and.reduceat(sure, firsts) & (np.add.reduceat(kept & sure, firsts) < 2)
        pairs = np.repeat(one, np.diff(firsts, append=len(index)))
        hit = pairs & kept
        checked = self._checked(judge, like & pairs, hit, column.words)
        return Settled(pairs, WholeHits(index[hit], judge[hit], score[hit]), checked)

    def without(self, hits: WholeHits, chance: frozenset[str], values: pa.Array,
                words: frozenset[str]) -> WholeHits:  # fmt: skip
        """Leaves out cells that passed a check which chance alone explains."""
        keep = np.ones(len(hits), bool)
        for number in np.unique(hits.judge).tolist():
            judge = self._judges[number]
            if judge.name in chance and judge.context.isdisjoint(words):
                at = np.flatnonzero(hits.judge == number)
                keep[at] = ~_like_numbers(values.take(pa.array(hits.value[at])))
        return hits if keep.all() else hits.kept(keep)

    def without_codes(self, hits: WholeHits, codes: Codes, values: pa.Array,
                      words: frozenset[str]) -> WholeHits:  # fmt: skip
        """Leaves out cells that are codes by their shape."""
        keep = np.ones(len(hits), bool)
        for number in np.unique(hits.judge).tolist() if codes else ():
            judge = self._judges[number]
            shapes = [shape for entity, shape in codes if entity == judge.entity]
            if shapes and judge.context.isdisjoint(words):
                at = np.flatnonzero(hits.judge == number)
                written = pc.replace_substring_regex(
                    values.take(pa.array(hits.value[at])), "[0-9]", "9"
                )
                are_codes = pc.is_in(written, pa.array(shapes, written.type))
                keep[at] = ~are_codes.to_numpy(zero_copy_only=False)
        return hits if keep.all() else hits.kept(keep)

    def _checked(
        self, judge: Numbers, like: Flags, hit: Flags, words: frozenset[str]
    ) -> dict[str, tuple[int, int]]:
        checked = {}
        for number in self.rules:
            judged = self._judges[number]
            if judged.name in evidence.BY_CHANCE:
                called = like & (judge == number)
                passed = int((called & hit).sum()) if judged.context.isdisjoint(words) else 0
                checked[judged.name] = (int(called.sum()), passed)
        return checked


class _Found:
    """What one judge finds in cells: ``score`` raised where the column's name speaks for it;
    ``like``: which cells look like a number."""

    def __init__(
        self,
        judge: Judge,
        cells: pa.Array,
        score: npt.NDArray[np.float64],
        words: frozenset[str],
    ) -> None:
        self._judge, self._cells = judge, cells
        self._spoken = not judge.context.isdisjoint(words)
        raised = np.minimum(np.maximum(score + BOOST, LIFT), 1.0) if self._spoken else score
        self.score = np.where(score > 0, raised, 0.0)
        chance = judge.name in evidence.BY_CHANCE
        self.like = _like_numbers(cells) if chance else np.zeros(len(cells), bool)

    def credible(self, min_score: float, column: Column, columnar: frozenset[str]) -> Flags:
        """As the sweep judges them one by one."""
        judge = self._judge
        if column.only is not None and judge.entity not in column.only:
            return np.zeros(len(self.score), bool)
        enough = self.score > 0
        if judge.name not in columnar:
            enough &= self.score >= min_score
        at = np.flatnonzero(enough)
        kinds, first, which = _kinds(self._cells.take(pa.array(at)), self.score[at])
        texts = self._cells.take(pa.array(at[first])).to_pylist()
        spans = [
            Span(judge.entity, 0, len(text), float(score), judge.name, spoken=self._spoken)
            for text, score in zip(texts, self.score[at[first]], strict=True)
        ]
        credible = [
            evidence.refusal(span, text, column.words, columnar) is None
            for span, text in zip(spans, texts, strict=True)
        ]
        enough[at] = np.array(credible, bool)[which] if len(kinds) else False
        return enough


def _kinds(cells: pa.Array, score: npt.NDArray[np.float64]) -> tuple[Any, Any, Any]:
    """Cells of a kind are credible together: by length, score, and whether all is digits."""
    digits = matches(cells, r"\d+")
    key = (lengths(cells) * 2 + digits) * 1000 + np.round(score * 100).astype(np.int64)
    return np.unique(key, return_index=True, return_inverse=True)


def _like_numbers(cells: pa.Array) -> Flags:
    """:func:`~vitrail.detect.column_checks.is_like_a_number`, asked once for each length."""
    kinds, first, which = _kinds(cells, np.zeros(len(cells)))
    texts = cells.take(pa.array(first)).to_pylist()
    like = np.array([column_checks.is_like_a_number(text) for text in texts], bool)
    return like[which] if len(kinds) else np.zeros(0, bool)


def rule_of(judge: Judge) -> Rule | None:
    """The rule for a judge's whole cells, None where there is none."""
    source: Any = judge.source
    if judge.name == "EmailRecognizer":
        return EmailRule(lru_cache(maxsize=65_536)(lambda d: source.validate_result(f"x@{d}")))
    if judge.name == "IpRecognizer":
        return NetworkRule(next(p.score for p in source.patterns if p.name == "IPv4"))
    rule = _RULES.get(judge.name)
    return None if rule is None else rule()


_RULES: Final[dict[str, Callable[[], Rule]]] = {
    "EuropeanPhoneRecognizer": PhoneRule,
    "PaymentCardRecognizer": CardRule,
    "IbanRecognizer": AccountRule,
}
