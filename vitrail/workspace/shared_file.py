"""A small file that all of a workspace's people read and write: one writer at a time.

Readers see whole files: what is written is put in the place of what was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from vitrail.errors import Forbidden, Unwritable, UsageError
from vitrail.model import Actor
from vitrail.private_files import write_private
from vitrail.workspace import turns


class Owned(Protocol):
    """A record that somebody keeps for all."""

    @property
    def id(self) -> str: ...

    @property
    def by(self) -> str: ...

    @property
    def kept_since(self) -> datetime: ...


T = TypeVar("T", bound=Owned)


class SharedFile(Generic[T]):
    """A list of records in a JSON file. ``one`` is what a record is called, ``many`` several."""

    def __init__(
        self, file: Path, records: TypeAdapter[tuple[T, ...]], one: str, many: str
    ) -> None:
        self._file = file
        self._records = records
        self._one = one
        self._many = many

    def all(self) -> tuple[T, ...]:
        """Every record; a :class:`~vitrail.errors.UsageError` where the file is spoilt."""
        try:
            return self._records.validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return ()
        except (ValidationError, OSError):
            raise UsageError(
                f"The {self._many} cannot be read.",
                f"Restore {self._file.name} of the workspace from its backup, or move it away.",
            ) from None

    def delete(self, record_id: str, actor: Actor) -> None:
        """Forget one of the actor's own records; one that is gone already is no fault."""
        with self.writing() as records:
            for record in [r for r in records if r.id == record_id]:
                if record.by != actor.name:
                    raise Forbidden(
                        f"This {self._one} is somebody else's.",
                        f"Who made a {self._one} may delete it.",
                    )
                records.remove(record)

    def past(self, before: datetime) -> int:
        """How many have been kept since before a moment (UTC)."""
        return sum(record.kept_since < before for record in self.all())

    def forget(self, before: datetime, tell: Callable[[int], None]) -> int:
        """Forget those, if there are any, after ``tell`` was told how many."""
        if not self.past(before):
            return 0
        with self.writing() as records:
            old = [record for record in records if record.kept_since < before]
            tell(len(old))
            records[:] = [record for record in records if record not in old]
        return len(old)

    @contextmanager
    def writing(self) -> Iterator[list[T]]:
        """The records to change, written back as one new file."""
        try:
            with turns.in_turn(self._file.parent / "tmp", self._file.stem):
                records = list(self.all())
                yield records
                kept = self._records.dump_python(tuple(records), mode="json")
                write_private(self._file, json.dumps(kept, indent=1))
        except OSError:
            raise Unwritable(
                f"The {self._many} cannot be kept: the workspace cannot be written.",
                "Give this user the right to write there, or make room on the disk.",
            ) from None
