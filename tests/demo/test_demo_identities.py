"""Whatever the seed, every made-up number is valid, and an address is nobody's."""

from __future__ import annotations

import importlib
import re
from datetime import date

import numpy as np
import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn

from vitrail.demo import identities, national
from vitrail.demo.countries import COUNTRIES, Country
from vitrail.demo.people import Timeline, settle
from vitrail.demo.streams import Streams
from vitrail.demo.traps import MISTAKEN_FOR, trap

_MODULES = {
    "FR_NIR": "fr.nir", "DE_TAX_ID": "de.idnr", "ES_NIF": "es.nif", "ES_NIE": "es.nie",
    "IT_FISCAL_CODE": "it.codicefiscale", "BE_NN": "be.nn", "NL_BSN": "nl.bsn", "PT_NIF": "pt.nif",
    "PL_PESEL": "pl.pesel", "SE_PERSONNUMMER": "se.personnummer", "US_SSN": "us.ssn",
}  # fmt: skip

generators = st.integers(0, 2**32).map(lambda seed: np.random.Generator(np.random.PCG64(seed)))


@given(generators)
def test_cards_and_accounts_have_right_check_digits(rng: np.random.Generator) -> None:
    assert luhn.is_valid(re.sub("[ -]", "", identities.card(rng)))
    assert iban.is_valid(identities.iban_code(rng))


@pytest.mark.parametrize("entity_type", sorted(_MODULES))
@settings(max_examples=40)
@given(rng=generators)
def test_national_numbers_have_right_check_digits(
    entity_type: str, rng: np.random.Generator
) -> None:
    module = importlib.import_module(f"stdnum.{_MODULES[entity_type]}")
    assert module.is_valid(national.NATIONAL[entity_type](rng))


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda c: c.code)
@settings(max_examples=25)
@given(rng=generators)
def test_phone_numbers_are_valid_where_they_are_dialled(
    country: Country, rng: np.random.Generator
) -> None:
    number = phonenumbers.parse(identities.phone(rng, country.code), country.code)
    assert phonenumbers.is_valid_number_for_region(number, country.code)


@given(generators)
def test_every_kind_of_trap_can_be_made(rng: np.random.Generator) -> None:
    assert all(trap(kind, rng) for kind in MISTAKEN_FOR)


def test_addresses_are_unique_and_can_belong_to_nobody() -> None:
    people = settle(3000, Timeline.until(date(2026, 11, 20)), Streams(3))
    assert len(set(people.email)) == 3000
    assert all(re.search(r"[@.-][a-z0-9-]*\.?example\.(com|net|org)$", e) for e in people.email)
    assert all(e.isascii() and " " not in e for e in people.email)
    assert (np.diff(people.created) >= 0).all()
