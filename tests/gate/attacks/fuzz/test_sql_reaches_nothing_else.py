"""Whatever SQL is written, it is a question of the grammar or a refusal, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterable

import duckdb
import pytest

from tests.gate.attacks.fuzz.sentences import calls, sentences
from tests.gate.conftest import House
from vitrail.errors import Refused
from vitrail.gate import parse_sql
from vitrail.gate.store import EpochReader
from vitrail.model import Query

_QUICK, _FULL = 3_000, 100_000

#: Seconds that any text may take to be read, however it is nested.
_SLOWEST = 5.0

_ENGINE = ("duckdb", "sqlglot", "catalog", "binder", "parser", "traceback", "line 1")
_SECRETS = ("passwd", "example.org", "vitrail_manifest", "memory_limit", "HOME", "🦆", "getenv")


@pytest.fixture(scope="module")
def functions() -> tuple[str, ...]:
    """Every function that the engine lists and that has a name of letters."""
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT DISTINCT function_name FROM duckdb_functions()")
        return tuple(sorted(name for (name,) in rows.fetchall() if name.isidentifier()))


@pytest.fixture
def sealed(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Reading a text must not reach the engine at all."""
    house.store.facts()

    def must_not_run(*_: object) -> None:
        raise AssertionError("a text reached the engine before it was a question")

    monkeypatch.setattr(EpochReader, "fetch", must_not_run)
    return house


def written_anew(query: Query) -> str:
    """The plainest SQL of a query, made of nothing but what the grammar has."""
    names = {"persons": "count(DISTINCT person)", "rows": "count(*)"}
    measures = [names.get(m.label, m.label) for m in query.measures]
    conditions = [f"{name} = '{value}'" for name, value in query.filters]
    if query.span is not None:
        conditions.append(f"period BETWEEN '{query.span.first}' AND '{query.span.last}'")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    group = f" GROUP BY {', '.join(query.dimensions)}" if query.dimensions else ""
    return f"SELECT {', '.join([*query.dimensions, *measures])} FROM {query.fact}{where}{group}"


def check(texts: Iterable[str], house: House) -> int:
    """Judge each text; how many were questions."""
    accepted = 0
    for text in texts:
        started = time.process_time()
        try:
            query = parse_sql(text, house.store)
        except Refused as refusal:
            says_nothing_of(text, refusal)
        else:
            assert query.fact == "visits"
            assert parse_sql(written_anew(query), house.store) == query
            accepted += 1
        assert time.process_time() - started < _SLOWEST
    return accepted


def says_nothing_of(text: str, refusal: Refused) -> None:
    said = str(refusal)
    assert refusal.message.endswith((".", "?"))
    assert refusal.remedy
    assert "\n" not in said
    assert not any(word in said.lower() for word in _ENGINE)
    assert not any(word in said for word in _SECRETS if word in text)


def test_spoilt_questions_reach_nothing_else(sealed, functions):
    check(sentences(_QUICK, 1, functions), sealed)


def test_no_function_of_the_engine_is_called_anywhere(sealed, functions):
    ours = {"count", "sum", "avg"}
    foreign = [name for name in functions if name not in ours]
    assert len(foreign) > 400
    assert check((calls(name)[i % 8] for i, name in enumerate(foreign)), sealed) == 0


@pytest.mark.attack
@pytest.mark.timeout(0)
def test_a_hundred_thousand_spoilt_questions_and_every_function_reach_nothing_else(
    sealed, functions
):
    check(sentences(_FULL, 2, functions), sealed)
    foreign = [name for name in functions if name not in {"count", "sum", "avg"}]
    assert check((text for name in foreign for text in calls(name)), sealed) == 0
