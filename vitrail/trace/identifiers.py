"""What tells a person: one identifier a line, its kind recognised or said by a prefix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vitrail.detect.digits import digits_of
from vitrail.errors import UsageError
from vitrail.normalisation import normalise_email


class Kind(StrEnum):
    """What an identifier is; its value is the prefix that says so."""

    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"
    DEVICE = "device"
    CUSTOMER = "customer"
    NAME = "name"

    @property
    def certain(self) -> bool:
        """Whether a match is this person; of one name there may be many."""
        return self is not Kind.NAME


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier as it was given or as the exports link it to one that was."""

    kind: Kind
    text: str

    def __repr__(self) -> str:
        return f"Identifier({self.kind.value})"


@dataclass(frozen=True, slots=True)
class Subject:
    """One person and all that tells them."""

    identifiers: tuple[Identifier, ...]


FEWEST: Final = 4
_EMAIL: Final = re.compile(r"[^\s@,;\"<>]{1,64}@[^\s@,;\"<>]{1,253}")
_PHONE: Final = re.compile(r"(?:\+|00|\(?0)[\d\s().\-/]{6,28}", re.A)
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ '’\-][^\W\d_]+)+")
_PREFIX: Final = re.compile(r"([a-z_]{3,14}):\s*(.+)")
_PREFIXES: Final = {k.value: k for k in Kind} | {"user_pseudo_id": Kind.DEVICE}
_BETWEEN: Final = re.compile(r"[\t;]")
_LONGEST: Final = 320


def read_subjects(lines: Iterable[str], *, each: bool = False) -> tuple[Subject, ...]:
    """The persons whom the lines tell: all lines one person, or with ``each`` a person a line,
    whose identifiers a tab or a semicolon parts.

    Raises :class:`~vitrail.errors.UsageError` for no identifier, or one that would meet half the
    world; the message names the line, never what stands in it.
    """
    found: list[tuple[Identifier, ...]] = []
    for number, line in enumerate(lines, 1):
        parts = _BETWEEN.split(line.strip("\ufeff \r\n")) if each else [line]
        texts = [text for part in parts if (text := part.strip("\ufeff \t\r\n\"'"))]
        if texts:
            found.append(tuple(identifier(text, number) for text in texts))
    if not found:
        raise UsageError(
            "There is no identifier.",
            "Give an e-mail address, a phone number, an account id or a name a line, by --from "
            "FILE or on standard input.",
        )
    if each:
        return tuple(Subject(tuple(dict.fromkeys(one))) for one in found)
    return (Subject(tuple(dict.fromkeys(i for one in found for i in one))),)


def identifier(text: str, number: int = 1) -> Identifier:
    """One identifier, by its prefix or its shape; what is neither is an account's id."""
    prefixed = _PREFIX.fullmatch(text)
    if prefixed and prefixed[1] in _PREFIXES:
        kind, value = _PREFIXES[prefixed[1]], prefixed[2].strip()
    else:
        kind, value = _kind(text), text
    _check(kind, value, number)
    return Identifier(kind, value)


def _kind(text: str) -> Kind:
    if _EMAIL.fullmatch(text):
        return Kind.EMAIL
    if _PHONE.fullmatch(text) and len(digits_of(text)) >= 8:
        return Kind.PHONE
    return Kind.NAME if _NAME.fullmatch(text) else Kind.ACCOUNT


def _check(kind: Kind, value: str, number: int) -> None:
    letters = [c for c in value.casefold() if c.isalnum()]
    if len(letters) < FEWEST or len(set(letters)) < 2 or len(value) > _LONGEST:
        raise UsageError(
            f"The identifier in line {number} is too short, too long or too common.",
            f"It takes {FEWEST} letters or digits at least, not all the same, and at most "
            f"{_LONGEST} characters.",
        )
    if kind is Kind.EMAIL and normalise_email(value) is None:
        raise UsageError(
            f"The identifier in line {number} is no e-mail address.", "Write name@example.org."
        )
    if kind is Kind.PHONE and len(digits_of(value)) < 8:
        raise UsageError(
            f"The phone number in line {number} has too few digits.",
            "Write it with its country: +33 …",
        )
    if kind is Kind.NAME and len(value.split()) < 2:
        raise UsageError(
            f"The name in line {number} is one word, which is too common.",
            "Write the first and the last name.",
        )
