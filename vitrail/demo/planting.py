"""Texts with slots, and exactly where in them something was planted.

A template's ``{lower}`` slots take ordinary words; its ``{UPPER}`` slots take personal data (by
entity type) or a trap (something that only looks like it); ``{EMAIL_ADDRESS:percent}`` writes the
value percent-encoded. ``[[…]]`` marks a statement of age. Offsets count Unicode code points.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import quote

import numpy as np
import yaml

from vitrail.demo import identities, national
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.names import TEXTS, catalogue
from vitrail.demo.people import People
from vitrail.demo.traps import MISTAKEN_FOR, trap

LANGUAGES: Final = ("en", "fr", "de", "es")

_SLOT: Final = re.compile(r"\{([A-Za-z_0-9]+)(?::([a-z0-9]+))?\}")

#: How a value may be written where it does not stand as it is.
FORMS: Final[dict[str, Callable[[str], str]]] = {
    "plain": lambda value: value,
    "percent": lambda value: quote(value, safe=""),
    "percent2": lambda value: quote(quote(value, safe=""), safe=""),
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
    "md5": lambda value: hashlib.md5(value.lower().encode(), usedforsecurity=False).hexdigest(),
    "sha256": lambda value: hashlib.sha256(value.lower().encode()).hexdigest(),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something planted at ``start:end``: an entity type, a trap's kind, or a statement of age."""

    kind: str
    what: str
    start: int
    end: int
    form: str = "plain"


@dataclass(frozen=True, slots=True)
class Text:
    """One cell's text with its marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Text) -> Text:
        return Text(self.text + other.text, self.marks + other.moved(len(self.text)).marks)

    def moved(self, by: int) -> Text:
        """The same marks ``by`` characters further on."""
        marks = (Mark(m.kind, m.what, m.start + by, m.end + by, m.form) for m in self.marks)
        return Text(self.text, tuple(marks))


@cache
def texts(language: str) -> dict[str, Any]:
    """The catalogue of one language."""
    raw: dict[str, Any] = yaml.safe_load((TEXTS / f"{language}.yaml").read_text("utf-8"))
    return raw


#: How often each catalogue of each language was drawn from.
Turns = dict[tuple[str, str], int]


class Writer:
    """Writes texts in the language and about the person asked for, from one random stream.

    Writers that share ``turns`` go through the catalogues together.
    """

    def __init__(self, rng: np.random.Generator, people: People, turns: Turns) -> None:
        self.rng = rng
        self.people = people
        self._turns = turns

    def next(self, kind: str, language: str) -> Any:
        """The entries of a catalogue in turn, so that none is left out."""
        choices = texts(language)[kind]
        turn = self._turns.get((kind, language), 0)
        self._turns[kind, language] = turn + 1
        return choices[turn % len(choices)]

    def one(self, choices: list[Any]) -> Any:
        return choices[int(self.rng.integers(0, len(choices)))]

    def ordinary(self, kind: str, language: str) -> Text:
        """A text of ``kind`` (support, feedback, notes …) without anything planted."""
        return self.fill(str(self.one(texts(language)[kind])), language, None)

    def planted(self, kind: str, language: str, person: int, slot: str | None = None) -> Text:
        """One of ``strays`` or ``traps``, about ``person``; with ``slot`` one that holds it."""
        choices = texts(language)[kind]
        if slot is not None:
            choices = [c for c in choices if f"{{{slot}}}" in c]
        return self.fill(str(self.one(choices)), language, person)

    def fill(self, template: str, language: str, person: int | None) -> Text:
        """The template with its slots filled, and the marks of what was planted."""
        pieces: list[str] = []
        marks: list[Mark] = []
        done = length = 0
        for slot in _SLOT.finditer(template):
            before = template[done : slot.start()]
            value, mark = self._slot(slot[1], slot[2] or "plain", language, person)
            length += len(before)
            if mark is not None:
                marks.append(Mark(mark, slot[1], length, length + len(value), slot[2] or "plain"))
            pieces += [before, value]
            length += len(value)
            done = slot.end()
        return Text("".join([*pieces, template[done:]]), tuple(marks))

    def age_statement(self, entry: dict[str, str]) -> Text:
        """A phrase of ``minors``, its brackets gone and the statement marked."""
        before, rest = entry["text"].split("[[")
        said, after = rest.split("]]")
        start = len(before)
        return Text(before + said + after, (Mark("age", entry["level"], start, start + len(said)),))

    def _slot(
        self, name: str, form: str, language: str, person: int | None
    ) -> tuple[str, str | None]:
        if name.islower():
            return str(self.one(texts(language)["words"][name])), None
        if name in MISTAKEN_FOR:
            return trap(name, self.rng), "trap"
        return FORMS[form](self.value(name, language, person)), "stray"

    def value(self, entity_type: str, language: str, person: int | None) -> str:
        """A value of an entity type; an address or a name is that of an account at random."""
        rng, people = self.rng, self.people
        index = int(rng.integers(0, len(people))) if person is None else person
        makers: dict[str, Callable[[], str]] = {
            "EMAIL_ADDRESS": lambda: people.email[index],
            "PERSON": lambda: people.name(index),
            "PHONE_NUMBER": lambda: identities.phone(
                rng, COUNTRIES[int(people.country[index])].code
            ),
            "STREET_ADDRESS": lambda: self._address(language),
            "DATE_OF_BIRTH": lambda: national.birth(rng).strftime(_BORN.get(language, "%d/%m/%Y")),
        }
        maker = makers.get(entity_type)
        return (_PLAIN | national.NATIONAL)[entity_type](rng) if maker is None else maker()

    def _address(self, language: str) -> str:
        land = next(c for c in COUNTRIES if c.language == language)
        street = self.one(list(catalogue()[land.names].street))
        city, code = self.one(list(land.cities))
        line = land.street.format(n=int(self.rng.integers(1, 140)), s=street)
        return f"{line}, {code} {city}"


_BORN: Final = {"de": "%d.%m.%Y"}
_PLAIN: Final[dict[str, Callable[[np.random.Generator], str]]] = {
    "CREDIT_CARD": identities.card,
    "IBAN_CODE": identities.iban_code,
    "IP_ADDRESS": identities.ip,
    "MAC_ADDRESS": identities.mac,
    "SECRET": identities.secret,
    "CRYPTO": identities.wallet,
}
