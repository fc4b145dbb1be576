"""SQL that the gate does not answer: each in one plain sentence, and none of it near the engine."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.errors import Refused
from vitrail.gate import parse_sql
from vitrail.gate.store import EpochReader

P = "count(DISTINCT person)"

#: What is said of it → what was asked.
REFUSED = {
    "OR": [
        f"SELECT {P} FROM visits WHERE country = 'FR' OR country = 'DE'",
        f"SELECT {P} FROM visits WHERE country = 'FR' AND (device = 'mobile' OR device = 'tablet')",
        f"SELECT {P} FROM visits WHERE (country = 'FR') or 1 = 1",
        f"SELECT {P} FROM visits WHERE country = 'x' OR '1' = '1'",
    ],
    "XOR|read as SQL": [f"SELECT {P} FROM visits WHERE country = 'FR' XOR device = 'mobile'"],
    "NOT": [
        f"SELECT {P} FROM visits WHERE NOT country = 'FR'",
        f"SELECT {P} FROM visits WHERE NOT (country = 'FR' AND device = 'mobile')",
        f"SELECT {P} FROM visits WHERE country NOT IN ('FR')",
        f"SELECT {P} FROM visits WHERE country NOT LIKE 'F%'",
        f"SELECT {P} FROM visits WHERE period NOT BETWEEN '2025-03-03' AND '2025-03-30'",
        f"SELECT {P} FROM visits WHERE country IS NOT NULL",
        f"SELECT {P} FROM visits WHERE NOT EXISTS (SELECT 1)",
    ],
    "not equal": [
        f"SELECT {P} FROM visits WHERE country <> 'FR'",
        f"SELECT {P} FROM visits WHERE country != 'FR'",
        f"SELECT {P} FROM visits WHERE person <> '5'",
    ],
    "IN|subquery": [
        f"SELECT {P} FROM visits WHERE country IN ('FR', 'DE')",
        f"SELECT {P} FROM visits WHERE country IN (SELECT country FROM visits)",
        f"SELECT {P} FROM visits WHERE country = ANY (SELECT 'FR')",
        f"SELECT {P} FROM visits WHERE (country, device) IN (('FR', 'mobile'))",
    ],
    "range": [
        f"SELECT {P} FROM visits WHERE amount > '100'",
        f"SELECT {P} FROM visits WHERE amount >= 100",
        f"SELECT {P} FROM visits WHERE country < 'G'",
        f"SELECT {P} FROM visits WHERE week <= '2025-03-03'",
        f"SELECT {P} FROM visits WHERE period >= '2025-03-03'",
        f"SELECT {P} FROM visits WHERE amount BETWEEN '1' AND '2'",
        f"SELECT {P} FROM visits WHERE week BETWEEN '2025-03-03' AND '2025-03-31'",
        f"SELECT {P} FROM visits WHERE country BETWEEN 'DE' AND 'FR'",
        f"SELECT {P} FROM visits WHERE person BETWEEN '1' AND '2'",
    ],
    "pattern": [
        f"SELECT {P} FROM visits WHERE country LIKE 'F%'",
        f"SELECT {P} FROM visits WHERE country ILIKE 'f_'",
        f"SELECT {P} FROM visits WHERE country SIMILAR TO 'F.'",
        f"SELECT {P} FROM visits WHERE country ~ 'F'",
        f"SELECT {P} FROM visits WHERE country GLOB 'F*'",
    ],
    "IS": [
        f"SELECT {P} FROM visits WHERE country IS NULL",
        f"SELECT {P} FROM visits WHERE country IS NOT DISTINCT FROM 'FR'",
        f"SELECT {P} FROM visits WHERE country IS DISTINCT FROM 'FR'",
        f"SELECT {P} FROM visits WHERE TRUE IS TRUE",
    ],
    "HAVING": [
        f"SELECT country, {P} FROM visits GROUP BY country HAVING count(*) > 5",
        f"SELECT country, {P} FROM visits GROUP BY country HAVING country = 'FR'",
        f"SELECT {P} FROM visits HAVING count(*) = 1",
    ],
    "QUALIFY": [f"SELECT {P} FROM visits QUALIFY row_number() OVER () = 1"],
    "ORDER BY": [
        f"SELECT country, {P} FROM visits GROUP BY country ORDER BY country",
        f"SELECT country, {P} FROM visits GROUP BY country ORDER BY 2 DESC",
        f"SELECT {P} FROM visits ORDER BY random()",
    ],
    "LIMIT": [
        f"SELECT {P} FROM visits LIMIT 1",
        f"SELECT {P} FROM visits OFFSET 5",
        f"SELECT {P} FROM visits LIMIT 10%",
        f"SELECT {P} FROM visits FETCH FIRST 1 ROWS ONLY",
    ],
    "JOIN": [
        f"SELECT {P} FROM visits JOIN orders USING (person)",
        f"SELECT {P} FROM visits, visits",
        f"SELECT {P} FROM visits CROSS JOIN range(3)",
        f"SELECT {P} FROM visits NATURAL JOIN accounts",
        f"SELECT {P} FROM visits LEFT JOIN accounts ON TRUE",
        f"SELECT {P} FROM visits POSITIONAL JOIN visits",
        f"SELECT {P} FROM visits ASOF JOIN visits USING (week)",
        f"SELECT {P} FROM visits SEMI JOIN visits USING (person)",
        f"SELECT {P} FROM visits, LATERAL (SELECT 1)",
    ],
    "WITH": [
        f"WITH v AS (SELECT * FROM visits) SELECT {P} FROM v",
        f"WITH visits AS (SELECT 1 AS person) SELECT {P} FROM visits",
        f"WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT {P} FROM visits",
        f"WITH d AS (DELETE FROM visits RETURNING *) SELECT {P} FROM visits",
        f"WITH m AS MATERIALIZED (SELECT 1) SELECT {P} FROM visits",
    ],
    "UNION": [
        f"SELECT {P} FROM visits UNION SELECT 1",
        f"SELECT {P} FROM visits UNION ALL SELECT person FROM visits",
        f"SELECT {P} FROM visits INTERSECT SELECT 1",
        f"SELECT {P} FROM visits EXCEPT SELECT 1",
        f"(SELECT {P} FROM visits) UNION BY NAME (SELECT 1)",
    ],
    "subquery|list of values|names no fact": [
        f"SELECT {P} FROM (SELECT * FROM visits)",
        f"SELECT {P} FROM visits WHERE country = (SELECT 'FR')",
        f"SELECT (SELECT {P} FROM visits)",
        f"SELECT {P}, (SELECT person FROM visits LIMIT 1) FROM visits",
        f"SELECT {P} FROM visits WHERE EXISTS (SELECT 1 FROM accounts)",
        f"(SELECT {P} FROM visits)",
        f"SELECT {P} FROM (VALUES (1)) AS t(person)",
        f"SELECT {P} FROM visits WHERE country = (VALUES ('FR'))",
    ],
    "second name": [
        f"SELECT {P} FROM visits v",
        f"SELECT {P} FROM visits AS v",
        f"SELECT {P} FROM visits AS v(person)",
    ],
    "TABLESAMPLE": [
        f"SELECT {P} FROM visits TABLESAMPLE 10%",
        f"SELECT {P} FROM visits TABLESAMPLE reservoir(1)",
    ],
    "PIVOT": [
        "PIVOT visits ON country USING count(*)",
        f"SELECT {P} FROM visits PIVOT (count(*) FOR country IN ('FR'))",
    ],
    "window": [
        "SELECT count(*) OVER () FROM visits",
        "SELECT sum(amount) OVER (PARTITION BY person) FROM visits",
        "SELECT row_number() OVER (ORDER BY person), count(*) FROM visits",
    ],
    "FILTER": [
        "SELECT count(*) FILTER (WHERE country = 'FR') FROM visits",
        "SELECT sum(amount) FILTER (amount > 5) FROM visits",
    ],
    "DISTINCT": [
        f"SELECT DISTINCT country, {P} FROM visits GROUP BY country",
        "SELECT sum(DISTINCT amount) FROM visits",
        f"SELECT DISTINCT ON (person) {P} FROM visits",
        "SELECT count(DISTINCT country) FROM visits",
        "SELECT count(DISTINCT person, country) FROM visits",
    ],
    "AS": [
        f"SELECT {P} AS n FROM visits",
        f"SELECT country AS c, {P} FROM visits GROUP BY country",
        f"SELECT country c, {P} FROM visits GROUP BY c",
    ],
    "star": [
        "SELECT * FROM visits",
        f"SELECT *, {P} FROM visits",
        "FROM visits",
        "SELECT visits.* FROM visits",
        "SELECT * EXCLUDE (person) FROM visits",
        "SELECT COLUMNS('per.*') FROM visits",
        "SELECT COLUMNS(*) FROM visits",
    ],
    "CASE": [
        "SELECT sum(CASE WHEN country = 'FR' THEN 1 ELSE 0 END) FROM visits",
        f"SELECT {P} FROM visits WHERE CASE WHEN TRUE THEN country = 'FR' END",
        f"SELECT CASE WHEN country = 'FR' THEN 1 END, {P} FROM visits GROUP BY 1",
    ],
    "cast": [
        "SELECT count(DISTINCT person::VARCHAR) FROM visits",
        f"SELECT {P} FROM visits WHERE country = 'FR'::VARCHAR",
        f"SELECT {P} FROM visits WHERE CAST(country AS VARCHAR) = 'FR'",
        f"SELECT {P} FROM visits WHERE TRY_CAST(country AS INT) = '1'",
        f"SELECT {P}::INT FROM visits",
        f"SELECT {P} FROM visits WHERE period BETWEEN DATE '2025-03-03' AND DATE '2025-03-30'",
        f"SELECT {P} FROM visits WHERE week = CAST('2025-03-03' AS DATE)",
    ],
    "function|names no fact|cast|command|star": [
        f"SELECT {P} FROM visits WHERE upper(country) = 'FR'",
        f"SELECT {P} FROM visits WHERE country = lower('FR')",
        "SELECT min(amount) FROM visits",
        "SELECT max(amount) FROM visits",
        "SELECT median(amount) FROM visits",
        "SELECT quantile_cont(amount, 0.5) FROM visits",
        "SELECT stddev(amount) FROM visits",
        "SELECT any_value(person) FROM visits",
        "SELECT first(person) FROM visits",
        "SELECT list(person) FROM visits",
        "SELECT string_agg(country, ',') FROM visits",
        "SELECT approx_count_distinct(person) FROM visits",
        "SELECT histogram(amount) FROM visits",
        "SELECT bit_xor(person) FROM visits",
        "SELECT sum(abs(amount)) FROM visits",
        "SELECT avg(ln(amount)) FROM visits",
        "SELECT current_setting('threads') FROM visits",
        "SELECT version()",
        "SELECT getenv('HOME') FROM visits",
        "SELECT error('x') FROM visits",
        "SELECT pg_sleep(9) FROM visits",
        "SELECT read_text('/etc/passwd') FROM visits",
        f"SELECT {P} FROM visits WHERE sqrt(amount) = '3'",
        f"SELECT {P}, hash(person) FROM visits",
        "SELECT count_if(country = 'FR') FROM visits",
        "SELECT sum(if(country = 'FR', 1, 0)) FROM visits",
    ],
    "counted|on its own": [
        "SELECT count(country) FROM visits",
        "SELECT count(1) FROM visits",
        "SELECT count(person) FROM visits",
        "SELECT count() FROM visits",
        "SELECT count(DISTINCT 1) FROM visits",
    ],
    "arithmetic": [
        "SELECT sum(amount) / 2 FROM visits",
        "SELECT sum(amount) + count(*) FROM visits",
        "SELECT sum(amount * 1000) FROM visits",
        f"SELECT {P} FROM visits WHERE country || '' = 'FR'",
        f"SELECT {P} FROM visits WHERE country = 'F' || 'R'",
        f"SELECT {P} FROM visits WHERE 1 / 0 = 1",
        f"SELECT -{P} FROM visits",
    ],
    "added up": [
        "SELECT sum(persons) FROM visits",
        "SELECT sum(person) FROM visits",
        "SELECT avg(person) FROM visits",
    ],
    "listed": [
        "SELECT person FROM visits",
        f"SELECT person, {P} FROM visits GROUP BY person",
    ],
    "by name or key": [
        f"SELECT {P} FROM visits WHERE person = '12345'",
        f"SELECT {P} FROM visits WHERE '12345' = person",
    ],
    "dimension of that name": [
        f"SELECT email, {P} FROM visits GROUP BY email",
        f"SELECT {P} FROM visits WHERE email = 'ann.example@example.org'",
        f"SELECT {P} FROM visits WHERE rowid = '1'",
        f"SELECT day, {P} FROM visits GROUP BY day",
        f"SELECT period, {P} FROM visits GROUP BY period",
        f"SELECT {P} FROM visits WHERE amount = '100'",
    ],
    "fact of that name": [
        f"SELECT {P} FROM accounts",
        f"SELECT {P} FROM vitrail_manifest",
        f"SELECT {P} FROM duckdb_tables",
        f"SELECT {P} FROM sqlite_master",
        f"SELECT {P} FROM pg_catalog",
    ],
    "name with": [
        f"SELECT {P} FROM main.visits",
        f"SELECT {P} FROM memory.main.visits",
        f"SELECT {P} FROM information_schema.tables",
        f"SELECT visits.country, {P} FROM visits GROUP BY visits.country",
        f"SELECT {P} FROM visits WHERE visits.country = 'FR'",
    ],
    "Quoted names": [
        f'SELECT {P} FROM "visits"',
        f'SELECT "country", {P} FROM visits GROUP BY "country"',
        f'SELECT {P} FROM "/etc/passwd"',
        f"SELECT {P} FROM visits WHERE \"country\" = 'FR'",
        f'SELECT {P} FROM visits WHERE country = "FR"',
        f"SELECT {P} FROM 'visits'",
        f"SELECT {P} FROM '/etc/passwd'",
        f"SELECT {P} FROM 'exports/*.parquet'",
    ],
    "value is written|name where a value": [
        f"SELECT {P} FROM visits WHERE country = 5",
        f"SELECT {P} FROM visits WHERE country = FR",
        f"SELECT {P} FROM visits WHERE country = country",
        f"SELECT {P} FROM visits WHERE country = device",
        f"SELECT {P} FROM visits WHERE week = 20250303",
    ],
    "parameter|read as SQL|function": [
        f"SELECT {P} FROM visits WHERE country = ?",
        f"SELECT {P} FROM visits WHERE country = $1",
        f"SELECT {P} FROM visits WHERE country = :country",
        f"SELECT {P} FROM visits WHERE country = @country",
    ],
    "value on its own|TRUE or FALSE|name": [
        f"SELECT {P} FROM visits WHERE TRUE",
        f"SELECT {P} FROM visits WHERE 1",
        f"SELECT {P} FROM visits WHERE country",
        f"SELECT 1, {P} FROM visits",
        f"SELECT 'FR', {P} FROM visits",
        f"SELECT {P} FROM visits WHERE '1' = '1'",
    ],
    "NULL": [f"SELECT {P} FROM visits WHERE country = NULL", f"SELECT NULL, {P} FROM visits"],
    "Comments": [
        f"SELECT {P} FROM visits -- WHERE country = 'FR'",
        f"SELECT {P} /* all of them */ FROM visits",
        f"SELECT /*+ parallel(8) */ {P} FROM visits",
        f"SELECT {P} FROM visits WHERE country = 'FR' --",
        f"SELECT {P} FROM visits WHERE country = 'FR'/**/AND/**/device = 'mobile'",
        f"SELECT {P} FROM visits; --",
    ],
    "one statement|Nothing was asked": [
        f"SELECT {P} FROM visits; SELECT {P} FROM visits",
        f"SELECT {P} FROM visits; DROP TABLE visits",
        f"SELECT {P} FROM visits; PRAGMA database_list",
        ";;",
        "",
        "   ",
    ],
    "cannot be asked|read as SQL|Nothing|one statement|names no fact|no number": [
        "INSERT INTO visits SELECT * FROM visits",
        "UPDATE visits SET country = 'FR'",
        "DELETE FROM visits",
        "DROP TABLE visits",
        "CREATE TABLE t AS SELECT * FROM visits",
        "CREATE MACRO outcome(x) AS 1",
        "ALTER TABLE visits ADD COLUMN x INT",
        "TRUNCATE visits",
        "COPY visits TO '/tmp/visits.csv'",
        "COPY (SELECT * FROM visits) TO 'x.parquet'",
        "EXPORT DATABASE '/tmp/x'",
        "ATTACH '/tmp/x.duckdb'",
        "DETACH facts",
        "PRAGMA database_list",
        "PRAGMA table_info('visits')",
        "SET threads = 1",
        "SET lock_configuration = false",
        "RESET ALL",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CALL pragma_version()",
        "DESCRIBE visits",
        "SUMMARIZE visits",
        "SHOW TABLES",
        "EXPLAIN SELECT * FROM visits",
        f"EXPLAIN ANALYZE SELECT {P} FROM visits",
        "VALUES (1)",
        "TABLE visits",
        "CHECKPOINT",
        "VACUUM",
        "BEGIN",
        "USE memory",
        "SELECT",
        "SELECT 1",
        f"SELECT {P}",
        "SELECT FROM visits",
        "SELECT country FROM visits GROUP BY country",
        "SELECT (SELECT",
        "hello",
        "'; DROP TABLE visits; --",
        "\x00",
        "SELECT \x00 FROM visits",
    ],
    "cannot be asked|read as SQL|name|function|comes": [
        f"SELECT {P} FROM read_csv('/etc/passwd')",
        f"SELECT {P} FROM read_parquet('exports/*.parquet')",
        f"SELECT {P} FROM read_text('key')",
        f"SELECT {P} FROM glob('*')",
        f"SELECT {P} FROM duckdb_settings()",
        f"SELECT {P} FROM range(10)",
        f"SELECT {P} FROM query('SELECT 1')",
        f"SELECT {P} FROM query_table('visits')",
        f"SELECT {P} FROM sqlite_scan('x', 'y')",
        f"SELECT {P} FROM postgres_query('x', 'y')",
        f"SELECT {P} FROM visits AT (VERSION => 1)",
        f"SELECT {P} FROM unnest([1, 2])",
    ],
    "GROUP BY": [
        f"SELECT {P} FROM visits GROUP BY country",
        f"SELECT country, {P} FROM visits",
        f"SELECT country, {P} FROM visits GROUP BY device",
        f"SELECT country, {P} FROM visits GROUP BY country, device",
        f"SELECT country, {P} FROM visits GROUP BY country, country",
        f"SELECT country, {P} FROM visits GROUP BY 1",
    ],
    "cannot be asked|GROUP BY|name": [
        f"SELECT country, {P} FROM visits GROUP BY ALL",
        f"SELECT country, {P} FROM visits GROUP BY ROLLUP (country)",
        f"SELECT country, {P} FROM visits GROUP BY CUBE (country)",
        f"SELECT country, {P} FROM visits GROUP BY GROUPING SETS ((country), ())",
        f"SELECT country, {P} FROM visits GROUP BY upper(country)",
        f"SELECT {P} FROM visits GROUP BY ()",
    ],
    "twice|two": [
        f"SELECT country, country, {P} FROM visits GROUP BY country",
        f"SELECT {P}, {P} FROM visits",
        f"SELECT {P} FROM visits WHERE country = 'FR' AND country = 'DE'",
        f"SELECT {P} FROM visits WHERE week = '2025-03-03' AND week = '2025-03-10'",
        f"SELECT {P} FROM visits WHERE week = '2025-03-03' AND month = '2025-03'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-03-03' AND '2025-03-30' "
        "AND period BETWEEN '2025-03-10' AND '2025-03-30'",
    ],
    "Weeks and months": [f"SELECT week, month, {P} FROM visits GROUP BY week, month"],
    "no value of": [
        f"SELECT {P} FROM visits WHERE country = 'MC'",
        f"SELECT {P} FROM visits WHERE country = 'ZZ'",
        f"SELECT {P} FROM visits WHERE country = 'other'",
        f"SELECT {P} FROM visits WHERE country = 'fr'",
        f"SELECT {P} FROM visits WHERE country = 'FR '",
        f"SELECT {P} FROM visits WHERE country = 'ＦＲ'",
        f"SELECT {P} FROM visits WHERE country = ''",
        f"SELECT {P} FROM visits WHERE country = 'FR'' OR ''1''=''1'",
        f"SELECT {P} FROM visits WHERE country = 'ann.example@example.org'",
    ],
    "plain letters|dimension of that name|fact of that name|read as SQL": [
        f"SELECT {P} FROM ｖｉｓｉｔｓ",
        f"SELECT {P} FROM visıts",
        f"SELECT cоuntry, {P} FROM visits GROUP BY cоuntry",  # a Cyrillic o
        f"SELECT {P} FROM visits WHERE count\u200bry = 'FR'",
    ],
    "no such measure|switched off|outcome": [
        "SELECT outcome(nothing) FROM visits",
        "SELECT outcome(country) FROM visits",
        "SELECT outcome() FROM visits",
        "SELECT outcome(converted, slow) FROM visits",
        "SELECT outcome(opened) FROM visits",
        "SELECT sum(converted) FROM visits",
        "SELECT avg(country) FROM visits",
        "SELECT outcome(amount) FROM visits",
    ],
    "by its name alone": [
        f"SELECT amount, {P} FROM visits GROUP BY amount",
        "SELECT converted FROM visits",
    ],
    "period is not one value": [f"SELECT {P} FROM visits WHERE period = '2025-03-03'"],
    "day is written": [
        f"SELECT {P} FROM visits WHERE period BETWEEN 'last week' AND 'today'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-02-30' AND '2025-03-30'",
    ],
    "is no week|is no month": [
        f"SELECT {P} FROM visits WHERE week = '2025-03-04'",
        f"SELECT {P} FROM visits WHERE week = '2025-W60'",
        f"SELECT {P} FROM visits WHERE month = '2025-13'",
        f"SELECT {P} FROM visits WHERE month = 'March'",
    ],
    "made of whole|wants a span": [
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-03-04' AND '2025-03-30'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-03-03' AND '2025-03-29'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-03-30' AND '2025-03-03'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-03-03' AND '2025-03-31'",
        f"SELECT week, {P} FROM visits WHERE period BETWEEN '2025-03-01' AND '2025-03-31' "
        "GROUP BY week",
        f"SELECT month, {P} FROM visits WHERE period BETWEEN '2025-03-03' AND '2025-03-30' "
        "GROUP BY month",
    ],
    "closed": [
        f"SELECT {P} FROM visits WHERE month = '2025-06'",
        f"SELECT {P} FROM visits WHERE week = '2025-06-30'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-06-23' AND '2025-07-06'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2025-01-06' AND '2099-01-04'",
        "SELECT outcome(slow) FROM visits WHERE week = '2025-06-09'",
    ],
    "Nothing is known": [
        f"SELECT {P} FROM visits WHERE week = '2020-01-06'",
        f"SELECT {P} FROM visits WHERE period BETWEEN '2020-01-01' AND '2020-12-31'",
    ],
    "longer or more nested": [
        f"SELECT {P} FROM visits WHERE " + "(" * 500 + "country = 'FR'" + ")" * 500,
        f"SELECT {P} FROM visits WHERE " + " AND ".join(["country = 'FR'"] * 500),
        "SELECT " + "-" * 3000 + "1",
        "(" * 100_000,
    ],
}

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
    assert message.endswith(".")
    assert message.count("\n") == 0
    assert refusal.value.remedy


@pytest.mark.parametrize(("said", "text"), ASKED)
def test_a_refusal_repeats_no_value_of_the_question(said, text, house):
    with pytest.raises(Refused) as refusal:
        parse_sql(text, house.store)
    said_back = str(refusal.value)
    for value in ("example.org", "12345", "/etc/passwd", "/tmp", "DROP", "'x'"):
        assert value not in said_back


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
