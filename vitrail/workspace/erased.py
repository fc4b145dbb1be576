"""Listed erased persons under a trace: what RET-02, RET-06, RET-09 and DSR-04 read of them.

All persons of ``erased_file`` are looked for in one pass over every export. Locked until an
assessment is on record; the ledger knows of it first. Of the list nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from vitrail.config import FILE_NAME
from vitrail.errors import ConfigError
from vitrail.model import Control
from vitrail.promises.tables import SCHEMAS
from vitrail.trace import Kind, Place, Subject, Traced
from vitrail.trace.sweep import unwatched
from vitrail.workspace import tracing
from vitrail.workspace.deletion_proof import LEFT, holds_of, standings_of

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.workspace.open_workspace import OpenWorkspace

TABLE: Final = "erased_traces"
_WHY: Final = "whether listed erased persons are still in the exports"
_NUMBERS: Final = frozenset({Kind.ACCOUNT.value, Kind.CUSTOMER.value, Kind.DEVICE.value})
#: Tables that tell which person a listed identifier is.
_KNOWN: Final = ("deletions", "accounts", "dsar_requests")


def register_erased(
    workspace: OpenWorkspace, store: CanonicalStore, controls: Iterable[Control], as_of: date
) -> None:
    """Let the controls that ask see where listed persons still are, where there is a list."""
    if workspace.settings.erased_file is None:
        return
    if not any(TABLE in control.uses for control in controls):
        return
    request = tracing.Request(_lines(workspace), "check", _WHY, each=True)
    opened = tracing.begin(workspace, request, "check")
    found = tracing.traced(workspace, store, opened, unwatched)
    rows = list(_rows(workspace, store, found, as_of))
    tracing.end(workspace, opened, "check", found.trace)
    store.register(TABLE, pa.Table.from_pylist(rows, SCHEMAS[TABLE]))


def _lines(workspace: OpenWorkspace) -> list[str]:
    name = workspace.settings.erased_file or ""
    try:
        return (workspace.layout.root / name).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            "The list of erased persons cannot be read.",
            f"Mend `erased_file` in {FILE_NAME}, or take the line out.",
        ) from None


def _rows(
    workspace: OpenWorkspace, store: CanonicalStore, found: Traced, as_of: date
) -> Iterator[dict[str, Any]]:
    """A row for each place of each person; for who is left nowhere, one that says so."""
    persons = dict(zip(found.names, _person_keys(workspace, store, found.subjects), strict=True))
    standings = standings_of(found, holds_of(store), workspace.keys, as_of)
    left: set[str] = set()
    for place, standing, _ in standings:
        told = _told(place, standing)
        left |= {place.subject} if told == LEFT else set()
        yield {
            "subject": place.subject,
            "person_key": persons[place.subject],
            "dataset": place.dataset,
            "table": place.table,
            "row": place.row,
            "standing": told,
        }
    clean = "unread" if found.trace.unread else "clean"
    for name in found.trace.subjects:
        if name not in left:
            yield {"subject": name, "person_key": persons[name], "standing": clean}


def _told(place: Place, standing: str) -> str:
    """A bare number in a column of such numbers names nobody; mapped tables are judged by it.
    What is held for a customer is theirs to erase."""
    if standing != LEFT:
        return standing
    if place.processor:
        return "processor"
    return "key" if place.how == "key" and place.kind in _NUMBERS else LEFT


def _person_keys(
    workspace: OpenWorkspace, store: CanonicalStore, subjects: Iterable[Subject]
) -> list[int | None]:
    """Whom the exports know each listed person as; None for one whom they do not know."""
    accounts, addresses = _known(store)
    keys: list[int | None] = []
    for subject in subjects:
        known = (accounts.get(i.text) for i in subject.identifiers if i.kind is Kind.ACCOUNT)
        mails = (workspace.keys.subject_key(i.text) for i in subject.identifiers
                 if i.kind is Kind.EMAIL)  # fmt: skip
        met = [*known, *(addresses.get(mail or "") for mail in mails)]
        keys.append(next((key for key in met if key is not None), None))
    return keys


def _known(store: CanonicalStore) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Person keys by account and by the keyed hash of an address."""
    accounts: dict[str, int] = {}
    addresses: dict[str, int] = {}
    for table in _KNOWN:
        if table not in store.tables:
            continue
        rows = store.query(
            f"SELECT DISTINCT account_id, subject_key, person_key FROM {table}"
            " WHERE person_key IS NOT NULL"
        )
        for row in rows.to_pylist():
            accounts.setdefault(row["account_id"] or "", row["person_key"])
            addresses.setdefault(row["subject_key"] or "", row["person_key"])
    accounts.pop("", None)
    addresses.pop("", None)
    return accounts, addresses
