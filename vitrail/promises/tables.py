"""Tables that controls read beside the exports, and what of a control's needs is lacking.

Those of the scan are registered by the caller (:mod:`vitrail.promises.scan_tables`); the others
are made here when a control uses them, and live in the memory of this process alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.exports.canonical import CANONICAL
from vitrail.model import Control
from vitrail.normalisation import normalise_email
from vitrail.promises.birthdates import SCHEMA as READINGS
from vitrail.promises.birthdates import birth_readings
from vitrail.promises.export_tables import (
    EXPORT_SCHEMAS,
    files_table,
    headers_table,
    times_table,
)
from vitrail.promises.harmless import harmless_values
from vitrail.promises.scan_tables import SCAN_SCHEMAS, claims_of, reviews_table

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.promises.policy import Policy

_TEXT: Final = pa.string()

#: Every table that is not an export's, with its columns.
SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    **SCAN_SCHEMAS,
    # numbers of which it is known that they are nobody's secret: ``own`` accounts of the company,
    # and cards that processors have ``published`` for testing
    "harmless_values": pa.schema({"fingerprint": _TEXT, "why": _TEXT}),
    "policy_recipients": pa.schema({"name": _TEXT}),
    "known_people": pa.schema({"fingerprint": _TEXT}),
    "birth_readings": READINGS,
    "export_systems": pa.schema({"dataset": _TEXT, "table": _TEXT, "system": _TEXT}),
    "export_columns": pa.schema(
        {"dataset": _TEXT, "table": _TEXT, "column": _TEXT, "feeds": _TEXT}
    ),
    # where listed erased persons still are, found by a trace: a row a person and cell. ``standing``
    # is ``left``, ``held`` on a stated ground, ``register``, ``key`` (a number that mapped tables
    # are judged by), ``name only``; or of one who is left nowhere ``clean``, ``unread`` where not
    # every export could be read
    "erased_traces": pa.schema(
        {
            "subject": _TEXT,
            "person_key": pa.int64(),
            "dataset": _TEXT,
            "table": _TEXT,
            "row": pa.int64(),
            "standing": _TEXT,
        }
    ),
    **EXPORT_SCHEMAS,
}

REGISTERED: Final = frozenset(SCHEMAS)


def lacking(control: Control, store: CanonicalStore) -> tuple[str, ...]:
    """What of the control's needs is neither exported nor registered, in the order of its needs."""
    given = store.registered
    wanted = [n for n in control.needs if n[0] in CANONICAL and n[0] not in given]
    absent = set(store.missing(wanted))
    found: list[str] = []
    for table, columns in control.needs:
        unseen = table in REGISTERED and table not in given and table not in EXPORT_SCHEMAS
        if table in absent or unseen:
            found.append(table)
        found += [name for column in columns if (name := f"{table}.{column}") in absent]
    return tuple(found)


def prepare(
    control: Control,
    store: CanonicalStore,
    policy: Policy,
    settings: Settings,
    keys: Keyring,
) -> None:
    """Register the tables that the control uses and that nobody has registered yet."""
    makers: dict[str, Callable[[], pa.Table]] = {
        "scan_reviews": lambda: reviews_table(()),
        "harmless_values": lambda: harmless_values(store.workspace, settings, keys),
        "policy_recipients": lambda: _of("policy_recipients", policy.recipient_names),
        "known_people": lambda: _known_people(store, keys),
        "birth_readings": lambda: birth_readings(store, claims_of(store)),
        "export_systems": lambda: _systems(store),
        "export_columns": lambda: _columns(store),
        "scan_minors": SCHEMAS["scan_minors"].empty_table,
        "erased_traces": SCHEMAS["erased_traces"].empty_table,
        "export_files": lambda: files_table(store),
        "export_times": lambda: times_table(store),
        "export_headers": lambda: headers_table(store),
    }
    for name in (*control.uses, *(table for table, _ in control.needs)):
        if name in makers and name not in store.registered:
            store.register(name, makers[name]())


def _of(table: str, *columns: Iterable[str | None]) -> pa.Table:
    return pa.Table.from_arrays(
        [pa.array(list(values), _TEXT) for values in columns], schema=SCHEMAS[table]
    )


def _systems(store: CanonicalStore) -> pa.Table:
    """Which system each dataset came from, as the mapping says; null where it does not."""
    claims = claims_of(store)
    names = [
        (next((s for f in feeds if (s := f.mapping.system)), None)) for feeds in claims.values()
    ]
    return _of("export_systems", (d for d, _ in claims), (t for _, t in claims), names)


def _columns(store: CanonicalStore) -> pa.Table:
    """Which canonical column each exported one feeds: ``testimonials.text``."""
    places = list(store.declared)
    return _of(
        "export_columns",
        *([place[part] for place in places] for part in range(3)),
        store.declared.values(),
    )


def _known_people(store: CanonicalStore, keys: Keyring) -> pa.Table:
    """Fingerprints of the e-mail addresses in profiles, as the scan makes them."""
    if "profiles" not in store.tables:
        return _of("known_people", ())
    values = store.query("SELECT DISTINCT email FROM profiles WHERE email IS NOT NULL")
    emails = {normalise_email(value) for value in values.column(0).to_pylist()}
    prints = (keys.fingerprint("EMAIL_ADDRESS", email) for email in emails if email)
    return _of("known_people", sorted(prints))
