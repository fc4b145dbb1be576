"""Where the bytes of a table come from: a file, or a member of an archive, perhaps packed."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final

from vitrail.errors import InputPartlyRead, InputUnreadable
from vitrail.exports import scratch
from vitrail.exports.formats.unpacking import CODECS, Guard, open_member
from vitrail.exports.options import ReadOptions

_COPY: Final = 4 << 20
_GLOB: Final = frozenset("*?[]{}\\")


@dataclass(frozen=True, slots=True)
class Origin:
    """``name``: the dataset's. ``member``: the archive member. ``codec``: gzip, zstd, bz2, xz.

    ``stored``: bytes as they lie on disk; for a member, its packed size.
    """

    name: str
    path: Path
    stored: int
    member: str | None = None
    codec: str | None = None
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def size(self) -> int:
        return self.stored

    @property
    def packed(self) -> bool:
        return self.member is not None or self.codec is not None

    @property
    def label(self) -> str:
        return self.name if self.member is None else f"{self.name} · {self.member}"

    @property
    def plain_name(self) -> str:
        """The file's or member's name, in small letters, without the ending of its packing."""
        name = (self.member or self.name).lower()
        for ending in (".gz", ".zst", ".bz2", ".xz"):
            name = name.removesuffix(ending)
        return name

    def unreadable(self, reason: str, remedy: str) -> InputUnreadable:
        """The error for this place, with its name as the sentence's subject."""
        return InputUnreadable(self.name, f"{self.label} {reason}", remedy)

    def partly_read(self, reason: str, remedy: str) -> InputPartlyRead:
        """The error at the end of an input of which some rows are not as they should be."""
        return InputPartlyRead(self.name, f"{self.label} {reason}", remedy)

    def with_codec(self, codec: str) -> Origin:
        return replace(self, codec=codec)

    def open(self) -> Guard:
        """The unpacked bytes, from the start; raises where they unpack to more than allowed."""
        try:
            raw: IO[bytes] = self.path.open("rb")
        except OSError as error:
            raise self.refusal(error) from None
        counted, stream = (
            open_member(raw, self.member, self.unreadable)
            if self.member is not None
            else (raw, raw)
        )
        unpacked = CODECS[self.codec](stream) if self.codec else stream
        return Guard(unpacked, counted, self)

    def refusal(self, error: OSError) -> InputUnreadable:
        """The sentence for a file that the system does not give."""
        if isinstance(error, PermissionError):
            return self.unreadable(
                "may not be read by this user.", "Grant it read permission, or run as its owner."
            )
        if isinstance(error, FileNotFoundError):
            return self.unreadable("is not there any more.", "Put it back, or import again.")
        return self.unreadable(
            f"could not be opened ({error.strerror or type(error).__name__}).",
            "See whether the disk or the network share that holds it is well.",
        )

    def head(self, size: int) -> bytes:
        """The first bytes, unpacked; all of them where there are fewer."""
        with self.open() as stream:
            return stream.read_up_to(size)

    def local(self) -> Path:
        """A real file with these bytes under a name that every engine takes.

        Itself where it can be; else unpacked into, or linked from, the scratch folder.
        """
        plain = str(self.path)
        if not self.packed and not _GLOB.intersection(plain) and _encodable(plain):
            return self.path
        key = f"{plain}\0{self.member}\0{self.codec}\0{_written(self.path)}".encode(
            "utf-8", "surrogateescape"
        )
        target = scratch.folder(self.options.scratch) / hashlib.sha256(key).hexdigest()[:24]
        if target.exists():
            return target
        if not self.packed:
            target.symlink_to(self.path.absolute())
            return target
        part = target.with_suffix(".part")
        with self.open() as stream, part.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            while block := stream.read(_COPY):
                file.write(block)
        return part.rename(target)


def _written(path: Path) -> str:
    """What tells a file from one that stood there before: a copy of that one is not its copy."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
