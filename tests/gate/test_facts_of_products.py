"""A company that exports one product alone: what can be told is, and what cannot is not offered."""

from __future__ import annotations

import pytest

from vitrail.config import Settings
from vitrail.errors import Refused
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactStore, answer, build_facts, parse_sql
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Release

FACTS = carried("queries", "facts")
RECIPIENTS = 400
CLICKS = 90


@pytest.fixture(scope="module")
def mailchimp(tmp_path_factory: pytest.TempPathFactory, keys: Keyring) -> FactStore:
    """Facts of a workspace that has what a pipeline copies of Mailchimp, and nothing else."""
    place = tmp_path_factory.mktemp("mailchimp")
    (place / "exports").mkdir()
    files = {
        "recipients": "campaign_id,member_id,list_id\n"
        + "".join(f"c1,m{n},l1\n" for n in range(RECIPIENTS)),
        "activity": "action,campaign_id,member_id,timestamp\n"
        + "".join(f"click,c1,m{n},2026-03-04 12:00:00\n" for n in range(CLICKS)),
        "unsubscribes": "campaign_id,member_id,list_id,timestamp,reason\n"
        + "c1,m5,l1,2026-05-30 12:00:00,NORMAL\n",
        "campaigns": "id,title,send_time\nc1,Spring,2026-03-03 08:00:00\n",
    }
    for name, text in files.items():
        (place / "exports" / f"{name}.csv").write_text(text, "utf-8")
    sources = {
        name: {"file": f"exports/{name}.csv", "preset": f"mailchimp_{name}_pipeline"}
        for name in files
    }
    with CanonicalStore.open(place, Settings(sources=sources), keys) as store:
        report = build_facts(store, FACTS, place / "facts", keys)
    assert [name for name, _ in report.facts] == ["campaigns"]
    return FactStore.open(place / "facts", FACTS)


@pytest.fixture(scope="module")
def ask(mailchimp: FactStore, keys: Keyring):
    def asked(text: str) -> Release:
        return answer(parse_sql(text, mailchimp), mailchimp, keys)

    return asked


def test_recipients_and_clicks_of_a_campaign_are_told_by_its_name(ask):
    release = ask(
        "SELECT campaign, count(DISTINCT person), outcome(clicked_2d) FROM campaigns "
        "WHERE month = '2026-03' GROUP BY campaign"
    )
    [row] = [row for row in release.rows if row.labels == ("Spring",)]
    persons, clicked = row.cells
    assert persons is not None
    assert clicked is not None
    assert abs(persons.value - RECIPIENTS) <= 2.5 * persons.privacy
    assert abs(clicked.value - CLICKS) <= 2.5 * clicked.privacy


@pytest.mark.parametrize("unknown", ["outcome(ordered)", "sum(cost)"])
def test_what_no_export_tells_is_refused_and_not_told_as_nought(ask, unknown):
    with pytest.raises(Refused, match="unsubscribed"):
        ask(f"SELECT {unknown} FROM campaigns")


def test_a_place_that_no_export_tells_is_no_dimension(mailchimp):
    [fact] = mailchimp.facts()
    assert [d.name for d in fact.dimensions] == ["channel", "campaign", "week", "month"]
