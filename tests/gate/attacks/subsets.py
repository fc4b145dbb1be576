"""Random subsets of persons, the undefended attack with least squares: every way to write one."""

from __future__ import annotations

import random
from collections.abc import Iterator

_PARTS = (
    "hash(person) % {n} = {k}", "person % {n} = {k}", "person & {n} > 0", "random() < 0.{k}",
    "person IN ({k}, {n})", "person > {n}", "md5(person) LIKE '{k}%'", "day IN ('{d}')",
    "abs(hash(country)) % {n} = {k}", "country IN ('FR', 'DE')", "NOT country = 'FR'",
    "country = 'FR' OR device = 'mobile'", "amount % {n} = {k}", "amount > {n}",
    "EXISTS (SELECT 1 WHERE person = {k})", "period BETWEEN '{d}' AND '{d}'", "rowid % {n} = {k}",
    "country = 'FR' XOR device = 'mobile'", "bit_count(person) = {k}", "substr(country, {k}) = 'R'",
)  # fmt: skip
_WHOLES = (
    "SELECT count(DISTINCT person) FROM visits TABLESAMPLE {k} PERCENT",
    "SELECT count(DISTINCT person) FROM visits USING SAMPLE {n} ROWS",
    "SELECT count(DISTINCT person) FILTER (WHERE person % {n} = {k}) FROM visits",
    "SELECT count(DISTINCT CASE WHEN person % {n} = {k} THEN person END) FROM visits",
    "SELECT person % {n}, count(DISTINCT person) FROM visits GROUP BY 1",
    "SELECT count(DISTINCT person) FROM (SELECT * FROM visits LIMIT {n})",
)


def subsets(count: int, seed: int = 1) -> Iterator[str]:
    """``count`` questions, each about a subset of persons that is drawn at random."""
    rng = random.Random(seed)
    for _ in range(count):
        drawn = {"n": rng.randrange(2, 99), "k": rng.randrange(2, 9),
                 "d": f"2025-03-{rng.randrange(11, 16)}"}  # fmt: skip
        where = f"SELECT count(DISTINCT person) FROM visits WHERE {rng.choice(_PARTS)}"
        yield rng.choice((where, where, where, rng.choice(_WHOLES))).format(**drawn)
