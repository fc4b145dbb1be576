"""What decoding took away, kept so that each character's place in the cell is known."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """``read`` stands for ``text[start:end]``. ``unit``: (letters, bytes) of a group that decodes
    by itself, four for three in base64; None where only the whole does."""

    start: int
    end: int
    read: str
    unit: tuple[int, int] | None = None


class Layer:
    """One step of decoding: the pieces that it replaced, in order."""

    __slots__ = ("_begins", "_pieces")

    def __init__(self, pieces: list[Piece]) -> None:
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
        if piece.unit is None:
            return piece.start, piece.end
        letters, size = piece.unit
        first = len(piece.read[:within].encode())
        last = first + len(piece.read[within].encode())
        return piece.start + first // size * letters, min(
            piece.start + -(-last // size) * letters, piece.end
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's text as it reads decoded."""

    text: str
    layers: tuple[Layer, ...]

    def placed(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the cell that ``text[start:end]`` is read from; ``start < end``.

        It is widened to whole groups, so that it decodes: in base64 to four letters.
        """
        for layer in reversed(self.layers):
            start, end = layer.start(start), layer.end(end)
        return start, end
