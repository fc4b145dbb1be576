"""Faults of a mapping and of the values it meets, told like files that could not be read."""

from __future__ import annotations

from vitrail.model import InputFile, InputStatus


def fault(
    name: str, table: str | None, reason: str, remedy: str, *, read: bool = False
) -> InputFile:
    """One thing that is wrong; ``read`` where the file itself could be read."""
    return InputFile(
        name=name,
        table=table,
        sha256=None,
        rows=None,
        bytes=None,
        seconds=0.0,
        status=InputStatus.SCANNED if read else InputStatus.UNREADABLE,
        reason=reason,
        remedy=remedy,
    )
