"""Presets by which the facts are fed from products' own exports."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vitrail.config import Settings
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))


@pytest.fixture
def mapped(tmp_path: Path):
    """``mapped({"a.csv": text}, preset="a.csv", …)``: the store over exports with such presets."""
    (tmp_path / "exports").mkdir()
    opened: list[CanonicalStore] = []

    def store(files: dict[str, str], **presets: str) -> CanonicalStore:
        for name, text in files.items():
            (tmp_path / "exports" / name).write_text(text, "utf-8")
        sources = {
            preset: {"file": f"exports/{file}", "preset": preset}
            for preset, file in presets.items()
        }
        opened.append(CanonicalStore.open(tmp_path, Settings(sources=sources), KEYS))
        return opened[-1]

    yield store
    for one in opened:
        one.close()


def test_payments_of_stripe_can_stand_for_orders_and_their_refunds_for_returns(mapped):
    text = (
        "id,Created date (UTC),Amount,Amount Refunded,Refunded date (UTC),Currency,Customer Email,"
        "Status\n"
        "ch_1,2026-05-01 10:00:00,49.90,0.00,,eur,ann@example.org,Paid\n"
        "ch_2,2026-05-02 10:00:00,20.00,5.00,2026-05-09 10:00:00,eur,ben@example.org,Paid\n"
    )
    store = mapped({"p.csv": text}, stripe_orders="p.csv", stripe_returns="p.csv")
    orders = store.query("SELECT order_id, amount FROM orders ORDER BY order_id").to_pylist()
    [back] = store.query("SELECT order_id, amount, created_at FROM returns").to_pylist()
    assert [(o["order_id"], o["amount"]) for o in orders] == [("ch_1", 4990), ("ch_2", 2000)]
    assert back == {
        "order_id": "ch_2", "amount": 500, "created_at": datetime(2026, 5, 9, 10, tzinfo=UTC),
    }  # fmt: skip


def test_a_charge_is_of_the_account_in_its_metadata_else_of_stripes_customer(mapped):
    text = (
        "id,amount,currency,created,customer_id,receipt_email,status,metadata\n"
        'ch_1,100,eur,1767225600,cus_1,,succeeded,"{""account_id"":""acc-7""}"\n'
        "ch_2,100,eur,1767225600,cus_2,,succeeded,not json\n"
    )
    refunds = (
        "id,charge_id,amount,currency,created,status\nre_1,ch_2,100,eur,1767312000,succeeded\n"
    )
    store = mapped(
        {"charge.csv": text, "refund.csv": refunds},
        stripe_orders_pipeline="charge.csv", stripe_refunds_pipeline="refund.csv",
    )  # fmt: skip
    rows = store.query("SELECT account_id, person_key FROM orders ORDER BY order_id").to_pylist()
    assert [row["account_id"] for row in rows] == ["acc-7", "cus_2"]
    assert rows[0]["person_key"] == KEYS.person_key("acc-7")
    assert store.query("SELECT order_id, amount FROM returns").to_pylist() == [
        {"order_id": "ch_2", "amount": 100}
    ]


def test_a_member_of_mailchimp_is_one_person_in_sends_activity_and_unsubscriptions(mapped):
    store = mapped(
        {
            "campaign_recipient.csv": "campaign_id,member_id,list_id\nc1,m1,l1\nc1,m2,l1\n",
            "campaign_recipient_activity.csv": (
                "action,campaign_id,member_id,timestamp,ip,list_id,url\n"
                "click,c1,m2,2026-05-01 10:05:00,,l1,\n"
            ),
            "unsubscribe.csv": (
                "campaign_id,member_id,list_id,reason,timestamp\n"
                "c1,m2,l1,NORMAL,2026-05-02 10:00:00\n"
            ),
            "campaign.csv": (
                "id,title,subject_line,send_time\nc1,Spring,Hello,2026-05-01 10:00:00\n"
            ),
        },
        mailchimp_recipients_pipeline="campaign_recipient.csv",
        mailchimp_activity_pipeline="campaign_recipient_activity.csv",
        mailchimp_unsubscribes_pipeline="unsubscribe.csv",
        mailchimp_campaigns_pipeline="campaign.csv",
    )
    found = store.query(
        "SELECT campaigns.name, count(*) AS persons FROM marketing_sends AS s "
        "JOIN marketing_activity AS a USING (person_key) "
        "JOIN unsubscribe_events AS u USING (person_key) "
        "JOIN campaigns ON s.campaign_id = campaigns.campaign_id GROUP BY ALL"
    ).to_pylist()
    assert found == [{"name": "Spring", "persons": 1}]


def test_what_a_conversation_is_about_is_told_by_its_first_tag(mapped):
    ticket = {
        "id": 7, "tags": ["billing", "vip"], "requester": {"email": "ann@example.org"},
        "comments": [{"id": 71, "body": "Hi", "created_at": "2026-05-01T10:00:00Z",
                      "author": {"role": "end-user"}}],
    }  # fmt: skip
    bare = {**ticket, "id": 8, "tags": []}
    chat = {
        "session_id": "s1", "meta": {"email": "ann@example.org", "segments": ["pricing"]},
        "messages": [{"fingerprint": 1, "from": "user", "content": "Hi", "timestamp": 1767225600}],
    }  # fmt: skip
    store = mapped(
        {"z.json": "\n".join(map(json.dumps, (ticket, bare))), "c.json": json.dumps([chat])},
        zendesk_tickets="z.json", crisp_conversations="c.json",
    )  # fmt: skip
    rows = store.query("SELECT conversation_id, topic FROM support_messages ORDER BY 1").to_pylist()
    assert [(row["conversation_id"], row["topic"]) for row in rows] == [
        ("7", "billing"), ("8", None), ("s1", "pricing"),
    ]  # fmt: skip


def test_zendesks_tickets_of_a_pipeline_have_their_type_and_intercoms_parts_their_contact(mapped):
    store = mapped(
        {
            "ticket.csv": (
                "id,created_at,description,requester_id,type\n"
                "9,2026-05-01 10:00:00,Hello,501,question\n"
            ),
            "conversation.csv": (
                "id,created_at,source_id,source_author_id,source_author_type,source_body\n"
                "c9,2026-05-01 10:00:00,m1,k1,user,Hello\n"
            ),
            "part.csv": (
                "id,conversation_id,created_at,author_id,author_type,body\n"
                "p1,c9,2026-05-01 10:04:00,a1,admin,Hi\n"
                "p2,c9,2026-05-01 10:05:00,k1,user,Thanks\n"
            ),
        },
        zendesk_tickets_pipeline="ticket.csv",
        intercom_conversations_pipeline="conversation.csv",
        intercom_parts_pipeline="part.csv",
    )
    rows = store.query(
        "SELECT message_id, topic, author, account_id FROM support_messages ORDER BY message_id"
    ).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("9", "question", None, "501"), ("m1", None, "user", "k1"), ("p1", None, "agent", None),
        ("p2", None, "user", "k1"),
    ]  # fmt: skip


def test_a_visit_comes_from_where_its_session_says(mapped):
    event = {
        "event_date": "20260501", "event_timestamp": 1777629600000000, "event_name": "page_view",
        "user_pseudo_id": "1.2", "event_params": [],
        "traffic_source": {"source": "google", "medium": "organic", "name": "(organic)"},
        "session_traffic_source_last_click": {
            "manual_campaign": {"source": "mailing", "medium": "email", "campaign_name": "spring"}
        },
    }  # fmt: skip
    store = mapped({"ga4.json": json.dumps(event)}, ga4_bigquery="ga4.json")
    assert store.query("SELECT source, medium, campaign FROM ga4_events").to_pylist() == [
        {"source": "mailing", "medium": "email", "campaign": "spring"}
    ]
