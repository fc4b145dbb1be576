"""What a user may choose about a clean copy; the same names as the command line's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vitrail.errors import UsageError
from vitrail.scan import ScanOptions


class Operator(StrEnum):
    """What is put in the place of a value."""

    TAG = "tag"  # <EMAIL_ADDRESS>
    MASK = "mask"  # ****.***@*******.**
    PSEUDONYM = "pseudonym"  # EMAIL_ADDRESS_qzkdhwtrbnmcpxvl, the same for the same value
    REDACT = "redact"  # nothing


@dataclass(frozen=True, slots=True)
class RedactOptions:
    """How to write a clean copy.

    ``operator`` stands for every type that ``operators`` does not name. ``scan``: how to look for
    personal data, in the exports and in their copy; ``sample`` is ``exhaustive``.
    """

    operator: Operator = Operator.TAG
    operators: Mapping[str, Operator] = field(default_factory=dict)
    scan: ScanOptions = field(default_factory=ScanOptions)

    def __post_init__(self) -> None:
        if self.scan.sample != "exhaustive":
            raise UsageError(
                "A copy is clean only where every row was looked at.",
                "Leave out the sample.",
            )

    def operator_of(self, entity_type: str) -> Operator:
        return self.operators.get(entity_type, self.operator)


def operators_of(text: str) -> tuple[Operator, dict[str, Operator]]:
    """``mask,EMAIL_ADDRESS=pseudonym`` as the operator of all types and those of some."""
    usual, chosen = Operator.TAG, {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        kind, named, name = part.rpartition("=")
        if name not in set(Operator):
            raise UsageError(
                "--with names something that a value cannot be replaced with.",
                f"There are {', '.join(Operator)}.",
            )
        if named:
            chosen[kind.strip().upper()] = Operator(name)
        else:
            usual = Operator(name)
    return usual, chosen
