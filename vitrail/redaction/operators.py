"""Presidio's anonymisation operators, with two of our own: a keyed pseudonym and a shape.

None of them writes a sign that would need an escape in JSON, a log or a quoted field.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from presidio_anonymizer.operators import Operator as PresidioOperator
from presidio_anonymizer.operators import OperatorsFactory, OperatorType

from vitrail.detect.normal import normal_form
from vitrail.keys import Keyring
from vitrail.redaction.options import Operator

#: Letters that make no word, no name and, without digits, nothing that a recogniser looks for.
_LETTERS: Final = "bcdfghjklmnpqrstvwxz"
#: From so many on they are made together.
_MANY: Final = 64
#: So many letters are looked up at a time.
_AT_ONCE: Final = 4
_WORDS: Final = np.uint64(len(_LETTERS) ** _AT_ONCE)
#: 20¹⁶ ≈ 2⁶⁹: among a thousand million values two share a pseudonym with a chance of 1 in 1,000.
_LENGTH: Final = 16
#: Whole numbers of 19 digits that begin with 9, which no card, phone or identifier does.
_FIRST_NUMBER: Final = 9_000_000_000_000_000_000
_NUMBERS_LEFT: Final = (1 << 63) - _FIRST_NUMBER
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

    def operate_on_many(self, entity_type: str, numbers: bytes) -> pa.Array:
        """The same of many numbers of 128 bits, 16 bytes each: ``large_string``."""
        limbs = np.frombuffer(numbers, ">u4").reshape(-1, 4).T.astype(np.uint64)
        size, head = limbs.shape[1], f"{entity_type}_".encode()
        text = np.empty((size, len(head) + _LENGTH), np.uint8)
        text[:, : len(head)] = np.frombuffer(head, np.uint8)
        for place in range(len(head), text.shape[1], _AT_ONCE):
            rest = np.zeros(size, np.uint64)
            for level, limb in enumerate(limbs):  # long division, the highest limb first
                limbs[level], rest = np.divmod(limb + (rest << np.uint64(32)), _WORDS)
            text[:, place : place + _AT_ONCE] = _words()[rest]
        offsets = np.arange(size + 1, dtype=np.int64) * text.shape[1]
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(text)]
        return pa.Array.from_buffers(pa.large_string(), size, buffers)

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Nothing is taken from outside."""

    def operator_name(self) -> str:
        return Operator.PSEUDONYM.value

    def operator_type(self) -> OperatorType:
        return OperatorType.Anonymize


@cache
def _words() -> npt.NDArray[np.uint8]:
    """Every word of four letters: a number's digits to the base of 20, the lowest first."""
    letters = np.frombuffer(_LETTERS.encode(), np.uint8)
    digits = np.arange(int(_WORDS))[:, None] // len(letters) ** np.arange(_AT_ONCE) % len(letters)
    words: npt.NDArray[np.uint8] = letters[digits]
    return words


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
    """What stands for a value, by operator and type."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys
        factory = OperatorsFactory()
        factory.add_anonymize_operator(Pseudonym)
        factory.add_anonymize_operator(ShapeMask)
        self._ways = {
            operator: factory.create_operator_class(name, OperatorType.Anonymize)
            for operator, name in _PRESIDIO.items()
        }

    def text(
        self, operator: Operator, entity_type: str, value: str, fingerprint: str | None = None
    ) -> str:
        """What is written in the place of ``value``; without its fingerprint one is made."""
        params: dict[str, Any] = {_ENTITY: entity_type}
        if operator is Operator.PSEUDONYM:
            known = fingerprint or self.fingerprint(entity_type, value)
            params[_NUMBER] = self._keys.pseudonym(known)
        return str(self._ways[operator].operate(text=value, params=params))

    def pseudonyms(self, entity_type: str, fingerprints: Sequence[str]) -> pa.Array:
        """Pseudonyms of many values of one type, ``large_string``."""
        if len(fingerprints) < _MANY:
            texts = [self.text(Operator.PSEUDONYM, entity_type, "", p) for p in fingerprints]
            return pa.array(texts, pa.large_string())
        way: Pseudonym = self._ways[Operator.PSEUDONYM]
        return way.operate_on_many(entity_type, self._keys.pseudonyms_of(fingerprints))

    def integers(self, fingerprints: Sequence[str]) -> pa.Array:
        """Pseudonyms where only whole numbers of 64 bits may stand."""
        numbers = self._keys.pseudonyms_of(fingerprints)
        found = [int.from_bytes(numbers[i : i + 16], "big") for i in range(0, len(numbers), 16)]
        return pa.array([_FIRST_NUMBER + number % _NUMBERS_LEFT for number in found], pa.int64())

    def fingerprint(self, entity_type: str, value: str) -> str:
        """By which a value is told to be the same as another."""
        return self._keys.fingerprint(entity_type, normal_form(entity_type, value))
