"""Where the line runs between a card or account number that is a breach and one that is not."""

from __future__ import annotations

from datetime import date
from typing import Any

from vitrail.model import FindingStatus, Verdict

CARD = "4539 5787 6362 1486"
IBAN = "FR14 2004 1010 0505 0001 3M02 606"
OWN_IBAN = "DE89 3704 0044 0532 0130 00"


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

    def test_a_card_that_processors_publish_for_testing_is_nobodys(self, company: Any) -> None:
        company.holds("notes.csv", [{"note": "try 4242-4242-4242-4242"}, {"note": "nothing"}])
        assert company.rows("PAY-01", scan=True) == {"notes.csv|note|[]|0": "published"}
        assert company.check("PAY-01", scan=True).verdict is Verdict.PASS

    def test_a_card_beside_a_published_one_still_awaits_review(self, company: Any) -> None:
        company.holds("notes.csv", [{"note": f"4242 4242 4242 4242, no, {CARD}"}, {"note": "x"}])
        assert company.check("PAY-01", scan=True).verdict is Verdict.WARN

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
