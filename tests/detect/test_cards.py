"""Payment cards of every network in every usual writing, and the numbers that are none."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

Look = Callable[..., list[tuple[str, str]]]

# ISO/IEC 7812 issuer ranges: (network, first digits, digits in all).
ISSUED = [
    ("Visa", "4", 13), ("Visa", "4", 16), ("Visa", "4", 19),
    *(("Mastercard", first, 16) for first in ("51", "55", "2221", "2299", "2450", "2700", "2720")),
    ("American Express", "34", 15), ("American Express", "37", 15),
    *(("Diners Club", first, 14) for first in ("300", "305", "3095", "36", "38", "39")),
    *(("Discover", first, 16) for first in ("6011", "644", "649", "65")), ("Discover", "65", 19),
    *(("JCB", first, 16) for first in ("3528", "3550", "3589")), ("JCB", "2131", 15),
    *(("UnionPay", "62", size) for size in (16, 17, 18, 19)), ("UnionPay", "81", 16),
    ("Maestro", "6759", 12), ("Maestro", "5018", 16), ("Maestro", "5893", 18),
    ("Maestro", "67", 19),
    *(("Mir", first, 16) for first in ("2200", "2204")), ("Mir", "2202", 19),
    ("RuPay", "6070", 16), ("RuPay", "8200", 16), ("RuPay", "5085", 16), ("RuPay", "3530", 16),
    ("BORICA", "2205", 16), ("Napas", "9704", 16), ("Napas", "9704", 19), ("Verve", "5061", 19),
    ("Troy", "9792", 16), ("Elo", "6363", 16), ("Uzcard", "8600", 16),
]  # fmt: skip


def luhn_digit(payload: str) -> str:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, letter in enumerate(reversed(payload)):
        digit = int(letter) * (2 - place % 2)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def card(first: str, size: int, seed: int = 0) -> str:
    rng = random.Random(f"{first}{size}{seed}")
    payload = first + "".join(rng.choice("0123456789") for _ in range(size - 1 - len(first)))
    return payload + luhn_digit(payload)


def grouped(number: str, separator: str) -> str:
    sizes = {12: (4, 4, 4), 13: (4, 3, 3, 3), 14: (4, 6, 4), 15: (4, 6, 5)}.get(
        len(number), (4, 4, 4, 4, 3)
    )
    parts, rest = [], number
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return separator.join(part for part in parts if part)


@pytest.mark.parametrize(("network", "first", "size"), ISSUED)
def test_every_networks_numbers_are_found_in_every_writing(
    look: Look, network: str, first: str, size: int
) -> None:
    number = card(first, size)
    for separator in ("", " ", "-", ".", "\u00a0", "\u202f", "  ", " - "):
        value = grouped(number, separator)
        assert look(f"paid with {value} today") == [("CREDIT_CARD", value)], network
    assert look(json.dumps({"n": number})) == [("CREDIT_CARD", number)]
    assert look(json.dumps({"n": int(number)})) == [("CREDIT_CARD", number)]
    assert look(f"https://shop.example/pay?step=2&n={number}&ok=1") == [("CREDIT_CARD", number)]
    assert look(f"export_{number}.csv") == [("CREDIT_CARD", number)]


@pytest.mark.parametrize(
    ("first", "sizes"),
    [("4", (8, 8)), ("51", (4, 6, 6)), ("62", (4, 4, 4, 5)), ("62", (4, 4, 4, 6)),
     ("62", (6, 12)), ("62", (6, 13)), ("62", (4, 4, 4, 7)), ("62", (4, 5, 5, 5))],
)  # fmt: skip
def test_a_number_is_found_in_a_banks_own_groups(
    look: Look, first: str, sizes: tuple[int, ...]
) -> None:
    number = card(first, sum(sizes))
    parts = [number[sum(sizes[:n]) : sum(sizes[: n + 1])] for n in range(len(sizes))]
    for separator in " -":
        value = separator.join(parts)
        assert look(f"paid with {value} today") == [("CREDIT_CARD", value)]


@pytest.mark.parametrize(("network", "first", "size"), ISSUED)
def test_a_number_whose_check_digit_is_wrong_is_no_card(
    look: Look, network: str, first: str, size: int
) -> None:
    number = card(first, size)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for value in (wrong, grouped(wrong, " ")):
        assert ("CREDIT_CARD", value) not in look(f"paid with {value} today"), network


@pytest.mark.parametrize(
    "words",
    ["card number", "numéro de carte", "Kartennummer", "número de tarjeta", "numero della carta",
     "número do cartão", "kaartnummer"],
)  # fmt: skip
def test_a_mistyped_card_is_told_where_a_word_of_any_language_names_it(
    look: Look, words: str
) -> None:
    number = card("4929", 16)
    wrong = grouped(number[:-1] + str((int(number[-1]) + 1) % 10), " ")
    assert look(f"{words}: {wrong}") == [("CREDIT_CARD", wrong)]


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("1" + "7" * 12, "created_at"),
        (card("7", 16), "reference"),
        (card("1", 16), "reference"),
        (f"x{card('4', 16)}", "token"),
        (f"{card('4', 16)}.25", "measure"),
        (f"{card('4', 16)}0000000", "counter"),
        (f"9f{card('4', 16)}ab", "digest"),
        ("2024-11-22 10:33:04.123", "at"),
    ],
)
def test_numbers_of_other_kinds_are_no_cards(look: Look, cell: str, column: str) -> None:
    assert look(cell, column=column) == []


def test_a_phone_number_after_a_plus_is_no_card(look: Look) -> None:
    number = next(n for n in (f"49157541{i:05}" for i in range(200)) if luhn_digit(n[:-1]) == n[-1])
    assert look(f"+{number}") == [("PHONE_NUMBER", f"+{number}")]


def test_thirteen_digits_after_a_one_are_found_in_whatever_groups(look: Look) -> None:
    for written in ("1964 292 532 591", "1964292 532591", "1964292532 591", "1964-292532-591"):
        assert look(f"carta di credito: {written}") == [("CREDIT_CARD", written)]
