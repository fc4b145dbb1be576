"""Who a row is about: keyed pseudonyms, made once for each distinct identifier.

The secret never enters SQL: distinct identifiers leave the engine, keys come back as a table that
the canonical views join. All of it lives in memory, for this process only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import duckdb
import pyarrow as pa

if TYPE_CHECKING:
    from vitrail.keys import Keyring

EMAILS: Final = "_emails"
ACCOUNTS: Final = "_accounts"
DEVICES: Final = "_devices"

_TABLES: Final = f"""
    CREATE TABLE {EMAILS} (
        email VARCHAR, subject_key VARCHAR, account_id VARCHAR, person_key BIGINT);
    CREATE TABLE {ACCOUNTS} (
        account_id VARCHAR, subject_key VARCHAR, person_key BIGINT, known BOOLEAN);
    CREATE TABLE {DEVICES} (device VARCHAR, person_key BIGINT);
"""


class People:
    """The keys of every identifier met so far. Each ``learn_…`` takes a SELECT of identifiers.

    A person is an account where one is known, for its e-mail address too; else an e-mail
    address; else a device. Of several accounts with one address the first by id stands for it.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, keys: Keyring) -> None:
        self._connection = connection
        self._keys = keys
        self._account_of: dict[str, str] = {}
        connection.execute(_TABLES)

    def learn_directory(self, select: str) -> None:
        """From (account_id, email): which address belongs to which account."""
        pairs = self._connection.sql(
            f"SELECT account_id, min(email) AS email FROM ({select}) "
            "WHERE account_id IS NOT NULL GROUP BY account_id ORDER BY account_id"
        ).to_arrow_table()
        accounts, emails = pairs["account_id"].to_pylist(), pairs["email"].to_pylist()
        written = [email for email in emails if email is not None]
        keyed = dict(zip(written, self._keys.subject_keys(written), strict=True))
        subjects = [None if email is None else keyed[email] for email in emails]
        for account, subject in zip(accounts, subjects, strict=True):
            if subject is not None:
                self._account_of.setdefault(subject, account)
        self._add_accounts(accounts, subjects, known=True)
        self._add_emails(list(keyed), list(keyed.values()))

    def learn_accounts(self, select: str) -> None:
        """From (account_id): accounts that the directory does not have."""
        accounts = self._new(select, "account_id", ACCOUNTS)
        self._add_accounts(accounts, [None] * len(accounts), known=False)

    def learn_emails(self, select: str) -> None:
        """From (email): the keys of each way in which an address is written."""
        emails = self._new(select, "email", EMAILS)
        self._add_emails(emails, self._keys.subject_keys(emails))

    def learn_devices(self, select: str) -> None:
        """From (device): each is a person of its own."""
        devices = self._new(select, "device", DEVICES)
        self._insert(
            DEVICES, device=pa.array(devices, pa.string()), person_key=self._person_keys(devices)
        )

    def _add_emails(self, emails: list[str], subjects: list[str | None]) -> None:
        accounts = [None if s is None else self._account_of.get(s) for s in subjects]
        owners = [a if a is not None else s for a, s in zip(accounts, subjects, strict=True)]
        self._insert(
            EMAILS,
            email=pa.array(emails, pa.string()),
            subject_key=pa.array(subjects, pa.string()),
            account_id=pa.array(accounts, pa.string()),
            person_key=self._person_keys(owners),
        )

    def _add_accounts(
        self, accounts: list[str], subjects: list[str | None], *, known: bool
    ) -> None:
        self._insert(
            ACCOUNTS,
            account_id=pa.array(accounts, pa.string()),
            subject_key=pa.array(subjects, pa.string()),
            person_key=self._person_keys(accounts),
            known=pa.array([known] * len(accounts), pa.bool_()),
        )

    def _person_keys(self, owners: Sequence[str | None]) -> pa.Array:
        there = [owner for owner in owners if owner is not None]
        keys = iter(self._keys.person_keys(there))
        return pa.array([None if owner is None else next(keys) for owner in owners], pa.int64())

    def _new(self, select: str, column: str, table: str) -> list[str]:
        found = self._connection.sql(
            # distinct before the look-up: of ten million rows few are different
            f"WITH s AS MATERIALIZED (SELECT DISTINCT {column} FROM ({select})) "
            f"SELECT {column} FROM s WHERE {column} IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.{column} = s.{column})"
        ).to_arrow_table()
        values: list[str] = found[column].to_pylist()
        return values

    def _insert(self, table: str, **columns: pa.Array) -> None:
        self._connection.register("_learned", pa.table(columns))
        try:
            self._connection.execute(f"INSERT INTO {table} SELECT * FROM _learned")
        finally:
            self._connection.unregister("_learned")
