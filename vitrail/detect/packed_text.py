"""Texts that mail, databases and programs wrote as something else: hexadecimal digits,
quoted-printable, gzip or zlib within base64. Steps of :mod:`vitrail.detect.decoding`.
"""

from __future__ import annotations

import re
import zlib
from binascii import Error, a2b_base64
from collections.abc import Iterator
from typing import Final

from vitrail.detect.layers import Piece
from vitrail.detect.printable import printable

#: For the prefilter: what these steps undo cannot stand where none of these does.
CALLS: Final = (
    r"(?:[2-7][0-9A-Fa-f]){10}",
    r"(?:^|[^\w+/\-])(?:H4sI|e[AFJN])[\w+/\-]{16}",
    r"=\r?\n[^\n]",
    r"=[CDE][0-9A-F]=[89AB][0-9A-F]",
    r"[\w.+\-]=40[\w\-]",
)

_HEX: Final = re.compile(r"(?<![0-9A-Za-z])(0x|\\x)?((?:[0-9A-Fa-f]{2}){10,})(?![0-9A-Za-z])")
_LONG_RUN: Final = re.compile(r"[0-9A-Fa-f]{20}")
_HEX_LETTER: Final = re.compile(r"[A-Fa-f]")
_PACKED: Final = re.compile(r"(?<![\w+/\-])(?:H4sI|e[AFJN])[\w+/\-]{16,}={0,2}", re.ASCII)
_BEGINS: Final = ("H4sI", "eJ", "eN", "eA", "eF")
_STANDARD: Final = str.maketrans("-_", "+/")
_GZIP_OR_ZLIB: Final = 47
#: A packed text may unpack to so many times its letters, and all of a cell to so many bytes: a
#: packed bomb costs no more than a long cell.
_GROWTH: Final = 32
_UNPACKED: Final = 16 << 20

#: A line folded where mail folds it, a letter of UTF-8, an address's sign: each begins with ``=``,
#: for which the regex engine looks quickly.
_QUOTED: Final = re.compile(
    r"=(?:(?<=[^\n]{50}=)\r?\n\S|[CDE][0-9A-F]=[89AB][0-9A-F]|(?<=[\w.+\-]=)40[\w\-]+(?:\.|=2E))"
)
_SIGNS: Final = re.compile(r"(?:=[0-9A-F]{2})+|=[ \t]*\r?\n")


def hexadecimal(text: str) -> Iterator[Piece]:
    """Digits that spell ten letters and more. Decimal digits alone are a number, unless marked."""
    for run in _HEX.finditer(text) if _LONG_RUN.search(text) else ():
        mark, digits = run.groups()
        if mark is None and _HEX_LETTER.search(digits) is None:
            continue
        try:
            read = bytes.fromhex(digits).decode()
        except UnicodeDecodeError:
            continue
        if printable(read):
            if mark is not None:
                yield Piece(run.start(), run.start(2), "")
            yield Piece(run.start(2), run.end(), read, (2, 1))


def unpacked(text: str) -> Iterator[Piece]:
    """What gzip or zlib packed and base64 wrote down; a hit in it takes the whole of it."""
    left = _UNPACKED
    if not any(begin in text for begin in _BEGINS):
        return
    for run in _PACKED.finditer(text):
        read = _inflated(run.group(), min(left, _GROWTH * len(run.group())))
        if read is not None:
            left -= len(read)
            yield Piece(run.start(), run.end(), read)


def _inflated(run: str, most: int) -> str | None:
    letters = run.rstrip("=").translate(_STANDARD)
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        packed = a2b_base64(letters + "=" * (-len(letters) % 4))
        read = unpacker.decompress(packed, max(1, most)).decode()
    except (Error, zlib.error, UnicodeDecodeError):
        return None
    return read if unpacker.eof and printable(read) else None


def quoted_printable(text: str) -> Iterator[Piece]:
    """The letters and folded lines of mail; bytes that are no UTF-8 as Windows-1252."""
    if "=" not in text or _QUOTED.search(text) is None:
        return
    for sign in _SIGNS.finditer(text):
        written = sign.group()
        if written[-1] == "\n":
            yield Piece(sign.start(), sign.end(), "")
            continue
        raw = bytes.fromhex(written.replace("=", ""))
        try:
            yield Piece(sign.start(), sign.end(), raw.decode(), (3, 1))
        except UnicodeDecodeError:
            yield Piece(sign.start(), sign.end(), raw.decode("cp1252", "replace"))
