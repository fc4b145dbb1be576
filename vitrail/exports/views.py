"""The SQL of a canonical table: all its feeds, and who each row is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from vitrail.exports.binding import EMAIL, GUARDIAN, BoundFeed, select_of
from vitrail.exports.canonical import CanonicalTable
from vitrail.exports.formats.loading import quote_name
from vitrail.exports.people import ACCOUNTS, DEVICES, EMAILS

#: What costs a join, and so is in a view only when a query asks for it.
KEY_COLUMNS: Final = frozenset({"account_id", "subject_key", "guardian_key", "person_key"})


def union(table: CanonicalTable, bound: Sequence[BoundFeed]) -> str:
    """All feeds of a table one after the other; of none, the table without rows."""
    if not bound:
        empty = {**table.columns, "_dataset": "VARCHAR", "_table": "VARCHAR", "_row": "BIGINT"}
        columns = ", ".join(f"CAST(NULL AS {k}) AS {quote_name(c)}" for c, k in empty.items())
        return f"SELECT {columns} WHERE false"
    return " UNION ALL BY NAME ".join(f"({select_of(alike)})" for alike in _alike(bound))


def _alike(bound: Sequence[BoundFeed]) -> list[list[BoundFeed]]:
    """The feeds in their order, those together that follow each other and are read alike."""
    runs: list[list[BoundFeed]] = []
    for one in bound:
        if runs and one.reads_like(runs[-1][0]):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def fed_hidden(bound: Sequence[BoundFeed]) -> frozenset[str]:
    """The hidden addresses that at least one feed brings."""
    fed = frozenset().union(*(one.fed for one in bound))
    pairs = (("email", EMAIL), ("guardian_email", GUARDIAN))
    return frozenset(hidden for column, hidden in pairs if column in fed)


def joins_accounts(table: CanonicalTable, bound: Sequence[BoundFeed]) -> str | None:
    """The column that holds account ids, where one is fed: GA4 calls it ``user_id``."""
    fed = frozenset().union(*(one.fed for one in bound))
    if "account_id" in fed:
        return "account_id"
    return "user_id" if table.name == "ga4_events" and "user_id" in fed else None


def lean(table: CanonicalTable, source: str) -> str:
    """The table without any column that costs a join."""
    kept = [c for c in table.columns if c not in KEY_COLUMNS]
    columns = ", ".join(quote_name(c) for c in (*kept, "_dataset", "_table", "_row"))
    return f"SELECT {columns} FROM {source}"


def whole(
    table: CanonicalTable, source: str, hidden: Collection[str], accounts: str | None, devices: bool
) -> str:
    """The table with all its columns; ``hidden``, ``accounts``, ``devices`` say what to join."""
    joins, persons, subjects = "", [], []
    account = "u.account_id"
    if accounts is not None:
        # a GA4 user_id is a person's only where it is an account's; others keep their device
        known = " AND a.known" if accounts == "user_id" else ""
        joins += f" LEFT JOIN {ACCOUNTS} AS a ON u.{accounts} = a.account_id{known}"
        persons.append("a.person_key")
        subjects.append("a.subject_key")
    if EMAIL in hidden:
        joins += f" LEFT JOIN {EMAILS} AS e ON u.{EMAIL} = e.email"
        persons.append("e.person_key")
        subjects.insert(0, "e.subject_key")
        account = "COALESCE(u.account_id, e.account_id)"
    if GUARDIAN in hidden:
        joins += f" LEFT JOIN {EMAILS} AS g ON u.{GUARDIAN} = g.email"
    if devices:
        joins += f" LEFT JOIN {DEVICES} AS d ON u.user_pseudo_id = d.device"
        persons.append("d.person_key")
    made = {
        "account_id": account,
        "subject_key": _first(subjects, "VARCHAR"),
        "guardian_key": "g.subject_key" if GUARDIAN in hidden else "CAST(NULL AS VARCHAR)",
        "person_key": _first(persons, "BIGINT"),
    }
    columns = ", ".join(
        f"{made.get(c) or f'u.{quote_name(c)}'} AS {quote_name(c)}" for c in table.view_columns
    )
    return f"SELECT {columns} FROM {source} AS u{joins}"


def _first(choices: Sequence[str], kind: str) -> str:
    return f"COALESCE({', '.join(choices)})" if choices else f"CAST(NULL AS {kind})"
