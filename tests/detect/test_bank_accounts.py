"""IBANs of every country in every usual writing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from stdnum import numdb

from vitrail.detect.recognizers.accounts import LENGTHS
from vitrail.detect.recognizers.numbering import REGIONS

Look = Callable[..., list[tuple[str, str]]]
EEA = [country for country in LENGTHS if country in {*REGIONS}]


def account(country: str, seed: int = 0) -> str:
    """A made-up number of the country's form, its check digits by ISO 7064, modulo 97-10."""
    rng = random.Random(f"{country}{seed}")
    form = numdb.get("iban").info(country)[0][1]["bban"]
    letters = {"n": "0123456789", "a": "ABCDEFGHJKLMNPQRSTUVWXYZ", "c": "0123456789ABCDEF"}
    bban, size = "", ""
    for sign in form:
        if sign.isdigit():
            size += sign
        elif sign in letters:
            bban += "".join(rng.choice(letters[sign]) for _ in range(int(size)))
            size = ""
    value = int("".join(str(int(c, 36)) for c in f"{bban}{country}00"))
    return f"{country}{98 - value % 97:02}{bban}"


def in_fours(number: str, separator: str) -> str:
    return separator.join(number[i : i + 4] for i in range(0, len(number), 4))


@pytest.mark.parametrize("country", sorted(LENGTHS))
def test_every_countrys_numbers_are_found_in_every_writing(look: Look, country: str) -> None:
    number = account(country)
    assert len(number) == LENGTHS[country]
    writings = [number, number.lower(), *(in_fours(number, s) for s in (" ", "-", ".", "\u00a0"))]
    writings.append(f"{number[:4]} {number[4:9]} {number[9:]}")
    for value in writings:
        assert look(value) == [("IBAN_CODE", value)]
        assert look(f"IBAN {value} BIC ABCDEFGH") == [("IBAN_CODE", value)]
        assert look(f"({value}, JOHN DOES)") == [("IBAN_CODE", value)]
    assert look(f"{in_fours(number, ' ')} JOHN DOES IT AGAIN") == [
        ("IBAN_CODE", in_fours(number, " "))
    ]


@pytest.mark.parametrize("country", EEA)
def test_wrong_check_digits_are_no_account(look: Look, country: str) -> None:
    number = account(country)
    wrong = f"{country}{(int(number[2:4]) + 1) % 97:02}{number[4:]}"
    for value in (wrong, wrong.lower(), in_fours(wrong, " "), f"X{number}", f"{number}9"):
        assert all(entity != "IBAN_CODE" for entity, _ in look(f"paid from {value} today"))
