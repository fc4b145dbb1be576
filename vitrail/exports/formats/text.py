"""A text as UTF-8 bytes, whatever it was written in; the line that is not is named."""

from __future__ import annotations

import codecs
import io
import threading
from typing import Final

from vitrail.errors import InputUnreadable
from vitrail.exports.formats.encoding import detect
from vitrail.exports.formats.origin import Origin
from vitrail.exports.formats.unpacking import Guard

_BLOCK: Final = 1 << 20
#: How far a text that starts as plain ASCII is searched for the first byte that is not.
_SEARCH_PACKED: Final = 256 << 20
_ASCII: Final = bytes(range(128))

#: As many lines with foreign bytes as are told.
_TOLD: Final = 10
_MEND: Final = "vitrail-mend"
_FOUND: Final = threading.local()


def _mended(error: UnicodeError) -> tuple[str, int]:
    """A codec's error handler: what is put for the foreign bytes, and where to go on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _FOUND.starts.append(error.start)
    if error.encoding not in {"utf-8", "utf-8-sig", "utf8"}:
        return "\ufffd", error.end
    foreign = bytes(error.object[error.start : error.end])
    try:
        return foreign.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return foreign.decode("latin-1"), error.end


codecs.register_error(_MEND, _mended)


def encoding_of(origin: Origin) -> str | None:
    """The encoding of the whole text, told from its head and from its first foreign letters."""
    with origin.open() as stream:
        head = stream.read_up_to(origin.options.sample)
        found = detect(head)
        if found != "utf-8" or not head.isascii():
            return found
        return _late_accents(stream, len(head), origin)


def _late_accents(stream: Guard, searched: int, origin: Origin) -> str | None:
    """The encoding by the first bytes that are no ASCII; UTF-8 where there are none."""
    try:
        while block := stream.read(_BLOCK):
            searched += len(block)
            if not block.isascii():
                start = len(block) - len(block.lstrip(_ASCII))
                return detect(block[start:] + stream.read(_BLOCK))
            if origin.packed and searched > _SEARCH_PACKED:
                break
    except InputUnreadable:
        pass  # it breaks off later; reading will give what stands before and say so
    return "utf-8"


class Utf8Stream(io.RawIOBase):
    """An origin's text, decoded strictly, given as UTF-8 bytes without a mark.

    Where it breaks (a byte that the encoding does not know, a damaged archive) the stream ends
    and keeps the error in ``failure``, so that a parser which reads ahead still gives what stands
    before it; with ``whole_lines`` it ends after the last whole line, and a last line without an
    end gets one. With ``mend`` a foreign byte ends nothing: in UTF-8 it is read as Windows-1252,
    which is what it mostly is, elsewhere as U+FFFD, and ``mended`` says so: read on as another
    encoding, a name would be spoilt without a word. ``quotes`` counts the double quotes given.
    """

    def __init__(
        self, origin: Origin, encoding: str, *, whole_lines: bool = False, mend: bool = False
    ) -> None:
        super().__init__()
        self._origin, self._encoding, self._whole_lines = origin, encoding, whole_lines
        self._held = b""
        self._stream = origin.open()
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._left = b""
        # bytes read and the text that they made: one value, for a parser reads in its own thread
        self._so_far = (0, 0)
        self._lines = 0
        self._ended = False
        self._mend = mend
        self._foreign_lines: list[int] = []
        self._foreign_count = 0
        self.failure: InputUnreadable | None = None
        self.quotes = 0

    @property
    def consumed(self) -> int:
        return self._stream.consumed

    def consumed_for(self, text: int) -> int:
        """About the bytes of the file that the first ``text`` bytes of its text took, of a text
        that has been read further than that."""
        consumed, made = self._so_far
        return round(consumed * min(1.0, text / max(1, made)))

    @property
    def mended(self) -> tuple[str, str] | None:
        """What is to be said of foreign bytes so far, as a reason and a remedy."""
        if not self._foreign_count:
            return None
        told = self._foreign_lines
        more = self._foreign_count - len(told)
        where = f"line{'s' if len(told) > 1 else ''} {', '.join(f'{line:,}' for line in told)}"
        others = f" and {more:,} more" if more else ""
        read = "as Windows-1252" if self._name == "UTF-8" else "as far as they can be"
        return (
            f"is {self._name} but for bytes in {where}{others}, which were read {read}",
            "Export it again in one encoding, UTF-8 at best, or mend these lines.",
        )

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """``size`` bytes, fewer only at the end; without it all that are left."""
        parts = [self._left]
        have = len(self._left)
        while not self._ended and (size < 0 or have < size):
            parts.append(self._next())
            have += len(parts[-1])
        whole = b"".join(parts) if len(parts) > 1 else parts[0]
        if size < 0 or have <= size:
            self._left = b""
            return whole
        self._left = whole[size:]
        return whole[:size]

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        given = self.read(len(view))
        view[: len(given)] = given
        return len(given)

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _next(self) -> bytes:
        try:
            raw = self._stream.read(_BLOCK)
        except InputUnreadable as error:
            return self._stop(error, "")
        self._ended = not raw
        try:
            text = self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            if self._mend:
                return self._given_text(self._mended_text(raw, error))
            good = bytes(error.object[: error.start])
            return self._stop(self._foreign(error), good.decode(self._encoding, "ignore"))
        return self._given_text(text)

    def _mended_text(self, raw: bytes, error: UnicodeDecodeError) -> str:
        """A block with foreign bytes in it; their lines are noted."""
        self._decoder.errors = _MEND
        _FOUND.starts = []
        try:
            text = self._decoder.decode(raw, final=self._ended)
        finally:
            self._decoder.errors = "strict"
        before, line, last = 0, self._lines + 1, 0
        for start in _FOUND.starts:
            line += error.object.count(b"\n", before, start)
            before = start
            if line != last:
                self._foreign_count += 1
                if len(self._foreign_lines) < _TOLD:
                    self._foreign_lines.append(line)
            last = line
        return text

    def _given_text(self, text: str) -> bytes:
        plain = text.encode("utf-8", "surrogatepass")
        self._so_far = (self._stream.consumed, self._so_far[1] + len(plain))
        self._lines += plain.count(b"\n")
        self.quotes += plain.count(b'"')
        return self._given(plain) if self._whole_lines else plain

    def _given(self, plain: bytes) -> bytes:
        """Up to the last line's end; the rest is held, unless it is all or too much."""
        whole = self._held + plain
        limit = 2 * self._origin.options.max_cell
        if self._ended and whole and not whole.endswith(b"\n"):
            whole += b"\n"
        end = len(whole) if self._ended or len(whole) > limit else whole.rfind(b"\n") + 1
        self._held = whole[end:]
        return whole[:end]

    def _stop(self, failure: InputUnreadable, text: str) -> bytes:
        self.failure, self._ended = failure, True
        whole = self._held + text.encode("utf-8", "surrogatepass")
        return whole[: whole.rfind(b"\n") + 1] if self._whole_lines else whole

    def _foreign(self, error: UnicodeDecodeError) -> InputUnreadable:
        before = bytes(error.object[: error.start]).decode(self._encoding, "ignore")
        line = self._lines + 1 + before.count("\n")
        return self._origin.unreadable(
            f"is {self._name} up to line {line}, which holds a byte that {self._name} does not "
            "have; the lines before it were read.",
            f"Export it again in one encoding, UTF-8 at best, or mend line {line}.",
        )

    @property
    def _name(self) -> str:
        return {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(
            self._encoding, self._encoding.upper()
        )
