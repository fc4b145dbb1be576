"""What could not be read, and faults of a mapping and of the values it meets, told alike."""

from __future__ import annotations

from dataclasses import replace

from vitrail.errors import InputPartlyRead, InputUnreadable
from vitrail.model import InputFile, InputStatus


def unread(
    error: InputUnreadable, table: str | None, *, name: str | None = None, size: int | None = None
) -> InputFile:
    """An input that was left out, or left at its end with rows that are not as they should be.

    ``name``: the dataset's, where the error's own is another's; ``size`` in bytes as stored.
    """
    partly = isinstance(error, InputPartlyRead)
    return InputFile(
        name=name or error.name,
        table=table,
        sha256=None,
        rows=None,
        bytes=size,
        seconds=0.0,
        status=InputStatus.PARTLY if partly else InputStatus.UNREADABLE,
        reason=error.message,
        remedy=error.remedy,
    )


def fault(
    name: str, table: str | None, reason: str, remedy: str, *, read: bool = False
) -> InputFile:
    """One thing that is wrong; ``read`` where the file itself could be read."""
    told = unread(InputUnreadable(name, reason, remedy), table)
    return replace(told, status=InputStatus.SCANNED) if read else told
