"""How a delimited text is written, told from its first lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from vitrail.exports.reader import ROW

#: In the order in which they win a tie.
DELIMITERS: Final = (",", ";", "\t", "|", ":", "^", "~", "\x1f", "\x01", "#")
_SURE: Final = (",", ";", "\t", "|", "\x1f", "\x01")
_ROWS: Final = 500
_DATA: Final = re.compile(
    r"""\s*(?: [^@\s]+@[^@\s]+\.[^@\s]+          # an e-mail address
      | [-+(]?\d[\d\s().,:/-]{4,}                # a longer number, a date, a phone number
      | \d{1,3}(?:\.\d+)?                        # a short number; a year may be a column's name
      | [A-Z]{2}\d{2}[A-Z0-9 ]{8,}               # an IBAN
      | (?:\d{1,3}\.){3}\d{1,3} | [0-9a-fA-F:]*:[0-9a-fA-F:]+:[0-9a-fA-F:]* )\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """``delimiter`` None: one column. ``escape``: the sign that escapes a quote, if not itself.

    ``skip``: lines before the header that only declare the dialect (``sep=;``).
    """

    delimiter: str | None
    quote: str | None = '"'
    escape: str | None = None
    header: bool = True
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The dialect, the first row, and the delimiter that seems swallowed, if one does.

    ``fit``: the share of the rows that are as wide as the first.
    """

    dialect: Dialect
    names: tuple[str, ...]
    swallowed: str | None = None
    fit: float = 1.0


#: A quote behind a backslash, within a field: at its end it closes one that ends in a backslash.
_ESCAPED: Final = re.compile(r'(?<!\\)\\"(?![,;\t|\r\n]|\Z)')


def sniff(text: str, *, whole: bool) -> Sniffed:
    """``text``: the first lines. ``whole``: there are no others; else the last is cut off."""
    skip, declared = 0, None
    if match := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        skip, declared, text = 1, match[1], text[match.end() :]
    escape = "\\" if _ESCAPED.search(text) and '""' not in text else None
    candidates = (declared,) if declared else DELIMITERS
    tables = {d: _rows(text, d, '"', escape, whole) for d in candidates}
    best = max(tables, key=lambda d: (_score(tables[d], d), -candidates.index(d)))
    if _score(tables[best], best) <= 0:
        rows = _rows(text, "\x02", '"', escape, whole)
        names = tuple(rows[0]) if rows else ()
        dialect = Dialect(None, escape=escape, header=has_header(rows), skip=skip)
        return Sniffed(dialect, names, _swallowed(tables))
    rows = tables[best]
    quote = '"'
    if '"' not in text and re.search(
        rf"(?m)(?:^|{re.escape(best)})'[^'\n]*'(?:{re.escape(best)}|\r?$)", text
    ):
        quote, rows = "'", _rows(text, best, "'", escape, whole)
    return Sniffed(
        Dialect(best, quote, escape, header=has_header(rows), skip=skip),
        tuple(rows[0]),
        fit=sum(len(row) == len(rows[0]) for row in rows) / len(rows),
    )


def _rows(
    text: str, delimiter: str, quote: str, escape: str | None, whole: bool
) -> list[list[str]]:
    limit = csv.field_size_limit(max(len(text) + 1, 1 << 17))
    try:
        lines = text.splitlines(keepends=True) if "\n" not in text else text.split("\n")
        source = (line.rstrip("\r\n") + "\n" for line in lines)
        reader = csv.reader(
            source, delimiter=delimiter, quotechar=quote, escapechar=escape,
            doublequote=escape is None,
        )  # fmt: skip
        rows = []
        for row in reader:
            rows.append(row)
            if len(rows) > _ROWS:
                return [r for r in rows[:-1] if r]
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(limit)
    if not whole and len(rows) > 1:
        rows.pop()
    return [r for r in rows if r]


def _score(rows: list[list[str]], delimiter: str) -> float:
    """The share of rows as wide as the header, a little more the wider; 0 for one column.

    The rarer delimiters must fit every row: they are at home in times, texts and colours.
    """
    if not rows or len(rows[0]) < 2:
        return 0.0
    width = len(rows[0])
    fit = sum(len(row) == width for row in rows) / len(rows)
    if delimiter not in _SURE and (fit < 1.0 or len(rows) < 3):
        return 0.0
    return (fit if fit >= 0.5 or len(rows) < 4 else 0.0) * (1 + min(width, 50) / 200)


def _swallowed(tables: dict[str, list[list[str]]]) -> str | None:
    """A delimiter that the header has not, but most of the rows under it have."""
    for delimiter in _SURE:
        body = tables.get(delimiter, [])[1:]
        widths = Counter(len(row) for row in body)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        if width > 1 and count >= 0.6 * len(body):
            return delimiter
    return None


def has_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: it does unless it looks like data itself."""
    if not rows:
        return True
    filled = [cell for cell in rows[0] if cell.strip()]
    data = [cell for cell in filled if _DATA.fullmatch(cell)]
    telling = [cell for cell in data if "@" in cell or sum(c.isdigit() for c in cell) >= 6]
    return not telling and 2 * len(data) <= len(filled)


def unique_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Every column under a name of its own: the second ``name`` becomes ``name_2``.

    Names that differ by case alone are one to SQL, and ``_row`` is taken by the row's place. An
    empty name is ``column_3`` by its place; blanks around a name are not part of it.
    """
    reserved = {name.strip().casefold() for name in names}
    taken = {ROW}
    result: list[str] = []
    for place, raw in enumerate(names, 1):
        base = raw.strip() or f"column_{place}"
        unique, number = base, 2
        while unique.casefold() in taken or (
            unique != raw.strip() and unique.casefold() in reserved
        ):
            unique = f"{base}_{number}"
            number += 1
        taken.add(unique.casefold())
        result.append(unique)
    return tuple(result)
