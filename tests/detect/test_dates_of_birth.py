"""Dates of birth in every writing and seven languages, and the dates that are none."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from vitrail.detect.detector import LANGUAGES
from vitrail.detect.vocabulary.birth import BORN_IN, MONTHS
from vitrail.model import ColumnType

Look = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DOB: 03/02/87", "03/02/87"),
        ("born on the 14th of February 1987", "14th of February 1987"),
        ("Born: March 3, 1987", "March 3, 1987"),
        ("née le 1er janvier 1987", "1er janvier 1987"),
        ("Né(e) le : 02.03.1987", "02.03.1987"),
        ("geboren am 3. März 1987", "3. März 1987"),
        ("geb. am 3. Jänner 1987", "3. Jänner 1987"),
        ("nació el 3 de marzo de 1987", "3 de marzo de 1987"),
        ("F. Nac.: 03/02/1987", "03/02/1987"),
        ("nata il 3 marzo 1987", "3 marzo 1987"),
        ("d.d.n. 03/02/1987", "03/02/1987"),
        ("nasceu a 3 de março de 1987", "3 de março de 1987"),
        ("geboren op 3 mrt 1987", "3 mrt 1987"),
        ("birth_date=1987-03-02T00:00:00.000+01:00", "1987-03-02T00:00:00.000+01:00"),
    ],
)
def test_a_date_is_one_of_birth_where_a_word_says_so(look: Look, text: str, value: str) -> None:
    assert look(f"Bonjour, {text}") == [("DATE_OF_BIRTH", value)]
    assert look(f"Bonjour, {value}") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_of_every_language_are_read(look: Look, language: str) -> None:
    for month in MONTHS.of(language):
        for written in (month, month.capitalize(), f"{month}."):
            cell = f"3 {written} 1987"
            assert look(cell, column="birthday") == [("DATE_OF_BIRTH", cell)]


@pytest.mark.parametrize(("language", "of"), list(product(LANGUAGES, ("", "month"))))
def test_a_year_is_a_date_of_birth_right_behind_the_words_for_born(
    look: Look, language: str, of: str
) -> None:
    for words in BORN_IN.of(language):
        value = f"{MONTHS.of(language)[2]} 1987" if of else "1987"
        assert look(f"{words} {value}, 2015") == [("DATE_OF_BIRTH", value)], words
    assert look('{"birth_year": 1987, "joined": 2015}') == [("DATE_OF_BIRTH", "1987")]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1987-03-02T00:00:00Z", ColumnType.TEXT),
        ("1987-03-02 00:00:00+00:00", ColumnType.TIMESTAMP),
        ("02/03/1987 00:00", ColumnType.TEXT),
        ("19870302T000000Z", ColumnType.TEXT),
        ("19870302", ColumnType.INTEGER),
        ("542073600", ColumnType.INTEGER),
        ("-315619200", ColumnType.INTEGER),
        ("542073600000", ColumnType.INTEGER),
        ("1987", ColumnType.INTEGER),
    ],
)
def test_a_column_of_births_may_hold_times_and_years(
    look: Look, cell: str, kind: ColumnType
) -> None:
    assert look(cell, column="birth_date", kind=kind) == [("DATE_OF_BIRTH", cell)]
    assert look(cell, column="created_at", kind=kind) == []


@pytest.mark.parametrize(
    "cell", ["542073601", "99999999", "1787", "2999-01-01T00:00:00Z", "31.02.1987", "19871302"]
)
def test_a_column_of_births_does_not_make_a_date_of_what_is_none(look: Look, cell: str) -> None:
    assert look(cell, column="birth_date") == []


@pytest.mark.parametrize(
    ("text", "births"),
    [
        ("DOB 02/03/1987, order 12/11/2024", ["02/03/1987"]),
        ("ordered 12/11/2024, born 02/03/1987", ["02/03/1987"]),
        ("Née le 02/03/1987. Commande du 12/11/2024.", ["02/03/1987"]),
        ("Née à Lyon. Commande du 12/11/2024", []),
        ("born 02/03/1987, member since 2015", ["02/03/1987"]),
        ("Nee, op 12/03/2024 niet", []),
        ("La commande du 12/03/2024 ne sera pas livrée", []),
    ],
)
def test_a_date_in_the_neighbourhood_of_a_birth_is_none(
    look: Look, text: str, births: list[str]
) -> None:
    assert look(text) == [("DATE_OF_BIRTH", birth) for birth in births]
