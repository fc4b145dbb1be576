"""The tokens of JSON text, found all at once by NumPy over whole blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.exports.copies.splices import Index
from vitrail.exports.formats.json_scan import Scanner

_COLON: Final = ord(":")
_SIGN: Final = np.zeros(256, bool)
_SIGN[list(b"{}[]:,")] = True
_BARE: Final = np.ones(256, bool)
_BARE[list(b'{}[]:, \t\r\n"')] = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """``starts`` and ``ends`` of strings, with their quotes, and of numbers and words, in order;
    ``is_key``: which of them are keys; ``signs``: where brackets, colons and commas stand."""

    starts: Index
    ends: Index
    is_key: npt.NDArray[np.bool_]
    signs: Index


def tokens_of(text: bytes) -> Tokens:
    """The tokens of some whole JSON texts that are valid."""
    letters = np.frombuffer(text, np.uint8)
    quotes = Scanner().quotes(letters)
    signs = np.flatnonzero(_SIGN[letters])
    signs = signs[np.searchsorted(quotes, signs) % 2 == 0]
    bare = np.zeros(len(letters) + 2, bool)
    bare[1:-1] = _BARE[letters]
    edges = np.flatnonzero(bare[1:] != bare[:-1])
    begun, ended = edges[::2], edges[1::2]
    outside = np.searchsorted(quotes, begun) % 2 == 0
    starts = np.concatenate([quotes[::2], begun[outside]])
    ends = np.concatenate([quotes[1::2] + 1, ended[outside]])
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    if not len(signs):
        return Tokens(starts, ends, np.zeros(len(starts), bool), signs)
    following = np.searchsorted(signs, ends)
    is_key = letters[signs[np.minimum(following, len(signs) - 1)]] == _COLON
    return Tokens(starts, ends, is_key & (following < len(signs)), signs)
