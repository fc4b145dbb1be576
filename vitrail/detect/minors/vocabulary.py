"""The words of each language, made into patterns once a process.

``words/<language>.yaml`` holds them; ``words/schools.yaml`` the stages of schools by country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from vitrail.detect.minors.dates import WRITTEN

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "nl", "pt")
_WORDS: Final = Path(__file__).parent / "words"
_FIGURES: Final = r"(?<![\d.,:/+#-])\d{1,2}(?![\d%]|[.,:/]\d|\+)"
_ENDINGS: Final = r"(?:st|nd|rd|th|\.|e|ste|de|º|ª|è?me)"
_OVER: Final = r"(?=[ ]?(?:$|[.!?;)\n…]|,(?! ?\d)|[:;]-?[)(DP]|[^\w\s.,;:/%€$'’\"«»&+<>*#°ºª-]|"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language speaks of age. ``numbers``: the ages that it writes in words."""

    numbers: Mapping[str, int]
    number: re.Pattern[str]
    now: re.Pattern[str]
    soon: re.Pattern[str]
    below: re.Pattern[str]
    born: re.Pattern[str]
    minor: re.Pattern[str]
    parents: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    people: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of school: how somebody says to be in it, and the ages of who is."""

    country: str
    words: re.Pattern[str]
    low: int
    high: int


@cache
def language(code: str) -> Language:
    """The patterns of a language of :data:`LANGUAGES`."""
    said = _read(code)
    numbers = {
        word: int(age) for age, words in said["numbers"].items() for word in words.split("|")
    }
    written = "|".join(sorted(numbers, key=len, reverse=True))
    slots = {
        "{nth}": rf"(?:\d{{1,2}} ?{_ENDINGS}|{_ordinals(code)}|(?:{written}))",
        "{n}enne": rf"(?:\d{{1,2}}|{written})enne",
        "{f}": r"\d{1,2}(?![\d/])",
        "{n}": rf"(?:{_FIGURES}|(?<![\w-])(?:{written})(?![\w-]|[ -]years? later))",
        "{date}": WRITTEN,
        "{end}": rf"{_OVER}(?:{said['end']})\b))",
    }
    lists = {key: _either(said[key].splitlines(), slots) for key in _LISTS}
    return Language(
        numbers=numbers,
        number=re.compile(rf"\d{{1,2}}|{written}|{_ordinals(code)}", re.I),
        before=re.compile(said["before"], re.I),
        after=re.compile(said["after"], re.I),
        people=re.compile(said["people"], re.I),
        **lists,
    )


_LISTS: Final = ("now", "soon", "below", "born", "minor", "parents")


@cache
def stages() -> tuple[Stage, ...]:
    """The stages of schools of all countries."""
    return tuple(
        Stage(country, re.compile(rf"(?<!\w)(?:{row['words']})", re.I), row["low"], row["high"])
        for country, rows in _read("schools").items()
        for row in rows
    )


#: English ordinals in words; elsewhere people write figures.
_ORDINALS: Final[Mapping[str, int]] = {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
}  # fmt: skip


#: What must follow a number's stem inside a word.
_ALONE: Final = re.compile(r"\(\?=\w+\)")


def age_in(words: Language, text: str) -> int | None:
    """The last age in a text, in figures or words; None where there is none."""
    ages = [match[0].casefold() for match in words.number.finditer(text)]
    if not ages:
        return None
    found = ages[-1]
    if found.isdigit():
        return int(found)
    if found in _ORDINALS:
        return _ORDINALS[found]
    return next(
        (n for w, n in words.numbers.items() if re.match(_ALONE.sub("", w) + r"\Z", found, re.I)),
        None,
    )


def _ordinals(code: str) -> str:
    return "|".join(_ORDINALS) if code == "en" else r"(?!)"


def _either(lines: list[str], slots: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(_filled(lines, slots)), re.I | re.M)


def _filled(lines: list[str], slots: Mapping[str, str]) -> Iterator[str]:
    for line in lines:
        for slot, pattern in slots.items():
            line = line.replace(slot, pattern)  # noqa: PLW2901 - slots are filled one by one
        yield rf"(?:{line})" if line.startswith(("^", "(", r"\b")) else rf"(?:(?<!\w){line})"


def _read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((_WORDS / f"{name}.yaml").read_text("utf-8")))
