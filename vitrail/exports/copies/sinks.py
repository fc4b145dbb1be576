"""Where a copy's bytes go: packed as the source was, in the encoding that the source had."""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final, cast

import zstandard

from vitrail.exports.formats.origin import Origin

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Decoders that take the text's first bytes for a mark rather than for text.
_MARKED: Final = frozenset({"utf-8-sig", "utf-16", "utf-32"})


@contextmanager
def packed(out: IO[bytes], codec: str | None) -> Iterator[IO[bytes]]:
    """``out`` behind a stream codec; ``out`` itself stays open."""
    if codec is None:
        yield out
        return
    with _packer(out, codec) as stream:
        yield stream


def _packer(out: IO[bytes], codec: str) -> IO[bytes]:
    if codec == "gzip":  # without the time and the name, so that one source gives one copy
        return cast("IO[bytes]", gzip.GzipFile("", "wb", fileobj=out, mtime=0))
    if codec == "zstd":
        return cast("IO[bytes]", zstandard.ZstdCompressor().stream_writer(out, closefd=False))
    if codec == "bz2":
        return cast("IO[bytes]", bz2.BZ2File(out, "wb"))
    return cast("IO[bytes]", lzma.LZMAFile(out, "wb"))


class TextSink:
    """Takes UTF-8, as :class:`~vitrail.exports.formats.text.Utf8Stream` gives it, and writes it in
    the source's own encoding, behind the source's byte order mark where it has one."""

    def __init__(self, out: IO[bytes], origin: Origin, encoding: str) -> None:
        self._out, self._encoding = out, encoding
        if encoding in _MARKED:
            head = origin.head(4)
            mark, self._encoding = next(
                ((mark, name) for mark, name in _MARKS if head.startswith(mark)),
                (b"", "utf-8" if encoding == "utf-8-sig" else f"{encoding}-le"),
            )
            out.write(mark)

    def write(self, text: bytes) -> None:
        """Write whole characters of UTF-8."""
        if self._encoding == "utf-8":
            self._out.write(text)
        else:
            self._out.write(text.decode("utf-8", "surrogatepass").encode(self._encoding))
