"""What facts make of a country and of an address: coarse words that name no person."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vitrail.exports
from vitrail.exports.relations import connect


@pytest.fixture(scope="module")
def say():
    engine = connect()
    engine.execute((Path(vitrail.exports.__file__).parent / "macros.sql").read_text("utf-8"))
    yield lambda macro, text: engine.execute(f"SELECT {macro}(?)", [text]).fetchall()[0][0]
    engine.close()


@pytest.mark.parametrize(
    ("country", "area"),
    [
        ("FR", "EEA"), ("is", "EEA"), ("Germany", "EEA"), ("GB", "outside the EEA"),
        ("CH", "outside the EEA"), ("United States", "outside the EEA"), ("(not set)", None),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_country_by_code_or_by_name_lies_in_the_area_of_the_gdpr_or_not(say, country, area):
    assert say("economic_area", country) == area


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("https://shop.example", "home"), ("https://shop.example/?utm_source=x", "home"),
        ("https://shop.example/fr", "home"), ("https://shop.example/fr-BE/tarifs", "tarifs"),
        ("https://shop.example/Pricing?next=/login", "pricing"), ("/docs/import#top", "docs"),
        ("https://shop.example//blog", "blog"), ("https://shop.example/12345", "other"),
        ("https://shop.example/ann@example.org", "other"),
        ("https://shop.example/u%40ann", "other"), ("https://shop.example/user-7", "other"),
        ("https://shop.example/qwertzuiopasdfghjklyx", "other"), (None, None),
    ],
)  # fmt: skip
def test_of_an_address_only_the_section_is_left(say, address, section):
    assert say("web_section", address) == section


@given(tail=st.text(max_size=40), query=st.text(max_size=40))
def test_a_section_is_words_of_letters_whatever_stands_in_the_address(say, tail, query):
    section = say("web_section", f"https://shop.example/{tail}?{query}")
    assert all(word.isascii() and word.isalpha() for word in section.replace("_", "-").split("-"))
    assert len(section) <= 83
