"""Which encoding a text is in, told from its bytes; None where they are no text."""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Control characters that no text export holds: all but tab, line ends, form feed, escape,
#: and the separators 0x01 and 0x1C to 0x1F that some tools put between fields.
_CONTROLS: Final = bytes({*range(32)} - {1, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31})
_FOREIGN_RUN: Final = re.compile(rb"[\x80-\xff]+")
_WITHIN: Final = re.compile(r"(?<=[A-Za-z])([^\x00-\x7f’'´\xa0])(?=[A-Za-z])")
_WESTERN: Final = frozenset(
    "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŒŠŽŸ"
    "€£¥©®°²³µ«»‘’“”–—…•·¡¿§ªº™´¨\xa0½¼¾±×"
)


def detect(sample: bytes) -> str | None:
    """A Python codec's name for the sample, which may end within a character."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if b"\0" in sample and (wide := _wide(sample)) is not None:
        return wide
    # A stray NUL, as dumps of databases have them, makes no binary of a text.
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 2 + 0.001 * len(sample):
        return None
    if _is_utf8(sample) or _is_mixed(sample):
        return "utf-8"
    return _single_byte(sample)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _is_mixed(sample: bytes) -> bool:
    """Whether it is UTF-8 in part: read strictly as such it fails, and names the first bad line.

    In a single-byte encoding a letter pair that is UTF-8 by chance is rare.
    """
    runs = _FOREIGN_RUN.findall(sample)
    whole = sum(len(run) > 1 and _is_utf8(run) for run in runs)
    return whole > 0.2 * len(runs)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: one byte of nearly every pair is zero, and it decodes."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < half * 0.4 or min(even, odd) > half * 0.02:
        return None
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample, final=False)
    except UnicodeDecodeError:
        return None
    return name if "\0" not in text else None


def _single_byte(sample: bytes) -> str | None:
    """Windows-1252 where its letters are those of Western Europe; else what is likeliest."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if _is_western(text):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample[: 256 << 10]).best()
    if best is not None and best.encoding not in {"utf_8", "ascii"}:
        return codecs.lookup(best.encoding).name
    return "cp1252" if text else "latin-1"


def _is_western(text: str) -> bool:
    """Whether accents stand as they do in Western Europe: known ones, among plain letters.

    Cyrillic or Polish read as Windows-1252 gives accents in a row, or signs within words.
    """
    foreign = [c for c in text if ord(c) > 127]
    known = sum(c in _WESTERN for c in foreign)
    accents = sum(c.isalpha() for c in foreign)
    plain = sum(c.isalpha() for c in text) - accents
    signs = sum(not match[1].isalpha() for match in _WITHIN.finditer(text))
    return bool(
        foreign
        and known > 0.97 * len(foreign)
        and accents <= 0.5 * max(plain, 1) + 2
        and signs <= 0.02 * len(foreign)
    )
