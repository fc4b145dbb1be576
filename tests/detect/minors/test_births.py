"""Ages at the boundaries, by interval arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.minors import (
    Ages,
    Family,
    Level,
    Signal,
    birth_of,
    birth_within,
    judge,
    judge_person,
    of_ages,
    of_day,
    of_year,
)

TODAY = date(2026, 11, 20)


def level(birth: object, said: date = TODAY, family: Family = Family.BIRTH_DATE) -> Level | None:
    return judge(Signal(family, birth, said), TODAY).level  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2008, 11, 21), Level.CERTAIN),
        (date(2008, 11, 20), None),
        (date(2008, 11, 19), None),
    ],
)
def test_the_eighteenth_birthday_is_the_line(born: date, expected: Level | None) -> None:
    assert level(of_day(born)) is expected


def test_a_leap_days_birthday_is_doubtful_on_28_february_only() -> None:
    born = of_day(date(2008, 2, 29))
    assert born.ages(date(2026, 2, 27)).high == 17
    assert born.ages(date(2026, 2, 28)).straddles(18)
    assert born.ages(date(2026, 3, 1)).low == 18


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2009-04-03", Level.CERTAIN), ("20090403", Level.CERTAIN), ("3.4.2009", Level.CERTAIN),
        ("3 avril 2009", Level.CERTAIN), ("April 3rd, 2009", Level.CERTAIN),
        ("2009-04-03T00:00:00Z", Level.CERTAIN), ("03/04/2009 00:00", Level.CERTAIN),
        ("12/10/2008", Level.POSSIBLE),  # the tenth of December, or the twelfth of October
        ("12/11/2008", Level.POSSIBLE), ("05/06/2008", None), ("05/06/09", Level.POSSIBLE),
        ("1926-11-20", None), ("2008", Level.POSSIBLE), ("2009", Level.CERTAIN), ("2007", None),
    ],
)  # fmt: skip
def test_every_reading_of_a_date_counts(text: str, expected: Level | None) -> None:
    birth = birth_of(text)
    assert birth is not None
    assert level(birth) is expected


def test_a_declared_order_or_form_leaves_one_reading() -> None:
    assert birth_of("12/10/2008", day_first=True) == of_day(date(2008, 10, 12))
    assert birth_of("12/10/2008", day_first=False) == of_day(date(2008, 12, 10))
    assert birth_of("12.2008.10", form="%d.%Y.%m") == of_day(date(2008, 10, 12))


@pytest.mark.parametrize("text", ["", "n/a", "31/31/2009", "1.2", "12345", "2009-02-30"])
def test_what_is_no_date_is_nobodys_birth(text: str) -> None:
    assert birth_of(text) is None


@given(st.integers(0, 90), st.dates(date(2000, 1, 1), TODAY), st.integers(0, 20_000))
def test_who_was_of_an_age_is_within_the_ages_that_it_allows_later(
    age: int, said: date, later: int
) -> None:
    birth = of_ages(age, age, said)
    on = min(said + timedelta(days=later), date(2060, 1, 1))
    for born in (birth.earliest, birth.latest):
        ages = of_day(born).ages(said)
        assert ages.low <= age <= ages.high
        assert birth.ages(on).low <= of_day(born).ages(on).high <= birth.ages(on).high


def test_an_age_said_long_ago_is_a_minor_of_then_and_an_adult_now() -> None:
    said = date(2023, 1, 15)
    assert of_ages(15, 15, said).ages(TODAY) == Ages(18, 19)
    assert level(of_ages(15, 15, said), said, Family.DECLARED_AGE) is Level.WAS_MINOR
    assert level(of_ages(15, 15, date(2026, 1, 1)), date(2026, 1, 1)) is Level.CERTAIN


@pytest.mark.parametrize(
    ("kind", "number", "born"),
    [
        ("FI_PERSONAL_IDENTITY_CODE", "131052-308T", date(1952, 10, 13)),
        ("PL_PESEL", "44051401359", date(1944, 5, 14)),
        ("IT_FISCAL_CODE", "RCCMNL83S18D969H", date(1983, 11, 18)),
        ("NO_FODSELSNUMMER", "15108695088", date(1986, 10, 15)),
        ("EE_IK", "36805280109", date(1968, 5, 28)),
        ("DE_SOCIAL_SECURITY", "15070649C103", date(1949, 6, 7)),
    ],
)
def test_a_national_identifier_tells_when_its_holder_was_born(
    kind: str, number: str, born: date
) -> None:
    assert birth_within(kind, number, TODAY) == of_day(born)
    assert birth_within(kind, number[:-1] + ("A" if number[-1] != "A" else "B"), TODAY) is None


def test_a_french_number_tells_the_month_and_leaves_the_century_open() -> None:
    from stdnum.fr import nir

    body = "1101175123456"
    number = body + nir.calc_check_digits(body)
    birth = birth_within("FR_NIR", number, TODAY)
    assert birth is not None
    assert birth.latest == date(2010, 11, 30)
    assert level(birth, family=Family.NATIONAL_ID) is Level.CERTAIN


def test_two_signals_of_a_family_count_and_a_third_does_not() -> None:
    parents = Signal(Family.PARENTS, None, TODAY)
    alone = judge_person([parents], TODAY)
    both = judge_person([parents] * 2, TODAY)
    assert alone is not None and alone.level is Level.POSSIBLE
    assert both is not None and both.level is Level.LIKELY
    assert judge_person([parents] * 9, TODAY) == both


def test_an_adult_birth_date_speaks_against_a_statement() -> None:
    said = Signal(Family.STATEMENT, of_ages(16, 16, TODAY), TODAY)
    born = Signal(Family.BIRTH_DATE, of_day(date(1980, 1, 1)), TODAY)
    assert judge_person([said], TODAY).level is Level.LIKELY  # type: ignore[union-attr]
    assert judge_person([said, born], TODAY) is None


def test_text_alone_is_never_certain() -> None:
    said = [
        Signal(family, of_ages(15, 15, TODAY), TODAY)
        for family in (Family.STATEMENT, Family.SCHOOL, Family.MINOR)
        for _ in range(3)
    ]
    assert judge_person(said, TODAY).level is Level.LIKELY  # type: ignore[union-attr]


def test_a_birth_year_alone_is_certain_only_if_both_of_its_ends_are() -> None:
    assert level(of_year(2008), family=Family.BIRTH_YEAR) is Level.POSSIBLE
    assert level(of_year(2009), family=Family.BIRTH_YEAR) is Level.CERTAIN
