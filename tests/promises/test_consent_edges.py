"""Where the line runs between what a person agreed to and what not: sends, testimonials."""

from __future__ import annotations

from typing import Any

import pytest

from vitrail.model import Verdict


def send(number: int, email: str, at: str, **more: object) -> dict[str, object]:
    return {
        "send_id": f"s{number}", "email": email, "channel": "email", "purpose": "marketing",
        "sent_at": at, "list_id": "L1", "basis": "", "has_unsub_link": "",
    } | more  # fmt: skip


def consent(email: str, at: str, status: str = "granted", **more: object) -> dict[str, object]:
    return {
        "consent_id": f"{email} {at}", "email": email, "purpose": "marketing", "channel": "email",
        "status": status, "ts": at, "valid_until": "",
    } | more  # fmt: skip


def left(email: str, at: str, **more: object) -> dict[str, object]:
    return {"email": email, "channel": "email", "list_id": "L1", "ts": at} | more


class TestMarketingAfterAnUnsubscribe:
    def test_the_48_hours_are_counted_to_the_second(self, company: Any) -> None:
        company.has("unsubscribe_events", [left("a@x.org", "2026-03-01 12:00:00")])
        company.has("marketing_sends", [
            send(0, "a@x.org", "2026-03-01 12:00:00"),
            send(1, "a@x.org", "2026-03-01 12:00:01"),
            send(2, "a@x.org", "2026-03-03 12:00:00"),
            send(3, "a@x.org", "2026-03-03 12:00:01"),
        ])  # fmt: skip
        assert company.rows("MKT-02") == {"s1": "under_way", "s2": "under_way", "s3": "late"}

    def test_a_grace_in_the_settings_moves_the_line(self, company: Any) -> None:
        company.top = ["[params]\nunsub_grace_hours = 24"]
        company.has("unsubscribe_events", [left("a@x.org", "2026-03-01 12:00:00")])
        company.has("marketing_sends", [
            send(1, "a@x.org", "2026-03-02 12:00:00"), send(2, "a@x.org", "2026-03-02 12:00:01"),
        ])  # fmt: skip
        assert company.rows("MKT-02") == {"s2": "under_way"}

    def test_agreeing_anew_ends_it_until_the_next_unsubscribe(self, company: Any) -> None:
        company.has("consents", [consent("a@x.org", "2026-04-01 00:00:00")])
        company.has("unsubscribe_events", [
            left("a@x.org", "2026-03-01 12:00:00"), left("a@x.org", "2026-05-01 12:00:00"),
        ])  # fmt: skip
        company.has("marketing_sends", [
            send(1, "a@x.org", "2026-03-20 09:00:00"), send(2, "a@x.org", "2026-04-20 09:00:00"),
            send(3, "a@x.org", "2026-05-20 09:00:00"),
        ])  # fmt: skip
        assert company.rows("MKT-02") == {"s1": "late", "s3": "late"}

    def test_it_binds_its_own_list_and_channel_and_all_where_it_names_none(
        self, company: Any
    ) -> None:
        company.has("unsubscribe_events", [
            left("a@x.org", "2026-03-01 12:00:00"),
            left("b@x.org", "2026-03-01 12:00:00", list_id="", channel=""),
        ])  # fmt: skip
        company.has("marketing_sends", [
            send(1, "a@x.org", "2026-03-20 09:00:00", list_id="L2"),
            send(2, "a@x.org", "2026-03-20 09:00:00", channel="sms"),
            send(3, "b@x.org", "2026-03-20 09:00:00", list_id="L2"),
            send(4, "b@x.org", "2026-03-20 09:00:00", channel="sms"),
        ])  # fmt: skip
        assert company.rows("MKT-02") == {"s3": "late", "s4": "late"}

    def test_service_goes_on_and_what_states_no_purpose_is_left_open(self, company: Any) -> None:
        company.has("unsubscribe_events", [left("a@x.org", "2026-03-01 12:00:00")])
        company.has("marketing_sends", [
            send(1, "a@x.org", "2026-03-20 09:00:00", purpose="service"),
            send(2, "a@x.org", "2026-03-20 09:00:00", purpose=""),
        ])  # fmt: skip
        assert company.rows("MKT-02") == {"s2": "unknown_purpose"}
        assert company.check("MKT-02").verdict is Verdict.INCONCLUSIVE

    def test_an_unsubscribe_without_a_time_settles_nothing(self, company: Any) -> None:
        company.has(
            "unsubscribe_events", [left("a@x.org", ""), left("c@x.org", "2026-01-01 00:00:00")]
        )
        company.has("marketing_sends", [send(1, "a@x.org", "2026-03-20 09:00:00")])
        assert company.rows("MKT-02") == {"s1": "unsubscribe_undated"}


