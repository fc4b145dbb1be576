"""One pass over a column that tells which values any recogniser could have something to say on.

All values are laid end to end, a line feed between them, and scanned once, byte by byte. The pass
gives a superset: what it calls is judged by Presidio's recognisers, what it does not call holds
nothing that they would find. A letter that is not ASCII's is no letter to it, so a word's edge
shows beside it where Unicode has none, which calls a judge too often and never too seldom. The
blanks, dashes and digits of print and of other scripts would be missed: a second, small pass over
the values that have any calls :mod:`vitrail.detect.decoding`, which reads them as ASCII's, and what
it reads is passed over again. Patterns too weak to pass the threshold by themselves (nine digits)
are not in it; the words that speak for them are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import hyperscan
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.automaton import Automaton, Expression
from vitrail.detect.decoding import QUADS
from vitrail.detect.disguised_emails import CALLS as DISGUISED
from vitrail.detect.evidence import NEEDS_WORD
from vitrail.detect.judgement import Judge
from vitrail.detect.packed_text import CALLS as PACKED

Candidates = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]

# Shorter than the recogniser's own pattern and with fewer ends, yet wherever that one matches.
_WIDER: Final = {
    "IpRecognizer": (
        r"(?:^|[^/\d]|^/|[^A-Za-z\d)]/)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d",
        r"::",
        r"[0-9A-F](?::[0-9A-F]{1,4}){6}:[0-9A-F]",
    ),
    "CryptoRecognizer": (r"(?:\b|_)(?:bc1|[13])[a-z0-9]{25}",),
}

_PECULIAR: Final = r"[^\x00-\x7F\x{C0}-\x{17E}\x{2018}-\x{201F}\x{2026}\x{20AC}]"
"""Characters among which are those of :data:`_PRINTED`: all but ASCII, Latin letters, quotation
marks."""

_DIGITLESS: Final = frozenset({
    "EmailRecognizer", "IpRecognizer", "ItCodiceFiscaleRecognizer", "MacAddressRecognizer",
    "PersonalLinkRecognizer", "SecretRecognizer",
})  # fmt: skip
"""Recognisers of values that may hold no digit at all."""

_AT: Final = r"[^\s@]@[^\s@]"
"""An e-mail address's prefilter: one letter, which is found without an automaton."""

_ENCODED: Final = (
    r"%(?:[2-7DEF][0-9A-F]|C2%A|u[0-9A-F]{4})",
    r"=[^&;=\s]{0,64}[0-9A-Za-z]\+[0-9A-Za-z]",
    r"&(?:#x?[0-9A-F]{2,6}|[a-z]{2,8});",
    r"\\(?:u[0-9A-F]{4}|x[0-9A-F]{2}|[nrt/\\\"'])",
)
_BLANK: Final = r"[\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
_DASH: Final = r"[\x{2010}-\x{2015}\x{2212}\x{fe63}]"
_PRINTED: Final = (
    rf"(?:^|[^\xab\n]){_BLANK}(?:[^:;?!\xbb\n]|$)",
    rf"[\w.,)'\x{{2019}}\-]{_DASH}|[\d)] {_DASH}",
    r"[\x{ad}\x{200b}-\x{200d}\x{2060}\x{feff}]",
    r"[\x{ff01}-\x{ff5e}]|[^\P{Nd}\x00-\x7f]",
)
"""What :mod:`vitrail.detect.decoding` undoes, where a value can be behind it; so is base64. Not
behind the blanks that French sets before a colon and within quotation marks, nor the dashes
between words: prose is full of them."""


_UNICODE: Final = (
    hyperscan.HS_FLAG_PREFILTER
    | hyperscan.HS_FLAG_MULTILINE
    | hyperscan.HS_FLAG_CASELESS
    | hyperscan.HS_FLAG_UTF8
    | hyperscan.HS_FLAG_UCP
)
_BARE: Final = np.isin(np.arange(256), np.frombuffer(b" \n\t@", np.uint8))


_NOBODY: Final[Candidates] = (np.empty(0, np.int64), np.empty(0, np.int64))


