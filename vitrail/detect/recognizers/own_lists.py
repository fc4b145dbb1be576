"""A user's deny-list as a Presidio recogniser, as fast with a hundred thousand entries as with one.

Presidio makes one regex of a deny-list and tries entry after entry at every letter. Here an entry
is found by its first word in a table, and the words of a whole column are looked up at once. The
answers are those of Presidio's regex, but where several entries begin at one place: there the
longest is taken, not the first of the list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import regex  # type: ignore[import-untyped]
from presidio_analyzer import EntityRecognizer, RecognizerResult

from vitrail.detect.own.definition import OwnRecognizer

_WORD: Final = regex.compile(r"\w+")
#: What parts words in RE2's pass over a column: what does so above, and other scripts' digits.
_BETWEEN: Final = r"[^0-9A-Za-z_\pL\pM]+"

Found = tuple[int, int, float]


class OwnListRecognizer(EntityRecognizer):  # type: ignore[misc]
    """Finds the entries of a list as whole words."""

    def __init__(self, own: OwnRecognizer, language: str) -> None:
        self.deny_list = own.deny_list
        self.deny_list_score = own.deny_list_score
        self.column_words = own.columns
        self._caseless = bool(own.flags & re.IGNORECASE)
        super().__init__(
            supported_entities=[own.entity],
            name=own.name,
            supported_language=language,
            context=list(own.context),
        )

    def load(self) -> None:
        """Nothing to load: the table is made when first asked for."""

    def analyze(
        self,
        text: str,
        entities: Sequence[str],
        nlp_artifacts: object = None,  # noqa: ARG002 - Presidio's signature
    ) -> list[RecognizerResult]:
        """Presidio's way of asking."""
        kind = self.supported_entities[0]
        if entities and kind not in entities:
            return []
        return [RecognizerResult(kind, *found) for found in self.spans(text)]

    def spans(self, text: str) -> Iterator[Found]:
        """(start, end, score) of each entry in ``text``, none overlapping another."""
        folded = self._folded(text)
        last = 0
        for word in _WORD.finditer(folded):
            for offset, entry in self._table.get(word.group(), ()):
                start = word.start() - offset
                end = start + len(entry)
                if (
                    start >= last
                    and folded.startswith(entry, start)
                    and _stands(folded, start, end)
                ):
                    yield start, end, self.deny_list_score
                    last = end
                    break

    def candidates(self, values: pa.Array) -> npt.NDArray[np.int64]:
        """The index of each value that may hold an entry: one of its words begins one."""
        if self._heads is None:
            return np.arange(len(values), dtype=np.int64)
        lists, words = self._words(values)
        known = pc.is_in(words, value_set=self._heads).to_numpy(zero_copy_only=False)
        return np.unique(_owners(lists, np.flatnonzero(known)))

    def _words(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """The words of each value as lists, and all of them end to end, as compared."""
        lists = pc.split_pattern_regex(values.cast(pa.large_string()), _BETWEEN)
        words = pc.list_flatten(lists)
        # Small letters, then capitals: ς meets σ, and the Kelvin sign k.
        return lists, pc.utf8_upper(pc.utf8_lower(words)) if self._caseless else words

    def _folded(self, text: str) -> str:
        """The text as compared: in small letters, each of which keeps its place."""
        if not self._caseless:
            return text
        if text.isascii():
            return text.lower()
        return "".join(_small(letter) for letter in text)

    @cached_property
    def _table(self) -> dict[str, list[tuple[int, str]]]:
        """First word of an entry → (where it stands in the entry, the entry), longest first."""
        table: dict[str, set[tuple[int, str]]] = defaultdict(set)
        for entry in map(self._folded, self.deny_list):
            word = _WORD.search(entry)
            if word is not None:
                table[word.group()].add((word.start(), entry))
        return {
            word: sorted(entries, key=lambda pair: (-len(pair[1]), pair))
            for word, entries in table.items()
        }

    @cached_property
    def _heads(self) -> pa.Array | None:
        """The first word of each entry, as the words of a column are written; None where an entry
        has none (digits of another script alone), so that every value must be looked at."""
        lists, words = self._words(pa.array(self.deny_list, pa.large_string()))
        filled = np.flatnonzero(pc.not_equal(words, "").to_numpy(zero_copy_only=False))
        entries, firsts = np.unique(_owners(lists, filled), return_index=True)
        if len(entries) < len(self.deny_list):
            return None
        return words.take(pa.array(filled[firsts])).unique()


def _owners(lists: pa.Array, at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Which list each of these positions in the flattened lists belongs to."""
    return np.searchsorted(lists.offsets.to_numpy(), at, side="right") - 1


def _small(letter: str) -> str:
    """The letter as the ``regex`` package compares it without case, one for one."""
    if letter == "İ":
        return "i"
    small = letter.casefold()
    return small if len(small) == 1 else letter


def _stands(text: str, start: int, end: int) -> bool:
    """Whether neither neighbour is part of a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (start == 0 or not _WORD.match(before)) and not (after and _WORD.match(after))
