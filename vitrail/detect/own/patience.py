"""Finds a regex that would take forever on some cell, before it meets one.

A regex with repeats inside repeats tries more ways than there are atoms on a text that almost
fits. It is run on such texts here: each of its own characters repeated, alone and in pairs, with
an ending that does not fit.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import product
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

_LENGTH: Final = 3_000
_SECONDS: Final = 0.4
_MOST_LETTERS: Final = 6
_TRIED: Final = "a1 -._@Aé"


def is_catastrophic(compiled: Any, regex: str) -> bool:
    """Whether a compiled ``regex`` pattern takes longer than 0.4 s on 3,000 characters."""
    return any(_takes_long(compiled, text) for text in _texts(regex))


def _takes_long(compiled: Any, text: str) -> bool:
    try:
        for _ in compiled.finditer(text, timeout=_SECONDS):
            pass
    except TimeoutError:
        return True
    return False


def _texts(regex: str) -> Iterator[str]:
    own = "".join(dict.fromkeys(_letters(regex)))
    letters = dict.fromkeys([*own, *_TRIED])
    few = list(letters)[:_MOST_LETTERS]
    for unit in [*letters, *("".join(pair) for pair in product(few, few) if pair[0] != pair[1])]:
        # What the regex asks for stands at the end, lest it be given up at once for want of it.
        yield unit * (_LENGTH // len(unit)) + "\x00" + own


def _letters(regex: str) -> Iterator[str]:
    """Characters of the regex's own, one of each class."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            yield from _of(parser.parse(regex))
    except (re.error, ValueError, OverflowError, RecursionError):
        yield from sorted({letter for letter in regex if letter.isalnum()})


def _of(items: Any) -> Iterator[str]:
    for kind, argument in items:
        if kind is c.LITERAL:
            yield chr(argument)
        elif kind is c.RANGE:
            yield chr(argument[0])
        elif kind is c.IN:
            yield from _of(argument)
        elif kind is c.BRANCH:
            for option in argument[1]:
                yield from _of(option)
        elif isinstance(argument, tuple):
            for part in argument:
                if isinstance(part, parser.SubPattern):
                    yield from _of(part)
        elif isinstance(argument, parser.SubPattern):
            yield from _of(argument)
