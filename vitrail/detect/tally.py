"""What the other cells of a column take away from its whole cells: passes by chance, and codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from vitrail.detect import column_checks, evidence
from vitrail.detect.codes import Codes, shape_of
from vitrail.detect.judgement import Span

Found = dict[int, tuple[str, list[Span]]]
"""Index of a value -> its text and what was found in it. Lives no longer than one column."""


class Tally:
    """Counts, by recogniser, the whole cells that look like a number and those that pass."""

    def __init__(self, checked: Mapping[str, tuple[int, int]]) -> None:
        """``checked``: by recogniser, cells already counted: (like a number, passed)."""
        self._called: dict[str, int] = defaultdict(int)
        self._passed: dict[str, int] = defaultdict(int)
        for name, (called, passed) in checked.items():
            self._called[name] += called
            self._passed[name] += passed

    def note(self, text: str, names: list[str], spans: list[Span]) -> None:
        if not column_checks.is_like_a_number(text):
            return
        for name in names:
            if name in evidence.BY_CHANCE:
                self._called[name] += 1
        for span in spans:
            if span.recognizer in evidence.BY_CHANCE and not span.spoken:
                self._passed[span.recognizer] += 1

    @property
    def chance(self) -> frozenset[str]:
        """Recognisers so few of whose whole cells pass that chance explains it."""
        return frozenset(
            name
            for name, called in self._called.items()
            if column_checks.passed_by_chance(name, called, self._passed[name])
        )


def without(found: Found, chance: frozenset[str]) -> Found:
    """Takes out whole cells that passed a check which chance alone explains."""
    if not chance:
        return found
    kept: Found = {}
    for index, (text, spans) in found.items():
        left = [
            s
            for s in spans
            if s.recognizer not in chance or s.spoken or not column_checks.is_like_a_number(text)
        ]
        if left:
            kept[index] = (text, left)
    return kept


def without_codes(found: Found, codes: Codes) -> Found:
    """Takes out whole cells that are codes by their shape and no word speaks for."""
    if not codes:
        return found
    kept: Found = {}
    for index, (text, spans) in found.items():
        shape = shape_of(text)
        left = [
            s
            for s in spans
            if s.spoken or s.end - s.start < len(text) or (s.entity, shape) not in codes
        ]
        if left:
            kept[index] = (text, left)
    return kept
