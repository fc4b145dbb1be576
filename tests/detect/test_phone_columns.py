"""Columns of national numbers that no word names, and the columns that only look like them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata

Look = Callable[..., list[tuple[str, str]]]
CLOSED = ("CY", "CZ", "DK", "EE", "ES", "GR", "IS", "IT", "LU", "LV", "MT", "NO", "PL", "PT", "US")


def numbers(region: str, count: int) -> list[phonenumbers.PhoneNumber]:
    """Numbers that the region's plan allows, three mobile ones to a fixed one, in no order."""
    rng = random.Random(region)
    metadata = PhoneMetadata.metadata_for_region(region, None)
    found: list[phonenumbers.PhoneNumber] = []
    while len(found) < count:
        kind = metadata.mobile if len(found) % 4 else metadata.fixed_line
        digits = "".join(rng.choice("0123456789") for _ in kind.example_number)
        if re.fullmatch(kind.national_number_pattern, digits):
            found.append(
                phonenumbers.PhoneNumber(
                    country_code=metadata.country_code,
                    national_number=int(digits),
                    italian_leading_zero=digits[0] == "0" or None,
                )
            )
    return found


@pytest.mark.parametrize("region", CLOSED)
def test_a_column_of_one_countrys_numbers_needs_no_name(look: Look, region: str) -> None:
    for form in ("digits", "national"):
        cells = [
            phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
            for number in numbers(region, 120)
        ]
        if form == "digits":
            cells = ["".join(filter(str.isdigit, cell)) for cell in cells]
        cells = list(dict.fromkeys(cells))
        hits = look(*cells, column="value")
        assert len([1 for entity, _ in hits if entity == "PHONE_NUMBER"]) >= 0.95 * len(cells)


def drawn(make: Callable[[random.Random], str]) -> list[str]:
    rng = random.Random(5)
    return list(dict.fromkeys(make(rng) for _ in range(200)))


NO_PHONES = {
    "row numbers": [str(51_000_000 + 7 * n) for n in range(200)],
    "rising numbers": [str(51_000_000 + 40_000 * n) for n in range(200)],
    "numbers of seven digits": drawn(lambda r: str(r.randint(10**6, 10**7 - 1))),
    "numbers of eight digits": drawn(lambda r: str(r.randint(10**7, 10**8 - 1))),
    "numbers of nine digits": drawn(lambda r: str(r.randint(10**8, 10**9 - 1))),
    "numbers of ten digits": drawn(lambda r: str(r.randint(10**9, 10**10 - 1))),
    "seconds": drawn(lambda r: str(r.randint(1_600_000_000, 1_730_000_000))),
    "milliseconds": drawn(lambda r: str(r.randint(1_600_000_000_000, 1_730_000_000_000))),
    "articles": drawn(lambda r: f"400{r.randint(10**9, 10**10 - 1)}"),
    "amounts": drawn(lambda r: f"{r.randint(1, 9_999_999) / 100:.2f}"),
    "large amounts": drawn(lambda r: f"{r.randint(10**6, 10**9):,}".replace(",", ".")),
    "latitudes": drawn(lambda r: f"{r.uniform(40, 60):.6f}"),
    "dates": drawn(lambda r: f"{r.randint(1990, 2024)}{r.randint(1, 12):02}{r.randint(1, 28):02}"),
    "orders": drawn(lambda r: f"{r.randint(1000, 9999)}-{r.randint(1000, 9999)}"),
    "companies of Norway": drawn(lambda r: str(r.randint(810_000_000, 999_999_999))),
}


@pytest.mark.parametrize("kind", sorted(NO_PHONES))
def test_numbers_of_other_kinds_are_no_column_of_phones(look: Look, kind: str) -> None:
    hits = look(*NO_PHONES[kind], column="value")
    assert [text for entity, text in hits if entity == "PHONE_NUMBER"] == []


def test_a_column_of_row_numbers_by_name_holds_no_phones(look: Look) -> None:
    cells = [str(number.national_number) for number in numbers("EE", 120)]
    assert look(*cells, column="order_ref") == []
    grouped = drawn(lambda r: f"{r.randint(100, 999)}-{r.randint(100, 999)}-{r.randint(100, 999)}")
    assert look(*grouped, column="sku") == []


def test_what_a_phone_columns_name_says_outweighs_a_check_that_its_cells_pass(look: Look) -> None:
    cells = [f"0101{n:06}" for n in random.Random(2).sample(range(200_000, 990_000), 100)]
    hits = look(*cells, column="phone")
    assert {entity for entity, _ in hits} == {"PHONE_NUMBER"}