class TestMarketingWithConsent:
    def test_the_last_entry_by_then_decides(self, company: Any) -> None:
        company.has("consents", [
            consent("a@x.org", "2026-01-01 00:00:00"),
            consent("a@x.org", "2026-03-01 00:00:00", "withdrawn"),
            consent("b@x.org", "2026-01-01 00:00:00", valid_until="2026-02-01 00:00:00"),
            consent("c@x.org", "2026-01-01 00:00:00", purpose="testimonial"),
        ])  # fmt: skip
        company.has("marketing_sends", [
            send(1, "a@x.org", "2026-02-28 09:00:00"), send(2, "a@x.org", "2026-03-01 09:00:00"),
            send(3, "b@x.org", "2026-03-01 09:00:00"), send(4, "c@x.org", "2026-03-01 09:00:00"),
        ])  # fmt: skip
        assert company.rows("MKT-01") == {
            "s2": "not_in_force", "s3": "not_in_force", "s4": "never_agreed",
        }  # fmt: skip

    def test_an_existing_customer_needs_the_ground_an_order_and_a_way_out(
        self, company: Any
    ) -> None:
        company.has("accounts", [
            {"account_id": f"a{n}", "email": f"{n}@x.org", "created_at": "2026-01-05 00:00:00"}
            for n in range(1, 6)
        ])  # fmt: skip
        company.has("orders", [
            {"order_id": f"o{n}", "account_id": f"a{n}", "created_at": "2026-02-01 00:00:00"}
            for n in (1, 2, 4, 5)
        ])  # fmt: skip
        company.has("consents", [
            consent("log@x.org", "2026-01-01 00:00:00"),
            consent("5@x.org", "2026-02-10 00:00:00", "refused"),
        ])  # fmt: skip
        ground = {"basis": "existing_customer", "has_unsub_link": "true"}
        company.has("marketing_sends", [
            send(1, "1@x.org", "2026-03-01 09:00:00", **ground),
            send(2, "2@x.org", "2026-03-01 09:00:00", **ground | {"has_unsub_link": "false"}),
            send(3, "3@x.org", "2026-03-01 09:00:00", **ground),
            send(4, "4@x.org", "2026-03-01 09:00:00"),
            send(5, "5@x.org", "2026-03-01 09:00:00", **ground),
        ])  # fmt: skip
        assert company.rows("MKT-01") == {
            "s2": "no_way_out", "s3": "no_order", "s4": "never_agreed", "s5": "not_in_force",
        }  # fmt: skip
        assessment = company.check("MKT-01")
        assert [(c.reason, c.cases) for c in assessment.counted if c.level == "note"] == [
            ("soft_opt_in", 1)
        ]

    def test_a_log_that_starts_after_the_account_settles_nothing(self, company: Any) -> None:
        company.has("accounts", [
            {"account_id": "a1", "email": "a@x.org", "created_at": "2024-01-01 00:00:00"}
        ])  # fmt: skip
        company.has("consents", [consent("b@x.org", "2026-01-01 00:00:00")])
        company.has("marketing_sends", [send(1, "a@x.org", "2026-03-01 09:00:00")])
        assessment = company.check("MKT-01")
        assert assessment.verdict is Verdict.INCONCLUSIVE
        assert assessment.undecidable == 1

    def test_a_send_to_nobody_in_particular_is_left_open(self, company: Any) -> None:
        company.has("consents", [consent("b@x.org", "2026-01-01 00:00:00")])
        company.has("marketing_sends", [send(1, "no address", "2026-03-01 09:00:00")])
        assert company.rows("MKT-01") == {"s1": "no_person"}


