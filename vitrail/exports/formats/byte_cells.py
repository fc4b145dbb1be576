"""Cells of bytes: as the text that they hold, or told to be none.

Bytes are text where they are UTF-8, UTF-16 or Windows-1252 without control characters, also
packed by gzip, zlib, bzip2, xz or zstd. All else (pictures, digests, ciphers) is :data:`UNREAD`.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import zstandard

from vitrail.exports.reader import UNREAD

#: Put before the hexadecimal digits of bytes by a query, so that they can be told from a text.
MARK: Final = "\x01blob:"

#: Bytes that a packed cell may unpack to; more is not read.
_UNPACKED: Final = 16 << 20
_CONTROLS: Final = bytes({*range(32), 127} - set(b"\t\n\f\r\x1b"))
_HIGH: Final = bytes(range(128, 256))
#: The share of bytes beyond ASCII up to which text in Windows-1252 is plausible.
_ACCENTED: Final = 0.25


class _Unpacker(Protocol):
    """What unpacks a stream and may be stopped."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Packing:
    """A way of packing: how it begins, what unpacks it and what packs it."""

    begins: tuple[bytes, ...]
    unpacker: Callable[[], _Unpacker]
    pack: Callable[[bytes], bytes]

    def unpacked(self, cell: bytes) -> bytes | None:
        """What is packed in ``cell``; None where it is damaged, cut off or too much."""
        unpacker = self.unpacker()
        try:
            inner = unpacker.decompress(cell, _UNPACKED)
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            return None
        return inner if unpacker.eof else None


class _Zstd:
    """Zstandard, whose own unpacker keeps no bound."""

    def __init__(self) -> None:
        self.eof = False

    def decompress(self, data: bytes, max_length: int) -> bytes:
        try:
            with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(data) as stream:
                inner = stream.read(max_length)
                self.eof = not stream.read(1)
        except zstandard.ZstdError as error:
            raise OSError from error
        return inner


_PACKINGS: Final = (
    _Packing((b"\x1f\x8b\x08",), partial(zlib.decompressobj, 31), partial(gzip.compress, mtime=0)),
    _Packing((b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"), zlib.decompressobj,
             zlib.compress),
    _Packing((b"BZh",), bz2.BZ2Decompressor, bz2.compress),
    _Packing((b"\xfd7zXZ\x00",), lzma.LZMADecompressor, lzma.compress),
    _Packing((b"\x28\xb5\x2f\xfd",), _Zstd, zstandard.compress),
)  # fmt: skip


def text_of(cell: bytes) -> str:
    """The text in ``cell``, :data:`UNREAD` where there is none."""
    return _read(cell)[0]


def written_like(cell: bytes, text: str) -> bytes:
    """``text`` as bytes, encoded and packed as that of ``cell`` is."""
    _, encoding, packing = _read(cell)
    inner = text.encode(encoding, "replace")
    return inner if packing is None else packing.pack(inner)


def texts(cells: pa.Array) -> pa.Array:
    """The texts of a binary array; nulls stay null."""
    large = pa.types.is_large_binary(cells.type)
    if not large:
        cells = cells.cast(pa.binary())
    if not _may_hold_zeros(cells):
        try:
            return cells.cast(pa.large_string() if large else pa.string())
        except pa.ArrowInvalid:
            pass
    return pa.array(
        (None if cell is None else text_of(cell) for cell in cells.to_pylist()),
        pa.large_string() if large else pa.string(),
    )


def without_marks(text: pa.Array) -> pa.Array:
    """Bytes that a query gave as hexadecimal digits behind :data:`MARK`, as their texts."""
    marked = pc.fill_null(pc.starts_with(text, MARK), False)
    if not pc.any(marked).as_py():
        return text
    return pa.array(
        (
            text_of(marked_bytes(cell)) if is_bytes else cell
            for cell, is_bytes in zip(text.to_pylist(), marked.to_pylist(), strict=True)
        ),
        text.type,
    )


def marked_bytes(cell: str) -> bytes:
    """The bytes of a cell behind :data:`MARK`; a text that only looks so, as it is."""
    try:
        return bytes.fromhex(cell.removeprefix(MARK))
    except ValueError:
        return cell.encode()


def all_written_like(cells: Iterable[bytes], new: Iterable[str]) -> list[bytes]:
    """:func:`written_like` for each of some cells."""
    return [written_like(cell, text) for cell, text in zip(cells, new, strict=True)]


def _read(cell: bytes) -> tuple[str, str, _Packing | None]:
    """(text, its encoding, its packing); UTF-8 for what is no text."""
    for packing in _PACKINGS:
        if cell.startswith(packing.begins):
            inner = packing.unpacked(cell)
            if inner is not None and (encoding := _encoding(inner)) is not None:
                return inner.decode(encoding), encoding, packing
    encoding = _encoding(cell)
    return (UNREAD, "utf-8", None) if encoding is None else (cell.decode(encoding), encoding, None)


def _encoding(cell: bytes) -> str | None:
    """The encoding in which ``cell`` is text."""
    if b"\0" in cell:
        return _wide_encoding(cell)
    if _is(cell, "utf-8"):
        return "utf-8"
    if cell.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _wide_encoding(cell)
    accented = len(cell) - len(cell.translate(None, _HIGH))
    plain = len(cell.translate(None, _CONTROLS)) == len(cell)
    fits = plain and accented <= _ACCENTED * len(cell) and _is(cell, "cp1252")
    return "cp1252" if fits else None


def _wide_encoding(cell: bytes) -> str | None:
    """UTF-16 by its mark, or by the zeros beside letters of ASCII."""
    if cell.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16" if _is(cell, "utf-16") else None
    half = len(cell) // 2
    for encoding, zeros in (("utf-16-le", cell[1::2]), ("utf-16-be", cell[::2])):
        if 2 * zeros.count(0) > half and _is(cell, encoding):
            return encoding if cell.decode(encoding).translate(_SPACES).isprintable() else None
    return None


_SPACES: Final = str.maketrans("", "", "\t\n\r")


def _is(cell: bytes, encoding: str) -> bool:
    try:
        cell.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _may_hold_zeros(cells: pa.Array) -> bool:
    """Whether a zero byte stands in the cells, or next to them in their buffer."""
    data = cells.buffers()[2]
    return data is not None and not np.frombuffer(data, np.uint8).all()
