"""``vitrail.toml`` replaced as a whole, after it was read again as it would stand."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from vitrail.errors import Unwritable

_READ_ONLY: Final = "Give this user the right to write it, or add the lines shown by hand."


def read_to_change(path: Path) -> bytes:
    """What stands in it; :class:`~vitrail.errors.Unwritable` where it may not be changed."""
    try:
        if not path.stat().st_mode & 0o222:  # root could write it all the same, and should not
            raise Unwritable(f"{path.name} is read-only.", _READ_ONLY)
        with path.open("r+b") as file:  # to be replaced, and so to be writable itself
            return file.read()
    except OSError as error:
        raise Unwritable(f"{path.name} cannot be written: {error.strerror}.", _READ_ONLY) from None


def replace(path: Path, content: bytes, judged: Callable[[Path], None]) -> None:
    """Put ``content`` in its place, unless ``judged``, which is shown it as a file, raises."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        judged(fresh)
        shutil.copymode(path, fresh)
        fresh.replace(path)
    except OSError as error:
        raise Unwritable(f"{path.name} cannot be written: {error.strerror}.", _READ_ONLY) from None
    finally:
        fresh.unlink(missing_ok=True)
