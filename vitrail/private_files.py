"""Files for their owner's eyes alone, also where another file stood in their place before."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_private(place: Path, content: str | bytes, *, over: bool = True) -> None:
    """Write a whole file of mode 0600, or none; raises ``OSError``.

    A new file takes the place of what is there, for a mode given at creation leaves an older
    file's rights as they were. ``over=False``: what is there stays, and is ``FileExistsError``.
    A terminal or a pipe has no rights of ours and is written to as it is.
    """
    place = place.resolve()
    data = content.encode() if isinstance(content, str) else content
    if over and place.exists() and not place.is_file():
        with place.open("wb") as stream:
            stream.write(data)
        return
    new = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if over:
            new.replace(place)
        else:
            os.link(new, place)
    finally:
        new.unlink(missing_ok=True)
