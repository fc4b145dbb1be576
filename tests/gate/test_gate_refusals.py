"""SQL that the gate does not answer: each in one plain sentence, and none of it near the engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.errors import Refused
from vitrail.gate import parse_sql
from vitrail.gate.store import EpochReader

P = "count(DISTINCT person)"
#: What is said of it → what was asked.
REFUSED = yaml.safe_load(Path(__file__).with_name("refused.yaml").read_text("utf-8"))
ASKED = [(said, text) for said, texts in REFUSED.items() for text in texts]


def test_there_are_enough_of_them():
    assert len({text for _, text in ASKED}) >= 250


@pytest.mark.parametrize(("said", "text"), ASKED)
def test_what_is_not_a_question_is_refused_in_words_and_never_run(said, text, house, monkeypatch):
    store = house.store
    store.facts()

    def must_not_run(*_: object) -> None:
        raise AssertionError("a refused question reached the engine")

    monkeypatch.setattr(EpochReader, "fetch", must_not_run)
    with pytest.raises(Refused) as refusal:
        parse_sql(text, store)
    message = refusal.value.message
    assert re.search(said, message, re.IGNORECASE), message
    assert message.endswith((".", "?"))
    assert message.count("\n") == 0
    assert refusal.value.remedy


@pytest.mark.parametrize(("said", "text"), ASKED)
def test_a_refusal_repeats_no_value_of_the_question(said, text, house):
    with pytest.raises(Refused) as refusal:
        parse_sql(text, house.store)
    said_back = str(refusal.value)
    for value in ("example.org", "12345", "/etc/passwd", "/tmp", "DROP", "'x'"):
        assert value not in said_back


@pytest.mark.parametrize(
    ("where", "advice"),
    [
        ("week > '2025-03-03'", "use `week` or `month`"),
        ("week BETWEEN '2025-03-03' AND '2025-03-31'", "`week` or `month`"),
        ("country IN ('FR', 'DE')", "one question a value"),
        ("country = 'FR' OR country = 'DE'", "ask BY the dimension"),
        ("NOT country = 'FR'", "ask BY the dimension"),
        ("country IS NULL", "'unknown'"),
        ("country = (SELECT 'FR')", "about one fact"),
        ("country = 'FR' ORDER BY 1", "published table"),
        ("country = 'FR' LIMIT 1", "published table"),
    ],
)
def test_a_refusal_teaches_what_to_ask_instead(where, advice, house):
    with pytest.raises(Refused) as refusal:
        parse_sql(f"SELECT {P} FROM visits WHERE {where}", house.store)
    assert advice in refusal.value.remedy


def test_an_unknown_value_and_one_of_too_few_persons_are_refused_alike(house):
    refusals = []
    for value in ("MC", "ZZ", "LU"):
        with pytest.raises(Refused) as refusal:
            parse_sql(f"SELECT {P} FROM visits WHERE country = '{value}'", house.store)
        refusals.append(str(refusal.value))
    assert len(set(refusals)) == 1


WORDS = """SELECT FROM WHERE GROUP BY AND OR NOT IN ( ) , * = < ' " ; -- /* */ count DISTINCT person
country 'FR' visits sum avg amount outcome converted period BETWEEN '2025-03-03' '2025-03-30' UNION
WITH AS CASE :: [ ] { } $1 ? . 1 NULL \\ é \u202e"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=1500, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map(" ".join)))
def test_any_text_is_a_question_or_a_refusal_and_nothing_else(house, text):
    try:
        query = parse_sql(text, house.store)
    except Refused:
        return
    assert house.ask(query).rows is not None


@settings(max_examples=1000, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6), st.integers(0, 20))
def test_a_question_with_foreign_pieces_in_it_stays_in_the_grammar(house, pieces, at):
    question = (
        f"SELECT country , {P} FROM visits WHERE device = 'mobile' "
        "AND period BETWEEN '2025-03-03' AND '2025-03-30' GROUP BY country"
    )
    words = question.split()
    words[at:at] = pieces
    try:
        query = parse_sql(" ".join(words), house.store)
    except Refused:
        return
    assert query.fact == "visits"
    assert {name for name, _ in query.filters} <= {"country", "device", "region", "week", "month"}
    house.ask(query)
