"""Where the line runs: each control's rows near it, by the reason that they are given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vitrail.model import FindingStatus, Verdict

CARD = "4242 4242 4242 4242"
IBAN = "FR14 2004 1010 0505 0001 3M02 606"
OWN_IBAN = "DE89 3704 0044 0532 0130 00"


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


class TestRequests:
    @pytest.mark.parametrize(
        ("received", "answered", "why"),
        [
            ("2026-07-01 18:00:00", "2026-07-31 23:30:00", None),
            ("2026-07-01 00:10:00", "2026-08-01 00:10:00", "late"),
            ("2026-01-31 10:00:00", "2026-02-28 09:00:00", None),
            ("2026-01-31 10:00:00", "2026-03-01 09:00:00", "late"),
            ("2026-02-01 10:00:00", "2026-03-01 09:00:00", None),
            ("2026-02-01 10:00:00", "2026-03-02 09:00:00", "late"),
            ("2026-10-01 10:00:00", "", "unanswered"),
            ("2026-10-21 10:00:00", "", None),
        ],
    )
    def test_thirty_days_or_a_month_whichever_ends_first(
        self, company: Any, received: str, answered: str, why: str | None
    ) -> None:
        company.has("dsar_requests", [
            {"request_id": "r", "received_at": received, "responded_at": answered},
            {"request_id": "in_time", "received_at": "2026-03-01 00:00:00",
             "responded_at": "2026-03-02 00:00:00"},
        ])  # fmt: skip
        assert company.rows("DSR-01") == ({"r": why} if why else {})

    def test_what_is_not_yet_due_is_not_counted(self, company: Any) -> None:
        company.has("dsar_requests", [
            {"request_id": "r", "received_at": "2026-11-15 00:00:00", "responded_at": ""}
        ])  # fmt: skip
        assessment = company.check("DSR-01")
        assert assessment.verdict is Verdict.NOT_TESTED
        assert [(c.level, c.reason) for c in assessment.counted] == [("note", "not_yet_due")]
        later = company.check("DSR-01", asof=date(2026, 12, 31))
        assert later.verdict is Verdict.FAIL

    def test_an_extension_within_the_month_warns_and_a_later_one_does_not_help(
        self, company: Any
    ) -> None:
        late = {"received_at": "2026-03-01 00:00:00", "responded_at": "2026-05-15 00:00:00"}
        company.has("dsar_requests", [
            late | {"request_id": "told", "extension_notified_at": "2026-03-30 00:00:00"},
            late | {"request_id": "told_late", "extension_notified_at": "2026-04-02 00:00:00"},
            late | {"request_id": "too_long", "extension_notified_at": "2026-03-30 00:00:00",
                    "responded_at": "2026-06-02 00:00:00"},
        ])  # fmt: skip
        assert company.rows("DSR-01") == {
            "told": "late_but_extended", "told_late": "late", "too_long": "late",
        }  # fmt: skip

    def test_a_pause_for_identity_is_told_apart(self, company: Any) -> None:
        company.has("dsar_requests", [
            {"request_id": "paused", "received_at": "2026-03-01 00:00:00",
             "identity_verified_at": "2026-03-20 00:00:00",
             "responded_at": "2026-04-10 00:00:00"},
            {"request_id": "late", "received_at": "2026-03-01 00:00:00",
             "identity_verified_at": "2026-03-05 00:00:00",
             "responded_at": "2026-04-10 00:00:00"},
        ])  # fmt: skip
        assert company.rows("DSR-01") == {"paused": "identity_pause", "late": "late"}

    def test_an_acknowledgement_is_no_answer(self, company: Any) -> None:
        company.has("dsar_requests", [
            {"request_id": "r", "received_at": "2026-03-01 00:00:00",
             "responded_at": "2026-03-02 00:00:00", "outcome": "Acknowledged"},
        ])  # fmt: skip
        assert company.rows("DSR-01") == {"r": "unanswered"}

    @pytest.mark.parametrize(
        ("answered", "by_law"),
        [("2026-04-01 00:00:00", []), ("2026-04-02 00:00:00", [("late_by_law", 1)])],
    )
    def test_the_law_s_own_clock_is_printed_apart(
        self, company: Any, answered: str, by_law: list[tuple[str, int]]
    ) -> None:
        """Received on 1 March: due by the promise on 31 March, by the law on 1 April."""
        company.has("dsar_requests", [
            {"request_id": "r", "received_at": "2026-03-01 00:00:00", "responded_at": answered},
        ])  # fmt: skip
        assessment = company.check("DSR-01")
        assert assessment.verdict is Verdict.FAIL
        assert [(c.reason, c.cases) for c in assessment.counted if c.level == "note"] == by_law

    def test_the_law_s_month_moves_to_a_working_day(self, company: Any) -> None:
        """Received on 28 January: the month ends on Saturday 28 February, so on Monday 2 March."""
        company.has("dsar_requests", [
            {"request_id": "r", "received_at": "2026-01-28 00:00:00",
             "responded_at": "2026-03-02 00:00:00"},
        ])  # fmt: skip
        assessment = company.check("DSR-01")
        assert assessment.verdict is Verdict.FAIL
        assert not [c for c in assessment.counted if c.level == "note"]


class TestEndedAccounts:
    def account(self, number: int, **more: object) -> dict[str, object]:
        return {
            "account_id": f"a{number}", "status": "closed", "closed_at": "2026-01-10 00:00:00",
        } | more  # fmt: skip

    def test_holds_count_by_their_data_their_ground_and_their_end(self, company: Any) -> None:
        company.has("accounts", [self.account(n) for n in range(6)])
        company.has("profiles", [
            {"account_id": f"a{n}", "name": "Ana Roe", "email": f"{n}@x.org"} for n in range(6)
        ])  # fmt: skip
        hold = {"table_name": "profiles", "reason": "dispute", "hold_from": "2026-01-10 00:00:00",
                "hold_until": "2027-01-01 00:00:00"}  # fmt: skip
        company.has("archives", [
            hold | {"account_id": "a1"},
            hold | {"account_id": "a2", "hold_until": "2026-11-01 00:00:00"},
            hold | {"account_id": "a3", "reason": "marketing"},
            hold | {"account_id": "a4", "table_name": "orders"},
            hold | {"account_id": "a5", "table_name": "orders"},
            hold | {"account_id": "a5"},
        ])  # fmt: skip
        assert company.rows("RET-01") == {
            "a0": "kept", "a2": "hold_ended", "a3": "ground_not_stated", "a4": "other_data_held",
        }  # fmt: skip

    def test_the_grace_is_named_and_what_is_within_it_is_not_counted(self, company: Any) -> None:
        company.has("accounts", [
            self.account(0, closed_at="2026-10-21 00:00:00"),
            self.account(1, closed_at="2026-10-20 00:00:00"),
        ])  # fmt: skip
        company.has("profiles", [
            {"account_id": f"a{n}", "name": "Ana Roe", "email": f"{n}@x.org"} for n in range(2)
        ])  # fmt: skip
        assessment = company.check("RET-01")
        assert company.rows("RET-01") == {"a1": "kept"}
        assert assessment.denominator == 1
        assert "30 days of grace" in assessment.explanation

    def test_an_account_marked_as_ended_without_a_date_is_left_open(self, company: Any) -> None:
        company.has("accounts", [self.account(0, closed_at="")], columns=["deleted_at"])
        company.has("profiles", [{"account_id": "a0", "name": "Ana Roe"}])
        assert company.rows("RET-01") == {"a0": "no_time"}


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


class TestSharing:
    def test_named_by_category_only_and_absent_are_three_findings(self, company: Any) -> None:
        company.has("processors", [
            {"processor_id": "ga", "name": "Google Analytics",
             "active_from": "2024-01-01 00:00:00"},
            {"processor_id": "mc", "name": "Mailchimp", "active_from": "2024-01-01 00:00:00"},
            {"processor_id": "old", "name": "Stripe", "active_from": "2024-01-01 00:00:00",
             "active_to": "2025-12-31 00:00:00"},
        ])  # fmt: skip
        company.has("processor_shares", [
            {"share_id": who, "processor_id": who, "shared_at": "2026-03-01 00:00:00"}
            for who in ("ga", "mc", "old", "nobody")
        ])  # fmt: skip
        assert company.rows("SHR-01") == {
            "mc": "category_only", "old": "not_active", "nobody": "not_registered",
        }  # fmt: skip


class TestMinors:
    def young(self, company: Any, born: dict[str, object], **account: object) -> dict[str, str]:
        company.has("accounts", [
            {"account_id": "a1", "created_at": "2026-01-10 00:00:00"} | account
        ])  # fmt: skip
        company.has("profiles", [{"account_id": "a1", "name": "N"} | born])
        company.has("guardian_authorisations", [], columns=["auth_id", "account_id", "granted_at"])
        found: dict[str, str] = company.rows("MIN-01")
        return found

    @pytest.mark.parametrize(
        ("born", "why"),
        [
            ({"declared_birth_date": "2008-11-20"}, "was_minor"),
            ({"declared_birth_date": "2008-11-21"}, "minor"),
            ({"declared_birth_date": "2008-01-10"}, None),
            ({"declared_birth_date": "2008-01-11"}, "was_minor"),
            ({"declared_birth_year": "2009"}, "minor"),
            ({"declared_birth_year": "2008"}, "possible"),
            ({"declared_birth_year": "2007"}, None),
            ({"declared_birth_date": "2026-06-01"}, "implausible"),
        ],
    )
    def test_age_is_reckoned_on_each_day_of_processing(
        self, company: Any, born: dict[str, object], why: str | None
    ) -> None:
        assert self.young(company, born) == ({"a1": why} if why else {})

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("03/04/2009", "minor"),  # 3 April or 4 March: under age either way
            ("10/12/2008", "possible"),  # 10 December is under age, 12 October is not
            ("25/12/2008", "minor"),  # there is no 25th month
            ("01/02/2000", None),
        ],
    )
    def test_a_date_of_which_nobody_said_what_leads_is_read_both_ways(
        self, company: Any, written: str, why: str | None
    ) -> None:
        joined = {"created_at": "2026-11-15 00:00:00"}
        found = self.young(company, {"declared_birth_date": written}, **joined)
        assert found == ({"a1": why} if why else {})

    def test_where_the_mapping_says_the_day_leads_it_leads(self, company: Any) -> None:
        company.has("accounts", [{"account_id": "a1", "created_at": "2026-11-15 00:00:00"}])
        company.has(
            "profiles", [{"account_id": "a1", "declared_birth_date": "12/10/2008"}],
            more="dates = { day_first = true }",
        )  # fmt: skip
        company.has("guardian_authorisations", [], columns=["auth_id", "account_id", "granted_at"])
        assert company.rows("MIN-01") == {}

    @pytest.mark.parametrize(
        ("leave", "why"),
        [
            ({"granted_at": "2026-01-01 00:00:00"}, None),
            ({"granted_at": "2026-02-01 00:00:00"}, "authorised_late"),
            ({"granted_at": "2026-01-01 00:00:00", "withdrawn_at": "2026-06-01 00:00:00"}, "minor"),
            ({"granted_at": "2026-01-01 00:00:00", "valid_until": "2026-06-01 00:00:00"}, "minor"),
        ],
    )
    def test_an_authorisation_counts_on_the_days_on_which_it_was_in_force(
        self, company: Any, leave: dict[str, object], why: str | None
    ) -> None:
        company.has("accounts", [{"account_id": "a1", "created_at": "2026-01-10 00:00:00"}])
        company.has("profiles", [{"account_id": "a1", "declared_birth_date": "2010-01-01"}])
        company.has("guardian_authorisations", [{"auth_id": "g", "account_id": "a1"} | leave])
        assert company.rows("MIN-01") == ({"a1": why} if why else {})


class TestPaymentData:
    def test_what_nobody_has_reviewed_warns_and_never_fails(self, company: Any) -> None:
        company.holds("notes.csv", [{"note": f"card {CARD}"}, {"note": "nothing"}])
        assessment = company.check("PAY-01", scan=True)
        assert assessment.verdict is Verdict.WARN
        assert assessment.reason == "1 awaiting review"
        assert assessment.warnings == 1

    def test_what_was_dismissed_is_in_order(self, company: Any) -> None:
        company.holds("notes.csv", [{"note": f"card {CARD}"}, {"note": "nothing"}])
        assessment = company.check(
            "PAY-01", scan=True, reviews={"CREDIT_CARD": FindingStatus.DISMISSED}
        )
        assert assessment.verdict is Verdict.PASS

    def test_stripe_may_hold_cards_and_others_may_not(self, company: Any) -> None:
        company.holds(
            "stripe/cards.csv", [{"id": "py_1", "description": f"card {CARD}"}],
            source='[sources.s]\nfile = "exports/stripe/*.csv"\nsystem = "stripe"\n'
            'table = "payments"\ncolumns = { payment_id = "id" }\n',
        )  # fmt: skip
        company.holds("notes.csv", [{"note": "nothing"}])
        assert company.check("PAY-01", scan=True).verdict is Verdict.PASS

    def test_own_accounts_are_known_by_fingerprint(self, company: Any) -> None:
        company.top = ['own_ibans_file = "own.txt"']
        (company.place / "own.txt").write_text(f"# ours\n{OWN_IBAN}\n", "utf-8")
        company.holds("notes.csv", [{"note": f"pay to {OWN_IBAN}"}, {"note": f"from {IBAN}"}])
        found = company.rows("PAY-03", scan=True)
        assert sorted(found.values()) == ["candidate", "own"]

    def test_leads_held_for_customers_are_outside_the_bank_account_promise(
        self, company: Any
    ) -> None:
        company.holds(
            "leads/x.csv", [{"email": "l@x.org", "note": f"{IBAN} and {CARD}"}],
            source='[sources.leads]\nfile = "exports/leads/*.csv"\nrole = "processor"\n'
            'table = "profiles"\ncolumns = { email = "email" }\n',
        )  # fmt: skip
        company.holds("notes.csv", [{"note": "nothing"}])
        assert company.check("PAY-03", scan=True).verdict is Verdict.PASS
        assert company.check("PAY-01", scan=True).verdict is Verdict.WARN

    def test_a_dataset_that_no_scan_read_leaves_the_question_open(self, company: Any) -> None:
        company.holds("notes.csv", [{"note": "nothing"}])
        company.check("PAY-01", scan=True)
        company.has("feedback", [{"id": str(n), "text": "new"} for n in range(50)])
        with company.store() as store:
            company.scan(store, {})
            import pyarrow.compute as pc

            columns = store.query("SELECT * FROM scan_columns")
            store.register("scan_columns", columns.filter(pc.field("dataset") == "notes.csv"))
            from vitrail.promises import assess

            assessment = assess(
                company.controls["PAY-01"], store, company.policy, company.settings(),
                asof=date(2026, 11, 20), keys=company.keys, version="0",
            )  # fmt: skip
        assert assessment.verdict is Verdict.INCONCLUSIVE
        assert assessment.undecidable == 100


class TestAnalytics:
    @pytest.mark.parametrize(
        ("location", "why"),
        [
            ("/?m=ben@example.org", "known_value"),
            ("/?m=ben%40example.org", "known_value"),
            ("/?m=BEN%2540example.org", "known_value"),
            ("/?m=YmVuQGV4YW1wbGUub3Jn", "known_value"),
            ("/?h=e6a9a3de5c8a0ad0b1b1ad6a3a9d4b7c", None),
            ("/?m=someone.else@example.net", "candidate"),
            ("/?q=Ben+Moor", "known_name"),
            ("/?q=prices", None),
        ],
    )
    def test_known_values_break_it_and_others_await_review(
        self, company: Any, location: str, why: str | None
    ) -> None:
        assert self.rows(company, location) == ([why] if why else [])

    @pytest.mark.parametrize("digest", ["md5", "sha1", "sha256"])
    def test_a_digest_of_a_known_address_is_the_address(self, company: Any, digest: str) -> None:
        import hashlib

        token = hashlib.new(digest, b"ben@example.org", usedforsecurity=False).hexdigest()
        assert self.rows(company, f"/?h={token.upper()}") == ["known_hash"]

    def test_without_profiles_a_digest_stays_open(self, company: Any) -> None:
        assert self.rows(company, f"/?h={'ab' * 16}", profiles=False) == ["no_profiles"]

    def rows(self, company: Any, location: str, profiles: bool = True) -> list[str]:
        if profiles:
            company.has("profiles", [
                {"account_id": "a1", "name": "Ben Moor", "email": " Ben@Example.org"}
            ])  # fmt: skip
        company.has("ga4_events", [
            {"event_ts": "2026-03-01 09:00:00", "event_name": "page_view",
             "page_location": f"https://shop.example{location}"},
        ])  # fmt: skip
        return list(company.rows("ANA-02", scan=True).values())
