"""``vitrail.toml`` maps every export, and the importer sees the cells that the truth names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from vitrail.config import Settings, load
from vitrail.exports.catalog import Catalog
from vitrail.exports.mapping import plan

Cell = Callable[[dict[str, Any]], str]


@pytest.fixture(scope="module")
def settings(company: Path) -> Settings:
    return load(company / "vitrail.toml")


@pytest.fixture(scope="module")
def catalog(company: Path) -> Catalog:
    return Catalog.discover([company / "exports"], root=company / "exports")


def test_every_export_is_read_and_every_source_finds_its_columns(
    company: Path, settings: Settings, catalog: Catalog
) -> None:
    assert catalog.unreadable == ()
    mapped = plan(settings, company, catalog)
    assert mapped.faults == []
    fed = {
        (feed.dataset.name, feed.dataset.table) for feed in (*mapped.feeds, *mapped.processor_feeds)
    }
    aside = ("accounts.sqlite", "telephone_orders")  # somebody's own table, which nothing maps
    assert fed | {aside} == {(dataset.name, dataset.table) for dataset in catalog.datasets}
    assert [feed.dataset.name for feed in mapped.processor_feeds] == [
        "leads/toitures-vasseur_leads.csv"
    ]


def test_what_the_ten_controls_and_the_facts_need_is_mapped(
    company: Path, settings: Settings, catalog: Catalog
) -> None:
    tables = {feed.table for feed in plan(settings, company, catalog).feeds}
    assert tables >= {
        "accounts", "profiles", "consents", "marketing_contacts", "marketing_sends",
        "marketing_activity", "unsubscribe_events", "campaigns", "orders", "payments",
        "payment_customers", "testimonials", "support_messages", "feedback", "feedback_requests",
        "events", "ga4_events", "processors", "processor_shares", "dsar_requests", "deletions",
        "archives", "guardian_authorisations", "cookie_consents", "access_log",
    }  # fmt: skip


def test_some_registered_systems_have_no_export_so_that_coverage_can_be_told(
    company: Path, settings: Settings, catalog: Catalog
) -> None:
    mapped = plan(settings, company, catalog)
    covered = {feed.mapping.system for feed in (*mapped.feeds, *mapped.processor_feeds)}
    assert covered < set(settings.systems)
    assert len(settings.systems) - len(covered) == 3


def test_the_importer_shows_the_very_cells_that_the_truth_names(
    truth: Path, catalog: Catalog, cell: Cell
) -> None:
    wanted: dict[tuple[str, str | None], list[dict[str, Any]]] = defaultdict(list)
    for name in ("stray", "traps", "minors"):
        for row in pq.read_table(truth / f"{name}.parquet").to_pylist():
            wanted[row["dataset"], row["table"]].append(row)
    datasets = {(dataset.name, dataset.table): dataset for dataset in catalog.datasets}
    for key, places in wanted.items():
        shown = _cells(
            catalog, datasets[key], {(place["column"], place["row"]) for place in places}
        )
        for place in places:
            where = (place["column"], place["row"], tuple(place["path"]))
            assert shown[where] == cell(place), key


def _cells(
    catalog: Catalog, dataset: Any, wanted: set[tuple[str, int]]
) -> dict[tuple[str, int, tuple[int, ...]], str]:
    found = {}
    for batch in catalog.open(dataset).batches():
        for chunk in batch.chunks:
            rows = (
                batch.first_row + np.arange(len(chunk.values)) if chunk.rows is None else chunk.rows
            )
            for index, row in enumerate(rows.tolist()):
                if (chunk.column, row) in wanted:
                    path = () if chunk.paths is None else tuple(chunk.paths[index].as_py())
                    found[chunk.column, row, path] = chunk.values[index].as_py()
    return found
