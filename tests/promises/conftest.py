"""Small companies for the tests of promises: real CSV exports, a real mapping, a real scan."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import vitrail.scan as scanning
from vitrail.config import Settings
from vitrail.config import load as load_settings
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.store import CanonicalStore
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Assessment, Control, FindingStatus
from vitrail.promises import (
    Policy,
    assess,
    columns_table,
    datasets_table,
    load_controls,
    load_policy,
)
from vitrail.promises.tables import SCHEMAS

ASOF = date(2026, 11, 20)

Rows = Sequence[Mapping[str, object]]

#: Columns of exports that feed a keyed one.
PSEUDO = ("email", "guardian_email")


@pytest.fixture(scope="session")
def controls() -> dict[str, Control]:
    return {c.id: c for c in load_controls(carried("queries", "promises"))}


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy(carried("policies", "leadnlead-v202406.yaml"))


class Company:
    """A workspace whose exports are CSV files named after the canonical tables that they feed.

    A row's keys are canonical columns, or the pseudo-column ``email``; a column that no row has is
    not exported at all.
    """

    def __init__(self, place: Path, controls: Mapping[str, Control], policy: Policy) -> None:
        self.place = place
        self.controls = controls
        self.policy = policy
        self.sources: dict[str, str] = {}
        self.top: list[str] = []
        self.registered: dict[str, Rows] = {}
        self.systems: dict[str, str] = {}
        (place / "exports").mkdir(parents=True)
        self.keys = Keyring.create(place / "key")

    def has(
        self, table: str, rows: Rows, *, columns: Iterable[str] = (), more: str = ""
    ) -> Company:
        """Export ``rows`` as a CSV that feeds ``table``; ``more`` are lines for its source."""
        names = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
        name = f"{table}.csv"
        self._write(name, names, rows)
        mapped = ", ".join(
            f'{n} = "{n}"' for n in names if n in CANONICAL[table].columns or n in PSEUDO
        )
        if table in self.systems:
            more += f'system = "{self.systems[table]}"\n'
        self.sources[table] = (
            f'[sources.{table}]\nfile = "exports/{name}"\ntable = "{table}"\ntimezone = "UTC"\n'
            f"columns = {{ {mapped} }}\n{more}\n"
        )
        return self

    def holds(self, name: str, rows: Rows, *, source: str = "") -> Company:
        """Export ``rows`` as a file that feeds nothing unless ``source`` says otherwise."""
        self._write(name, list(dict.fromkeys(n for row in rows for n in row)), rows)
        if source:
            self.sources[name] = source
        return self

    def registers(self, table: str, rows: Rows) -> Company:
        """Let checks see ``rows`` as a table about the scan, typed as its schema says."""
        self.registered[table] = rows
        return self

    def lacks(self, table: str, column: str | None = None) -> Company:
        """Take a table's export away, or only one column of it."""
        path = self.place / "exports" / f"{table}.csv"
        if column is None:
            path.unlink()
            del self.sources[table]
            return self
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        names = [n for n in rows[0] if n != column]
        return self.has(table, [{n: r[n] for n in names} for r in rows], columns=names)

    def _write(self, name: str, names: Sequence[str], rows: Rows) -> None:
        path = self.place / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names, quoting=csv.QUOTE_MINIMAL)
            writer.writeheader()
            writer.writerows({k: "" if v is None else v for k, v in row.items()} for row in rows)

    def settings(self) -> Settings:
        text = "\n".join([*self.top, *self.sources.values()])
        (self.place / "vitrail.toml").write_text(text, "utf-8")
        return load_settings(self.place / "vitrail.toml")

    def store(self) -> CanonicalStore:
        return CanonicalStore.open(self.place, self.settings(), self.keys)

    def check(self, control: str, **changes: Any) -> Assessment:
        """The assessment of one control; ``scan`` True scans first, ``reviews`` decide findings."""
        with self.store() as store:
            if changes.get("scan"):
                self.scan(store, changes.get("reviews", {}))
            for table, rows in self.registered.items():
                store.register(table, as_registered(table, rows))
            return assess(
                self.controls[control],
                store,
                self.policy,
                self.settings(),
                asof=changes.get("asof", ASOF),
                keys=self.keys,
                version="0",
            )

    def rows(self, control: str, **changes: Any) -> dict[str, str]:
        """Every row that the control reports, by its key: the reason it gives."""
        found = self.controls[control]
        with self.store() as store:
            if changes.get("scan"):
                self.scan(store, changes.get("reviews", {}))
            for table, rows in self.registered.items():
                store.register(table, as_registered(table, rows))
            return reported(found, store, self.policy, self.settings(), self.keys)

    def scan(self, store: CanonicalStore, reviews: Mapping[str, FindingStatus]) -> None:
        """Scan the exports and register what a check registers; ``reviews`` by entity type."""
        place = self.place / "run"
        plan = scanning.plan(
            [self.place / "exports"], scanning.ScanOptions(names="off"), root=self.place / "exports"
        )
        run = scanning.run(plan, place, self.keys, run_id="scan")
        hits = scanning.read_hits(place)
        store.register("scan_hits", hits)
        store.register("scan_columns", columns_table(run.columns))
        store.register("scan_datasets", datasets_table(store))
        places = {
            (h["dataset"], h["table"], h["column"], h["entity_type"]) for h in hits.to_pylist()
        }
        store.register(
            "scan_reviews",
            pa.Table.from_pylist(
                [
                    {
                        "dataset": d,
                        "table": t,
                        "column": c,
                        "entity_type": e,
                        "status": reviews.get(e, FindingStatus.OPEN).value,
                    }
                    for d, t, c, e in places
                ],
                SCHEMAS["scan_reviews"],
            ),
        )


def as_registered(table: str, rows: Rows) -> pa.Table:
    """Rows of text as the typed Arrow table that a check registers."""
    schema = SCHEMAS[table]
    columns = [
        pc.cast(pa.array([r.get(field.name) for r in rows], pa.string()), field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def reported(
    control: Control, store: CanonicalStore, policy: Policy, settings: Settings, keys: Keyring
) -> dict[str, str]:
    """Every row with a key that a control's SQL gives, and its reason."""
    from vitrail.promises.assessment import parameters_of
    from vitrail.promises.tables import prepare

    prepare(control, store, policy, settings, keys)
    parameters = {**parameters_of(control, policy, settings), "asof": ASOF}
    used = {n: v for n, v in parameters.items() if f"${n}" in control.sql}
    rows = store.query(control.sql, used).to_pylist()
    return {r["key"]: r["why"] for r in rows if r["key"] is not None and r["why"]}


@pytest.fixture(scope="session")
def new_company(controls: dict[str, Control], policy: Policy) -> Callable[[Path], Company]:
    """Makes an empty company at a place, for tests that need one for longer or several."""
    return lambda place: Company(place, controls, policy)


@pytest.fixture
def company(tmp_path: Path, controls: dict[str, Control], policy: Policy) -> Company:
    return Company(tmp_path / "company", controls, policy)
