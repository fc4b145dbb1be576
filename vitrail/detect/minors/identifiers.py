"""The birth that a national identifier holds; the identifier itself is looked at and dropped.

python-stdnum checks each, and reads the date where it can. Four it checks but does not read:
the French NIR, the Finnish henkilötunnus, the Austrian and the German insurance numbers.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from vitrail.detect.minors.births import Birth, of_day, of_month

_READ: Final[Mapping[str, str]] = {
    "BE_NN": "be.nn",
    "BG_EGN": "bg.egn",
    "CZ_RC": "cz.rc",
    "DK_CPR": "dk.cpr",
    "EE_IK": "ee.ik",
    "GR_AMKA": "gr.amka",
    "IT_FISCAL_CODE": "it.codicefiscale",
    "LT_ASMENS": "lt.asmens",
    "LV_PK": "lv.pvn",
    "NO_FODSELSNUMMER": "no.fodselsnummer",
    "PL_PESEL": "pl.pesel",
    "RO_CNP": "ro.cnp",
    "SE_PERSONNUMMER": "se.personnummer",
    "SI_EMSO": "si.emso",
}


def birth_within(kind: str, value: str, on: date) -> Birth | None:
    """When the holder of an identifier was born; None where it is none, or holds no birth.

    ``kind``: an entity type of :data:`KINDS`. ``on``: the day of the looking, which decides
    between centuries where an identifier leaves them open; both stay where both are possible.
    """
    reader = _OWN.get(kind)
    try:
        birth = reader(value, on) if reader else _by_library(kind, value)
    except Exception:  # the library's checks raise errors of many kinds on what is no number
        return None
    return birth if birth is not None and birth.earliest <= on else None


def _by_library(kind: str, value: str) -> Birth | None:
    module: Any = importlib.import_module(f"stdnum.{_READ[kind]}")
    number = module.validate(value)
    day = module.get_birth_date(number)
    return None if day is None else of_day(day)


def _french(value: str, on: date) -> Birth | None:
    from stdnum.fr import nir

    digits = nir.validate(value)
    year, month = int(digits[1:3]), int(digits[3:5])
    if not 1 <= month <= 12:
        return None  # a month that nobody knew is written over twenty
    return _centuries([of_month(century + year, month) for century in (1900, 2000)], on)


def _finnish(value: str, _: date) -> Birth | None:
    from stdnum.fi import hetu

    digits = hetu.validate(value)
    signs = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
    year = signs[digits[6]] + int(digits[4:6])
    return of_day(date(year, int(digits[2:4]), int(digits[:2])))


def _austrian(value: str, on: date) -> Birth | None:
    from stdnum.at import vnr

    return _day_month_year(vnr.validate(value)[4:10], on)


def _german(value: str, on: date) -> Birth | None:
    """Area, birth date, the surname's letter, serial and check digit."""
    number = "".join(value.split()).upper()
    if len(number) != 12 or not _german_check(number):
        return None
    return _day_month_year(number[2:8], on)


def _german_check(number: str) -> bool:
    """The check digit by the insurers' own weights (VKVV, section 4)."""
    digits = number[:8] + f"{ord(number[8]) - 64:02d}" + number[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    sums = [sum(divmod(int(d) * w, 10)) for d, w in zip(digits, weights, strict=True)]
    return sum(sums) % 10 == int(number[11])


def _day_month_year(digits: str, on: date) -> Birth | None:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return _centuries([of_day(date(c + year, month, day)) for c in (1900, 2000)], on)


def _centuries(readings: list[Birth], on: date) -> Birth | None:
    """Of both centuries, those in which somebody can have been born who is alive: under 110."""
    kept = [b for b in readings if b.earliest <= on and b.ages(on).high < 110]
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else kept[0].joined(kept[1])


_OWN: Final[Mapping[str, Callable[[str, date], Birth | None]]] = {
    "FR_NIR": _french,
    "FI_PERSONAL_IDENTITY_CODE": _finnish,
    "AT_SVNR": _austrian,
    "DE_SOCIAL_SECURITY": _german,
}
KINDS: Final = frozenset({*_READ, *_OWN})
"""Entity types that hold a birth."""
