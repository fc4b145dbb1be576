"""Packed bytes as plain ones, under a limit: what grows without measure is a bomb."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final, cast

import zstandard

from vitrail.errors import InputUnreadable

if TYPE_CHECKING:
    from vitrail.exports.formats.origin import Origin

#: Under this much unpacked text no ratio is suspicious.
_RATIO_FROM: Final = 64 << 20

CODECS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    "gzip": lambda raw: cast("IO[bytes]", gzip.GzipFile(fileobj=raw)),
    "zstd": lambda raw: cast(
        "IO[bytes]",
        io.BufferedReader(
            zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
                raw, read_across_frames=True
            )
        ),
    ),
    "bz2": lambda raw: cast("IO[bytes]", bz2.BZ2File(raw)),
    "xz": lambda raw: cast("IO[bytes]", lzma.LZMAFile(raw)),  # noqa: SIM115 - the Guard closes it
}

_MAGIC: Final = {
    b"\x1f\x8b\x08": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
}

BROKEN: Final = (
    EOFError, OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, zstandard.ZstdError,
)  # fmt: skip


def codec_of(head: bytes) -> str | None:
    """The stream codec whose mark the bytes begin with."""
    return next((codec for mark, codec in _MAGIC.items() if head.startswith(mark)), None)


def open_member(
    raw: IO[bytes], member: str, unreadable: Callable[[str, str], InputUnreadable]
) -> tuple[IO[bytes], IO[bytes]]:
    """The counted packed side and the plain side of a zip member."""
    try:
        archive = zipfile.ZipFile(raw)
        counted = _Position(archive.getinfo(member))
        stream = archive.open(member)
    except (*BROKEN, KeyError, NotImplementedError, RuntimeError):
        raw.close()
        raise unreadable("could not be unpacked.", "Export the archive again.") from None
    counted.follow(stream)
    return cast("IO[bytes]", counted), stream


class _Position:
    """How much of a zip member's packed bytes was read, by its share of the plain ones."""

    def __init__(self, info: zipfile.ZipInfo) -> None:
        self._packed, self._plain = info.compress_size, max(1, info.file_size)
        self._stream: IO[bytes] | None = None

    def follow(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def tell(self) -> int:
        done = self._stream.tell() if self._stream else 0
        return max(1, int(self._packed * done / self._plain))

    def close(self) -> None:
        self._stream = None


class Guard(io.RawIOBase):
    """A stream that stops with a sentence where it breaks or unpacks to more than allowed."""

    def __init__(self, stream: IO[bytes], counted: IO[bytes], origin: Origin) -> None:
        super().__init__()
        self._stream, self._counted, self._origin = stream, counted, origin
        self._given = 0

    @property
    def consumed(self) -> int:
        """Bytes taken from disk so far, as stored."""
        return self._counted.tell() if not self._counted_closed() else self._origin.stored

    def _counted_closed(self) -> bool:
        return bool(getattr(self._counted, "closed", False))

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            block = self._stream.read(size if size >= 0 else 1 << 20)
        except BROKEN as error:
            raise self._broken(error) from None
        self._given += len(block)
        if self._origin.packed:
            self._measure()
        return block

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        block = self.read(len(view))
        view[: len(block)] = block
        return len(block)

    def read_up_to(self, size: int) -> bytes:
        """As :meth:`read`, but short only at the end."""
        parts: list[bytes] = []
        while size > 0 and (block := self.read(size)):
            parts.append(block)
            size -= len(block)
        return b"".join(parts)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._counted.close()
        super().close()

    def _measure(self) -> None:
        options, taken = self._origin.options, max(1, self.consumed)
        if self._given > options.max_unpacked:
            raise self._origin.unreadable(
                f"unpacks to more than {options.max_unpacked >> 20} MiB.",
                "If it is meant to be that large, unpack it yourself and name the result.",
            )
        if self._given > _RATIO_FROM and self._given > options.max_ratio * taken:
            raise self._origin.unreadable(
                f"unpacks to more than {options.max_ratio:.0f} times its size, as a bomb does.",
                "If you trust it, unpack it yourself and name the result.",
            )

    def _broken(self, error: Exception) -> InputUnreadable:
        if not self._origin.packed and isinstance(error, OSError):
            return self._origin.refusal(error)
        return self._origin.unreadable(
            f"breaks off or is damaged after {self._given} unpacked bytes.",
            "Export or download it again.",
        )
