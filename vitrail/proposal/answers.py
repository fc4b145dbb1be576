"""What a proposal leaves open, and what its reader says to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

#: A person's own word that a column is not to be mapped.
NONE = ""


class Subject(StrEnum):
    """What a question is about, and the option of the command line that answers it."""

    TABLE = "--table"
    COLUMN = "--column"
    TIMEZONE = "--timezone"
    DAYS = "--days"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that names and values do not tell. ``suggested`` is taken where nobody is asked;
    None: nothing is taken, and what hangs on it stays out. ``canonical``: what a column is for.
    """

    subject: Subject
    words: str
    choices: tuple[str, ...] = ()
    suggested: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """``columns``: canonical → exported, :data:`NONE` for not at all. ``preset`` False: none.

    ``days``: which part of a written day comes first.
    """

    table: str | None = None
    preset: str | Literal[False] | None = None
    timezone: str | None = None
    days: Literal["day", "month"] | None = None
    system: str | None = None
    role: Literal["controller", "processor"] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
