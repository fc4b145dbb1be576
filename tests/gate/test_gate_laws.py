"""What holds of every answer: one question one answer, bounded persons, cells alike when unseen."""

from __future__ import annotations

import random
import threading
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.errors import Refused
from vitrail.gate import answer, parse_sql, validate
from vitrail.model import Measure, MeasureKind, Query, Span

PERSONS = Measure(MeasureKind.PERSONS)
ROWS = Measure(MeasureKind.ROWS)
AMOUNT = Measure(MeasureKind.SUM, "amount")
MEAN = Measure(MeasureKind.AVG, "amount")
CONVERTED = Measure(MeasureKind.OUTCOME, "converted")

MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))
WEEK = Span(date(2025, 3, 3), date(2025, 3, 9))
QUARTER = Span(date(2025, 1, 1), date(2025, 3, 31))
FOUR_WEEKS = Span(date(2025, 3, 3), date(2025, 3, 30))

measures = st.lists(
    st.sampled_from([PERSONS, ROWS, AMOUNT, MEAN, CONVERTED]), min_size=1, unique=True
)
plain = st.lists(st.sampled_from(["country", "device", "region"]), max_size=2, unique=True)
grains = st.sampled_from([(), ("week",), ("month",)])
conditions = st.dictionaries(
    st.sampled_from(["country", "device"]), st.nothing(), max_size=0
) | st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["FR", "DE", "ES"]),
        "device": st.sampled_from(["desktop", "mobile"]),
    },
)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    grain = draw(grains)
    spans = {(): [None, MARCH, WEEK, QUARTER], ("week",): [None, FOUR_WEEKS], ("month",): [MARCH]}
    return Query(
        fact="visits",
        dimensions=tuple(draw(st.permutations([*draw(plain), *grain]))),
        measures=tuple(draw(measures)),
        filters=tuple(draw(conditions).items()),
        span=draw(st.sampled_from(spans[grain])),
    )


def shape(release):
    """Which rows there are, and which of their numbers are hidden."""
    return [(row.labels, [cell is None for cell in row.cells]) for row in release.rows]


def cells(release):
    """Every cell by its meaning: which labels, whatever their order, and which measure."""
    return {
        (frozenset(zip(release.query.dimensions, row.labels, strict=True)), measure): cell
        for row in release.rows
        for measure, cell in zip(release.query.measures, row.cells, strict=True)
    }


@settings(max_examples=60, deadline=None)
@given(queries())
def test_the_same_question_about_the_same_epoch_gets_the_same_bytes(house, query):
    first, second = house.ask(query), house.ask(query)
    assert first == second
    assert first.to_arrow().equals(second.to_arrow())


@settings(max_examples=60, deadline=None)
@given(queries(), st.integers(0, 2**32))
def test_the_order_of_words_changes_neither_the_numbers_nor_the_id(house, query, seed):
    def shuffled(items):
        return tuple(random.Random(seed).sample(items, len(items)))

    other = Query(
        fact=query.fact,
        dimensions=shuffled(query.dimensions),
        measures=shuffled(query.measures),
        filters=shuffled(query.filters),
        span=query.span,
    )
    one, two = house.ask(query), house.ask(other)
    assert one.id == two.id
    assert one.suppressed == two.suppressed
    assert cells(one) == cells(two)


@settings(max_examples=60, deadline=None)
@given(queries(), measures)
def test_a_number_does_not_depend_on_what_else_was_asked_with_it(house, query, also):
    more = tuple(dict.fromkeys([*query.measures, *also]))
    wide = Query("visits", query.dimensions, more, query.filters, query.span)
    narrow = cells(house.ask(query))
    assert narrow.items() <= cells(house.ask(wide)).items()


