"""From the cells that speak of minors to the persons whom they speak of.

Each canonical row knows where it came from, so a cell's dataset, table and row lead to a person.
Rows of customers' data (a processor's tables) lead to nobody here: their owner is to be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import log
from typing import TYPE_CHECKING, Any, Final

from vitrail.detect.minors import (
    Family,
    Judged,
    Judgement,
    Level,
    Signal,
    combine,
    judge,
    of_day,
    of_year,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring

_PRINT: Final = "MINOR_CASE"
_NAME: Final = "minor_signals"


@dataclass(frozen=True, slots=True)
class LikelyMinor:
    """A person and what all signals about them come to. ``person``: the store's ``person_key``."""

    person: int
    account_id: str | None
    subject_key: str | None
    judgement: Judgement

    def fingerprint(self, keys: Keyring) -> str:
        """Who it is, under the workspace's key, for the ledger."""
        return keys.fingerprint(_PRINT, str(self.person))


def likely_minors(
    store: CanonicalStore, signals: pa.Table, on: date, adult: int
) -> tuple[LikelyMinor, ...]:
    """Every person whom ``signals`` (of :data:`~vitrail.scan.MINORS_SCHEMA`) speak of."""
    if not len(signals):
        return ()
    rows = _tied(store, signals)
    judged: dict[int, list[tuple[Family, Judged]]] = defaultdict(list)
    accounts: dict[int, tuple[str | None, str | None]] = {}
    for row in rows.values():
        judged[row["person_key"]].append((Family(row["signal"]), _judged(row)))
        known = accounts.get(row["person_key"], (None, None))
        accounts[row["person_key"]] = (
            known[0] or row["account_id"], known[1] or row["subject_key"],
        )  # fmt: skip
    for person, against in _adults(store, on, adult):
        if person in judged:
            judged[person].append(against)
    found = ((person, combine(of)) for person, of in judged.items())
    return tuple(LikelyMinor(p, *accounts[p], j) for p, j in found if j is not None)


def _tied(store: CanonicalStore, signals: pa.Table) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Each signal with the persons of its row, once a person, whichever tables the row feeds; a
    text that stands in two columns of a row is one."""
    store.register(_NAME, signals)
    datasets = set(signals["dataset"].to_pylist())
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for name, table in store.tables.items():
        keyed = {"account_id", "subject_key"} & table.columns
        if not keyed or datasets.isdisjoint(d.name for d in table.datasets):
            continue
        columns = ", ".join(
            f"t.{c}" if c in keyed else f"NULL AS {c}" for c in ("account_id", "subject_key")
        )
        rows = store.query(
            'SELECT s.dataset, s."table", s."row", s.signal, s.start, s."end", '
            f"s.level, s.score, s.age_low, s.age_high, t.person_key, {columns} "
            f"FROM {_NAME} AS s JOIN {name} AS t "
            'ON t._dataset = s.dataset AND t._table IS NOT DISTINCT FROM s."table" '
            'AND t._row = s."row" WHERE t.person_key IS NOT NULL'
        )
        for row in rows.to_pylist():
            which = ("dataset", "table", "row", "signal", "start", "end", "person_key")
            found.setdefault(tuple(row[c] for c in which), row)
    return found


def _judged(row: Mapping[str, Any]) -> Judged:
    """A row of signals as it was judged by the scan."""
    score = min(max(float(row["score"]), 1e-6), 1 - 1e-6)
    return Judged(Level(row["level"]), log(score / (1 - score)), row["age_low"], row["age_high"])


def _adults(
    store: CanonicalStore, on: date, adult: int
) -> Iterator[tuple[int, tuple[Family, Judged]]]:
    """Birth dates and years in profiles that speak for an adult; the scan wrote none down."""
    if "profiles" not in store.tables:
        return
    rows = store.query(
        "SELECT DISTINCT person_key, declared_birth_date AS day, declared_birth_year AS year "
        "FROM profiles WHERE person_key IS NOT NULL "
        "AND COALESCE(declared_birth_date, MAKE_DATE(declared_birth_year, 1, 1)) IS NOT NULL"
    )
    for row in rows.to_pylist():
        family = Family.BIRTH_DATE if row["day"] else Family.BIRTH_YEAR
        birth = of_day(row["day"]) if row["day"] else of_year(row["year"])
        judged = judge(Signal(family, birth, on), on, adult)
        if judged.log_odds < 0:
            yield row["person_key"], (family, judged)
