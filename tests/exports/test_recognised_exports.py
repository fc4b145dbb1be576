"""A product's export is known by its columns, and read as its preset says."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vitrail.config import Settings
from vitrail.exports.catalog import Catalog
from vitrail.exports.presets import load_preset, preset_names
from vitrail.exports.recognised import recognise
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))
Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    """``read("a.csv", text, "orders")``: the rows, by the presets that the file is known by."""
    (tmp_path / "exports").mkdir()
    stores: list[CanonicalStore] = []

    def rows(name: str, text: str, table: str, count: int = 1) -> list[dict[str, Any]]:
        (tmp_path / "exports" / name).write_text(text, "utf-8")
        catalog = Catalog.discover([tmp_path / "exports"])
        [dataset] = [d for d in catalog.datasets if d.name == name]
        found = [r.preset for r in recognise(dataset) if r.table == table]
        assert len(found) == count
        sources = {preset: {"file": f"exports/{name}", "preset": preset} for preset in found}
        stores.append(CanonicalStore.open(tmp_path, Settings(sources=sources), KEYS))
        assert stores[-1].faults == ()
        return stores[-1].query(f"SELECT * FROM {table} ORDER BY _row").to_pylist()

    yield rows
    for store in stores:
        store.close()


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_says_by_what_its_export_is_known(name: str) -> None:
    assert load_preset(name)["known_by"]


def test_a_table_of_ones_own_is_taken_for_no_products_export(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "id,email,created_at,name,status\n1,a@b.example,2026-01-01,n,s\n"
    )
    [dataset] = Catalog.discover([tmp_path]).datasets
    assert recognise(dataset) == ()


def test_columns_inside_a_cell_of_text_make_no_product_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "shops.csv").write_text("id,created_at,source\n1,2026-01-01,web\n")
    [dataset] = Catalog.discover([tmp_path]).datasets
    assert recognise(dataset) == ()  # Intercom's `source.body` could stand in `source`, unseen


def test_each_file_of_mailchimps_zip_is_known_and_the_unsubscribed_twice(tmp_path: Path) -> None:
    header = "Email Address,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED"
    with zipfile.ZipFile(tmp_path / "audience.zip", "w") as archive:
        archive.writestr("subscribed_members_1.csv", f"{header}\na@b.example,,,,,\n")
        archive.writestr("unsubscribed_members_1.csv", f"{header},UNSUB_TIME\na@b.example,,,,,,\n")
    datasets = Catalog.discover([tmp_path]).datasets
    assert {d.table: [r.preset for r in recognise(d)] for d in datasets} == {
        "subscribed_members_1.csv": ["mailchimp_contacts"],
        "unsubscribed_members_1.csv": ["mailchimp_contacts", "mailchimp_unsubscribes"],
    }


def test_a_list_of_members_under_a_name_of_ones_own_is_still_mailchimps(tmp_path: Path) -> None:
    header = "Email Address,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED"
    (tmp_path / "list.csv").write_text(f"{header}\na@b.example,,,\n")
    [dataset] = Catalog.discover([tmp_path]).datasets
    assert [(r.preset, r.inside) for r in recognise(dataset)] == [("mailchimp_contacts", "*")]


def test_of_stripes_payments_orders_are_made_only_where_a_company_has_no_others(
    tmp_path: Path,
) -> None:
    (tmp_path / "p.csv").write_text("id,Amount,Amount Refunded,Currency,Status,Customer Email\n")
    [dataset] = Catalog.discover([tmp_path]).datasets
    assert [(r.preset, r.alone) for r in recognise(dataset)] == [
        ("stripe_payments", False), ("stripe_orders", True),
    ]  # fmt: skip


def test_brevos_contacts_tell_who_left_and_not_when(read: Read) -> None:
    text = (
        "EMAIL;FIRSTNAME;ADDED_TIME;MODIFIED_TIME;EMAIL_BLACKLISTED\n"
        "ann@example.org;Ann;2026-01-02 10:00:00;2026-05-01 10:00:00;yes\n"
        "ben@example.org;Ben;2026-01-02 10:00:00;2026-05-01 10:00:00;no\n"
    )
    first, second = read("brevo.csv", text, "marketing_contacts")
    assert (first["status"], second["status"]) == ("unsubscribed", "subscribed")
    assert first["status_changed_at"] is None
    assert first["subject_key"] == KEYS.subject_key("ann@example.org")


def test_brevos_events_are_activity_and_those_of_leaving_unsubscribes(read: Read) -> None:
    events = [
        {"event": "click", "email": "ann@example.org", "camp_id": 7, "ts_event": 1767225600},
        {"event": "unsubscribe", "email": "ann@example.org", "camp_id": 7, "ts_event": 1767312000},
    ]
    text = "\n".join(map(json.dumps, events))
    assert [r["action"] for r in read("e.ndjson", text, "marketing_activity")] == [
        "click", "unsubscribe",
    ]  # fmt: skip
    [left] = read("e.ndjson", text, "unsubscribe_events")
    assert left["ts"] == datetime(2026, 1, 2, tzinfo=UTC)
    assert left["campaign_id"] == "7"


def test_shopifys_order_of_two_products_is_one_order(read: Read) -> None:
    text = (
        "Name,Email,Financial Status,Currency,Total,Created at,Lineitem name,Id\n"
        "#1,ann@example.org,paid,EUR,59.90,2026-05-01 10:00:00 +0200,Book,501\n"
        "#1,ann@example.org,,,,2026-05-01 10:00:00 +0200,Pen,\n"
    )
    [order] = read("orders.csv", text, "orders")
    assert (order["order_id"], order["amount"], order["currency"]) == ("501", 5990, "EUR")
    assert order["created_at"] == datetime(2026, 5, 1, 8, tzinfo=UTC)


def test_shopifys_customers_have_contact_data_and_a_standing_choice(read: Read) -> None:
    text = (
        "First Name,Last Name,Email,Accepts Email Marketing,Address1,City,Zip,Country Code,Phone,"
        "Total Spent,Total Orders\n"
        "Ann,Moor,ann@example.org,yes,Way 1,Town,1000,BE,,10.00,1\n"
        "Ben,Lake,ben@example.org,no,,,,,,0.00,0\n"
    )
    first, _ = read("customers.csv", text, "profiles")
    assert (first["name"], first["city"], first["country"]) == ("Ann Moor", "Town", "BE")
    lists = read("customers.csv", text, "marketing_contacts")
    assert [r["status"] for r in lists] == ["subscribed", "unsubscribed"]


def test_a_pipelines_copy_of_shopify_is_read_over_either_interface(read: Read) -> None:
    old = (
        "id,customer_id,created_at,financial_status,total_price,currency,email\n"
        "1,c1,2026-05-01 10:00:00,paid,10.50,EUR,ann@example.org\n"
    )
    new = (
        "id,customer_id,created_at,display_financial_status,total_price_set_shop_amount,"
        "total_price_set_shop_currency_code\n2,c1,2026-05-01 10:00:00,PAID,500,JPY\n"
    )
    [first] = read("old.csv", old, "orders")
    [second] = read("new.csv", new, "orders")
    assert [(o["account_id"], o["amount"], o["currency"]) for o in (first, second)] == [
        ("c1", 1050, "EUR"), ("c1", 500, "JPY"),
    ]  # fmt: skip


def test_only_what_was_taken_is_a_payment_of_shopify(read: Read) -> None:
    text = (
        "id,order_id,gateway,kind,status,amount,currency,processed_at,payment_credit_card_number\n"
        "t1,1,cards,authorization,success,10.50,EUR,2026-05-01 10:00:00,\n"
        "t2,1,cards,capture,success,10.50,EUR,2026-05-01 10:00:05,•••• •••• •••• 4242\n"
    )
    [taken] = read("transaction.csv", text, "payments")
    assert (taken["payment_id"], taken["amount"], taken["card_last4"]) == ("t2", 1050, "4242")


def test_shopifys_choice_on_mail_is_a_consent_with_its_time(read: Read) -> None:
    text = (
        "id,email,email_marketing_consent_state,email_marketing_consent_updated_at\n"
        "9,ann@example.org,UNSUBSCRIBED,2026-05-01 10:00:00\n"
    )
    [consent] = read("customer.csv", text, "consents")
    assert (consent["purpose"], consent["status"]) == ("marketing", "withdrawn")
    assert consent["ts"] == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_agents_of_zendesk_are_no_profiles_and_former_states_of_intercom_none_either(
    read: Read,
) -> None:
    users = (
        "id,email,role,name,two_factor_auth_enabled,last_login_at\n"
        "501,ann@example.org,end-user,Ann,false,\n502,desk@example.org,agent,Desk,true,\n"
    )
    assert [r["account_id"] for r in read("users.csv", users, "profiles")] == ["501"]
    contacts = (
        "id,email,role,unsubscribed_from_emails,signed_up_at,_fivetran_active\n"
        "k1,old@example.org,user,false,,false\nk1,ann@example.org,user,true,,true\n"
    )
    [state] = read("contacts.csv", contacts, "marketing_contacts")
    assert state["status"] == "unsubscribed"
    assert state["subject_key"] == KEYS.subject_key("ann@example.org")


def test_intercoms_conversation_is_of_who_began_it_on_agents_answers_too(read: Read) -> None:
    person = {"type": "user", "id": "k1", "email": "ann@example.org"}
    talk = {
        "id": "c1", "created_at": 1767225600,
        "source": {"id": "m1", "body": "So?", "author": person},
        "conversation_parts": {"conversation_parts": [
            {"id": "p1", "body": "Yes", "created_at": 1767225660, "author": {"type": "admin"}},
        ]},
    }  # fmt: skip
    rows = read("talks.json", json.dumps([talk]), "support_messages", count=2)
    assert sorted((r["message_id"], r["author"]) for r in rows) == [("m1", "user"), ("p1", "agent")]
    assert {r["subject_key"] for r in rows} == {KEYS.subject_key("ann@example.org")}


def test_crisps_messages_by_themselves_name_their_session(read: Read) -> None:
    message = {
        "session_id": "s1", "website_id": "w", "fingerprint": 12, "from": "operator",
        "content": "Hello", "timestamp": 1767225600123,
    }  # fmt: skip
    [row] = read("messages.ndjson", json.dumps(message), "support_messages")
    assert (row["conversation_id"], row["author"], row["channel"]) == ("s1", "agent", "chat")


def test_what_onetrust_knows_of_a_person_is_a_row_a_purpose(read: Read) -> None:
    person = {
        "Id": "9d", "Language": "en-us", "Identifier": "ann@example.org",
        "CreatedDate": "2026-01-02T03:14:28Z",
        "Purposes": [
            {"Id": "p1", "Name": "marketing", "Version": 2, "Status": "ACTIVE",
             "LastTransactionDate": "2026-05-01T10:00:00Z", "ConsentDate": "2026-01-02T03:14:27Z"},
            {"Id": "p2", "Name": "feedback", "Version": 1, "Status": "NO_CONSENT",
             "LastTransactionDate": "2026-05-02T10:00:00Z", "LastReceiptId": "r2"},
        ],
    }  # fmt: skip
    rows = read("subjects.ndjson", json.dumps(person), "consents")
    assert {(r["purpose"], r["status"], r["wording_version"]) for r in rows} == {
        ("marketing", "granted", "2"), ("feedback", "refused", "1"),
    }  # fmt: skip
    assert {r["subject_key"] for r in rows} == {KEYS.subject_key("ann@example.org")}


def test_choices_that_tagcommander_logs_are_choices_on_a_banner(read: Read) -> None:
    text = (
        "id_hit,id_privacy,version,cookie,tcpid,date_hit,privacy_action,device\n"
        'h1,p1,3,"1,2",ab12,2026-05-01T10:00:00Z,optin,mobile\n'
    )
    [choice] = read("consents.csv", text, "cookie_consents")
    assert (choice["consent_id"], choice["device_key"], choice["action"]) == ("h1", "ab12", "optin")
    assert json.loads(choice["categories"]) == ["1", "2"]