def test_every_spelling_of_a_question_comes_to_one_answer(house):
    head = "SELECT count(DISTINCT person) FROM visits WHERE "
    spellings = [
        "SELECT count(DISTINCT person) FROM visits WHERE country = 'FR' AND week = '2025-03-03'",
        "select COUNT( distinct PERSON ) from VISITS where week='2025-03-03' and country='FR';",
        head + "'FR' = country AND week = '2025-W10'",
        head + "(country = 'FR') AND ((week = '2025-03-03'))",
        head + "country = 'FR' AND country = 'FR' AND week = '2025-03-03'",
        head + "country = 'FR' AND period BETWEEN '2025-03-03' AND '2025-03-09'",
        head + "period BETWEEN '2025-03-03' AND '2025-03-09' AND week = '2025-W10' "
        "AND country = 'FR'",
        "FROM visits SELECT count(DISTINCT person) WHERE country = 'FR' AND week = '2025-03-03'",
    ]
    answers = [house.ask(text) for text in spellings]
    assert len({release.id for release in answers}) == 1
    assert len({release.rows for release in answers}) == 1


def test_a_row_of_a_breakdown_and_a_filter_of_its_meaning_are_one_number(house):
    broken = house.ask(Query("visits", ("country",), (PERSONS, AMOUNT), span=MARCH))
    for country in ("FR", "DE", "ES"):
        alone = house.ask(Query("visits", (), (PERSONS, AMOUNT), (("country", country),), MARCH))
        [row] = [row for row in broken.rows if row.labels == (country,)]
        assert row.cells == alone.rows[0].cells
    weekly = house.ask(Query("visits", ("week",), (PERSONS,), span=FOUR_WEEKS))
    for row in weekly.rows:
        alone = house.ask(Query("visits", (), (PERSONS,), (("week", row.labels[0]),)))
        assert alone.rows[0].cells == row.cells


def test_a_span_counts_each_person_once_however_many_weeks_they_came(house):
    [row] = house.ask(Query("visits", (), (PERSONS,), span=MARCH)).rows
    [(distinct, added)] = house.sql(
        "SELECT count(DISTINCT person), count(DISTINCT (person, date_trunc('week', day))) "
        "FROM visits WHERE day BETWEEN '2025-03-01' AND '2025-03-31'"
    )
    assert added > distinct + 100
    assert row.cells[0].value == pytest.approx(distinct, abs=3 * 13)


@settings(max_examples=40, deadline=None)
@given(queries())
def test_counts_are_multiples_of_five_and_each_interval_holds_the_other(house, query):
    for (_, measure), cell in cells(house.ask(query)).items():
        if cell is None:
            continue
        if measure.kind in (MeasureKind.PERSONS, MeasureKind.OUTCOME):
            assert cell.value % 5 == 0
        assert cell.value >= 0 or measure.kind is not MeasureKind.PERSONS
        assert 0 < cell.privacy <= cell.total
        if measure.kind in (MeasureKind.OUTCOME, MeasureKind.AVG):
            assert cell.base is not None


def table(persons, *, country="FR", amount=1000, rows=1, converted=0, start=0):
    """So many persons of one country in the week of 3 March, each with the same rows."""
    keys = [7_919 * (start + i) + 1 for i in range(persons) for _ in range(rows)]
    size = len(keys)
    return {
        "person": keys,
        "day": [date(2025, 3, 3) + timedelta(days=i % 5) for i in range(size)],
        "region": ["EEA"] * size,
        "country": [country] * size,
        "device": ["desktop"] * size,
        "amount": [amount] * size,
        "converted": [converted] * size,
    }


def joined(*tables):
    return pa.concat_tables([pa.table(t) for t in tables])


def test_what_one_person_brings_is_cut_to_the_bound(make_house):
    """A whale of a thousand rows of 500 euros among 300 usual persons hardly shows."""
    usual = table(300)
    whale = table(1, amount=50_000, rows=1000, start=1000)
    [row] = make_house(joined(usual, whale)).ask(Query("visits", (), (ROWS, AMOUNT))).rows
    rows, amount = row.cells
    assert rows.value <= 301 * 1 + 5 * rows.privacy / 1.96
    assert amount.value <= 301 * 2000 + 5 * amount.privacy / 1.96
    # Its error is not the whale's either, for one person does not set it.
    assert rows.privacy < 150
    assert amount.privacy < 150_000


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(amount=st.integers(0, 10**9), rows=st.integers(1, 60))
def test_no_sum_goes_beyond_persons_times_the_declared_bound(make_house, amount, rows):
    house = make_house(pa.table(table(30, amount=amount, rows=rows)))
    [row] = house.ask(Query("visits", (), (ROWS, AMOUNT), (("week", "2025-03-03"),))).rows
    for cell, bound in zip(row.cells, (20, 50_000), strict=True):
        assert cell is None or cell.value <= 30 * bound + 5 * cell.privacy / 1.96


