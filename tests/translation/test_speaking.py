"""Numbers, days and words come out as the reader's language writes them."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from vitrail.translation import (
    LONG_DAY,
    _,
    day,
    language,
    ngettext,
    number,
    offered,
    signed,
    speaking,
)

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def test_numbers_have_the_separators_of_their_language() -> None:
    assert number(1240.5, ",.1f") == "1,240.5"
    with speaking("fr"):
        assert number(1240.5, ",.1f") == f"1{NARROW}240,5"
        assert number(0.12, ".0%") == f"12{NARROW}%"
        assert signed(number(1240), "€") == f"1{NARROW}240{WIDE}€"
    assert signed(number(1240), "€") == "€1,240"


def test_days_are_written_out() -> None:
    assert day(date(2026, 8, 3)) == "3 Aug 2026"
    with speaking("fr"):
        assert day(date(2026, 3, 12), LONG_DAY) == "12 mars 2026"
        assert day(date(2026, 8, 3)) == "3 août 2026"


def test_values_in_a_message_are_written_as_the_language_writes_them() -> None:
    with speaking("fr"):
        assert _("{cells:,} of it", cells=1240) == f"1{NARROW}240 of it"
        assert ngettext("{count:,} thing", "{count:,} things", 0) == "0 things"


@pytest.mark.parametrize(
    ("asked", "code"), [("fr", "fr"), ("fr-CA", "fr"), ("EN_us", "en"), ("xx", None), (None, None)]
)
def test_a_browsers_language_is_found_whatever_its_country(
    asked: str | None, code: str | None
) -> None:
    assert offered(asked) == code


def test_one_readers_language_is_not_anothers() -> None:
    both, heard = threading.Barrier(2, timeout=10), dict[str, str]()

    def reader(code: str) -> None:
        with speaking(code):
            both.wait()
            heard[code] = f"{language()} {number(1240)}"
            both.wait()

    readers = [threading.Thread(target=reader, args=(code,)) for code in ("en", "fr")]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert heard == {"en": "en 1,240", "fr": f"fr 1{NARROW}240"}
