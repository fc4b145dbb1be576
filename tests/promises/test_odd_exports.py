"""Exports as they should not be: each ends in a verdict that says so, never in a silent PASS."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vitrail.model import Verdict

OLD, END, NEW, LATER = "2024-01-01", "2026-01-10", "2026-03-01", "2026-05-01"
GONE = {"account_id": "a1", "created_at": OLD, "status": "deleted", "closed_at": END}
BACK = {"account_id": "a1", "created_at": NEW, "status": "active", "closed_at": ""}
MAIL = {"email": "a@x.org"}


def send(at: str = LATER, **more: object) -> dict[str, object]:
    return {"send_id": f"s{at}", "purpose": "marketing", "sent_at": at, "channel": "email"} | (
        MAIL | more
    )


def consent(at: str, status: str = "granted", **more: object) -> dict[str, object]:
    return {
        "consent_id": f"{status}{at}", "purpose": "marketing", "status": status, "ts": at,
        "channel": "email", "valid_until": "",
    } | MAIL | more  # fmt: skip


class TestTwoConsentsOfOneSecond:
    """The one that stops holds, whatever the order of the rows."""

    @pytest.fixture(params=[1, -1], ids=["yes first", "no first"])
    def both(self, request: pytest.FixtureRequest, company: Any) -> Any:
        rows = [consent("2026-04-01"), consent("2026-04-01", "withdrawn")]
        return company.has("consents", rows[:: request.param])

    def test_they_lift_no_unsubscribe(self, both: Any) -> None:
        both.has("unsubscribe_events", [MAIL | {"ts": "2026-02-01"}])
        both.has("marketing_sends", [send()])
        assert both.check("MKT-02").violations == 1
        assert both.check("MKT-01").violations == 1

    def test_they_lift_no_unsubscribe_in_another_system(self, both: Any) -> None:
        both.systems = {"marketing_sends": "one", "unsubscribe_events": "other"}
        both.has("unsubscribe_events", [MAIL | {"ts": "2026-02-01"}])
        both.has("marketing_sends", [send()])
        assert both.check("MKT-06").violations == 1

    def test_they_put_nobody_back_on_a_list(self, both: Any) -> None:
        both.has("marketing_contact_history", [
            MAIL | {"status_before": "subscribed", "status": "unsubscribed",
                    "changed_at": "2026-02-01", "source": "person"},
            MAIL | {"status_before": "unsubscribed", "status": "subscribed",
                    "changed_at": LATER, "source": "import"},
        ])  # fmt: skip
        assert both.check("MKT-05").violations == 1

    def test_they_lift_no_objection(self, both: Any) -> None:
        both.has("objections", [
            MAIL | {"purpose": "marketing", "from_ts": "2026-02-01", "to_ts": ""}
        ])  # fmt: skip
        both.has("marketing_sends", [send()])
        assert both.check("DSR-06").violations == 1

    def test_of_two_choices_at_a_banner_the_refusal_holds(self, company: Any) -> None:
        company.has("ga4_events", [
            {"event_ts": LATER, "user_pseudo_id": "d1", "analytics_storage": "Yes",
             "ads_storage": "No"}
        ])  # fmt: skip
        company.has("cookie_consents", [
            {"device_key": "d1", "ts": END, "categories": f'{{"analytics": {yes}}}'}
            for yes in ("true", "false")
        ])  # fmt: skip
        assert company.check("COO-02").violations == 1

    def test_a_no_for_one_channel_is_none_for_another(self, company: Any) -> None:
        company.has("consents", [
            consent("2026-04-01"), consent("2026-04-01", "refused", channel="sms")
        ])  # fmt: skip
        company.has("marketing_sends", [send(list_source="orders", basis="")])
        company.has("orders", [{"order_id": "o1", "account_id": "a1", "created_at": OLD}])
        company.has("returns", [{"return_id": "r1", "order_id": "o1", "created_at": NEW}])
        assert company.check("ORD-01").verdict is Verdict.PASS

    def test_a_consent_that_was_renewed_has_no_end_of_the_former_one(self, company: Any) -> None:
        company.has("consents", [
            consent(OLD, purpose="testimonial", valid_until=NEW),
            consent(END, purpose="testimonial"),
        ])  # fmt: skip
        company.has("testimonials", [
            MAIL | {"testimonial_id": "t", "published_from": OLD, "published_until": ""}
        ])  # fmt: skip
        assert company.check("TST-01").verdict is Verdict.PASS


class TestAnAccountThatWasDeletedAndOpenedAgain:
    """What the new one holds and does is no breach of the deletion, and no proof of it either."""

    @pytest.fixture(params=["two rows", "one row"])
    def company(self, request: pytest.FixtureRequest, company: Any) -> Any:
        rows = [GONE, BACK] if request.param == "two rows" else [BACK]
        company.has("accounts", rows)
        company.has("profiles", [{"account_id": "a1", "name": "Ana Roe"} | MAIL])
        return company.has("deletions", [
            {"account_id": "a1", "requested_at": "2026-01-05", "completed_at": END}
        ])  # fmt: skip

    @pytest.mark.parametrize(("at", "broken"), [("2026-02-01", 1), (LATER, 0)])
    def test_only_what_was_done_in_between_is_done_after_the_deletion(
        self, company: Any, at: str, broken: int
    ) -> None:
        company.has("events", [{"event_id": "e1", "account_id": "a1", "ts": at}])
        company.has("marketing_sends", [send(at)])
        assert company.check("RET-09").violations == broken
        assert company.rows("RET-09") == ({"a1": "messaged"} if broken else {})

    @pytest.mark.parametrize(("at", "why"), [("2026-02-01", "deleted"), (LATER, None)])
    def test_feedback_may_be_asked_of_the_new_one(
        self, company: Any, at: str, why: str | None
    ) -> None:
        company.has("objections", [{"account_id": "a9", "purpose": "feedback", "from_ts": OLD}])
        company.has("feedback_requests", [{"id": "f1", "account_id": "a1", "sent_at": at}])
        assert company.rows("FBK-01") == ({"f1": why} if why else {})

    def test_what_is_held_leaves_the_erasure_open(self, company: Any) -> None:
        company.has("dsar_requests", [
            {"request_id": "r", "account_id": "a1", "kind": "erasure", "received_at": "2026-01-05"}
        ])  # fmt: skip
        company.has("account_actions", [
            {"action_id": "x", "account_id": "a1", "action": "delete",
             "requested_at": "2026-01-05", "effective_at": END},
        ])  # fmt: skip
        assert company.rows("DSR-04") == {"r": "opened_again"}
        assert company.rows("ACC-02") == {"a1": "opened_again"}
        assert company.check("DSR-04").verdict is Verdict.INCONCLUSIVE

    def test_a_deletion_that_is_asked_for_once_more_is_judged(self, company: Any) -> None:
        company.has("account_actions", [
            {"action_id": at, "account_id": "a1", "action": "delete", "requested_at": at,
             "effective_at": ""} for at in ("2026-01-05", LATER)
        ])  # fmt: skip
        assert company.rows("ACC-02") == {"a1": "nothing_done"}

    def test_a_minor_who_came_back_must_be_deleted_again(self, company: Any) -> None:
        found = {"account_id": "a1", "level": "certain", "status": "confirmed"}
        company.has("minor_findings", [
            found | {"confirmed_at": "2026-01-09"}, found | {"confirmed_at": LATER}
        ])  # fmt: skip
        assert company.check("MIN-03").violations == 1
        assert company.rows("MIN-03") == {"a1": "not_deleted"}


def test_an_ended_account_whose_number_was_given_again_is_left_open(company: Any) -> None:
    company.has("accounts", [GONE, BACK])
    company.has("profiles", [{"account_id": "a1", "name": "Ana Roe"} | MAIL])
    company.has("marketing_contacts", [MAIL])
    assert company.rows("RET-01") == {"a1": "opened_again"}
    assert company.rows("RET-02") == {"a1": "opened_again"}
    company.has("accounts", [GONE])
    assert company.rows("RET-01") == {"a1": "kept"}
    assert company.rows("RET-02") == {"a1": "left_behind"}


def test_a_testimonial_of_the_new_account_is_none_of_the_ended_one(company: Any) -> None:
    company.has("accounts", [GONE, BACK])
    one = {"account_id": "a1", "display_name": "Ana R.", "published_until": ""}
    company.has("testimonials", [
        one | {"testimonial_id": "old", "published_from": OLD},
        one | {"testimonial_id": "new", "published_from": LATER},
    ])  # fmt: skip
    assert company.rows("TST-03") == {"old": "still_named"}


def test_an_address_that_two_people_share_is_told(company: Any) -> None:
    company.has("accounts", [
        {"account_id": f"a{n}", "email": "home@x.org" if n < 2 else f"{n}@x.org"} for n in range(4)
    ])  # fmt: skip
    company.has("marketing_sends", [send(email="home@x.org")])
    assessment = company.check("META-02")
    assert assessment.verdict is Verdict.WARN
    assert "2 accounts in use share an address" in assessment.reason


class TestRowsThatCanBeTiedToNobody:
    """A mapping to the wrong column: nothing is found where nobody can be followed."""

    @pytest.mark.parametrize(
        ("control", "table", "row"),
        [
            ("MKT-02", "unsubscribe_events", {"ts": OLD}),
            ("CNS-01", "marketing_sends", send(NEW)),
            ("RET-02", "marketing_contacts", {"status": "subscribed"}),
            ("RET-09", "events", {"event_id": "e1", "ts": LATER}),
            ("DSR-06", "feedback_requests", {"id": "f", "sent_at": LATER}),
        ],
    )
    @pytest.mark.parametrize("exported", [{"email": "spring campaign"}, {}], ids=["wrong", "none"])
    def test_nothing_passes_on_them(
        self, company: Any, control: str, table: str, row: dict[str, object],
        exported: dict[str, str],
    ) -> None:  # fmt: skip
        company.has("accounts", [GONE | MAIL])
        company.has("consents", [consent(NEW, "withdrawn")])
        company.has("objections", [MAIL | {"purpose": "feedback", "from_ts": NEW}])
        company.has("deletions", [{"account_id": "a1", "completed_at": END}])
        company.has("marketing_sends", [send(END)])
        kept = company.check(control)
        if control != "MKT-02":  # it needs the table itself
            assert kept.verdict is Verdict.PASS, kept.reason
        company.has(table, [{n: v for n, v in row.items() if n != "email"} | exported])
        assessment = company.check(control)
        assert assessment.verdict is Verdict.INCONCLUSIVE
        assert assessment.reason == f"1 of 1 rows of {table} can be tied to nobody"
        assert assessment.reason in assessment.sentence

    def test_profiles_of_no_exported_account_show_no_erasure(self, company: Any) -> None:
        company.has("accounts", [GONE])
        company.has("profiles", [{"account_id": "CRM-77", "name": "Ana Roe"}])
        assessment = company.check("RET-01")
        assert assessment.verdict is Verdict.INCONCLUSIVE
        assert "profiles can be tied to nobody" in assessment.reason

    def test_one_in_two_hundred_is_no_matter(self, company: Any) -> None:
        company.has("accounts", [GONE])
        company.has("deletions", [{"account_id": "a1", "completed_at": END}])
        company.has("events", [
            {"event_id": f"e{n}", "account_id": "a2" if n else "", "ts": LATER} for n in range(200)
        ])  # fmt: skip
        assert company.check("RET-09").verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("asof", "why"), [("2026-02-27", "minor"), ("2026-02-28", "possible"), ("2026-03-01", None)]
)
def test_who_was_born_on_29_february_is_of_an_open_age_on_the_28th(
    company: Any, asof: str, why: str | None
) -> None:
    company.has("accounts", [{"account_id": "a1", "created_at": f"{asof} 10:00:00"}])
    company.has("profiles", [{"account_id": "a1", "declared_birth_date": "2008-02-29"}])
    company.has("guardian_authorisations", [], columns=["auth_id", "account_id", "granted_at"])
    verdicts = {"minor": Verdict.FAIL, "possible": Verdict.WARN, None: Verdict.PASS}
    assert company.check("MIN-01", asof=date.fromisoformat(asof)).verdict is verdicts[why]


def test_zones_that_mix_in_a_column_are_each_heard_and_no_hour_is_lost_in_the_clocks_change(
    company: Any,
) -> None:
    written = {
        "zoned": ("2026-03-01T10:00:00+02:00", "2026-03-01 08:00:00"),
        "named": ("2026-07-01 10:00:00 CEST", "2026-07-01 08:00:00"),
        "plain": ("2026-07-01 10:00:00", "2026-07-01 08:00:00"),
        "twice": ("2026-10-25 02:30:00", "2026-10-25 01:30:00"),
        "never": ("2026-03-29 02:30:00", "2026-03-29 01:30:00"),
        "leap": ("2024-02-29 10:00:00", "2024-02-29 09:00:00"),
    }
    company.has("accounts", [{"account_id": k, "created_at": v[0]} for k, v in written.items()])
    company.sources["accounts"] = company.sources["accounts"].replace("UTC", "Europe/Paris")
    with company.store() as store:
        rows = store.query("SELECT account_id, created_at FROM accounts").to_pylist()
    read = {row["account_id"]: f"{row['created_at']:%Y-%m-%d %H:%M:%S}" for row in rows}
    assert read == {k: v[1] for k, v in written.items()}
    assert company.check("META-04").verdict is Verdict.PASS


def test_zones_that_mix_where_none_is_declared_are_a_warning(company: Any) -> None:
    company.has("accounts", [
        {"account_id": at, "created_at": at} for at in ("2026-03-01T10:00:00Z", "2026-03-01 10:00")
    ])  # fmt: skip
    company.sources["accounts"] = company.sources["accounts"].replace('timezone = "UTC"\n', "")
    assert company.check("META-04").verdict is Verdict.WARN


@pytest.mark.parametrize("at", ["2026-11-21 00:00:00", "2023-02-29 10:00:00"])
def test_an_event_after_the_export_and_a_day_that_there_is_not_break_the_clocks_promise(
    company: Any, at: str
) -> None:
    company.has("accounts", [{"account_id": "a1", "created_at": OLD}])
    company.has("events", [{"event_id": "e1", "account_id": "a1", "ts": at}])
    assert company.check("META-04").verdict is Verdict.FAIL