@pytest.mark.parametrize("few", range(1, 10))
def test_a_cell_under_the_threshold_and_one_that_is_not_there_look_alike(make_house, few):
    """Ten Spaniards in all, so that the value is known; in one week few of them, or none."""
    elsewhere = table(60, country="ES", start=500)
    elsewhere["day"] = [date(2025, 4, 7)] * 60
    many = table(200)
    present = make_house(joined(many, elsewhere, table(few, country="ES", start=500)))
    absent = make_house(joined(many, elsewhere))
    for query in (
        Query("visits", ("country",), (PERSONS, AMOUNT), span=MARCH),
        Query("visits", (), (PERSONS,), (("country", "ES"),), MARCH),
        Query("visits", ("week", "country"), (PERSONS, CONVERTED), span=FOUR_WEEKS),
        Query("visits", ("week",), (CONVERTED,), (("country", "ES"),), FOUR_WEEKS),
    ):
        one, two = present.ask(query), absent.ask(query)
        # The rows of the many may be about the whole, where a condition keeps out next to nobody.
        assert shape(one) == shape(two)
        assert (one.suppressed, one.notes, one.id) == (two.suppressed, two.notes, two.id)
        assert {row.cells[0] for row in one.rows if "ES" in row.labels or not row.labels} <= {None}


def test_small_cells_are_gathered_in_other_which_is_gated_itself(house, make_house):
    gathered = house.ask(Query("visits", ("country",), (PERSONS,)))
    [other] = [row for row in gathered.rows if row.labels == ("other",)]
    [(true,)] = house.sql(
        "SELECT count(DISTINCT person) FROM visits WHERE country NOT IN ('FR', 'DE', 'ES')"
    )
    assert other.cells[0].value == pytest.approx(true, abs=5 * 6 + 2.5)
    lone = make_house(joined(table(100), table(4, country="LU", start=900)))
    assert [r.labels for r in lone.ask(Query("visits", ("country",))).rows] == [("FR",)]


def test_a_person_in_two_small_cells_is_once_in_other(make_house):
    """Thirty persons with three devices each: nine of each kind are too few to show."""
    tables = [table(200)]
    for start, count in ((1000, 9), (2000, 9)):
        for device in ("phone", "watch"):
            part = table(count, start=start)
            part["device"] = [device] * count
            tables.append(part)
    house = make_house(joined(*tables))
    rows = {r.labels: r.cells for r in house.ask(Query("visits", ("device", "country"))).rows}
    [(true,)] = house.sql("SELECT count(DISTINCT person) FROM visits WHERE device <> 'desktop'")
    assert true == 18
    shown = [cells[0].value for labels, cells in rows.items() if cells[0] and "other" in labels]
    assert all(value <= 18 + 5 * 13 for value in shown)


def test_an_outcome_is_shown_at_zero_with_its_bound_and_its_base(make_house):
    house = make_house(pa.table(table(300)))
    [row] = house.ask(Query("visits", (), (CONVERTED,), span=WEEK)).rows
    assert row.cells[0].value <= 20
    assert row.cells[0].base == pytest.approx(300, abs=30)
    assert row.cells[0].total < 22


def test_the_threshold_of_an_outcome_is_on_its_base_alone(make_house):
    small = make_house(joined(table(200), table(8, country="ES", converted=1, start=700)))
    with pytest.raises(Refused):
        small.ask(Query("visits", (), (CONVERTED,), (("country", "ES"),)))