class TestTestimonials:
    def test_consent_must_hold_from_the_first_day_to_the_last(self, company: Any) -> None:
        def said(name: str, until: str = "") -> dict[str, object]:
            return {"testimonial_id": name, "email": f"{name}@x.org", "published_until": until,
                    "published_from": "2026-03-01 00:00:00"}  # fmt: skip

        def agreed(name: str, at: str, status: str = "granted") -> dict[str, object]:
            return consent(f"{name}@x.org", at, status, purpose="testimonial", channel="")

        company.has("testimonials", [
            said("kept"), said("early"), said("never"), said("refused"),
            said("still_up"), said("taken_down", "2026-05-01 00:00:00"),
            {**said("draft"), "published_from": ""},
        ])  # fmt: skip
        company.has("consents", [
            agreed("kept", "2026-02-01 00:00:00"), agreed("early", "2026-03-02 00:00:00"),
            agreed("refused", "2026-02-01 00:00:00", "refused"),
            agreed("still_up", "2026-02-01 00:00:00"),
            agreed("still_up", "2026-06-01 00:00:00", "withdrawn"),
            agreed("taken_down", "2026-02-01 00:00:00"),
            agreed("taken_down", "2026-06-01 00:00:00", "withdrawn"),
        ])  # fmt: skip
        assert company.rows("TST-01") == {
            "early": "too_early", "never": "never_agreed", "refused": "not_in_force",
            "still_up": "withdrawn",
        }  # fmt: skip


class TestAnUnsubscribeInAnotherSystem:
    @pytest.mark.parametrize(
        ("left_from", "agreed_to", "sent_over", "why"),
        [
            ("email", "sms", "email", {"s1": "elsewhere"}),
            ("email", "email", "email", {}),
            ("sms", None, "email", {}),
            ("sms", None, "sms", {"s1": "elsewhere"}),
            ("", None, "sms", {"s1": "elsewhere"}),
            ("all", "", "sms", {}),
        ],
    )
    def test_it_binds_its_channel_and_a_consent_lifts_it_for_its_own(
        self, company: Any, left_from: str, agreed_to: str | None, sent_over: str, why: Any
    ) -> None:
        company.systems = {"marketing_sends": "mailer", "unsubscribe_events": "crm"}
        company.has(
            "unsubscribe_events", [left("a@x.org", "2026-03-01 12:00:00", channel=left_from)]
        )
        agreed = [] if agreed_to is None else [
            consent("a@x.org", "2026-03-10 12:00:00", channel=agreed_to)
        ]  # fmt: skip
        columns = list(consent("", ""))
        company.has("consents", agreed, columns=columns)
        company.has(
            "marketing_sends", [send(1, "a@x.org", "2026-04-01 09:00:00", channel=sent_over)]
        )
        assert company.rows("MKT-06") == why


class TestAnAddressThatAccountsShare:
    @staticmethod
    def sharing(company: Any, table: str, rows: list[dict[str, object]]) -> Any:
        company.has("accounts", [
            {"account_id": f"a{n}", "email": "home@x.org", "created_at": "2026-01-10 00:00:00"}
            for n in (1, 2)
        ])  # fmt: skip
        company.has(table, rows)
        company.has("marketing_sends", [send(1, "home@x.org", "2026-04-01 09:00:00")])
        return company

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ([("a2", "granted", "02")], {}),
            ([("a1", "granted", "02"), ("a2", "withdrawn", "03")], {"s1": "not_in_force"}),
            ([("a2", "granted", "02"), ("a1", "withdrawn", "02")], {"s1": "not_in_force"}),
            ([("a1", "withdrawn", "02"), ("a2", "granted", "03")], {}),
        ],
    )
    def test_what_was_said_last_for_it_holds_whichever_of_them_said_it(
        self, company: Any, said: list[tuple[str, str, str]], why: dict[str, str]
    ) -> None:
        entries = [
            {"consent_id": f"c{n}", "account_id": account, "purpose": "marketing",
             "channel": "email", "status": status, "ts": f"2026-{month}-01", "valid_until": ""}
            for n, (account, status, month) in enumerate(said)
        ]  # fmt: skip
        assert self.sharing(company, "consents", entries).rows("MKT-01") == why

    def test_an_unsubscribe_of_one_of_them_is_of_the_address(self, company: Any) -> None:
        gone = {
            "account_id": "a2",
            "channel": "email",
            "list_id": "L1",
            "ts": "2026-03-01 12:00:00",
        }
        assert self.sharing(company, "unsubscribe_events", [gone]).rows("MKT-02") == {"s1": "late"}
