"""What may be shown of a value: its shape, never enough to tell whose it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from vitrail.detect.digits import digits_of
from vitrail.detect.entities import is_identifier

_DOTS: Final = "•••"


def mask(entity_type: str, value: str) -> str:
    """``j•••@•••.fr``, ``16 digits, Luhn ok``, ``2 words``. No digit of a card is ever shown."""
    shape = _SHAPES.get(entity_type)
    if shape is not None:
        return shape(value)
    if is_identifier(entity_type):
        return _counted(sum(c.isalnum() for c in value), "letter or digit", "letters and digits")
    return _counted(len(value), "character", "characters")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _email(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not at:
        return _counted(len(value), "character", "characters")
    local = local.strip('"')
    first = local[:1] if len(local) > 2 else ""
    ending = domain.rpartition(".")[2]
    return f"{first}{_DOTS}@{_DOTS}" + (f".{ending}" if ending.isalpha() else "")


def _phone(value: str) -> str:
    digits = _counted(len(digits_of(value)), "digit", "digits")
    return f"+ and {digits}" if value.lstrip().startswith("+") else digits


def _card(value: str) -> str:
    digits = digits_of(value)
    verdict = "Luhn ok" if _luhn(digits) else "Luhn fails"
    return f"{_counted(len(digits), 'digit', 'digits')}, {verdict}"


def _luhn(digits: str) -> bool:
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    return (sum(int(d) for d in digits[::-2]) + sum(d - 9 * (d > 9) for d in doubled)) % 10 == 0


def _iban(value: str) -> str:
    return f"{value[:2].upper()}{_DOTS}, {sum(c.isalnum() for c in value)} characters"


def _words(value: str) -> str:
    return _counted(len(value.split()), "word", "words")


def _network(value: str) -> str:
    return "IPv6" if ":" in value else "IPv4"


_SHAPES: Final[Mapping[str, Callable[[str], str]]] = {
    "EMAIL_ADDRESS": _email,
    "PHONE_NUMBER": _phone,
    "CREDIT_CARD": _card,
    "IBAN_CODE": _iban,
    "PERSON": _words,
    "LOCATION": _words,
    "STREET_ADDRESS": _words,
    "IP_ADDRESS": _network,
    "DATE_OF_BIRTH": lambda _: "a date",
    "SECRET": lambda value: f"a key of {len(value)} characters",
    "URL": lambda value: f"a link of {len(value)} characters",
}
