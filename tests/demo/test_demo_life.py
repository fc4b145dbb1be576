"""The company is believable: it grows, rests in August, and not every campaign works."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.fixture(scope="module")
def events(company: Path) -> pd.DataFrame:
    files = sorted((company / "exports/product").glob("*.parquet"))
    table = pa.concat_tables([pq.read_table(file) for file in files])
    return table.to_pandas()


@pytest.fixture(scope="module")
def accounts(company: Path) -> pd.DataFrame:
    with sqlite3.connect(company / "exports/accounts.sqlite") as base:
        return pd.read_sql("SELECT * FROM accounts", base)


def test_use_grows_and_sleeps_in_august_and_on_sundays(events: pd.DataFrame) -> None:
    days = events["ts"].dt.normalize()
    by_month = events.groupby(events["ts"].dt.strftime("%Y-%m")).size()
    assert by_month["2026-10"] > 3 * by_month["2024-10"]
    assert by_month["2026-08"] < 0.75 * by_month["2026-07"]
    by_weekday = events.groupby(days.dt.day_of_week).size()
    assert by_weekday[6] < 0.4 * by_weekday[1]
    around_christmas = days.between("2025-12-24", "2025-12-28").sum() / 5
    assert around_christmas < 0.5 * days.between("2025-12-01", "2025-12-19").sum() / 19


def test_a_feature_is_used_from_its_launch_on(events: pd.DataFrame) -> None:
    first = events.groupby("name")["ts"].min()
    assert first["planner_used"] > first["score_viewed"] > first["page_view"]
    assert first["planner_used"].year == 2026


def test_nobody_is_active_before_joining_or_after_leaving_but_the_planted(
    events: pd.DataFrame, accounts: pd.DataFrame, violations: dict[str, Any]
) -> None:
    seen = (
        events.groupby("account_id")["ts"]
        .agg(["min", "max"])
        .join(accounts.set_index("account_id"))
    )
    joined = pd.to_datetime(seen["created_at"], utc=True)
    closed = pd.to_datetime(seen["closed_at"], utc=True)
    assert (seen["min"] >= joined).all()
    late = seen.index[(seen["max"] > closed) & closed.notna()]
    assert set(late) == {entry["key"] for entry in violations["RET-09"]["violations"]}
    assert events["ts"].max() < pd.Timestamp("2026-11-21", tz="UTC")
    assert events["event_id"].is_unique


def test_countries_are_skewed_and_some_are_tiny(accounts: pd.DataFrame) -> None:
    share = accounts["country"].value_counts(normalize=True)
    assert share["FR"] > 0.3
    assert 0 < share["LU"] < 0.02
    assert len(share) == 13


def test_true_weekly_numbers_are_those_of_the_events(
    truth: Path, events: pd.DataFrame, accounts: pd.DataFrame
) -> None:
    expected = pq.read_table(truth / "activity.parquet").to_pandas()
    there = accounts[~accounts["status"].isin(["deleted", "anonymised"])]
    joined = events.merge(there[["account_id", "country"]], on="account_id")
    joined["device"] = joined["props"].str.extract(r'"device": "(\w+)"')[0]
    days = joined["ts"].dt.tz_localize(None).dt.normalize()
    joined["week"] = days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    found = joined.groupby(["week", "country"])["account_id"].agg(["nunique", "size"])
    told = expected[expected["device"].isna()].set_index(["week", "country"]).sort_index()
    told.index = told.index.set_levels(pd.to_datetime(told.index.levels[0]), level=0)
    assert (told["persons"] == found["nunique"].to_numpy()).all()
    assert (told["rows"] == found["size"].to_numpy()).all()
    by_device = expected[expected["device"].notna()].groupby("device")["rows"].sum()
    assert by_device["desktop"] > by_device["mobile"] > by_device["tablet"]


def test_campaigns_differ_and_their_true_outcomes_are_those_of_the_exports(
    company: Path, truth: Path
) -> None:
    told = pq.read_table(truth / "campaigns.parquet").to_pandas().set_index("campaign_id")
    with gzip.open(company / "exports/mailchimp/sends.csv.gz") as file:
        sends = pd.read_csv(file).query("purpose == 'marketing'").dropna(subset="campaign_id")
    assert (sends.groupby("campaign_id").size() == told["recipients"]).all()
    with gzip.open(company / "exports/mailchimp/activity.csv.gz") as file:
        acts = pd.read_csv(file)
    both = sends.merge(acts[acts["action"] == "click"], on=["campaign_id", "email_address"])
    waited = pd.to_datetime(both["timestamp"]) - pd.to_datetime(both["sent_at"])
    clicked = both[waited <= pd.Timedelta(days=7)].groupby("campaign_id")["email_address"].nunique()
    assert clicked.reindex(told.index, fill_value=0).equals(told["clicked"])
    rates = told["ordered"] / told["recipients"]
    assert rates[told["name"] == "New logo"].item() == 0
    assert rates[told["name"] == "Black Friday 2"].item() > 0.03
    assert 0.015 < told["clicked"].sum() / told["recipients"].sum() < 0.08
    assert 0 < told["unsubscribed"].sum() / told["recipients"].sum() < 0.02


def test_orders_add_up_to_the_truth_and_match_the_payments_but_the_planted(
    company: Path, truth: Path, violations: dict[str, Any]
) -> None:
    with sqlite3.connect(company / "exports/accounts.sqlite") as base:
        orders = pd.read_sql(
            "SELECT orders.*, accounts.status AS account FROM orders JOIN accounts "
            "USING (account_id) ORDER BY orders.rowid",
            base,
        )
    told = pq.read_table(truth / "orders.parquet").to_pandas()
    there = orders[~orders["account"].isin(["deleted", "anonymised"])]
    assert told["rows"].sum() == len(there)
    assert told["amount"].sum() == there["amount"].sum()
    euros = there.query("currency == 'EUR' and status == 'paid'")
    assert told["revenue"].sum() == euros["amount"].sum()
    paid = pd.read_csv(company / "exports/stripe/payments.csv")
    astray = {entry["key"]: entry["why"] for entry in violations["PAY-05"]["violations"]}
    lacking = {order for order, why in astray.items() if why == "no payment"}
    assert set(paid["order_id (metadata)"]) == set(orders["order_id"]) - lacking
    cents = (paid["Amount"] * 100).round().astype(int).to_numpy()
    both = orders.set_index("order_id").loc[paid["order_id (metadata)"]]
    assert set(both.index[cents != both["amount"].to_numpy()]) == set(astray) - lacking


def test_files_carry_the_headers_that_real_systems_write(company: Path) -> None:
    exports = company / "exports"
    with zipfile.ZipFile(exports / "mailchimp/audience_export.zip") as archive:
        kinds = {
            name.split("_")[0]: archive.read(name).decode().splitlines()[0]
            for name in archive.namelist()
        }
    assert set(kinds) == {"subscribed", "unsubscribed", "cleaned"}
    assert all(h.startswith("Email Address,First Name,Last Name") for h in kinds.values())
    assert "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON" in kinds["unsubscribed"]
    payments = (exports / "stripe/payments.csv").read_text("utf-8").splitlines()[0]
    assert payments.startswith("id,Created date (UTC),Amount,Amount Refunded,Currency,Captured")
    schema = pq.read_schema(exports / "ga4/events_202611.parquet")
    value = schema.field("event_params").type.value_type.field("value").type
    assert [field.name for field in value] == [
        "string_value",
        "int_value",
        "float_value",
        "double_value",
    ]
    head = (exports / "governance/dsar_requests.csv").read_bytes().splitlines()[0]
    assert head.decode("cp1252").startswith("Référence;E-mail;Droit")
    with pytest.raises(UnicodeDecodeError):
        head.decode("utf-8")
