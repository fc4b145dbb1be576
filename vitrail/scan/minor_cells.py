"""One batch of a dataset: which of its cells speak of a minor, when it was said and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.minors import (
    Family,
    Signal,
    birth_of,
    birth_within,
    of_ages,
    statements,
)
from vitrail.exports.reader import Batch, ColumnChunk
from vitrail.scan.ages import AgeColumns

_Key = tuple[int, tuple[int, ...]]
#: What a text holds that says an age in the first person, for one fast pass over a column: a
#: number of one's age or a word for it, and a word about oneself; or a word that needs no number.
#: Without the second every time stamp and browser's name would be read as if it were a message.
_NUMBER: Final = (
    r"(?i)(^|[^\d.,:/+#-])(8|9|[1-9]\d)($|[^\d%])|(19|20)\d\d|teen|zehn|zwölf|\belf\b|eleven|twelve"
    r"|\bten\b|quin|douze|treize|quatorze|seize|dix|trece|doce|once|cator|dieci|sedici|dodici"
    r"|undici|tredici|tien|twaalf|dez|doze|treze|onze|quatorz|d[eé]cim|cesim|dixième|elfde"
    r"|\b(eight|nine|huit|neuf|acht|neun|negen|ocho|nueve|otto|nove|oito)\b"
)
_SELF: Final = (
    r"(?i)\b(i'?m|i am|i’m|i|im|my|me|am|age|aged|old|y/?o|yrs?|here|turned|turning|birth\w*|born"
    r"|dob|bday|j['’ ]?ai\w*|j[eé]|g|ans?|moi|mon|mes|anniv\w*|bin|ich|alter|jahre?|geb\w*|mein\w*"
    r"|werde?|\w*geworden|jahrgang|\w*j[aä]hrige?\w*|tengo|tngo?|soy|edad|nac\w+|cumpl\w+|mi|mis|yo|ho"
    r"|io|ne|sono|anni|nat[oa]|compi\w+|compleanno|classe|mi[oa]|\w+enn[ei]|ben|ik|bn|jaar|jr|word"
    r"|leeftijd|mijn|verjaardag|jarig|tenho|tnh\w*|sou|idade|nasci\w*|faço|fiz|minha|meus?|eu)\b"
    r"|âge|née?|años|añitos|anos|aninhos|età|j['’]"
)
_WORDS: Final = (
    r"(?i)minor|mineur|minder|menor|under ?age|volljähr|volwassen|majeur|too young|trop jeune"
    r"|zu jung|te jong|joven|jovem|giovane|nov[oa] para|parent|genitori|miei|eltern|ouders|padres?"
    r"|madre|\bpais?\b|mãe|m[uo]m\b|\bdad\b|mère|père|maman|papa|mama|mutter|vater|moeder|vader"
    r"|grade|school|collège|lycé|brevet|\bbac\b|terminale|seconde|troisième|quatrième|cinquième"
    r"|sixième|klas|abi|oberstufe|\beso\b|primaria|media|liceo|superiore|elementare|brugklas|groep"
    r"|vwo|havo|mavo|vmbo|\bano\b|gcse|a.level|form\b|year \d|adult|erwachs|maggior|meerderj"
    r"|mayor|maior|old enough|alt genug|oud genoeg|edad|idade|l['’]âge|l['’]età|trop|demasiado"
)
_DIGITS: Final = re.compile(r"\d{9,13}")


@dataclass(frozen=True, slots=True)
class Told:
    """A signal with its place: the exported column, the row and the path of the cell."""

    column: str
    row: int
    signal: Signal


@dataclass(frozen=True, slots=True)
class Identifier:
    """A national identifier that the scan found: its kind, its code points, whether its column is
    one of such."""

    kind: str
    start: int
    end: int
    named: bool


def told_in(
    batch: Batch,
    columns: AgeColumns,
    identifiers: Mapping[str, Mapping[int, list[Identifier]]],
    as_of: date,
) -> Iterator[Told]:
    """All signals of a batch. ``identifiers``: column → row → those that the scan found there."""
    said = _Said(batch, columns, as_of)
    for chunk in batch.chunks:
        family = columns.documented.get(chunk.column)
        if family is not None:
            yield from _documented(chunk, batch, family, said)
        elif chunk.column not in {columns.said_on, columns.author}:
            yield from _written(chunk, batch, said)
        if chunk.column == columns.guardians:
            for row, _, _ in _cells(chunk, batch, pc.is_valid(chunk.values)):
                yield Told(chunk.column, row, Signal(Family.GUARDIAN, None, as_of))
        if found := identifiers.get(chunk.column):
            yield from _identified(chunk, batch, found, said)


class _Said:
    """When each row was written and whether by the person themselves, looked up only for rows
    that say something."""

    def __init__(self, batch: Batch, columns: AgeColumns, as_of: date) -> None:
        chunks = {chunk.column: chunk for chunk in batch.chunks}
        self._when = _Lookup(chunks.get(columns.said_on or ""), batch)
        self._who = _Lookup(chunks.get(columns.author or ""), batch)
        self.columns, self.as_of = columns, as_of

    def on(self, key: _Key) -> date:
        """The day of the writing; the day of the looking where the row does not tell."""
        text = self._when.value(key)
        found = None if text is None else day_of(text, self.columns)
        return self.as_of if found is None or found > self.as_of else found

    def by_staff(self, key: _Key) -> bool:
        who = self._who.value(key)
        return who is not None and who.casefold() in self.columns.staff


class _Lookup:
    """The cells of one column by row and path; made at the first question."""

    def __init__(self, chunk: ColumnChunk | None, batch: Batch) -> None:
        self._chunk, self._batch = chunk, batch
        self._known: dict[_Key, str] | None = None

    def value(self, key: _Key) -> str | None:
        """The cell of the same list element, else of the row."""
        if self._chunk is None:
            return None
        if self._known is None:
            every = pc.is_valid(self._chunk.values)
            cells = _cells(self._chunk, self._batch, every)
            self._known = {(row, path): text for row, path, text in cells}
        row, path = key
        found = self._known.get((row, path))
        return self._known.get((row, ())) if found is None else found


def day_of(text: str, columns: AgeColumns) -> date | None:
    """The day that a cell of a time names; None where it names none."""
    if _DIGITS.fullmatch(text):
        seconds = int(text) / (1000 if len(text) > 11 else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    birth = birth_of(text, day_first=columns.day_first, form=columns.form) or birth_of(text)
    return None if birth is None else birth.earliest


def _cells(
    chunk: ColumnChunk, batch: Batch, chosen: pa.Array
) -> Iterator[tuple[int, tuple[int, ...], str]]:
    """(row, path, text) of the chosen cells."""
    which = np.flatnonzero(pc.fill_null(chosen, False).to_numpy(zero_copy_only=False))
    texts = chunk.values.take(pa.array(which)).to_pylist()
    paths = None if chunk.paths is None else chunk.paths.take(pa.array(which)).to_pylist()
    for number, (index, text) in enumerate(zip(which.tolist(), texts, strict=True)):
        row = batch.first_row + index if chunk.rows is None else int(chunk.rows[index])
        yield row, () if paths is None else tuple(paths[number]), text


def _documented(chunk: ColumnChunk, batch: Batch, family: Family, said: _Said) -> Iterator[Told]:
    """Birth dates, years, ages and flags in columns that are of them."""
    for row, path, text in _cells(chunk, batch, pc.is_valid(chunk.values)):
        signal = _document(family, text, said, (row, path))
        if signal is not None:
            yield Told(chunk.column, row, signal)


_FLAGGED: Final = re.compile(
    r"(?i)\s*(1|true|yes|y|t|oui|ja|s[ií]|sì|sim|vrai|wahr|vero|minor|mineure?|underage"
    r"|under[_ ]18|<\s*18|child|kids?|minderjährig|minderjarig|menor|minorenne|teen(ager)?)\s*"
)
_AGED: Final = re.compile(r"\s*(\d{1,3})(?:\.0)?\s*(?:ans|years?|jahre?|años|anni|jaar|anos)?\s*")


def _document(family: Family, text: str, said: _Said, key: _Key) -> Signal | None:
    on = said.on(key)
    whole = len(text)
    if family is Family.ACCOUNT_FLAG:
        flagged = _FLAGGED.fullmatch(text)
        return Signal(family, of_ages(5, 17, on), on, end=whole) if flagged else None
    if family is Family.DECLARED_AGE:
        match = _AGED.fullmatch(text)
        age = int(match[1]) if match else None
        known = age is not None and 5 <= age <= 110
        return Signal(family, of_ages(age or 0, age or 0, on), on, end=whole) if known else None
    columns = said.columns
    birth = birth_of(text, day_first=columns.day_first, form=columns.form)
    if birth is None or birth.latest > said.as_of or birth.earliest.year < 1900:
        return None
    return Signal(family, birth, on, end=whole)


def _written(chunk: ColumnChunk, batch: Batch, said: _Said) -> Iterator[Told]:
    """What people write of themselves in texts, staff left out."""
    candidates = _candidates(chunk.values)
    for row, path, text in _cells(chunk, batch, candidates):
        key = (row, path)
        if said.by_staff(key):
            continue
        on = said.on(key)
        for one in statements(text, on, day_first=said.columns.day_first):
            place = (one.start, one.end)
            yield Told(chunk.column, row, Signal(Family(one.signal), one.birth, on, True, *place))


def _candidates(values: pa.Array) -> pa.Array:
    """Which texts are worth the patterns: long enough, and with the words for it."""
    long = pc.and_(pc.greater(pc.binary_length(values), 5), pc.match_substring(values, " "))
    if not pc.any(long).as_py():  # to make the patterns ready takes milliseconds a column
        return long
    numbered = pc.and_(
        pc.match_substring_regex(values, _NUMBER), pc.match_substring_regex(values, _SELF)
    )
    return pc.and_(long, pc.or_(numbered, pc.match_substring_regex(values, _WORDS)))


def _identified(
    chunk: ColumnChunk, batch: Batch, found: Mapping[int, list[Identifier]], said: _Said
) -> Iterator[Told]:
    """Births in the identifiers that the scan found; each is read and let go."""
    for row, path, text in _cells(chunk, batch, pc.is_valid(chunk.values)):
        for one in found.get(row, ()):
            birth = birth_within(one.kind, text[one.start : one.end], said.as_of)
            if birth is not None:
                on, place = said.on((row, path)), (one.start, one.end)
                yield Told(
                    chunk.column, row, Signal(Family.NATIONAL_ID, birth, on, one.named, *place)
                )
