"""Swedish, Danish, Norwegian and Icelandic personal numbers. Finland's comes from Presidio."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.identity import IDENTITY, SOCIAL

_DAY_MONTH: Final = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])"
_COORDINATION: Final = r"(?:0[1-9]|1[0-2])(?:6[1-9]|[78]\d|9[01])"
_MONTH_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# Numbers of documents begin with a day of late, and one in ten of them passes the check: who was
# born from 2012 on needs a word.
_CENTURY_YEAR: Final = r"(?:19\d\d|20(?:0\d|1[01]))"
_YEAR: Final = r"(?:0\d|1[01]|[3-9]\d)"
_NO_CLOCK: Final = r"(?:(?:2[4-9]|[3-9]\d)\d\d|(?:[01]\d|2[0-3])[6-9]\d)"
"""Four digits that are no time of day, so that the twelve are no timestamp."""


def _hyphenated(days: str) -> str:
    """A number as it is written on cards, which is not part of a longer code."""
    return rf"(?<![\w\-/.])(?:{_CENTURY_YEAR}|{_YEAR}){days}-\d{{4}}(?![\w\-/])"


IDENTIFIERS: Final = (
    Identifier(
        "SE_PERSONNUMMER",
        "SePersonnummer",
        ("se.personnummer",),
        ("personnummer", "svenskt personnummer", "persnr", "samordningsnummer", "ssn", "pnr"),
        (IDENTITY, SOCIAL),
        formatted=(
            rf"\b(?:18|19|20)?\d{{2}}{_MONTH_DAY}\+\d{{4}}\b",
            _hyphenated(_MONTH_DAY),
            rf"(?<![\d\-]){_CENTURY_YEAR}{_MONTH_DAY}{_NO_CLOCK}(?![\w\-])",
        ),
        bare=(rf"\b(?:18|19|20)?\d{{2}}{_MONTH_DAY}-?\d{{4}}\b",),
    ),
    Identifier(
        "SE_PERSONNUMMER",
        "SeSamordningsnummer",
        ("vitrail.detect.recognizers.coordination",),
        ("samordningsnummer", "samordningsnr", "personnummer", "persnr"),
        (IDENTITY, SOCIAL),
        formatted=(_hyphenated(_COORDINATION),),
        bare=(rf"\b(?:18|19|20)?\d{{2}}{_COORDINATION}-?\d{{4}}\b",),
    ),
    Identifier(
        "DK_CPR",
        "DkCpr",
        ("dk.cpr",),
        ("cpr", "cprnr", "cpr nr", "cpr nummer", "personnummer"),
        (IDENTITY,),
        bare=(rf"\b{_DAY_MONTH}\d{{2}}[ \-]?\d{{4}}\b",),
    ),
    Identifier(
        "NO_FODSELSNUMMER",
        "NoFodselsnummer",
        ("no.fodselsnummer",),
        ("fødselsnummer", "fodselsnummer", "fnr", "personnummer", "d nummer"),
        (IDENTITY,),
        bare=(r"\b[0-7]\d[0-9]\d{3}[ ]?\d{5}\b",),
    ),
    Identifier(
        "IS_KENNITALA",
        "IsKennitala",
        ("is_.kennitala",),
        ("kennitala", "kt"),
        (IDENTITY,),
        bare=(r"\b[0-7]\d{5}-?\d{4}\b",),
    ),
)
