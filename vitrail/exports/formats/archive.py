"""What a ZIP holds: each member an origin of its own, or the reason why it is not opened."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO, Final, cast

from vitrail.errors import InputUnreadable
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.unpacking import BROKEN

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
#: Members that say how a ZIP is a spreadsheet rather than an archive.
_WORKBOOK: Final = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_DOCUMENT: Final = ("word/document.xml", "ppt/presentation.xml")
_JUNK: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_MOST_MEMBERS: Final = 100_000
_METHODS: Final = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)


def kind_of(origin: Origin) -> str:
    """``workbook``, ``document`` or ``archive``."""
    with _open(origin) as archive:
        names = set(archive.namelist())
    if any(n in names for n in _WORKBOOK):
        return "workbook"
    return "document" if any(n in names for n in _DOCUMENT) else "archive"


def members(origin: Origin) -> Iterator[tuple[Origin, InputUnreadable | None]]:
    """Each member as an origin, in the archive's order, with the reason where it is refused."""
    with _open(origin) as archive:
        infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise origin.unreadable(f"has {len(infos)} members.", "Unpack it and name the folder.")
    overlapping = _overlapping(infos)
    for info in infos:
        if info.is_dir() or is_junk(info.filename):
            continue
        inside = replace(origin, member=info.filename, stored=info.compress_size)
        yield inside, _refused(inside, info, overlapping)


def check_sizes(origin: Origin) -> None:
    """Raise where a ZIP that a library unpacks by itself (XLSX) claims or hides a bomb."""
    with _open(origin) as archive:
        infos = archive.infolist()
    overlapping = _overlapping(infos)
    for info in infos:
        if (error := _bomb(origin, info, overlapping)) is not None:
            raise error
    if sum(i.file_size for i in infos) > origin.options.max_unpacked:
        raise origin.unreadable("unpacks to more than is allowed.", "Split it into several files.")


def is_junk(name: str) -> bool:
    """Files that operating systems leave about and that hold no export."""
    path = PurePosixPath(name)
    return path.name in _JUNK or "__MACOSX" in path.parts


def _open(origin: Origin) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(cast("IO[bytes]", origin.local().open("rb")))
    except BROKEN:
        raise origin.unreadable(
            "is a ZIP archive that breaks off or is damaged.", "Export or download it again."
        ) from None


def _refused(
    inside: Origin, info: zipfile.ZipInfo, overlapping: set[str]
) -> InputUnreadable | None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return inside.unreadable(
            "points outside the archive, as an attack would.",
            "Ask its sender; pack it again without such a path.",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return inside.unreadable("is a link, not a file.", "Pack the file that it leads to.")
    if info.flag_bits & 0x1:
        return inside.unreadable(
            "is encrypted.", "Unpack it with its password into a safe folder and name that."
        )
    if info.compress_type not in _METHODS:
        return inside.unreadable(
            "is packed by a method that is not read.", "Pack it again with Deflate."
        )
    return _bomb(inside, info, overlapping)


def _bomb(origin: Origin, info: zipfile.ZipInfo, overlapping: set[str]) -> InputUnreadable | None:
    options = origin.options
    large = info.file_size > (64 << 20)
    grows = info.file_size > options.max_ratio * max(1, info.compress_size)
    if info.filename in overlapping or info.file_size > options.max_unpacked or (large and grows):
        return origin.unreadable(
            "unpacks to far more than it holds, as a bomb does; it was not unpacked.",
            "If you trust it, unpack it yourself and name the result.",
        )
    return None


def _overlapping(infos: list[zipfile.ZipInfo]) -> set[str]:
    """Members that share packed bytes with the next one: how a small ZIP claims to be huge."""
    ordered = sorted(infos, key=lambda i: i.header_offset)
    return {
        name
        for one, other in pairwise(ordered)
        if one.header_offset + 30 + len(one.filename) + one.compress_size > other.header_offset
        for name in (one.filename, other.filename)
    }
