"""The countries of the company's customers: how many, which language, how they phone and write.

Phone patterns: each ``#`` becomes a digit; the fixed digits keep the number inside a range that
the country's numbering plan uses, so that a phone library calls it valid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Country:
    """One country. ``share``: per mille of all accounts. ``names``: which catalogue of names."""

    code: str
    share: int
    language: str
    names: str
    offset: int
    currency: str
    phone: str
    local_phone: str
    street: str
    cities: tuple[tuple[str, str], ...]


_FR_STREET: Final = "{n} rue {s}"
_DE_STREET: Final = "{s} {n}"
_ES_STREET: Final = "Calle {s} {n}"
_EN_STREET: Final = "{n} {s}"

COUNTRIES: Final = (
    Country("FR", 352, "fr", "fr", 1, "EUR", "+33 6 12 ## ## ##", "06 12 ## ## ##", _FR_STREET,
            (("Paris", "75011"), ("Lyon", "69003"), ("Nantes", "44000"), ("Lille", "59800"),
             ("Bordeaux", "33000"), ("Strasbourg", "67000"), ("Rennes", "35000"))),
    Country("DE", 176, "de", "de", 1, "EUR", "+49 151 2#######", "0151 2#######", _DE_STREET,
            (("Berlin", "10115"), ("Hamburg", "20095"), ("München", "80331"), ("Köln", "50667"),
             ("Leipzig", "04109"), ("Stuttgart", "70173"))),
    Country("ES", 131, "es", "es", 1, "EUR", "+34 612 ### ###", "612 ### ###", _ES_STREET,
            (("Madrid", "28013"), ("Barcelona", "08002"), ("Valencia", "46002"),
             ("Sevilla", "41001"), ("Bilbao", "48005"))),
    Country("GB", 112, "en", "en", 0, "GBP", "+44 7400 ######", "07400 ######", _EN_STREET,
            (("London", "EC1A 1BB"), ("Manchester", "M1 1AE"), ("Leeds", "LS1 4DY"),
             ("Bristol", "BS1 4ST"), ("Glasgow", "G1 1XQ"))),
    Country("BE", 74, "fr", "fr", 1, "EUR", "+32 470 ## ## ##", "0470 ## ## ##", _FR_STREET,
            (("Bruxelles", "1000"), ("Liège", "4000"), ("Namur", "5000"), ("Mons", "7000"))),
    Country("US", 56, "en", "en", -5, "USD", "+1 212 55# ####", "(212) 55#-####", _EN_STREET,
            (("New York", "10013"), ("Boston", "02108"), ("Austin", "78701"))),
    Country("IT", 34, "en", "it", 1, "EUR", "+39 320 ### ####", "320 ### ####", "Via {s} {n}",
            (("Milano", "20121"), ("Torino", "10121"), ("Bologna", "40121"))),
    Country("AT", 21, "de", "de", 1, "EUR", "+43 664 #######", "0664 #######", _DE_STREET,
            (("Wien", "1010"), ("Graz", "8010"), ("Linz", "4020"))),
    Country("IE", 15, "en", "en", 0, "EUR", "+353 85 ### ####", "085 ### ####", _EN_STREET,
            (("Dublin", "D02 X285"), ("Cork", "T12 W8XC"))),
    Country("NL", 12, "en", "nl", 1, "EUR", "+31 6 12######", "06 12######", _DE_STREET,
            (("Amsterdam", "1012 JS"), ("Utrecht", "3511 LX"))),
    Country("PT", 8, "en", "pt", 0, "EUR", "+351 912 ### ###", "912 ### ###", "Rua {s} {n}",
            (("Lisboa", "1100-053"), ("Porto", "4000-069"))),
    Country("LU", 5, "fr", "fr", 1, "EUR", "+352 621 ### ###", "621 ### ###", _FR_STREET,
            (("Luxembourg", "1118"),)),
    Country("PL", 4, "en", "pl", 1, "PLN", "+48 512 ### ###", "512 ### ###", "ul. {s} {n}",
            (("Warszawa", "00-001"), ("Kraków", "30-001"))),
)  # fmt: skip
