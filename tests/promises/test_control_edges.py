"""Where the line runs: each control's rows near it, by the reason that they are given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vitrail.model import Verdict


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
            ("3 avril 2009", "minor"),  # as a scan reads it
            ("April 2009", "minor"),
            ("11/2008", "possible"),
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

    @pytest.mark.parametrize(
        ("born", "why"),
        [(["2010-01-01", "2011-01-01"], "minor"), (["2010-01-01", "1990-01-01"], "possible")],
    )
    def test_an_account_in_two_rows_is_one_and_certain_only_where_both_are(
        self, company: Any, born: list[str], why: str
    ) -> None:
        company.has("accounts", [
            {"account_id": "a1", "created_at": "2026-01-10", "deleted_at": "2026-02-01"},
            {"account_id": "a1", "created_at": "2026-03-10", "deleted_at": ""},
        ])  # fmt: skip
        company.has("profiles", [{"account_id": "a1", "declared_birth_date": b} for b in born])
        company.has("guardian_authorisations", [], columns=["auth_id", "account_id", "granted_at"])
        assessment = company.check("MIN-01")
        assert (assessment.denominator, dict(company.rows("MIN-01"))) == (1, {"a1": why})


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