class Prefilter:
    """The automata of a set of judges, and the route from a match to a value.

    ``patterns`` is the one of all judges. ``judges[i]`` is called by the number i; ``len(judges)``
    stands for encoded text, numbers above it for words to which several judges may listen.
    """

    def __init__(self, judges: Sequence[Judge], min_score: float, cache: Path | None) -> None:
        self.encoded = len(judges)
        self._weak = {n for n, j in enumerate(judges) if _has_weak(j, _strong(j, min_score))}
        rows = [row for n, judge in enumerate(judges) for row in _rows(n, judge, min_score)]
        self._callers, words = _by_callers(tuple(judges), min_score)
        rows += [_Row(regex, re.IGNORECASE, self.encoded + 1 + n) for n, regex in enumerate(words)]
        self._at = np.array([row.judge for row in rows if row.regex == _AT], np.int64)
        rows = [row for row in rows if row.regex != _AT]
        rows += [_Row(regex, re.IGNORECASE, self.encoded) for regex in _ENCODED]
        rows += [_Row(regex, re.IGNORECASE, self.encoded) for regex in DISGUISED]
        rows += [_Row(regex, 0, self.encoded) for regex in (f"(?:{QUADS}){{3}}", *PACKED)]
        self._digitless = np.array([_is_digitless(j) for j in judges] + [True])
        self._choosy = [(n, j.source.candidates) for n, j in enumerate(judges) if _chooses(j)]
        self._everywhere = [n for n, j in enumerate(judges) if _is_everywhere(j)]
        self.patterns = Automaton([row.expression() for row in rows], cache)
        self._printed = Automaton(
            [Expression(regex, _UNICODE, self.encoded) for regex in _PRINTED], cache
        )

    def prepare(self) -> None:
        """Compile or load both automata."""
        for automaton in (self.patterns, self._printed):
            automaton.scan(b"\n")

    def needs_call(self, judge: int) -> bool:
        """Whether part of what this judge finds shows only where a word or a column calls it."""
        return judge in self._weak

    def candidates(self, values: pa.Array) -> Candidates:
        """Pairs (value, judge), each once, in order of value."""
        width = self.encoded + 1
        parts = (self._matching(values), self._printing(values))
        keys = once(np.concatenate([*(i * width + j for i, j in parts), *self._chosen(values)]))
        return self._with_digits(values, keys // width, keys % width)

    def _matching(self, values: pa.Array) -> Candidates:
        """Values in which a pattern, a word or the sign of an address stands."""
        if len(values) == 0:
            return _NOBODY
        text, starts = _end_to_end(values)
        ends, judges = self.patterns.scan(memoryview(text))
        at = _at_signs(text)
        places = np.concatenate([ends, *(at for _ in self._at)])
        judges = np.concatenate([judges, np.repeat(self._at, len(at))])
        return self._called(np.searchsorted(starts, places, side="left") - 1, judges)

    def _printing(self, values: pa.Array) -> Candidates:
        """Values that hold blanks, dashes or digits of print, which are to be read as ASCII's."""
        if pc.all(pc.string_is_ascii(values)).as_py():
            return _NOBODY
        peculiar = pc.match_substring_regex(values, _PECULIAR)
        index = np.flatnonzero(np.asarray(peculiar.to_numpy(zero_copy_only=False), dtype=bool))
        if len(index) == 0:
            return _NOBODY
        text, starts = _end_to_end(values.take(pa.array(index)))
        ends, judges = self._printed.scan(memoryview(text))
        return index[np.searchsorted(starts, ends, side="left") - 1], judges

    def _chosen(self, values: pa.Array) -> Iterator[npt.NDArray[np.int64]]:
        """Keys of what judges choose for themselves, and of all values for those that need all."""
        width = self.encoded + 1
        for judge, candidates in self._choosy:
            yield candidates(values) * width + judge
        for judge in self._everywhere:
            yield np.arange(len(values), dtype=np.int64) * width + judge

    def _with_digits(
        self, values: pa.Array, index: npt.NDArray[np.int64], judge: npt.NDArray[np.int64]
    ) -> Candidates:
        """Most judges find nothing without a digit, whatever word called them."""
        wanting = np.flatnonzero(~self._digitless[judge])
        called = once(index[wanting])
        if len(called) == 0:
            return index, judge
        digits = pc.match_substring_regex(values.take(pa.array(called)), r"\p{Nd}")
        bare = called[~np.asarray(digits.to_numpy(zero_copy_only=False), dtype=bool)]
        kept = self._digitless[judge] | ~np.isin(index, bare)
        return index[kept], judge[kept]

    def _called(self, index: npt.NDArray[np.int64], number: npt.NDArray[np.int64]) -> Candidates:
        """Numbers of words become the judges that listen to them."""
        spoken = number > self.encoded
        if not spoken.any():
            return index, number
        indexes, numbers = [index[~spoken]], [number[~spoken]]
        for word in np.unique(number[spoken]).tolist():
            callers = self._callers[word - self.encoded - 1]
            here = once(index[number == word])
            indexes.append(np.repeat(here, len(callers)))
            numbers.append(np.tile(callers, len(here)))
        return np.concatenate(indexes), np.concatenate(numbers)


def _end_to_end(values: pa.Array) -> tuple[pa.Buffer, npt.NDArray[np.int64]]:
    """All values in one text, a line feed between them, and where each begins, in bytes."""
    texts = values.cast(pa.string())
    joined = pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts), "\n")
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    return joined.buffers()[2], np.cumsum(lengths + 1) - lengths - 1


