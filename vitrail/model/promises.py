"""What a policy promises, in a form that data can test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vitrail.model.severity import Severity


class ProofKind(StrEnum):
    """How far data can go: proves both ways, refutes only, rests on a log, cannot say."""

    PROVES = "P"
    REFUTES = "R"
    LOG = "L"
    NONE = "N"


@dataclass(frozen=True, slots=True)
class Control:
    """A testable form of a clause: what it needs, and the SQL that yields what breaks it.

    The first table of ``needs`` is the one whose rows are judged; ``uses`` are tables that are
    read where they were exported and empty where not. ``unit`` and ``breach`` make the sentence
    for the board: "3 of 41,200 *marketing sends* *followed an unsubscribe*"; ``breach_of_one`` is
    said of one alone: "1 of 12 *cookies* *is not declared*". ``reasons`` says each reason that the
    SQL can give in words. ``law`` is a note on the law, never a verdict.
    """

    id: str
    section: str
    title: str
    checks: str
    severity: Severity
    kind: ProofKind
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    standards: tuple[str, ...]
    parameters: tuple[tuple[str, Any], ...]
    sql: str
    sql_sha256: str
    version: int = 1
    uses: tuple[str, ...] = ()
    unit: str = "rows"
    breach: str = "broke the promise"
    breach_of_one: str = "broke the promise"
    law: str = ""
    limits: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
