"""On the demo company: published numbers hold the planted truth, and small ones do not show."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from vitrail.config import load
from vitrail.demo import write_demo
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactStore, answer, build_facts, parse_sql
from vitrail.house import carried
from vitrail.keys import Keyring

FACTS = carried("queries", "facts")

#: Five standard deviations of the noisiest count and half a step of rounding.
FAR = 5 * 13 + 2.5


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, keys: Keyring) -> Path:
    place = tmp_path_factory.mktemp("company") / "demo"
    write_demo(place, accounts=2000)
    settings = load(place / "vitrail.toml")
    with CanonicalStore.open(place, settings, keys) as store:
        build_facts(store, FACTS, place / "facts", keys, as_of=settings.asof)
    return place


@pytest.fixture(scope="module")
def ask(company, keys):
    store = FactStore.open(company / "facts", FACTS)
    return lambda text: answer(parse_sql(text, store), store, keys)


def truth(company: Path, name: str) -> list[dict]:
    return pq.read_table(company / "truth" / f"{name}.parquet").to_pylist()


def test_what_campaigns_really_did_lies_within_what_is_published(company, ask):
    release = ask(
        "SELECT campaign, count(DISTINCT person), outcome(clicked), outcome(ordered), "
        "outcome(unsubscribed) FROM campaigns GROUP BY campaign"
    )
    shown = {row.labels[0]: row.cells for row in release.rows if row.cells[0] is not None}
    compared = 0
    for campaign in truth(company, "campaigns"):
        cells = shown.get(campaign["name"])
        if cells is None:
            continue
        real = [campaign[n] for n in ("recipients", "clicked", "ordered", "unsubscribed")]
        for cell, number in zip(cells, real, strict=True):
            assert cell.value == pytest.approx(number, abs=FAR)
        compared += 1
        assert campaign["recipients"] >= 10
    assert compared > 15


def test_a_campaign_whose_month_is_not_over_has_no_outcomes_yet_but_has_recipients(company, ask):
    base = ask("SELECT campaign, count(DISTINCT person) FROM campaigns GROUP BY campaign")
    late = ask("SELECT campaign, outcome(ordered) FROM campaigns GROUP BY campaign")
    with_base = {row.labels[0] for row in base.rows if row.cells[0] is not None}
    with_outcome = {row.labels[0] for row in late.rows if row.cells[0] is not None}
    assert "Autumn offer" in with_base - with_outcome
    assert any("closes 30 days after" in note for note in late.notes)


def test_weekly_activity_is_the_real_one_within_noise_and_small_cells_never_show(company, ask):
    release = ask(
        "SELECT week, country, device, count(DISTINCT person) FROM activity "
        "WHERE period BETWEEN '2026-08-17' AND '2026-11-15' GROUP BY week, country, device"
    )
    real = {
        (str(row["week"]), row["country"], row["device"]): row["persons"]
        for row in truth(company, "activity")
    }
    shown = {row.labels: row.cells[0] for row in release.rows if row.cells[0] is not None}
    named = {labels: cell for labels, cell in shown.items() if "other" not in labels}
    assert len(named) > 40
    for labels, cell in named.items():
        assert cell.value == pytest.approx(real[labels], abs=FAR)
        assert real[labels] >= 10


def test_revenue_is_the_real_one_within_its_stated_error(company, ask):
    release = ask("SELECT month, count(DISTINCT person), sum(amount) FROM orders GROUP BY month")
    real: dict[str, int] = {}
    for row in truth(company, "orders"):
        label = f"{row['month']:%Y-%m}"
        real[label] = real.get(label, 0) + row["revenue"]
    held = [
        abs(row.cells[1].value - real[row.labels[0]]) <= row.cells[1].privacy
        for row in release.rows
        if row.cells[1] is not None
    ]
    assert len(held) > 12
    assert sum(held) / len(held) >= 0.8
