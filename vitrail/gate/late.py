"""Events that reached the exports after their period was closed, and those that left since.

Neither changes a closed period; both are told, so that someone can decide on a correction.
"""

from __future__ import annotations

from vitrail.gate.carrying import EARLIER
from vitrail.gate.naming import Fetch, quoted
from vitrail.gate.staging import FactSource, closed_table


def late_and_gone(source: FactSource, fetch: Fetch) -> tuple[int, int]:
    """How many events of closed days the exports have more, and how many less, than are counted.

    By person and period, so that one that came late does not make up for one that went.
    """
    [(late, gone)] = fetch(
        "SELECT coalesce(sum(greatest(now - was, 0)), 0), coalesce(sum(greatest(was - now, 0)), 0)"
        " FROM (SELECT coalesce(now, 0) AS now, coalesce(was, 0) AS was FROM"
        " (SELECT person, week, month, sum(events) AS now"
        f" FROM staging.{quoted(closed_table(source.definition))} GROUP BY ALL)"
        " FULL JOIN (SELECT person, week, month, sum(rows) AS was"
        f" FROM {EARLIER}.{quoted(source.definition.name)} GROUP BY ALL)"
        " USING (person, week, month))"
    )
    return int(late), int(gone)
