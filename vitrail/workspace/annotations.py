"""Notes on days: what happened then, shown on every time axis to everybody who may ask.

They are kept in ``annotations.json`` of the workspace: a day, a few words, who wrote them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.model import Actor
from vitrail.workspace.reasons import require_impersonal
from vitrail.workspace.shared_file import SharedFile

_LONGEST: Final = 80
_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Annotation:
    """What happened on a day, in a few words; ``by`` wrote it."""

    id: str
    day: date
    words: str
    by: str
    written_at: datetime

    @property
    def kept_since(self) -> datetime:
        return self.written_at


class AnnotationStore(SharedFile[Annotation]):
    """The notes of one workspace."""

    def __init__(self, file: Path, keys: Keyring) -> None:
        super().__init__(file, TypeAdapter(tuple[Annotation, ...]), "note", "notes on days")
        self._keys = keys

    def all(self) -> tuple[Annotation, ...]:
        """Every note, by its day."""
        return tuple(sorted(super().all(), key=lambda note: (note.day, note.written_at)))

    def add(self, day: date, words: str, actor: Actor) -> Annotation:
        """Keep a note; it may name nobody by a number or an address."""
        kept = require_impersonal(" ".join(words.split()), self._keys, "note")
        if len(kept) > _LONGEST:
            raise UsageError("That is too long to keep.", f"A note has {_LONGEST} characters.")
        note = Annotation(secrets.token_hex(8), day, kept, actor.name, datetime.now(UTC))
        with self.writing() as notes:
            if len(notes) >= _MOST:
                raise UsageError(f"There are {_MOST} notes already.", "Delete one of yours first.")
            notes.append(note)
        return note
