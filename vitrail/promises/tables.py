"""Tables that controls read beside the exports, and what of a control's needs is lacking.

``scan_hits``, ``scan_columns``, ``scan_datasets`` and ``scan_reviews`` are registered by the
caller, who has the scan; the others are made here when a control uses them. All live in the
memory of this process alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL
from vitrail.model import ColumnVerdict, Control, Finding
from vitrail.normalisation import normalise_code, normalise_email
from vitrail.promises.birthdates import SCHEMA as READINGS
from vitrail.promises.birthdates import birth_readings

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.mapping import Feed
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.promises.policy import Policy

_TEXT, _COUNT = pa.string(), pa.int64()

#: Every table that is not an export's, with its columns.
SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "scan_hits": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "column": _TEXT,
            "path": pa.list_(pa.int32()),
            "row": _COUNT,
            "entity_type": _TEXT,
            "start": pa.int32(),
            "end": pa.int32(),
            "score": pa.float32(),
            "recognizer": _TEXT,
            "fingerprint": _TEXT,
            "masked": _TEXT,
        }
    ),
    "scan_columns": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "column": _TEXT,
            "rows": _COUNT,
            "non_null": _COUNT,
            "examined": _COUNT,
        }
    ),
    "scan_datasets": pa.schema(
        {
            "dataset": _TEXT,
            "table": _TEXT,
            "system": _TEXT,
            "role": _TEXT,
            "rows": _COUNT,
            "cells": _COUNT,
        }
    ),
    "scan_reviews": pa.schema(
        {"dataset": _TEXT, "table": _TEXT, "column": _TEXT, "entity_type": _TEXT, "status": _TEXT}
    ),
    "own_ibans": pa.schema({"fingerprint": _TEXT}),
    "policy_recipients": pa.schema({"name": _TEXT}),
    "known_people": pa.schema({"fingerprint": _TEXT}),
    "birth_readings": READINGS,
}

REGISTERED: Final = frozenset(SCHEMAS)

_THERE: Final = "SELECT table_name FROM information_schema.tables"


# --- what the caller registers --------------------------------------------------------------


def datasets_table(store: CanonicalStore, settings: Settings) -> pa.Table:
    """``scan_datasets``: every dataset, the system it came from, and on whose behalf it is held.

    ``system`` is null where no source of ``vitrail.toml`` claims the dataset; ``role`` is then
    ``controller``, the stricter reading. ``rows`` and ``cells`` are null where nobody counted.
    """
    claims = _claims(store, settings)
    rows = {(i.name, i.table): i.rows for i in store.inputs}
    records = []
    for dataset in store.catalog.datasets:
        feeds = claims.get((dataset.name, dataset.table), [])
        count = rows.get((dataset.name, dataset.table), rows.get((dataset.name, None)))
        records.append(
            {
                "dataset": dataset.name,
                "table": dataset.table,
                "system": next((s for f in feeds if (s := f.mapping.system)), None),
                "role": feeds[0].mapping.role if feeds else "controller",
                "rows": count,
                "cells": None if count is None else count * len(dataset.columns),
            }
        )
    return pa.Table.from_pylist(records, SCHEMAS["scan_datasets"])


def columns_table(columns: Iterable[ColumnVerdict]) -> pa.Table:
    """``scan_columns``: how much of each column the scan saw."""
    names = SCHEMAS["scan_columns"].names
    return pa.Table.from_pylist(
        [{name: getattr(c, name) for name in names} for c in columns], SCHEMAS["scan_columns"]
    )


def reviews_table(findings: Iterable[Finding]) -> pa.Table:
    """``scan_reviews``: what a human decided of each finding; the undecided read ``open``."""
    return pa.Table.from_pylist(
        [
            {
                "dataset": f.dataset,
                "table": f.table,
                "column": f.column,
                "entity_type": f.entity_type,
                "status": f.status.value,
            }
            for f in findings
        ],
        SCHEMAS["scan_reviews"],
    )


# --- what is made here ----------------------------------------------------------------------


def lacking(control: Control, store: CanonicalStore) -> tuple[str, ...]:
    """What of the control's needs is neither exported nor registered, in the order of its needs."""
    there = set(store.query(_THERE).column(0).to_pylist())
    absent = set(store.missing([n for n in control.needs if n[0] in CANONICAL]))
    found: list[str] = []
    for table, columns in control.needs:
        if table in absent or (table in REGISTERED and table not in there):
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
    there = set(store.query(_THERE).column(0).to_pylist())
    makers: dict[str, Callable[[], pa.Table]] = {
        "scan_reviews": lambda: reviews_table(()),
        "own_ibans": lambda: _own_ibans(store.workspace, settings.own_ibans_file, keys),
        "policy_recipients": lambda: _of("policy_recipients", policy.recipient_names),
        "known_people": lambda: _known_people(store, keys),
        "birth_readings": lambda: birth_readings(store, _claims(store, settings)),
    }
    for name in control.uses:
        if name in makers and name not in there:
            store.register(name, makers[name]())


def systems_covered(store: CanonicalStore, settings: Settings) -> tuple[int, int] | None:
    """How many systems of ``[systems]`` have an export, of how many; None without a register."""
    if not settings.systems:
        return None
    claims = _claims(store, settings).values()
    covered = {feed.mapping.system for feeds in claims for feed in feeds}
    return sum(1 for system in settings.systems if system in covered), len(settings.systems)


def _claims(store: CanonicalStore, settings: Settings) -> dict[tuple[str, str | None], list[Feed]]:
    """The sources that read each dataset, in the order of ``vitrail.toml``."""
    from vitrail.exports.mapping import plan

    mapped = plan(settings, store.workspace, store.catalog)
    claims: dict[tuple[str, str | None], list[Feed]] = {}
    for feed in (*mapped.feeds, *mapped.processor_feeds):
        claims.setdefault((feed.dataset.name, feed.dataset.table), []).append(feed)
    return claims


def _of(table: str, *columns: Iterable[str | None]) -> pa.Table:
    return pa.Table.from_arrays(
        [pa.array(list(values), _TEXT) for values in columns], schema=SCHEMAS[table]
    )


def _own_ibans(workspace: Path, file: str | None, keys: Keyring) -> pa.Table:
    """Fingerprints of the company's own accounts; one a line, ``#`` begins a comment."""
    if file is None:
        return _of("own_ibans", ())
    try:
        lines = (workspace / file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"The list of own accounts {file} cannot be read.",
            "Mend `own_ibans_file` in vitrail.toml, or take the line out.",
        ) from None
    codes = {normalise_code(line.partition("#")[0]) for line in lines} - {""}
    prints = (keys.fingerprint("IBAN_CODE", code) for code in sorted(codes))
    return _of("own_ibans", prints)


def _known_people(store: CanonicalStore, keys: Keyring) -> pa.Table:
    """Fingerprints of the e-mail addresses in profiles, as the scan makes them."""
    if "profiles" not in store.tables:
        return _of("known_people", ())
    values = store.query("SELECT DISTINCT email FROM profiles WHERE email IS NOT NULL")
    emails = {normalise_email(value) for value in values.column(0).to_pylist()}
    prints = (keys.fingerprint("EMAIL_ADDRESS", email) for email in emails if email)
    return _of("known_people", sorted(prints))
