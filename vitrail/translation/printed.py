"""The words of printed reports: what a Typst template gives to ``tell``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

_TOLD: Final = re.compile(r'\btell\("([^"\\]+)"\)')

Message = tuple[int, str, str, list[str]]


def words_of(template: str) -> tuple[str, ...]:
    """Each message of a template, once."""
    return tuple(dict.fromkeys(_TOLD.findall(template)))


def of_typst(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """The same for Babel."""
    for words in words_of(file.read().decode()):
        yield 1, "", words, []
