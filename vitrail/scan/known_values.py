"""Known e-mail addresses and phone numbers from a file; they are hashed and let go at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from vitrail.detect.known import KnownDigests, known_type
from vitrail.errors import ConfigError
from vitrail.keys import Keyring

_BETWEEN: Final = re.compile(r"[,;\t]")
_QUOTES: Final = " \"'\r\n\ufeff"


def known_digests(file: str | None, values: Iterable[str], keys: Keyring) -> KnownDigests | None:
    """What can be looked up of the values in ``file`` and of ``values``; None where there is none.

    Raises :class:`~vitrail.errors.ConfigError` where the file cannot be read, or names nobody.
    """
    named = () if file is None else read_known(Path(file))
    return KnownDigests.of(chain(named, values), keys)


def read_known(path: Path) -> list[str]:
    """The addresses and numbers of a text or CSV file; its other cells are passed over."""
    try:
        with path.open(encoding="utf-8") as file:
            found = list(_cells(file))
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"The known values in {path.name} cannot be read.",
            "Name a text file in UTF-8 with one e-mail address or phone number a line.",
        ) from None
    if not found:
        raise ConfigError(
            f"{path.name} holds no e-mail address and no phone number.",
            "Write one a line, plain; phone numbers with at least eight digits.",
        )
    return found


def _cells(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for cell in _BETWEEN.split(line):
            text = cell.strip(_QUOTES)
            if known_type(text) is not None:
                yield text
