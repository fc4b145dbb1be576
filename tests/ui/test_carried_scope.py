"""Time, comparison and filters go along from page to page, each page writing them its own way."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from vitrail.model import Span
from vitrail.ui.carried_scope import Address, CarriedScope, after, own_part, read, written

KNOWN = {"region": ("EEA", "US"), "country": ("FR", "DE")}
MAY = Span(date(2026, 5, 1), date(2026, 5, 31))


def _moved(address: Address, *pages: str) -> Address:
    """The address of the last of some pages, visited one after another by the list."""
    scope = CarriedScope()
    own: dict[str, Address] = {}
    for here, there in pairwise(pages):
        scope = after(here, address, scope, own.get(here, {}), KNOWN)
        own[here] = own_part(here, address, KNOWN)
        address = written(there, scope, own.get(there, {}), KNOWN)
    return address


@pytest.mark.parametrize(
    ("address", "pages", "reached"),
    [
        (
            {"weeks": ["26 weeks"], "region": ["EEA"], "compare": ["previous year"]},
            ("trends", "audience"),
            {"months": ["6 months"], "region": ["EEA"], "compare": ["previous year"]},
        ),
        (
            {"months": ["own dates"], "from": ["2026-05-01"], "to": ["2026-05-31"]},
            ("campaigns", "explore"),
            {"from": ["2026-05-01"], "to": ["2026-05-31"]},
        ),
        (
            {"fact": ["orders"], "where": ["country=FR"], "period": ["24 months"]},
            ("explore", "trends"),
            {"weeks": ["104 weeks"], "country": ["FR"]},
        ),
        (
            {"by": ["month"], "months": ["everything"], "metric": ["Orders"]},
            ("trends", "campaigns", "audience", "trends"),
            {"by": ["month"], "months": ["everything"], "metric": ["Orders"]},
        ),
        ({}, ("trends", "campaigns"), {}),
    ],
)
def test_a_page_is_reached_with_what_was_chosen_on_another(
    address: Address, pages: tuple[str, ...], reached: Address
) -> None:
    assert _moved(address, *pages) == reached


def test_a_filter_that_a_page_does_not_know_waits_for_one_that_does() -> None:
    scope = CarriedScope(filters=(("device", "phone"), ("region", "EEA")))
    passed = after("campaigns", {"region": ["US"]}, scope, {}, KNOWN)
    assert passed.filters == (("region", "US"), ("device", "phone"))
    known = {**KNOWN, "device": ("phone",)}
    assert written("audience", passed, {}, known) == {"region": ["US"], "device": ["phone"]}


def test_what_is_taken_away_on_a_page_is_gone_from_the_others() -> None:
    scope = CarriedScope("24 months", "previous year", (("region", "EEA"),))
    assert after("audience", {}, scope, {}, KNOWN) == CarriedScope("6 months", "previous period")


def test_an_address_that_says_nothing_known_shows_what_is_usual() -> None:
    said = {"months": ["fortnight"], "compare": ["x"], "region": ["Atlantis"]}
    assert read("campaigns", said, KNOWN) == CarriedScope("12 months", "previous period")
    assert read("explore", {"from": ["2026-05-01"], "to": ["2026-05-31"]}, KNOWN).time == MAY
    assert read("explore", {"from": ["2026-05-31"], "to": ["x"]}, KNOWN).time == "12 months"
