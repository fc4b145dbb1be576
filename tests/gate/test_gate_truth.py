"""On the demo company: published numbers hold the planted truth, and small ones do not show."""

from __future__ import annotations

import math
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from vitrail.config import load
from vitrail.demo import write_demo
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactStore, answer, build_facts, parse_sql
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Cell, Release

FACTS = carried("queries", "facts")

#: In half-widths of the published 95 % interval: 4.9 standard deviations, one in a million.
FAR = 2.5


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


class Held:
    """Published cells held against true numbers: none far off, nearly all within what is stated."""

    def __init__(self) -> None:
        self.within: list[bool] = []

    def against(self, cell: Cell, number: float) -> None:
        assert abs(cell.value - number) <= FAR * cell.privacy
        self.within.append(abs(cell.value - number) <= cell.privacy)

    def mostly(self, least: int) -> None:
        """As many as 95 % intervals hold, give or take three standard deviations of chance."""
        size = len(self.within)
        assert size >= least
        assert size - sum(self.within) <= 0.05 * size + 3 * math.sqrt(0.05 * 0.95 * size)


def shown(release: Release) -> dict[tuple[str, ...], tuple[Cell, ...]]:
    """The cells that show, by their labels; those said to be of a wider question left out."""
    return {
        row.labels: tuple(c for c in row.cells if c is not None)
        for row in release.rows
        if all(cell is not None for cell in row.cells) and not row.same_without
    }


def added(rows: list[dict], by: str, *names: str) -> dict[str, list[int]]:
    """Sums of true numbers by one column; a day stands for its month."""
    total: dict[str, list[int]] = {}
    for row in rows:
        label = f"{row[by]:%Y-%m}" if by == "month" else row[by]
        sums = total.setdefault(label, [0] * len(names))
        total[label] = [a + row[name] for a, name in zip(sums, names, strict=True)]
    return total


def test_what_campaigns_really_did_and_cost_lies_within_what_is_published(company, ask):
    release = ask(
        "SELECT campaign, count(DISTINCT person), outcome(clicked), outcome(ordered), "
        "outcome(unsubscribed), sum(cost) FROM campaigns GROUP BY campaign"
    )
    cells = shown(release)
    held, compared = Held(), 0
    for campaign in truth(company, "campaigns"):
        if (campaign["name"],) not in cells:
            continue
        names = ("recipients", "clicked", "ordered", "unsubscribed", "cost")
        for cell, name in zip(cells[campaign["name"],], names, strict=True):
            held.against(cell, campaign[name])
        compared += 1
        assert campaign["recipients"] >= 10
    assert compared > 12
    held.mostly(60)


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
    named = {labels: cells for labels, cells in shown(release).items() if "other" not in labels}
    assert len(named) > 40
    held = Held()
    for labels, cells in named.items():
        held.against(cells[0], real[labels])
        assert real[labels] >= 10
    held.mostly(40)


def test_sessions_are_counted_once_each(company, ask):
    release = ask("SELECT week, sum(sessions) FROM activity GROUP BY week")
    real = {str(row["week"]): row["sessions"] for row in truth(company, "sessions")}
    held = Held()
    for labels, cells in shown(release).items():
        held.against(cells[0], real[labels[0]])
    held.mostly(100)


def test_revenue_and_returns_are_the_real_ones_within_their_stated_error(company, ask):
    real = added(truth(company, "orders"), "month", "revenue", "returned")
    held = Held()
    for place, name in enumerate(("amount", "returned")):
        release = ask(f"SELECT month, sum({name}) FROM orders GROUP BY month")
        for labels, cells in shown(release).items():
            held.against(cells[0], real[labels[0]][place])
    held.mostly(10)  # in most months too few send anything back for a sum


def test_a_cohort_is_followed_through_the_months_in_which_it_stays(company, ask):
    real = {
        (row["cohort"][:7], f"{row['month']:%Y-%m}"): row["persons"]
        for row in truth(company, "accounts")
        if row["change"] == "active"
    }
    release = ask("SELECT cohort, month, outcome(used) FROM accounts GROUP BY cohort, month")
    held = Held()
    for labels, cells in shown(release).items():
        if "other" not in labels:
            held.against(cells[0], real[labels])
    held.mostly(60)


def test_accounts_made_used_and_closed_are_the_real_ones_small_as_they_may_be(company, ask):
    release = ask(
        "SELECT month, outcome(made), outcome(used), outcome(closed) FROM accounts GROUP BY month"
    )
    held = Held()
    for place, change in enumerate(("created", "active", "closed")):
        rows = [row for row in truth(company, "accounts") if row["change"] == change]
        real = added(rows, "month", "persons")
        for labels, cells in shown(release).items():
            held.against(cells[place], real.get(labels[0], [0])[0])
    held.mostly(75)


@pytest.mark.parametrize(
    ("fact", "dimension", "measures", "least"),
    [
        ("web", "landing", ("sessions", "views", "converted"), 60),
        ("web", "source", ("sessions", "views", "converted"), 60),
        ("support", "channel", ("messages", "response_minutes", "answered_1d"), 6),
        ("support", "topic", ("messages", "response_minutes", "answered_1d"), 4),
    ],
)
def test_the_website_and_support_are_told_as_they_were(
    company, ask, fact, dimension, measures, least
):
    outcomes = {"converted", "answered_1d"}
    asked = ", ".join(f"outcome({m})" if m in outcomes else f"sum({m})" for m in measures)
    release = ask(
        f"SELECT month, {dimension}, count(DISTINCT person), {asked} FROM {fact} "
        f"GROUP BY month, {dimension}"
    )
    real = {
        (f"{row['month']:%Y-%m}", row["value"]): row
        for row in truth(company, fact)
        if row["dimension"] == dimension
    }
    held = Held()
    for labels, cells in shown(release).items():
        if "other" not in labels:
            for cell, name in zip(cells, ("persons", *measures), strict=True):
                held.against(cell, real[labels][name])
    held.mostly(least)


def test_ratings_of_each_quarter_are_those_that_were_given(company, ask):
    """Nobody answered twice, so true numbers of persons may be added over months."""
    names = ("persons", "rating", "satisfied")
    months = [row for row in truth(company, "feedback") if row["month"].year == 2026]
    held = Held()
    for first, last in (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30")):
        within = [row for row in months if first <= f"{row['month']:%m-%d}" <= last]
        [row] = ask(
            "SELECT count(DISTINCT person), sum(rating), outcome(satisfied) FROM feedback "
            f"WHERE period BETWEEN '2026-{first}' AND '2026-{last}'"
        ).rows
        for cell, name in zip(row.cells, names, strict=True):
            if cell is not None:
                held.against(cell, sum(month[name] for month in within))
    held.mostly(6)


def test_a_campaign_costs_the_same_over_every_span_that_holds_all_of_it(company, ask):
    """Else two answers with one draw of noise would be two equations for what it hides."""
    spans = ["'2025-01-01' AND '2025-12-31'", "'2025-01-01' AND '2026-03-31'"]
    told = [
        {
            row.labels: row.cells
            for row in ask(
                "SELECT campaign, count(DISTINCT person), sum(cost), count(*) FROM campaigns "
                f"WHERE period BETWEEN {span} GROUP BY campaign"
            ).rows
        }
        for span in spans
    ]
    whole = [
        labels
        for labels, cells in told[0].items()
        if cells[0] is not None and cells[0] == told[1][labels][0] and cells[1] is not None
    ]
    assert len(whole) >= 3
    assert all(told[0][labels] == told[1][labels] for labels in whole)
