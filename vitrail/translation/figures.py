"""Numbers, money and days as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from vitrail.translation.catalogue import catalogue
from vitrail.translation.speaking import SOURCE, language

_NARROW: Final = "\N{NARROW NO-BREAK SPACE}"

# How days are written, in CLDR's letters; a catalogue may put them in another order.
DAY: Final = "d MMM y"
LONG_DAY: Final = "d MMMM y"
MONTH: Final = "MMM y"
SHORT_DAY: Final = "d MMM"
SHORT_MONTH: Final = "MMM"
PATTERNS: Final = (DAY, LONG_DAY, MONTH, SHORT_DAY, SHORT_MONTH)
#: How the first day of a month is written, which some languages do not count as the others.
FIRST: Final = "1 {month}"


def number(value: float, spec: str = ",") -> str:
    """A number by Python's format ``spec``, with the language's own separators.

    ``1,240.5`` is ``1\N{NARROW NO-BREAK SPACE}240,5`` in French, ``12 %`` keeps to one line.
    """
    return _with_separators(format(value, spec), language())


def _with_separators(written: str, code: str) -> str:
    if code == SOURCE:
        return written
    thousands, decimal = _separators(code)
    marks = {",": thousands, ".": decimal, "%": f"{_NARROW}%"}
    return "".join(marks.get(sign, sign) for sign in written)


def separators() -> tuple[str, str]:
    """The marks of thousands and of decimals."""
    return _separators(language())


@lru_cache(maxsize=8)
def _separators(code: str) -> tuple[str, str]:
    return get_group_symbol(code), get_decimal_symbol(code)


def signed(amount: str, sign: str) -> str:
    """An amount that is already written, with its currency's sign where the language has it."""
    pattern = Locale.parse(language()).currency_formats["standard"].pattern
    return f"{sign}{amount}" if pattern.startswith("¤") else f"{amount}\N{NO-BREAK SPACE}{sign}"


def day(value: date, pattern: str = DAY) -> str:
    """``12 Mar 2026``, ``12 mars 2026``; ``pattern`` is one of those above."""
    code = language()
    words = catalogue(code).words
    written = format_date(value, words.gettext(pattern), locale=code)
    if value.day > 1 or not written.startswith("1 "):
        return written
    return words.gettext(FIRST).format(month=written.removeprefix("1 "))


def moment(at: datetime) -> str:
    """``3 Aug 2026, 14:05``, in the zone that the moment is in."""
    return f"{day(at)}, {at:%H:%M}"


def months() -> list[str]:
    """Their names in order: ``janvier``, ``février``."""
    named = get_month_names("wide", locale=language())
    return [named[number] for number in range(1, 13)]


def is_day(value: Any) -> bool:
    return isinstance(value, date)


def is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