def test_an_average_is_the_quotient_of_what_is_published(house):
    [row] = house.ask(Query("visits", (), (AMOUNT, PERSONS, MEAN), span=MARCH)).rows
    total, persons, mean = row.cells
    assert mean.value == pytest.approx(total.value / persons.value, abs=mean.privacy)
    assert mean.base == persons.value


def test_threads_get_the_same_answer(house):
    query = Query("visits", ("week", "country"), (PERSONS, AMOUNT, CONVERTED))
    expected, got = house.ask(query), []
    threads = [
        threading.Thread(target=lambda: got.extend(house.ask(query) for _ in range(5)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 40


def test_another_key_draws_other_noise(house):
    from vitrail.keys import Keyring

    query = Query("visits", ("week",), (PERSONS,))
    other = answer(query, house.store, Keyring(bytes(reversed(range(32)))))
    assert cells(other) != cells(house.ask(query))


def test_a_declared_query_is_held_to_the_same_grammar(house):
    for query in (
        Query("nothing"),
        Query("visits", ("nothing",)),
        Query("visits", ("country", "country")),
        Query("visits", ("week", "month")),
        Query("visits", (), ()),
        Query("visits", (), (PERSONS, PERSONS)),
        Query("visits", (), (Measure(MeasureKind.SUM, "nothing"),)),
        Query("visits", (), (Measure(MeasureKind.SUM, None),)),
        Query("visits", (), (Measure(MeasureKind.OUTCOME, "opened"),)),
        Query("visits", (), (PERSONS,), (("country", "MC"),)),
        Query("visits", (), (PERSONS,), (("person", "1"),)),
        Query("visits", span=Span(date(2025, 3, 4), date(2025, 3, 30))),
        Query("visits", span=Span(date(2025, 6, 1), date(2025, 6, 30))),
        Query("visits", epoch="19990101-00000000"),
        Query("visits", epoch="../key"),
    ):
        with pytest.raises(Refused) as refusal:
            validate(query, house.store)
        assert refusal.value.remedy
        with pytest.raises(Refused):
            house.ask(query)


def test_values_that_too_few_share_are_not_even_named(house):
    [fact] = house.store.facts()
    assert fact.dimension("country").values == ("DE", "ES", "FR")
    assert fact.dimension("month").values == tuple(f"2025-0{m}" for m in range(1, 6))
    assert fact.dimension("week").values[-1] == "2025-06-23"
    assert Measure(MeasureKind.OUTCOME, "opened") not in fact.measures
    assert dict(fact.units)["sum(amount)"] == "EUR cents"


def test_a_release_says_which_protections_took_part(house):
    release = house.ask(
        "SELECT country, avg(amount), outcome(converted) FROM visits GROUP BY country"
    )
    said = " ".join(release.touched)
    for word in ("Threshold", "Noise", "Clipping", "Outcomes", "Periods", "other"):
        assert word in said
    assert all(sentence.endswith(".") for sentence in (*release.touched, *release.notes))


def test_a_question_of_too_many_cells_is_refused_with_a_coarser_one(house, monkeypatch):
    monkeypatch.setattr("vitrail.gate.grammar.MOST_CELLS", 50)
    with pytest.raises(Refused, match="month for week"):
        house.ask(Query("visits", ("week", "country"), (PERSONS,)))


def test_sql_and_query_are_the_same_question(house):
    text = (
        "SELECT week, country, count(DISTINCT person), sum(amount), outcome(converted) "
        "FROM visits WHERE device = 'mobile' AND period BETWEEN '2025-03-03' AND '2025-03-30' "
        "GROUP BY country, week"
    )
    query = Query(
        "visits",
        ("week", "country"),
        (PERSONS, AMOUNT, CONVERTED),
        (("device", "mobile"),),
        FOUR_WEEKS,
    )
    assert parse_sql(text, house.store) == query
    assert house.ask(text) == house.ask(query)


def test_all_randomness_is_keyed_and_none_of_it_global(house):
    query = Query("visits", ("country",), (PERSONS, AMOUNT))
    random.seed(1)
    np.random.seed(1)
    one = house.ask(query)
    random.seed(2)
    assert house.ask(query) == one
