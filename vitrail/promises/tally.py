"""Running a control's SQL and adding its rows up; what the verdict is made from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from vitrail.errors import VitrailError
from vitrail.model import Control, Counted
from vitrail.promises.control import LEVELS

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore

#: Row keys that go into evidence, at most (CONTROLS, section 2).
KEYS_SHOWN: Final = 20

_PARAMETER: Final = re.compile(r"\$([a-z_]+)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that breaks the promise or wants a look: its key in the export, time and shape."""

    key: str
    at: datetime | None
    shape: str | None


@dataclass(frozen=True, slots=True)
class Loose:
    """A table of which ``rows`` of its ``of`` rows can be tied to nobody."""

    table: str
    rows: int
    of: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The cases of one control by level and reason.

    ``rows`` are the first few to break the promise, then to want a look. ``first`` and ``last``
    are of the violations, ``covered`` of all rows; ``months`` counts the calendar months in which
    the promise was broken, ``by_month`` the violations of each, as ``2026-03``. ``loose`` are the
    tables through which persons could not be followed.
    """

    counted: tuple[Counted, ...] = ()
    rows: tuple[Row, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    covered: tuple[datetime | None, datetime | None] = (None, None)
    months: int = 0
    by_month: tuple[tuple[str, int], ...] = ()
    loose: tuple[Loose, ...] = ()

    def cases(self, level: str) -> int:
        return sum(c.cases for c in self.counted if c.level == level)

    @property
    def denominator(self) -> int:
        """All cases that the data could settle."""
        return self.cases("ok") + self.cases("warn") + self.cases("fail")


def tally(control: Control, store: CanonicalStore, parameters: Mapping[str, Any]) -> Tally:
    """Run the control over the store. ``parameters`` hold ``asof`` and the control's own."""
    named = set(_PARAMETER.findall(control.sql))
    used = {name: parameters[name] for name in sorted(named)}
    table = store.query(_counting(control), used)
    return _added_up(control, table.to_pylist(), parameters)


def _counting(control: Control) -> str:
    """The control's SQL with its rows counted; only the first few of those at fault come along."""
    return f"""
        WITH verdict_rows AS ({control.sql}),

        by_month AS (
            SELECT
                level,
                why,
                CASE WHEN level = 'fail' THEN STRFTIME("at", '%Y-%m') END AS month,
                SUM(cases)::BIGINT AS cases,
                MIN("at") AS first_at,
                MAX("at") AS last_at,
                MIN({{'at': verdict_rows."at", 'key': key, 'shape': shape}}, {KEYS_SHOWN})
                    FILTER (WHERE key IS NOT NULL AND level IN ('fail', 'warn')) AS rows
            FROM verdict_rows
            WHERE cases > 0
            GROUP BY ALL
        )

        SELECT
            level,
            why,
            SUM(cases)::BIGINT AS cases,
            MIN(first_at) AS first_at,
            MAX(last_at) AS last_at,
            LIST({{'month': month, 'cases': by_month.cases}})
                FILTER (WHERE month IS NOT NULL) AS months,
            FLATTEN(LIST(by_month.rows ORDER BY month NULLS LAST)) AS rows
        FROM by_month
        GROUP BY level, why
    """


def _added_up(
    control: Control, groups: list[dict[str, Any]], parameters: Mapping[str, Any]
) -> Tally:
    reasons = dict(control.reasons)
    for group in groups:
        if group["level"] not in LEVELS or (group["why"] or "nothing") not in reasons:
            raise VitrailError(
                f"The control {control.id} gave a level or reason it does not declare."
            )
    groups.sort(key=lambda g: (LEVELS.index(g["level"]), -g["cases"], g["why"] or ""))
    fails = [g for g in groups if g["level"] == "fail"]
    timed = [g for g in groups if g["level"] != "note"]
    months: Counter[str] = Counter()
    for month in (m for g in fails for m in g["months"] or ()):
        months[month["month"]] += month["cases"]
    return Tally(
        counted=tuple(
            Counted(g["level"], g["why"] or "", _words(reasons, g["why"], parameters), g["cases"])
            for g in groups
        ),
        rows=tuple(
            Row(r["key"], r["at"], r["shape"])
            for g in groups
            for r in (g["rows"] or ())[:KEYS_SHOWN]
        )[:KEYS_SHOWN],
        first=_earliest(fails, "first_at"),
        last=_latest(fails, "last_at"),
        covered=(_earliest(timed, "first_at"), _latest(timed, "last_at")),
        months=len(months),
        by_month=tuple(sorted(months.items())),
    )


def _words(reasons: Mapping[str, str], why: str | None, parameters: Mapping[str, Any]) -> str:
    return reasons[why].format_map(parameters) if why else ""


def _earliest(groups: list[dict[str, Any]], name: str) -> datetime | None:
    return min((g[name] for g in groups if g[name] is not None), default=None)


def _latest(groups: list[dict[str, Any]], name: str) -> datetime | None:
    return max((g[name] for g in groups if g[name] is not None), default=None)
