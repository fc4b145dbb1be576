"""Text written for a link, a page or a program, read as it was meant, each place kept.

Percent-encoding, HTML entities, the escapes of JSON, base64 and what :mod:`~.packed_text` knows are
undone where they stand, in rounds, so that JSON in base64 in a link's parameter is read too. So are
the typographer's blanks and dashes, other scripts' digits, which patterns would have to name one by
one, and the words for the signs of an e-mail address (:mod:`~.disguised_emails`). Only unpacking
makes a text longer, within a bound, and the rounds are few, so the work grows with the cell's
length alone.
"""

from __future__ import annotations

import html
import re
import unicodedata
from binascii import Error, a2b_base64
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from vitrail.detect.disguised_emails import disguised
from vitrail.detect.layers import Layer, Piece, Reading
from vitrail.detect.packed_text import hexadecimal, quoted_printable, unpacked
from vitrail.detect.printable import printable

_ROUNDS: Final = 4
_PROBE: Final = 96
"""Letters of base64 whose decoding tells whether the rest is worth it: a multiple of four."""


def readings(text: str) -> Iterator[Reading]:
    """How ``text`` reads decoded: once, and once more with ``+`` for the blank in parameters.

    Nothing where there is nothing to decode.
    """
    layers: list[Layer] = []
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
        blanked = _apply(disguised, blanked, layers)
        yield Reading(blanked, tuple(layers))


def _apply(step: Callable[[str], Iterator[Piece]], text: str, layers: list[Layer]) -> str:
    pieces = list(step(text))
    if not pieces:
        return text
    layers.append(Layer(pieces))
    parts: list[str] = []
    last = 0
    for piece in pieces:
        parts += (text[last : piece.start], piece.read)
        last = piece.end
    return "".join((*parts, text[last:]))


_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LETTER: Final = re.compile(r"%u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}")
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


def _percent(text: str) -> Iterator[Piece]:
    """Letter by letter; a byte that is no UTF-8 stays as it is written."""
    for run in _PERCENT.finditer(text) if "%" in text else ():
        place = run.start()
        for letter in bytes.fromhex(run.group().replace("%", "")).decode(errors="surrogateescape"):
            size = 3 * len(letter.encode(errors="surrogateescape"))
            if not "\udc80" <= letter <= "\udcff":
                yield Piece(place, place + size, letter)
            place += size


def _script(text: str) -> Iterator[Piece]:
    """``%u0040``, as JavaScript's ``escape`` writes a letter."""
    for match in _LETTER.finditer(text) if "%u" in text else ():
        yield Piece(match.start(), match.end(), chr(int(match.group()[2:], 16)))


def _entities(text: str) -> Iterator[Piece]:
    for match in _ENTITY.finditer(text) if "&" in text else ():
        read = html.unescape(match.group())
        if len(read) == 1:
            yield Piece(match.start(), match.end(), read)


def _escapes(text: str) -> Iterator[Piece]:
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
            yield Piece(match.start(), match.end(), read)


def _typography(text: str) -> Iterator[Piece]:
    """ASCII for the digits, blanks and dashes of print; what has no width goes."""
    for match in _TYPOGRAPHIC.finditer(text) if not text.isascii() else ():
        yield Piece(match.start(), match.end(), _ascii(match.group()))


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


def _blanks(text: str) -> Iterator[Piece]:
    for value in _PARAMETER.finditer(text) if "+" in text else ():
        for plus in _PLUS.finditer(text, value.start(), value.end()):
            yield Piece(plus.start(), plus.end(), " ")


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
_FOLDED: Final = re.compile(
    "|".join(
        rf"(?<![\w+/\-])(?:[A-Za-z0-9+/]{{{width}}}\r?\n)+[A-Za-z0-9+/]{{1,{width}}}={{0,2}}(?![\w+/\-])"
        for width in (64, 76)
    )
)
_FOLD: Final = re.compile(r"\r?\n")
_UTF8: Final = getincrementaldecoder("utf-8")


def _unfolded(text: str) -> Iterator[Piece]:
    """Lines of base64 as mail and certificates have them, 64 or 76 letters each, joined."""
    for block in _FOLDED.finditer(text) if "\n" in text else ():
        if _readable(_FOLD.sub("", block.group())):
            for fold in _FOLD.finditer(text, block.start(), block.end()):
                yield Piece(fold.start(), fold.end(), "")


def _base64(text: str) -> Iterator[Piece]:
    """Runs that decode to readable text; else the parts of a path or of a dashed name that do."""
    if _THREE_QUADS.search(text) is None:
        return
    for run in _RUN.finditer(text):
        for shape in (_RUN, _SEGMENT, _PART):
            found = [
                Piece(part.start(), part.end(), read, unit=(4, 3))
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
        if len(letters) > _PROBE and not printable(_UTF8().decode(a2b_base64(letters[:_PROBE]))):
            return None
        read = a2b_base64(letters + "=" * (-len(letters) % 4)).decode()
    except (Error, UnicodeError):
        return None
    return read if printable(read) else None


_STEPS: Final = (
    _percent, _script, _entities, hexadecimal, _escapes, _unfolded, unpacked, _base64,
    quoted_printable, _typography, disguised,
)  # fmt: skip
