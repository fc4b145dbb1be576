"""A deny-list of 100,000 names beside Presidio's regex of the same list, and what own recognisers
add to a scan.

python -m bench.own_lists
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

import pyarrow as pa
from presidio_analyzer import PatternRecognizer

from vitrail.detect.own.definition import OwnRecognizer
from vitrail.detect.own.schema import DEFAULT_FLAGS
from vitrail.detect.recognizers.own_lists import OwnListRecognizer

ENTRIES, TEXTS, PRESIDIO_TEXTS = 100_000, 100_000, 100
SYLLABLES = ["ka", "lo", "mi", "ten", "ra", "be", "shu", "dor", "vel", "an", "os", "é", "ma", "ri"]
WORDS = [
    "the",
    "client",
    "called",
    "about",
    "invoice",
    "order",
    "status",
    "paid",
    "please",
    "send",
    "details",
    "for",
    "account",
]


def made_up(rng: random.Random) -> tuple[tuple[str, ...], list[str]]:
    """Names of two words, and texts of twelve, one in 200 of which ends in a name."""

    def word() -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 5))).title()

    names = tuple(sorted({f"{word()} {word()}" for _ in range(ENTRIES * 11 // 10)})[:ENTRIES])
    texts = [" ".join(rng.choice(WORDS) for _ in range(12)) for _ in range(TEXTS)]
    return names, [f"{t} {names[n]}" if n % 200 == 0 else t for n, t in enumerate(texts)]


def seconds(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> None:
    names, texts = made_up(random.Random(1))
    ours = OwnListRecognizer(OwnRecognizer("list", "X", DEFAULT_FLAGS, deny_list=names), "en")
    begun = time.perf_counter()
    ours.candidates(pa.array(["warm"]))
    list(ours.spans("warm"))
    print(f"table of {len(names):,} entries: {time.perf_counter() - begun:.1f} s")

    values = pa.array(texts)

    def find() -> list[int]:
        return [n for n in ours.candidates(values).tolist() if any(ours.spans(texts[n]))]

    found = find()
    mine = seconds(find, 5) / TEXTS
    begun = time.perf_counter()
    presidio = PatternRecognizer("X", deny_list=list(names))
    presidio.analyze("warm", ["X"])
    print(f"Presidio's regex of them: {time.perf_counter() - begun:.1f} s to compile")
    few = texts[:PRESIDIO_TEXTS]
    theirs_found = [n for n, text in enumerate(few) if presidio.analyze(text, ["X"])]
    if theirs_found != [n for n in found if n < PRESIDIO_TEXTS]:
        raise SystemExit("the answers differ")
    theirs = seconds(lambda: [presidio.analyze(t, ["X"]) for t in few], 3) / PRESIDIO_TEXTS
    print(f"a text of twelve words: {mine * 1e6:.1f} µs, Presidio {theirs * 1e3:.1f} ms")
    print(f"ratio {theirs / mine:,.0f}")


if __name__ == "__main__":
    main()
