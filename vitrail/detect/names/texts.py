"""Texts read by the models: people, addresses and places in them, at their places in the cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vitrail.detect.judgement import Span
from vitrail.detect.languages import language_of
from vitrail.detect.names.addresses import addresses
from vitrail.detect.names.composed import split
from vitrail.detect.names.listed import by_list, in_capitals
from vitrail.detect.names.persons import persons
from vitrail.detect.names.pieces import Piece, pieces
from vitrail.detect.names.places import places
from vitrail.detect.names.readings import Reading, readings
from vitrail.detect.names.words import Lists
from vitrail.detect.own_models import OwnModelReader
from vitrail.detect.tally import Found

_TEXTS: Final = 512
"""Texts whose answers are held at a time."""

Rows = Sequence[tuple[int, str]]
"""Texts with their index among the values that are judged."""


class TextReader:
    """Reads texts with the models and writes down what they name."""

    def __init__(
        self, lists: Lists, *, places: bool, readers: Sequence[OwnModelReader] = ()
    ) -> None:
        self._lists = lists
        self._places = places
        self._readers = readers

    def read(self, rows: Rows, language: str | None, found: Found) -> None:
        """Add what the models see in ``rows``. A text whose column has no language tells its own;
        the models then take what they can for English."""
        whole, apart = split(rows)
        self._read_composed(whole, language, found)
        if apart:
            in_parts: Found = {}
            self._read_composed([(i, c.text) for i, _, c in apart], language, in_parts)
            for index, text, composed in apart:
                spans = in_parts[index][1] if index in in_parts else []
                add(index, text, [composed.span(span) for span in spans], found)

    def _read_composed(self, rows: Rows, language: str | None, found: Found) -> None:
        for start in range(0, len(rows), _TEXTS):
            chunk = rows[start : start + _TEXTS]
            for spoken, some in _by_language(chunk, language):
                self._read(some, spoken, found)
        for reader in self._readers:
            reader.read(rows, language, found)

    def hold_against_list(self, rows: Rows, found: Found) -> None:
        """Add the first names with a last name in texts that no model reads."""
        whole, apart = split(rows)
        for index, text, composed in apart:
            in_parts: Found = {}
            self.hold_against_list([(index, composed.text)], in_parts)
            spans = in_parts[index][1] if index in in_parts else []
            add(index, text, [composed.span(span) for span in spans], found)
        for index, text in whole:
            spans = [
                Span("PERSON", start, end, 0.6, "FirstNames")
                for start, end in (
                    *by_list(Reading(text, [], None), self._lists),
                    *in_capitals(text, self._lists),
                )
            ]
            add(index, text, spans, found)

    def _read(self, rows: Rows, language: str | None, found: Found) -> None:
        cut = [(index, text, piece) for index, text in rows for piece in pieces(text)]
        answers = readings([piece.text for _, _, piece in cut], language)
        for (index, text, piece), reading in zip(cut, answers, strict=True):
            add(index, text, list(self._spans(piece, reading)), found)

    def _spans(self, piece: Piece, reading: Reading) -> Iterator[Span]:
        people, postal = persons(reading, self._lists), list(addresses(reading))
        for person in people:
            yield _span("PERSON", piece, person.start, person.end, person.score, "NameModels")
        for address in postal:
            yield _span("STREET_ADDRESS", piece, *address, 0.7, "AddressModel")
        if self._places:
            for start, end in places(reading, people, postal):
                yield _span("LOCATION", piece, start, end, 0.6, "NameModels")


def _span(entity: str, piece: Piece, start: int, end: int, score: float, recognizer: str) -> Span:
    return Span(entity, piece.offset + start, piece.offset + end, score, recognizer)


def add(index: int, text: str, spans: list[Span], found: Found) -> None:
    """Write down ``spans`` of the value ``index``, joined with those of their type there."""
    if not spans:
        return
    known = found.setdefault(index, (text, []))[1]
    for span in spans:
        _widen(_up_to_phone(span, known, text), known)


def _up_to_phone(span: Span, known: list[Span], text: str) -> Span:
    """An address without the phone number that is written after it."""
    if span.entity != "STREET_ADDRESS":
        return span
    ends = [
        k.start
        for k in known
        if k.entity == "PHONE_NUMBER" and span.start < k.start < span.end <= k.end
    ]
    end = len(text[: min(ends)].rstrip(" \t\r\n,;:-")) if ends else span.end
    return span._replace(end=end) if end > span.start else span


def _widen(span: Span, known: list[Span]) -> None:
    """One address or name, as wide as all that was found of it, stands for its parts."""
    same = [k for k in known if k.entity == span.entity and _overlap(k, span)]
    for part in same:
        known.remove(part)
        span = (part if part.score > span.score else span)._replace(
            start=min(part.start, span.start), end=max(part.end, span.end)
        )
    known.append(span)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _by_language(rows: Rows, language: str | None) -> Iterable[tuple[str | None, Rows]]:
    if language is not None:
        return [(language, rows)]
    by: dict[str | None, list[tuple[int, str]]] = {}
    for index, text in rows:
        by.setdefault(language_of([text[:1000]]), []).append((index, text))
    return by.items()
