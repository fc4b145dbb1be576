"""The cheap test before the models: could this text name somebody?

It runs over a column's words at once, each distinct word looked at a single time, so that a
million texts about nobody cost little. A text *likely* names somebody where a first name or a
form of address stands in it, and *possibly* where a capital stands as a name would.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.languages import SMALL_WORDS
from vitrail.detect.names.words import ESCAPED, WORD, Lists

NO, POSSIBLY, LIKELY = 0, 1, 2

_FIRST_NAME, _CAPITAL, _ENDS, _SMALL_NAME = 1, 2, 4, 8
_TITLES: Final = frozenset({
    "mr", "mrs", "ms", "dr", "dra", "prof", "herr", "frau", "monsieur", "madame", "mme", "mlle",
    "señor", "señora", "sr", "sra", "srta", "sig", "dott", "signor", "signora", "senhor",
    "senhora", "mevrouw", "dhr", "mevr",
})  # fmt: skip
_NO_WORD: Final = frozenset("@/\\_=<>|~^0123456789")

Flags = npt.NDArray[np.uint8]


def calls(texts: pa.Array, lists: Lists) -> Flags:
    """For each of ``texts`` (none null) :data:`NO`, :data:`POSSIBLY` or :data:`LIKELY`."""
    answer = np.zeros(len(texts), np.uint8)
    texts = pc.utf8_normalize(texts, "NFC")
    split = pc.utf8_split_whitespace(texts)
    words = split.flatten()
    if not len(words):
        return answer
    encoded = pc.dictionary_encode(words)
    flags = _flags(encoded.dictionary.to_pylist(), lists)[encoded.indices.to_numpy()]
    row = np.repeat(np.arange(len(texts)), np.diff(split.offsets.to_numpy()))
    answer[row[_standing_capitals(flags, row)]] = POSSIBLY
    flat = pc.or_(pc.utf8_is_lower(texts), pc.utf8_is_upper(texts))
    caseless = flat.to_numpy(zero_copy_only=False)[row]
    answer[row[(flags & _FIRST_NAME > 0) | ((flags & _SMALL_NAME > 0) & caseless)]] = LIKELY
    return answer


def _standing_capitals(flags: Flags, row: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which words are capitals within a sentence, not at its beginning, or begin a pair of two."""
    capital = flags & _CAPITAL > 0
    same = row[1:] == row[:-1]
    goes_on = same & (flags[:-1] & _ENDS == 0)
    standing = np.zeros(len(flags), bool)
    standing[1:] = capital[1:] & goes_on
    return standing


def _flags(words: list[str], lists: Lists) -> Flags:
    return np.fromiter((_flag(word, lists) for word in words), np.uint8, len(words))


def _flag(token: str, lists: Lists) -> int:
    if "\\" in token:
        token = ESCAPED.sub('"', token)
    if not _NO_WORD.isdisjoint(token):
        return _ENDS
    flag = _ENDS if token.endswith(tuple(".!?:;,)\"'}")) else 0
    for word in WORD.findall(token):
        small = word.casefold()
        if small in _TITLES:
            flag |= _FIRST_NAME
        elif len(word) < 2 or small in SMALL_WORDS:
            continue
        elif lists.is_first_name(word):
            flag |= _SMALL_NAME | (_FIRST_NAME | _CAPITAL if word[0].isupper() else 0)
        elif word[0].isupper():
            flag |= _CAPITAL
    return flag
