"""Presidio's anonymisation operators, with two of our own: a keyed pseudonym and a shape.

None of them writes a sign that would need an escape in JSON, a log or a quoted field.
"""

from __future__ import annotations

from typing import Any, Final

from presidio_anonymizer.operators import Operator as PresidioOperator
from presidio_anonymizer.operators import OperatorsFactory, OperatorType

from vitrail.detect.normal import normal_form
from vitrail.keys import Keyring
from vitrail.redaction.options import Operator

#: Letters that make no word, no name and, without digits, nothing that a recogniser looks for.
_LETTERS: Final = "bcdfghjklmnpqrstvwxz"
#: 20¹⁶ ≈ 2⁶⁹: among a thousand million values two share a pseudonym with a chance of 1 in 1,000.
_LENGTH: Final = 16
#: Whole numbers of 19 digits that begin with 9, which no card, phone or identifier does.
_FIRST_NUMBER: Final = 9_000_000_000_000_000_000
_NUMBERS: Final = (1 << 63) - _FIRST_NUMBER
_REMEMBERED: Final = 1 << 16
_NUMBER: Final = "number"
_ENTITY: Final = "entity_type"


class Pseudonym(PresidioOperator):  # type: ignore[misc]
    """``EMAIL_ADDRESS_qzkdhwtrbnmcpxvl``: the same for all values with the same fingerprint.

    So joins still work, in every column, file, format and encoding, for as long as the key is
    kept. What is one value to a fingerprint is told by :func:`~vitrail.detect.normal.normal_form`:
    an address in capitals is the same, ``+33 6 …`` and ``06 …`` are two, for the second does not
    say its country.
    """

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:  # noqa: ARG002
        given = params or {}
        number = given[_NUMBER]
        letters = []
        for _ in range(_LENGTH):
            number, place = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[place])
        return f"{given[_ENTITY]}_{''.join(letters)}"

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Nothing is taken from outside."""

    def operator_name(self) -> str:
        return Operator.PSEUDONYM.value

    def operator_type(self) -> OperatorType:
        return OperatorType.Anonymize


class ShapeMask(PresidioOperator):  # type: ignore[misc]
    """``****.***@*******.**``: every letter and digit hidden, their number and what is between
    them kept."""

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:  # noqa: ARG002
        return "".join("*" if c.isalnum() or not c.isascii() else c for c in text)

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Nothing is taken from outside."""

    def operator_name(self) -> str:
        return "shape"

    def operator_type(self) -> OperatorType:
        return OperatorType.Anonymize


_PRESIDIO: Final = {
    Operator.TAG: "replace",
    Operator.MASK: "shape",
    Operator.PSEUDONYM: "pseudonym",
    Operator.REDACT: "redact",
}


class Operators:
    """What stands for a value, by operator and type. It remembers the latest; values repeat."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys
        factory = OperatorsFactory()
        factory.add_anonymize_operator(Pseudonym)
        factory.add_anonymize_operator(ShapeMask)
        self._ways = {
            operator: factory.create_operator_class(name, OperatorType.Anonymize)
            for operator, name in _PRESIDIO.items()
        }
        self._known: dict[tuple[Operator, str, str], str] = {}

    def text(
        self, operator: Operator, entity_type: str, value: str, fingerprint: str | None = None
    ) -> str:
        """What is written in the place of ``value``; without its fingerprint one is made."""
        known = (operator, entity_type, fingerprint or value)
        if operator is Operator.MASK:
            known = (operator, entity_type, value)
        found = self._known.get(known)
        if found is None:
            params: dict[str, Any] = {_ENTITY: entity_type}
            if operator is Operator.PSEUDONYM:
                params[_NUMBER] = self._number(entity_type, value, fingerprint)
            found = str(self._ways[operator].operate(text=value, params=params))
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[known] = found
        return found

    def integer(self, entity_type: str, value: str, fingerprint: str | None = None) -> int:
        """A pseudonym where only a whole number of 64 bits may stand."""
        return _FIRST_NUMBER + self._number(entity_type, value, fingerprint) % _NUMBERS

    def _number(self, entity_type: str, value: str, fingerprint: str | None) -> int:
        own = fingerprint or self._keys.fingerprint(entity_type, normal_form(entity_type, value))
        return self._keys.pseudonym(own)
