"""Presets: each fits the canonical tables, and reads an export of its product's own shape."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.config import Settings
from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.expressions import parse
from vitrail.exports.mapping import PSEUDO_COLUMNS
from vitrail.exports.presets import load_preset, preset_names
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))


def store_of(folder: Path, file: str, preset: str, **more: Any) -> CanonicalStore:
    source = {"file": f"exports/{file}", "preset": preset, **more}
    return CanonicalStore.open(folder, Settings(sources={"s": source}), KEYS)


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    (tmp_path / "exports").mkdir()
    return tmp_path / "exports"


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_names_canonical_columns_and_sound_expressions(name: str) -> None:
    preset = load_preset(name)
    table = CANONICAL[preset["table"]]
    assert preset["doc"]
    for column in (*preset.get("columns", {}), *preset.get("derive", {})):
        assert column in table.columns or PSEUDO_COLUMNS.get(column) in table.columns, column
    for column, texts in preset.get("derive", {}).items():
        for text in [texts] if isinstance(texts, str) else texts:
            parse(text, f"{name}.{column}")
    for column, values in preset.get("values", {}).items():
        assert set(values.values()) <= set(table.vocabularies[column])


def test_an_unknown_preset_is_told_with_those_that_there_are() -> None:
    with pytest.raises(ConfigError, match="ga4_bigquery"):
        load_preset("ga5")


def test_what_the_workspace_writes_wins_over_the_preset(exports: Path) -> None:
    (exports / "c.csv").write_text("id,Email,Created (UTC),Since\ncus_1,a@b.example,2026-01-02,x\n")
    own = {"columns": {"created_at": "Since"}, "derive": {"processor": "'other'"}}
    with store_of(exports.parent, "c.csv", "stripe_customers", **own) as store:
        row = store.query("SELECT * FROM payment_customers").to_pylist()[0]
    assert row["created_at"] is None
    assert row["processor"] == "other"
    assert row["customer_ref"] == "cus_1"


def test_stripe_dashboard_payments(exports: Path) -> None:
    (exports / "payments.csv").write_text(
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Customer ID,Customer Email,Status,"
        "Card Last4,order_id (metadata)\n"
        'ch_1,2026-05-01 10:00:00,"1,049.90",0.00,eur,cus_1,Ann@Example.org,Paid,4242,O-1\n'
        "ch_2,2026-05-02 10:00:00,500,0,jpy,cus_2,,Failed,,\n"
    )
    with store_of(exports.parent, "payments.csv", "stripe_payments") as store:
        first, second = store.query("SELECT * FROM payments ORDER BY _row").to_pylist()
        assert store.problems == ()
    assert (first["amount"], first["currency"], second["amount"]) == (104990, "EUR", 500)
    assert first["subject_key"] == KEYS.subject_key("ann@example.org")
    assert first["created_at"] == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert (first["processor"], first["order_id"], second["order_id"]) == ("stripe", "O-1", None)


def test_stripe_charges_of_a_pipeline_with_metadata_as_json_text(exports: Path) -> None:
    (exports / "charge.csv").write_text(
        "id,amount,amount_refunded,currency,created,customer_id,receipt_email,status,metadata\n"
        'ch_1,4990,0,usd,2026-05-01 10:00:00,cus_1,a@b.example,succeeded,"{""order_id"":""O-9""}"\n'
        "ch_2,100,100,usd,1767225600,cus_1,,succeeded,not json\n"
    )
    with store_of(exports.parent, "charge.csv", "stripe_charges_pipeline") as store:
        first, second = store.query("SELECT * FROM payments ORDER BY _row").to_pylist()
    assert (first["amount"], first["order_id"]) == (4990, "O-9")
    assert (second["created_at"], second["order_id"]) == (datetime(2026, 1, 1, tzinfo=UTC), None)


def test_mailchimp_zip_of_three_files(exports: Path) -> None:
    header = "Email Address,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED"
    row = "2026-01-01 08:00:00,192.0.2.1,2026-01-01 08:05:00,192.0.2.1,2026-01-01 08:05:00"
    with zipfile.ZipFile(exports / "audience.zip", "w") as archive:
        archive.writestr("subscribed_members_1.csv", f"{header}\nann@example.org,{row}\n")
        archive.writestr(
            "unsubscribed_members_1.csv",
            f"{header},UNSUB_TIME,UNSUB_CAMPAIGN_ID,UNSUB_REASON\n"
            f"bob@example.org,{row},2026-02-01 09:00:00,c9,NORMAL\n",
        )
        archive.writestr(
            "cleaned_members_1.csv",
            f"{header},CLEAN_TIME\neve@example.org,{row},2026-03-01 09:00:00\n",
        )
    with store_of(exports.parent, "*.zip", "mailchimp_contacts") as store:
        found = store.query(
            "SELECT status, subject_key, status_changed_at, _table FROM marketing_contacts "
            "ORDER BY status"
        ).to_pylist()
        assert store.problems == ()
    assert [(r["status"], r["status_changed_at"].month) for r in found] == [
        ("cleaned", 3),
        ("subscribed", 1),
        ("unsubscribed", 2),
    ]
    assert found[2]["subject_key"] == KEYS.subject_key("bob@example.org")
    with store_of(exports.parent, "*.zip", "mailchimp_unsubscribes") as store:
        gone = store.query("SELECT * FROM unsubscribe_events").to_pylist()
    assert [(g["reason"], g["channel"], g["campaign_id"]) for g in gone] == [
        ("NORMAL", "email", "c9")
    ]


def test_zendesk_and_crisp_messages_are_a_row_each(exports: Path) -> None:
    tickets = [
        {
            "id": 7,
            "requester": {"email": "Ann@Example.org"},
            "comments": [
                {"id": 71, "body": "Hi", "created_at": "2026-05-01T10:00:00Z",
                 "author": {"role": "end-user"}},
                {"id": 72, "body": "Hello", "created_at": "2026-05-01T11:00:00Z",
                 "author": {"role": "agent"}},
            ],
        },
        {"id": 8, "requester": {"email": "bob@example.org"}, "comments": []},
    ]  # fmt: skip
    (exports / "zendesk.json").write_text(json.dumps(tickets))
    talk = {
        "session_id": "s1",
        "meta": {"email": "ann@example.org"},
        "messages": [
            {"from": "user", "content": "So?", "timestamp": 1767225600123, "fingerprint": 1},
            {"from": "operator", "content": "Yes", "timestamp": 1767225601000, "fingerprint": 2},
        ],
    }
    (exports / "crisp.ndjson").write_text(json.dumps(talk) + "\n")
    sources = {
        "z": {"file": "exports/zendesk.json", "preset": "zendesk_tickets"},
        "c": {"file": "exports/crisp.ndjson", "preset": "crisp_conversations"},
    }
    with CanonicalStore.open(exports.parent, Settings(sources=sources), KEYS) as store:
        rows = store.query("SELECT * FROM support_messages ORDER BY created_at").to_pylist()
    assert [(r["text"], r["author"], r["channel"], r["_row"]) for r in rows] == [
        ("So?", "user", "chat", 0),
        ("Yes", "agent", "chat", 0),
        ("Hi", "user", "ticket", 0),
        ("Hello", "agent", "ticket", 0),
    ]
    assert {r["subject_key"] for r in rows} == {KEYS.subject_key("ann@example.org")}


def test_google_analytics_parameters_are_columns_and_json(exports: Path) -> None:
    def value(text: str | None = None, whole: int | None = None) -> dict[str, Any]:
        return {"string_value": text, "int_value": whole, "float_value": None, "double_value": None}

    kinds = pa.struct(
        [("string_value", pa.string()), ("int_value", pa.int64()),
         ("float_value", pa.float64()), ("double_value", pa.float64())]
    )  # fmt: skip
    params = pa.list_(pa.struct([("key", pa.string()), ("value", kinds)]))
    table = pa.table(
        {
            "event_date": ["20260501"],
            "event_timestamp": [1777629600000000],
            "event_name": ["view_search_results"],
            "user_pseudo_id": ["1.2"],
            "user_id": pa.array([None], pa.string()),
            "privacy_info": [{"analytics_storage": "Yes", "ads_storage": "No"}],
            "device": [{"category": "mobile", "web_info": {"browser": "Safari"}}],
            "event_params": pa.array(
                [[
                    {"key": "page_location", "value": value("https://x.example/?q=1")},
                    {"key": "ga_session_id", "value": value(whole=42)},
                    {"key": "search_term", "value": value("leads")},
                ]],
                params,
            ),
            "user_properties": pa.array([[]], params),
        }
    )  # fmt: skip
    pq.write_table(table, exports / "events_20260501.parquet")
    with store_of(exports.parent, "events_*.parquet", "ga4_bigquery") as store:
        assert store.problems == ()
        row = store.query("SELECT * FROM ga4_events").to_pylist()[0]
    assert row["event_ts"] == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert row["event_date"].isoformat() == "2026-05-01"
    assert (row["page_location"], row["search_term"]) == ("https://x.example/?q=1", "leads")
    assert (row["session_id"], row["ads_storage"], row["browser"]) == ("42", "No", "Safari")
    assert json.loads(row["event_params"])[1] == {"key": "ga_session_id", "value": "42"}
    assert row["person_key"] == KEYS.person_key("1.2")


def test_combined_access_log(exports: Path) -> None:
    line = (
        '192.0.2.7 - - [01/May/2026:10:00:00 +0200] "GET /a/b?token=1 HTTP/1.1" 200 51 '
        '"https://r.example/" "Mozilla/5.0"\n'
    )
    (exports / "access.log").write_text(line * 3)
    with store_of(exports.parent, "access.log", "access_log_combined") as store:
        rows = store.query("SELECT * FROM access_log ORDER BY _row").to_pylist()
        assert store.problems == ()
    assert [r["_row"] for r in rows] == [0, 1, 2]
    assert rows[0]["ts"] == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert (rows[0]["path"], rows[0]["query"], rows[0]["status"]) == ("/a/b", "token=1", 200)


def test_consent_log_with_the_words_of_another_product(exports: Path) -> None:
    lines = [
        {"id": "c1", "user_email": "ann@example.org", "purpose": "marketing",
         "decision": "accepted", "timestamp": "2026-01-01T00:00:00Z"},
        {"id": "c2", "user_email": "ann@example.org", "purpose": "marketing",
         "decision": "revoked", "timestamp": "2026-02-01T00:00:00Z"},
    ]  # fmt: skip
    (exports / "consents.ndjson").write_text("".join(json.dumps(x) + "\n" for x in lines))
    with store_of(exports.parent, "consents.ndjson", "consent_log") as store:
        rows = store.query("SELECT status, ts FROM consents ORDER BY ts").to_pylist()
    assert [r["status"] for r in rows] == ["granted", "withdrawn"]
