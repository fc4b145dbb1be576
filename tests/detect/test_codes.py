"""Codes that are written as phone, card or social security numbers are, and real ones beside."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

Look = Callable[..., list[tuple[str, str]]]
RNG = random.Random(3)


def digits(count: int) -> str:
    return "".join(RNG.choice("0123456789") for _ in range(count))


def capitals(count: int) -> str:
    return "".join(RNG.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(count))


def recent_day() -> str:
    return f"{RNG.randint(12, 26)}{RNG.randint(1, 12):02}{RNG.randint(1, 28):02}"


def with_ean(number: str) -> str:
    from stdnum import ean

    return f"{number}{ean.calc_check_digit(number)}"


def with_luhn(number: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + (place % 2 == 0))
        total += value - 9 * (value > 9)
    return number + str(-total % 10)


def social(area: int) -> str:
    return f"{area:03}-{RNG.randint(1, 99):02}-{RNG.randint(1, 9999):04}"


def many(make: Callable[[], str], count: int = 200) -> list[str]:
    return list(dict.fromkeys(make() for _ in range(count)))


def kinds(look: Look, cells: list[str], column: str = "value") -> Counter[str]:
    return Counter(entity for entity, _ in look(*cells, column=column))


CODES = {
    "order numbers": lambda: f"{digits(3)}-{digits(3)}-{digits(4)}",
    "asset tags": lambda: f"{digits(3)}-{digits(2)}-{digits(4)}",
    "postal codes with four more": lambda: f"{digits(5)}-{digits(4)}",
    "ten digits": lambda: digits(10),
    "eleven digits": lambda: digits(11),
    "twelve digits": lambda: digits(12),
    "article numbers": lambda: digits(13),
    "shipping units": lambda: digits(14),
    "device numbers": lambda: with_luhn("35" + digits(12)),
    "documents of a day": lambda: f"{RNG.randint(140101, 269999)}-{digits(4)}",
    "minutes": lambda: (
        f"{RNG.randint(1990, 2025)}{RNG.randint(10, 12)}{RNG.randint(10, 28)}1"
        f"{RNG.randint(0, 9)}{RNG.randint(10, 59)}"
    ),
    "model codes": lambda: f"{RNG.choice('QTXZ')}{RNG.choice('QXZ')}{digits(2)} PRO",
}


@pytest.mark.parametrize("kind", CODES)
def test_a_column_of_codes_holds_no_numbers_of_persons(look: Look, kind: str) -> None:
    cells = many(CODES[kind])
    assert sum(kinds(look, cells).values()) <= 0.01 * len(cells)


def test_a_column_of_social_security_numbers_needs_no_name(look: Look) -> None:
    cells = many(lambda: social(RNG.choice([*range(1, 666), *range(667, 900)])))
    assert kinds(look, cells)["US_SSN"] == len(cells)


def test_a_word_in_the_columns_name_speaks_for_numbers_that_look_like_codes(look: Look) -> None:
    numbers, tags = many(lambda: social(RNG.randint(1, 665)), 60), many(CODES["asset tags"], 60)
    assert kinds(look, numbers + tags, "ssn")["US_SSN"] >= len(numbers)


def test_american_numbers_in_mixed_writing_are_phones_though_nobody_gave_them_out(
    look: Look,
) -> None:
    dashed = many(lambda: f"{RNG.randint(200, 999)}-{RNG.randint(200, 999)}-{digits(4)}", 60)
    others = many(lambda: f"({RNG.randint(200, 999)}) {RNG.randint(200, 999)}-{digits(4)}", 60)
    assert kinds(look, dashed + others)["PHONE_NUMBER"] == len(dashed) + len(others)


def test_french_numbers_of_ten_digits_are_phones_beside_as_many_order_numbers(look: Look) -> None:
    phones, orders = many(lambda: "06" + digits(8), 60), many(lambda: "2" + digits(9), 60)
    assert kinds(look, phones + orders)["PHONE_NUMBER"] >= len(phones)


def test_a_number_that_no_network_issues_is_a_card_only_where_a_word_says_so(look: Look) -> None:
    number = with_luhn("35" + digits(12))
    assert look(f"device {number} was returned") == []
    assert look(f"credit card {number} was charged") == [("CREDIT_CARD", number)]


def test_a_swedish_personal_number_as_it_is_written_needs_no_word(look: Look) -> None:
    """A hyphen, or a century and no time of day, is what no plain number has."""
    for number in ("811228-9874", "19811228-9874", "198112289874"):
        assert look(f"hon har {number} och bor kvar") == [("SE_PERSONNUMMER", number)]
    assert look("id är198112289874.") == [("SE_PERSONNUMMER", "198112289874")]
    for code in ("ORD-811228-9874", "811228-9874-01", "240115-0045", "200112281104"):
        assert look(f"order {code} shipped") == []


def test_a_british_number_plate_with_its_blank_needs_no_word(look: Look) -> None:
    assert look("seen AB51 ABC outside") == [("UK_VEHICLE_REGISTRATION", "AB51 ABC")]
    assert look("vehicles BD62XYZ and K1 ABC") == [
        ("UK_VEHICLE_REGISTRATION", "BD62XYZ"),
        ("UK_VEHICLE_REGISTRATION", "K1 ABC"),
    ]
    for code in ("AB51ABC", "ab51 abc", "AB35 ABC", "X-AB51 ABC", "ZX51 ABC"):
        assert look(f"part {code} shipped") == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("order", "415-555-0132"),
        ("Bestellnummer:", "0711 123456"),
        ("asset tag", "536-90-4399"),
        ("ticket no.", "01 23 45 67 89"),
        ("part no.", "12345678Z"),
        ("EAN", "4222222222222"),
        ("section", "10.2.31.4"),
    ],
)
def test_what_the_word_before_it_calls_a_code_is_one(look: Look, word: str, code: str) -> None:
    assert look(f"the {word} {code} was sent") == []
    assert look(f"so {code} was sent") != []


@pytest.mark.parametrize(
    ("kind", "number"), [("PHONE_NUMBER", "06 12 34 56 78"), ("FR_NIR", "1 85 07 75 056 042 07")]
)
def test_what_a_sentence_says_of_an_order_makes_no_code_of_a_sure_number(
    look: Look, kind: str, number: str
) -> None:
    assert look(f"call about the order {number} tomorrow") == [(kind, number)]


def test_a_word_that_speaks_for_a_number_outweighs_what_calls_it_a_code(look: Look) -> None:
    assert look("phone for order 415-555-0132") == [("PHONE_NUMBER", "415-555-0132")]
    assert look("order +1 415-555-0132") == [("PHONE_NUMBER", "+1 415-555-0132")]


def test_a_column_whose_codes_pass_in_one_of_three_holds_no_number_plates(look: Look) -> None:
    assert not kinds(look, many(lambda: f"{capitals(2)}{digits(2)} {capitals(3)}"))
    plates = many(
        lambda: f"{RNG.choice('ABCDEFGHKLMN')}{RNG.choice('ABCD')}{RNG.randint(51, 70)}XYZ"
    )
    assert kinds(look, plates)["UK_VEHICLE_REGISTRATION"] == len(plates)


def test_a_column_of_codes_that_begin_with_a_day_holds_no_birth_dates(look: Look) -> None:
    assert not kinds(look, many(lambda: f"{recent_day()}-{digits(4)}"))


def test_a_column_of_book_numbers_holds_no_numbers_of_patients(look: Look) -> None:
    from stdnum import isbn

    assert not kinds(look, many(lambda: isbn.to_isbn10(with_ean("978" + digits(9)))))
