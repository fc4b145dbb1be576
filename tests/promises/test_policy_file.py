"""The policy file: our reading, checked when it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from vitrail.errors import ConfigError
from vitrail.house import carried
from vitrail.promises import Policy, load_policy

FILE = carried("policies", "leadnlead-v202406.yaml")


def test_it_names_the_recipients_and_grounds_of_the_text(policy: Policy) -> None:
    assert [r.name for r in policy.recipients] == ["Google Analytics", "Stripe"]
    assert policy.archive_reasons == ("legal_obligation", "fraud", "dispute", "terms")
    assert "google analytics" in policy.recipient_names
    assert policy.version == "V202406"


def test_a_clause_s_hash_moves_with_our_words_and_with_nothing_else(policy: Policy) -> None:
    hashes = [clause.sha256 for clause in policy.clauses]
    assert len(set(hashes)) == len(hashes)
    assert hashes == [clause.sha256 for clause in load_policy(FILE).clauses]


def test_every_section_that_promises_something_has_a_clause(policy: Policy) -> None:
    sections = {part for c in policy.clauses for part in c.section.split(", ")}
    assert sections == {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}


def test_every_period_says_whose_it_is(policy: Policy) -> None:
    assert all(period.source for period in policy.periods)
    assert [p.name for p in policy.periods if p.promised] == ["answer to a request"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("effective: 2024-06-01", "effective: soon"), "wrong at effective"),
        (("    promise: Personal data is neither", "    promised: Personal"), "wrong at clauses"),
        (("version: V202406", "version: V202406\nmood: good"), "wrong at mood"),
        (("version: V202406", "version: [V202406"), "not valid YAML"),
        (("    words: 72 hours\n", ""), "wrong at periods.2.words: Field required"),
        (("\nperiods:\n", "\nterms:\n"), "wrong at periods: Field required"),
    ],
)
def test_a_wrong_file_is_told_in_a_sentence_with_the_place(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    text = FILE.read_text("utf-8")
    assert change[0] in text
    (tmp_path / "p.yaml").write_text(text.replace(*change, 1), "utf-8")
    with pytest.raises(ConfigError, match=message):
        load_policy(tmp_path / "p.yaml")


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no policy file"):
        load_policy(tmp_path / "none.yaml")
