"""Text written for a link, a page or a program, read as it was meant, each place kept.

Percent-encoding, HTML entities, the escapes of JSON and base64 are undone where they stand, in
rounds, so that JSON in base64 in a link's parameter is read too. So are the typographer's blanks
and dashes, and other scripts' digits, which patterns would have to name one by one. No step makes
a text longer and the rounds are few, so the work grows with the cell's length alone.
"""

from __future__ import annotations

import html
import re
import unicodedata
from binascii import Error, a2b_base64
from bisect import bisect_right
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

_ROUNDS: Final = 4
_PROBE: Final = 96
"""Letters of base64 whose decoding tells whether the rest is worth it: a multiple of four."""


class _Piece(NamedTuple):
    """``read`` stands for ``text[start:end]``. ``quads``: four letters for each three bytes."""

    start: int
    end: int
    read: str
    quads: bool = False


class _Layer:
    """One step of decoding: the pieces that it replaced, in order."""

    __slots__ = ("_begins", "_pieces")

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._begins: list[int] = []
        grown = 0
        for piece in pieces:
            self._begins.append(piece.start + grown)
            grown += len(piece.read) - (piece.end - piece.start)

    def start(self, place: int) -> int:
        """Where the character at ``place`` of the decoded text begins in the encoded."""
        return self._locate(place)[0]

    def end(self, place: int) -> int:
        """Where the character before ``place`` ends."""
        return self._locate(place - 1)[1]

    def _locate(self, place: int) -> tuple[int, int]:
        number = bisect_right(self._begins, place) - 1
        if number < 0:
            return place, place + 1
        piece, within = self._pieces[number], place - self._begins[number]
        if within >= len(piece.read):
            after = piece.end + within - len(piece.read)
            return after, after + 1
        if not piece.quads:
            return piece.start, piece.end
        first = len(piece.read[:within].encode())
        last = first + len(piece.read[within].encode())
        return piece.start + first // 3 * 4, min(piece.start + -(-last // 3) * 4, piece.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's text as it reads decoded."""

    text: str
    layers: tuple[_Layer, ...]

    def placed(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the cell that ``text[start:end]`` is read from; ``start < end``.

        In base64 the slice is widened to whole groups of four letters, so that it decodes.
        """
        for layer in reversed(self.layers):
            start, end = layer.start(start), layer.end(end)
        return start, end


def readings(text: str) -> Iterator[Reading]:
    """How ``text`` reads decoded: once, and once more with ``+`` for the blank in parameters.

    Nothing where there is nothing to decode.
    """
    layers: list[_Layer] = []
    read = text
    for _ in range(_ROUNDS):
        before = read
        for step in _STEPS:
            read = _apply(step, read, layers)
        if read == before:
            break
    if layers:
        yield Reading(read, tuple(layers))
    blanked = _apply(_blanks, read, layers)
    if blanked != read:
        yield Reading(blanked, tuple(layers))


def _apply(step: Callable[[str], Iterator[_Piece]], text: str, layers: list[_Layer]) -> str:
    pieces = list(step(text))
    if not pieces:
        return text
    layers.append(_Layer(pieces))
    parts: list[str] = []
    last = 0
    for piece in pieces:
        parts += (text[last : piece.start], piece.read)
        last = piece.end
    return "".join((*parts, text[last:]))


_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPE: Final = re.compile(
    r"\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}"
    r"|x[0-9A-Fa-f]{2}|[\"'\\/bfnrt])"
)
_CONTROLS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_PARAMETER: Final = re.compile(r"(?<==)[^&;=\s\"'<>#]{3,}")
INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that only guide the breaking or joining of lines and letters."""

_TYPOGRAPHIC: Final = re.compile(
    rf"[^\S\x00-\x7f]|[{INVISIBLE}\u2010-\u2015\u2212\ufe63\uff01-\uff5e]|(?![0-9])\d"
)
_PLUS: Final = re.compile(r"(?<=[\w,.)])\+(?=[\w(])")


def _percent(text: str) -> Iterator[_Piece]:
    """Letter by letter; a byte that is no UTF-8 stays as it is written."""
    for run in _PERCENT.finditer(text) if "%" in text else ():
        place = run.start()
        for letter in bytes.fromhex(run.group().replace("%", "")).decode(errors="surrogateescape"):
            size = 3 * len(letter.encode(errors="surrogateescape"))
            if not "\udc80" <= letter <= "\udcff":
                yield _Piece(place, place + size, letter)
            place += size


def _entities(text: str) -> Iterator[_Piece]:
    for match in _ENTITY.finditer(text) if "&" in text else ():
        read = html.unescape(match.group())
        if len(read) == 1:
            yield _Piece(match.start(), match.end(), read)


def _escapes(text: str) -> Iterator[_Piece]:
    """What JSON and its kin write with a backslash. A surrogate by itself is no character."""
    for match in _ESCAPE.finditer(text) if "\\" in text else ():
        written = match.group()
        if written[1] in "ux":
            codes = [int(code, 16) for code in re.split(r"\\[ux]", written)[1:]]
            units = b"".join(code.to_bytes(2, "big") for code in codes)
            read = units.decode("utf-16-be", errors="ignore")
        else:
            read = _CONTROLS.get(written[1], written[1])
        if read:
            yield _Piece(match.start(), match.end(), read)


def _typography(text: str) -> Iterator[_Piece]:
    """ASCII for the digits, blanks and dashes of print; what has no width goes."""
    for match in _TYPOGRAPHIC.finditer(text) if not text.isascii() else ():
        yield _Piece(match.start(), match.end(), _ascii(match.group()))


@cache
def _ascii(letter: str) -> str:
    if letter in INVISIBLE:
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter.isspace():
        return " "
    dash = letter == "\u2212" or unicodedata.category(letter) == "Pd"
    return "-" if dash else unicodedata.normalize("NFKC", letter)


def _blanks(text: str) -> Iterator[_Piece]:
    for value in _PARAMETER.finditer(text) if "+" in text else ():
        for plus in _PLUS.finditer(text, value.start(), value.end()):
            yield _Piece(plus.start(), plus.end(), " ")


_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _letters(fits: Callable[[int], bool]) -> str:
    """A regular expression's class of those letters of base64 whose six bits fit."""
    return "[" + "".join(c for n, c in enumerate(_ALPHABET) if fits(n)) + "]"


QUADS: Final = (
    _letters(lambda n: 8 <= n < 32)  # a first byte from 0x20 to 0x7F
    + _letters(lambda n: not n & 8 and n & 7 >= 2)  # a second one too
    + "(?:" + _letters(lambda n: n & 3 == 1) + r"[\w+/\-]"  # the third 0x40 to 0x7F
    + "|" + _letters(lambda n: n & 3 == 0) + r"[g-z0-9+/_\-])"  # or 0x20 to 0x3F
)  # fmt: skip
"""Base64 of three printable ASCII characters: one group of four letters in two hundred is such."""

_THREE_QUADS: Final = re.compile(f"(?:{QUADS}){{3}}", re.ASCII)
_RUN: Final = re.compile(r"[A-Za-z0-9+/_\-]{12,}(?:={1,2}(?![\w=]))?", re.ASCII)
_PART: Final = re.compile(r"[A-Za-z0-9+]{12,}={0,2}", re.ASCII)
_SEGMENT: Final = re.compile(r"[A-Za-z0-9+_\-]{12,}={0,2}", re.ASCII)
_STANDARD: Final = str.maketrans("-_", "+/")
_LINES: Final = str.maketrans("", "", "\t\r\n")
_UTF8: Final = getincrementaldecoder("utf-8")


def _base64(text: str) -> Iterator[_Piece]:
    """Runs that decode to readable text; else the parts of a path or of a dashed name that do."""
    if _THREE_QUADS.search(text) is None:
        return
    for run in _RUN.finditer(text):
        for shape in (_RUN, _SEGMENT, _PART):
            found = [
                _Piece(part.start(), part.end(), read, quads=True)
                for part in shape.finditer(text, run.start(), run.end())
                if (read := _readable(part.group()))
            ]
            if found:
                yield from found
                break


def _readable(run: str) -> str | None:
    """The text that ``run`` is base64 of, standard or for URLs, padded or not; None if none."""
    letters = run.rstrip("=").translate(_STANDARD)
    if len(letters) % 4 == 1:
        return None
    try:
        if len(letters) > _PROBE and not _printable(_UTF8().decode(a2b_base64(letters[:_PROBE]))):
            return None
        read = a2b_base64(letters + "=" * (-len(letters) % 4)).decode()
    except (Error, UnicodeError):
        return None
    return read if _printable(read) else None


def _printable(text: str) -> bool:
    return text.translate(_LINES).isprintable()


_STEPS: Final = (_percent, _entities, _escapes, _base64, _typography)
