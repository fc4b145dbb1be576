"""Each control is broken where the truth says, and nowhere else: worked out again with pandas."""

from __future__ import annotations

import gzip
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

AS_OF = pd.Timestamp("2026-11-20", tz="UTC")
CONTROLS = (
    "PAY-01", "PAY-03", "MKT-01", "MKT-02", "RET-01", "DSR-01", "TST-01", "SHR-01", "ANA-02",
    "MIN-01",
)  # fmt: skip


def keys(violations: dict[str, Any], control: str, level: str = "violations") -> set[str]:
    return {entry["key"] for entry in violations[control][level]}


def times(column: pd.Series, form: str | None = None) -> pd.Series:
    return pd.to_datetime(column, format=form, utc=True)


@pytest.fixture(scope="module")
def exports(company: Path) -> Path:
    return company / "exports"


@pytest.fixture(scope="module")
def base(exports: Path) -> dict[str, pd.DataFrame]:
    with sqlite3.connect(exports / "accounts.sqlite") as connection:
        names = [
            n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {name: pd.read_sql(f"SELECT * FROM {name}", connection) for name in names}


@pytest.fixture(scope="module")
def clients(exports: Path) -> pd.DataFrame:
    return pd.read_excel(
        exports / "crm/clients.xlsx", sheet_name="Clients", engine="calamine", dtype=str
    )


@pytest.fixture(scope="module")
def sends(exports: Path) -> pd.DataFrame:
    table = pd.read_csv(exports / "mailchimp/sends.csv.gz", keep_default_na=False)
    table["at"] = times(table["sent_at"]).astype("datetime64[ns, UTC]")
    return table[table["purpose"] == "marketing"].sort_values("at")


@pytest.fixture(scope="module")
def consents(exports: Path) -> pd.DataFrame:
    table = pd.read_json(exports / "consents/consent_log.ndjson", lines=True, dtype=False)
    table["ts"] = times(table["ts"]).astype("datetime64[ns, UTC]")
    return table.sort_values("ts")


@pytest.mark.parametrize("control", CONTROLS)
def test_each_control_has_a_planted_violation_and_something_to_look_at(
    violations: dict[str, Any], control: str
) -> None:
    assert len(violations[control]["violations"]) >= 1
    assert set(violations) >= set(CONTROLS)


def test_marketing_without_consent_is_what_was_planted(
    sends: pd.DataFrame, consents: pd.DataFrame, violations: dict[str, Any]
) -> None:
    agreed = consents[consents["purpose"] == "marketing"][["email", "ts", "status"]]
    last = pd.merge_asof(
        sends, agreed, left_on="at", right_on="ts", left_by="email_address", right_by="email"
    )
    assert set(last[last["status"] != "granted"]["send_id"]) == keys(violations, "MKT-01")
    assert violations["MKT-01"]["denominator"] == len(sends)


def test_marketing_after_unsubscribing_is_what_was_planted(
    exports: Path, sends: pd.DataFrame, consents: pd.DataFrame, violations: dict[str, Any]
) -> None:
    with gzip.open(exports / "mailchimp/activity.csv.gz") as file:
        outs = pd.read_csv(file).query("action == 'unsub'")
    outs = outs.assign(out=times(outs["timestamp"]).astype("datetime64[ns, UTC]")).sort_values(
        "out"
    )
    agreed = consents[(consents["purpose"] == "marketing") & (consents["status"] == "granted")]
    by = {"left_by": "email_address"}
    found = pd.merge_asof(
        sends, outs[["email_address", "out"]], left_on="at", right_on="out", by="email_address"
    )
    found = pd.merge_asof(
        found, agreed[["email", "ts"]], left_on="at", right_on="ts", right_by="email", **by
    )
    opposed = pd.read_csv(exports / "crm/do_not_mail.csv").dropna(subset=["E-mail"])
    told = opposed.set_index("E-mail")["Date"]
    sold = times(found["email_address"].map(told)) < found["at"]
    gone = found[sold | (found["out"].notna() & ~(found["ts"] > found["out"]))]
    out = gone["out"].fillna(times(gone["email_address"].map(told)))
    late = gone["at"] - out > pd.Timedelta(hours=48)
    assert set(gone[late]["send_id"]) == keys(violations, "MKT-02")
    assert set(gone[~late]["send_id"]) == keys(violations, "MKT-02", "warnings")
    back = found[found["out"].notna() & (found["ts"] > found["out"])]
    assert set(back["send_id"]) == keys(violations, "MKT-02", "edges")
    assert len(back) > 0


def test_profiles_of_closed_accounts_are_what_was_planted(
    base: dict[str, pd.DataFrame], clients: pd.DataFrame, violations: dict[str, Any]
) -> None:
    accounts, holds = base["accounts"], base["archives"]
    ended = accounts[times(accounts["closed_at"]) < AS_OF - pd.Timedelta(days=30)]
    named = ended[ended["email"].notna() | ended["account_id"].isin(clients["N° client"])]
    held = holds[times(holds["hold_until"]) >= AS_OF]["account_id"]
    assert set(named["account_id"]) - set(held) == keys(violations, "RET-01")
    assert len(ended) == violations["RET-01"]["denominator"]
    assert set(held) < set(named["account_id"])  # a hold in force is no breach


def test_requests_answered_late_are_what_was_planted(
    exports: Path, violations: dict[str, Any]
) -> None:
    table = pd.read_csv(exports / "governance/dsar_requests.csv", sep=";", encoding="cp1252")
    day = {
        name: times(table[name], "%d/%m/%Y %H:%M").dt.normalize()
        for name in ("Reçue le", "Répondue le", "Prolongation notifiée le", "Identité vérifiée le")
    }
    received, answered = day["Reçue le"], day["Répondue le"].fillna(AS_OF)
    due = pd.concat(
        [received + pd.Timedelta(days=30), received + pd.DateOffset(months=1)], axis=1
    ).min(axis=1)
    late = answered > due
    extended = day["Prolongation notifiée le"].notna()
    paused = (day["Identité vérifiée le"] > received) & (
        answered <= day["Identité vérifiée le"] + pd.Timedelta(days=28)
    )
    broken = table["Référence"][late & ~extended & ~paused]
    assert set(broken) == keys(violations, "DSR-01")
    assert set(table["Référence"][late & (extended | paused)]) == keys(
        violations, "DSR-01", "warnings"
    )
    open_in_time = day["Répondue le"].isna() & ~late
    assert len(table) - open_in_time.sum() == violations["DSR-01"]["denominator"]


def test_testimonials_without_consent_are_what_was_planted(
    base: dict[str, pd.DataFrame], consents: pd.DataFrame, violations: dict[str, Any]
) -> None:
    emails = base["accounts"].set_index("account_id")["email"]
    spoken = consents[consents["purpose"] == "testimonial"]
    broken = set()
    for row in base["testimonials"].itertuples():
        mine = spoken[spoken["email"] == emails[row.account_id]]
        start = pd.Timestamp(row.published_from, tz="UTC")
        taken_down = row.published_until
        end = AS_OF if pd.isna(taken_down) else pd.Timestamp(taken_down, tz="UTC")
        before = mine[mine["ts"] <= start]
        inside = mine[(mine["ts"] > start) & (mine["ts"] < end) & (mine["status"] != "granted")]
        if before.empty or before["status"].iloc[-1] != "granted" or len(inside):
            broken.add(row.testimonial_id)
    assert broken == keys(violations, "TST-01")


def test_shares_with_unknown_recipients_are_what_was_planted(
    exports: Path, violations: dict[str, Any]
) -> None:
    shares = pd.read_csv(exports / "governance/processor_shares.csv")
    register = pd.read_csv(exports / "governance/processors.csv")
    both = shares.merge(register, on="processor_id", how="left")
    at, ends = times(both["shared_at"]), times(both["active_to"])
    broken = both["name"].isna() | (at > ends) | (at < times(both["active_from"]))
    assert set(both[broken]["share_id"]) == keys(violations, "SHR-01")
    unnamed = ~broken & (both["named_in_policy"].astype(str).str.lower() != "true")
    assert set(both[unnamed]["share_id"]) == keys(violations, "SHR-01", "warnings")


def test_minors_without_a_guardian_are_what_was_planted(
    base: dict[str, pd.DataFrame], clients: pd.DataFrame, violations: dict[str, Any]
) -> None:
    born = clients[clients["Date de naissance"].notna()]
    leaves = base["guardian_authorisations"]
    valid = leaves[leaves["withdrawn_at"].isna() & (times(leaves["valid_until"]) > AS_OF)]
    joined = base["accounts"].set_index("account_id")["created_at"]
    now, once = set(), set()
    for account, text in zip(born["N° client"], born["Date de naissance"], strict=True):
        day, month, year = (int(part) for part in text.split("/"))
        grown = date(year + 18, 3, 1) if (day, month) == (29, 2) else date(year + 18, month, day)
        if AS_OF.date() < grown:
            now.add(account)
        elif date.fromisoformat(joined[account][:10]) < grown:
            once.add(account)
    assert now - set(valid["account_id"]) == keys(violations, "MIN-01")
    assert once == keys(violations, "MIN-01", "warnings")
    assert len(born) == violations["MIN-01"]["denominator"]
    assert set(valid["account_id"]) <= now
