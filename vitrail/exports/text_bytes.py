"""The bytes of a text export as they lie on the disk: for what a search can tell without reading
cells.

Only texts in which a cell's letters stand as they are: delimited, JSON, lines and logs. Packed ones
are unpacked, other encodings decoded, on the way.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from vitrail.exports.formats.delimited import DelimitedTable
from vitrail.exports.formats.json_table import JsonTable
from vitrail.exports.formats.lines import LinesTable
from vitrail.exports.formats.text import Utf8Stream

if TYPE_CHECKING:
    from vitrail.exports.formats.table import Table

Bytes = npt.NDArray[np.uint8]

_AS_THEY_ARE: Final = frozenset({"utf-8", "utf-8-sig", "ascii"})
_BLOCK: Final = 32 << 20


def is_text(table: Table) -> bool:
    """Whether :func:`blocks` gives the table's bytes."""
    return isinstance(table, DelimitedTable | JsonTable | LinesTable)


def lies_plain(table: Table) -> bool:
    """Whether the file itself is those bytes: neither packed nor of another encoding."""
    return (
        isinstance(table, DelimitedTable | JsonTable | LinesTable)
        and table.encoding in _AS_THEY_ARE
        and not table.origin.packed
    )


def blocks(table: Table, overlap: int) -> Iterator[tuple[int, Bytes]]:
    """(where it begins, UTF-8 bytes) of the whole file that holds the table, in its order.

    Each block but the first begins with the last ``overlap`` bytes of the one before. A plain file
    is one block, mapped and not read. Raises :class:`~vitrail.errors.InputUnreadable` where it
    cannot be read to its end.
    """
    assert isinstance(table, DelimitedTable | JsonTable | LinesTable)
    if lies_plain(table):
        yield 0, _mapped(table)
        return
    with Utf8Stream(table.origin, table.encoding, mend=True) as stream:
        kept, given = b"", 0
        while block := stream.read(_BLOCK):
            yield given - len(kept), np.frombuffer(kept + block, np.uint8)
            given += len(block)
            kept = (kept + block)[-overlap:]
        if stream.failure is not None:
            raise stream.failure


def _mapped(table: DelimitedTable | JsonTable | LinesTable) -> Bytes:
    try:
        with table.origin.path.open("rb") as file:
            return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    except (OSError, ValueError) as error:
        raise table.origin.refusal(OSError(str(error))) from None
