"""Who acts on a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an actor is in the house for; what each may do is in :mod:`vitrail.access`."""

    ANALYST = "analyst"
    AUDITOR = "auditor"
    INVESTIGATOR = "investigator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone (or a command line) that acts on a workspace, with the roles it holds."""

    name: str
    roles: frozenset[Role]
