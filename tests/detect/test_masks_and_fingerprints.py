"""What is shown of a value is its shape; two writings of it get one keyed fingerprint."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.detect.detector import ColumnContext, Detector
from vitrail.detect.digits import digits_of
from vitrail.detect.entities import ENTITIES
from vitrail.detect.masking import mask
from vitrail.detect.normal import normal_form
from vitrail.normalisation import normalise_digits, normalise_email


def test_masks_read_as_shapes() -> None:
    assert mask("EMAIL_ADDRESS", "jean.dupont@exemple.fr") == "j•••@•••.fr"
    assert mask("CREDIT_CARD", "4111 1111 1111 1111") == "16 digits, Luhn ok"
    assert mask("IBAN_CODE", "FR14 2004 1010") == "FR•••, 12 characters"
    assert mask("PERSON", "Jean Dupont") == "2 words"
    assert mask("PHONE_NUMBER", "+33 6 12") == "+ and 5 digits"


@given(
    entity=st.sampled_from(sorted(ENTITIES)),
    value=st.text(st.characters(categories=("L", "N")), min_size=6, max_size=30),
)
def test_no_mask_holds_a_piece_of_the_value(entity: str, value: str) -> None:
    shown = mask(entity, value)
    pieces = {value[i : i + 4] for i in range(len(value) - 3)}
    assert not any(piece in shown for piece in pieces if not shown.startswith(piece[:2] + "•"))


@given(st.text(alphabet="0123456789 -", min_size=12, max_size=23))
def test_a_cards_mask_has_no_digit_of_the_card_but_their_number(value: str) -> None:
    count = sum(c.isdigit() for c in value)
    plural = "digit" if count == 1 else "digits"
    assert mask("CREDIT_CARD", value) in {
        f"{count} {plural}, Luhn ok",
        f"{count} {plural}, Luhn fails",
    }


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("EMAIL_ADDRESS", "Jo@Shop.FR", "jo@shop.fr"),
        ("PHONE_NUMBER", "+33 (0)6 12 34 56 78", "0033612345678"),
        ("CREDIT_CARD", "4111-1111-1111-1111", "4111111111111111"),
        ("IBAN_CODE", "fr14 2004", "FR142004"),
        ("FR_NIR", "1 85 05 78 006 084 91", "185057800608491"),
        ("PERSON", "JEAN  DUPONT", "Jean Dupont"),
    ],
)
def test_two_writings_of_a_value_get_one_fingerprint(entity: str, one: str, other: str) -> None:
    assert normal_form(entity, one) == normal_form(entity, other)


@given(st.emails())
def test_the_short_way_to_an_addresss_form_is_the_houses_form(address: str) -> None:
    assert normal_form("EMAIL_ADDRESS", address) == normalise_email(address)


@given(st.text(max_size=30))
def test_the_short_way_to_digits_is_the_houses_way(text: str) -> None:
    assert digits_of(text) == normalise_digits(text)


def test_results_hold_no_value(detector: Detector) -> None:
    values = pa.array(["call jo@shop.fr or 06 12 34 56 78, card 4111 1111 1111 1111"])
    found = detector.judge(values, ColumnContext("note"), names=False)
    assert len(found) == 3
    for text in ("jo@shop.fr", "jo@", "shop", "06 12", "4111", "0612345678"):
        assert text not in repr(found)
