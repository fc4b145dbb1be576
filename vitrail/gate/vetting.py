"""What a fact must not yield: rows without a person, two rows for one event, nothing at all."""

from __future__ import annotations

from typing import Final

from vitrail.errors import ConfigError
from vitrail.gate.naming import Fetch, quoted
from vitrail.gate.staging import FactSource, closed_table

_STAYS = "the facts before stay in force."
#: So many events are looked at together.
_AT_ONCE: Final = 20_000_000


def vet(source: FactSource, fetch: Fetch) -> None:
    """Raise :class:`~vitrail.errors.ConfigError` for staged rows that no answer could stand on.

    Each is a fault of the fact or of the exports, and would count persons or events wrongly
    without a word; so nothing is published, and the epoch in force stays.
    """
    fact, table = source.definition, f"staging.{quoted(source.definition.name)}"
    [(rows, nobody)] = fetch(f"SELECT count(*), count(*) FILTER (person IS NULL) FROM {table}")
    if nobody:
        raise ConfigError(
            f"The fact {fact.name} gives rows without a person: {nobody:,} of {rows:,}.",
            f"Let its SQL leave out rows whose {fact.person} is null and import again; {_STAYS}",
        )
    if source.kept is not None and not rows:
        _not_emptied(source, fetch)
    if fact.event is not None:
        _one_row_an_event(source, table, rows, fetch)


def _not_emptied(source: FactSource, fetch: Fetch) -> None:
    """A fact that had rows and has none, not even of days long closed, has lost its export."""
    name = source.definition.name
    [(closed,)] = fetch(f"SELECT count(*) FROM staging.{quoted(closed_table(source.definition))}")
    if not closed:
        raise ConfigError(
            f"The exports hold no row of the fact {name} any more.",
            f"See whether what feeds it was exported empty, and import again; {_STAYS}",
        )


def _one_row_an_event(source: FactSource, table: str, rows: int, fetch: Fetch) -> None:
    """Looked for in parts, for the ids of a hundred million events do not fit into memory."""
    fact, parts = source.definition, 1 + rows // _AT_ONCE
    twice = 0
    for part in range(parts):
        [(found,)] = fetch(
            f"SELECT count(*) FROM (SELECT event_id FROM {table} WHERE event_id IS NOT NULL"
            f" AND hash(event_id) % {parts} = {part} GROUP BY event_id HAVING count(*) > 1)"
        )
        twice += found
    if twice:
        raise ConfigError(
            f"The fact {fact.name} gives more than one row for one {fact.event}, {twice:,} times.",
            "See whether an export stands there twice, or a join in its SQL repeats rows, and "
            f"import again; {_STAYS}",
        )
