"""Phone numbers of the EEA, the UK, Switzerland and the US, and the numbers that are none."""

from __future__ import annotations

import random
from collections.abc import Callable

import phonenumbers
import pytest

from vitrail.detect.recognizers import numbering
from vitrail.detect.recognizers.phones import EuropeanPhoneRecognizer, score_of

Look = Callable[..., list[tuple[str, str]]]
KINDS = (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE)


@pytest.mark.parametrize("region", numbering.REGIONS)
def test_every_regions_numbers_are_found_in_international_form_and_where_named(
    look: Look, region: str
) -> None:
    for kind in KINDS:
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        international = phonenumbers.format_number(
            number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
        )
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert look(f"call {international} today") == [("PHONE_NUMBER", international)]
        assert look(national, column="phone") == [("PHONE_NUMBER", national)]


def test_validity_is_libphonenumbers() -> None:
    rng = random.Random(11)
    codes = sorted({phonenumbers.country_code_for_region(r) for r in numbering.REGIONS})
    valid = 0
    for _ in range(20_000):
        code = rng.choice(codes)
        national = str(rng.randint(1, 9)) + "".join(
            rng.choice("0123456789") for _ in range(rng.randint(5, 10))
        )
        number = phonenumbers.PhoneNumber(country_code=code, national_number=int(national))
        theirs = phonenumbers.is_valid_number(number)
        valid += theirs
        ours = numbering.is_international(f"{code}{national}")
        assert ours == theirs, f"+{code} and {len(national)} digits"
    assert valid > 1000


@pytest.mark.parametrize(
    ("written", "least"),
    [
        ("+33 (0)6 12 34 56 78", 0.75),
        ("06 12 34 56 78", 0.6),
        ("0612345678", 0.6),
        ("01.84.17.61.18", 0.6),
        ("030 12345678", 0.6),
        ("(212) 555-0132", 0.5),
        ("600 123 456", 0.4),
        ("001-212-555-0132x123", 0.5),
        ("(351) 912 345 678", 0.5),
        ("(39) 02 1234 5678", 0.5),
        ("+36 (06) 20 123 4532", 0.75),
        ("+39 (0)2 1234 5678", 0.75),
        ("+43 (0)664/123 45 67", 0.75),
        ("0664 / 123 45 67", 0.6),
        ("089/123456", 0.6),
        ("(022) 12345", 0.6),
        ("08-12 34 56", 0.4),
    ],
)
def test_the_score_says_how_telling_the_writing_is(written: str, least: float) -> None:
    assert score_of(written) >= least


@pytest.mark.parametrize(
    "written", ["12345678", "2024-11-22", "22/11/2024", "1 234 567", "123456789012345678"]
)
def test_digits_alone_never_reach_the_threshold(written: str) -> None:
    assert score_of(written) < 0.4


def test_a_number_is_told_from_what_stands_beside_it() -> None:
    find = EuropeanPhoneRecognizer("fr").spans
    for text in ("0612345678 2 fois", "2024-11-22 0612345678", "12 0612345678 5"):
        assert [text[s:e] for s, e, score in find(text) if score >= 0.4] == ["0612345678"]


@pytest.mark.parametrize(
    "extension",
    ["x12", " ext. 12", " poste 12", " DW 12", " Durchwahl 12", " extensión 12", " int. 12",
     " tst. 12", " ramal 12", ";ext=12"],
)  # fmt: skip
def test_an_extension_belongs_to_its_number(look: Look, extension: str) -> None:
    number = f"+49 89 123456{extension}"
    assert look(f"appel {number}, merci") == [("PHONE_NUMBER", number)]


def test_two_numbers_between_which_a_slash_stands_are_two(look: Look) -> None:
    both = [("PHONE_NUMBER", "512 3456"), ("PHONE_NUMBER", "523 4567")]
    assert look("Tel. 512 3456 / 523 4567") == both


@pytest.mark.parametrize(
    "text",
    [
        "device 076703605853785 was returned",  # fifteen digits, as devices have
        "phone IMEI 183084458166033",
        "the tax details 054-35-1429 in the order",  # written as social security numbers are
        "the balance is +123.456.789 now",
    ],
)
def test_numbers_of_devices_and_of_american_taxpayers_are_no_phones(look: Look, text: str) -> None:
    assert "PHONE_NUMBER" not in {entity for entity, _ in look(text)}


@pytest.mark.parametrize("number", ["+161.486.770.8681", "+999 12 345 678", "+295-44-812-345"])
def test_a_plus_and_groups_are_a_phone_number_though_no_plan_has_it(
    look: Look, number: str
) -> None:
    assert look(f"please use {number} instead") == [("PHONE_NUMBER", number)]