def once(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Each of the numbers once, in order; quick where they are nearly in order already."""
    keys = np.sort(keys, kind="stable")
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]


def _at_signs(text: pa.Buffer) -> npt.NDArray[np.int64]:
    """Where, counted in bytes, an @ ends that has something on both sides."""
    data = np.frombuffer(text, np.uint8)
    at = np.flatnonzero(data == ord("@"))
    at = at[(at > 0) & (at < len(data) - 1)]
    return at[~(_BARE[data[at - 1]] | _BARE[data[at + 1]])] + 1


@dataclass(frozen=True, slots=True)
class _Row:
    """A regex of a judge. ``plain``: over bytes as they are, whatever they encode."""

    regex: str
    flags: int
    judge: int
    plain: bool = False

    def expression(self) -> Expression:
        """Over plain bytes, but where the pattern itself has other letters."""
        if self.plain:
            return Expression(self.regex, 0, self.judge)
        utf8 = 0 if self.regex.isascii() else hyperscan.HS_FLAG_UTF8
        caseless = hyperscan.HS_FLAG_CASELESS if self.flags & re.IGNORECASE else 0
        dot = hyperscan.HS_FLAG_DOTALL if self.flags & re.DOTALL else 0
        flags = hyperscan.HS_FLAG_PREFILTER | hyperscan.HS_FLAG_MULTILINE
        return Expression(self.regex, flags | utf8 | caseless | dot, self.judge)


def _rows(number: int, judge: Judge, min_score: float) -> Iterator[_Row]:
    """What of a judge's own patterns is strong enough to call it by itself."""
    strong = _strong(judge, min_score)
    wider = _wider(judge)
    for regex, flags in strong:
        if not wider:
            yield _Row(regex, flags, number)
        elif wider[regex] is not None:
            yield _Row(wider[regex], 0, number, plain=True)


def _strong(judge: Judge, min_score: float) -> list[tuple[str, int]]:
    source: Any = judge.source
    flags = getattr(source, "global_regex_flags", re.MULTILINE)
    if judge.name in _WIDER:
        return [(r, flags) for r in _WIDER[judge.name]]
    if hasattr(source, "prefilter"):
        return [(r, flags) for r in source.prefilter]
    if judge.name in NEEDS_WORD or _chooses(judge):
        return []
    return [
        (p.regex, flags)
        for p in source.patterns
        if not p.name.endswith(" bare") and (judge.validates or p.score >= min_score)
    ]


@lru_cache(maxsize=4)  # a scan has several detectors, and they have their judges in common
def _by_callers(
    judges: tuple[Judge, ...], min_score: float
) -> tuple[list[npt.NDArray[np.int64]], list[str]]:
    """The words that call weak judges, each once: for each set of judges that listen to the same
    words, the judges and the words as one alternation. Of a judge's words a phrase that holds
    another adds nothing.
    """
    listening: dict[str, list[int]] = defaultdict(list)
    for number, judge in enumerate(judges):
        if _has_weak(judge, _strong(judge, min_score)):
            single = {word for word in judge.context if " " not in word}
            for word in judge.context:
                if word in single or single.isdisjoint(word.split()):
                    listening[word].append(number)
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for word in sorted(listening):
        alike[tuple(listening[word])].append(_spoken(word))
    return [np.array(numbers) for numbers in alike], ["|".join(words) for words in alike.values()]


def _spoken(word: str) -> str:
    """A word or phrase in text; ``\\b`` is ASCII's, so it stands only beside ASCII letters."""
    body = "[^a-z0-9]+".join(re.escape(w) for w in word.split())
    first = r"(?:\b|_)" if word[0].isascii() else ""
    last = r"(?:\b|_)" if word[-1].isascii() else ""
    return first + body + last


def _has_weak(judge: Judge, strong: list[tuple[str, int]]) -> bool:
    """Whether some of what the judge finds needs a word to be called."""
    if _chooses(judge):
        return False
    if hasattr(judge.source, "spans"):
        return True
    if judge.name in _WIDER or hasattr(judge.source, "prefilter"):
        return False
    return len(strong) < len(judge.source.patterns)


def _chooses(judge: Judge) -> bool:
    """Whether the recogniser tells by itself which values it has to look at."""
    return hasattr(judge.source, "candidates")


def _wider(judge: Judge) -> Mapping[str, Any]:
    """For a user's own patterns: what to look for in UTF-8 bytes, by regex."""
    return getattr(judge.source, "utf8_prefilter", {})


def _is_everywhere(judge: Judge) -> bool:
    """Whether the recogniser has to look at every value, for want of anything to look for."""
    return None in _wider(judge).values()


def _is_digitless(judge: Judge) -> bool:
    return judge.name in _DIGITLESS or _chooses(judge) or bool(_wider(judge))
