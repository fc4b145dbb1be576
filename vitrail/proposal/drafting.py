"""A proposed source of a table: its columns, its money, the words of its vocabularies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from vitrail.exports.canonical import CANONICAL
from vitrail.exports.formats.loading import quote_name
from vitrail.proposal.answers import Answers
from vitrail.proposal.fitting import NAME_PARTS, Fit
from vitrail.proposal.kinds import Kind
from vitrail.proposal.source import Place, ProposedSource
from vitrail.proposal.tables import TableFit
from vitrail.proposal.times import TimesRead
from vitrail.proposal.words import translation

_MONEY: Final = frozenset({"amount", "cost", "refunded_amount"})


def drafted(
    part: TableFit, place: Place, number: int, answers: Answers, times: TimesRead
) -> tuple[ProposedSource, list[str]]:
    """The source for one table, and what its reader should know of it."""
    kept = tuple(fit for fit in part.fits if fit.canonical not in times.left_out)
    money = [fit for fit in kept if fit.canonical in _MONEY and fit.column.kind is Kind.DECIMAL]
    columns = {fit.canonical: fit.column.name for fit in kept if fit not in money}
    name = _whole_name(columns)
    values, warnings = _values(part.table, kept)
    entries: dict[str, Any] = {
        **place.entries(answers),
        "table": part.table,
        "role": answers.role,
        **times.of(kept),
        "columns": columns,
        "derive": {**name, **{fit.canonical: _minor_units(fit, columns) for fit in money}},
        "values": values,
    }
    filled = {key: value for key, value in entries.items() if value not in (None, {})}
    told = tuple(replace(f, canonical="name") if f.canonical in NAME_PARTS else f for f in kept)
    source = ProposedSource(place.source_name(number, part.table), part.table, filled, told)
    return source, [*warnings, *map(_cents, (fit for fit in kept if _is_whole_money(fit)))]


def _values(table: str, kept: Sequence[Fit]) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The translation of each column whose words are a closed vocabulary's."""
    values: dict[str, dict[str, str]] = {}
    warnings: list[str] = []
    for fit in kept:
        vocabulary = CANONICAL[table].vocabularies.get(fit.canonical)
        if vocabulary:
            words, unknown = translation(fit.column.words, vocabulary)
            values |= {fit.canonical: words} if words else {}
            warnings += [_unknown_words(fit, unknown, vocabulary)] if unknown else []
    return values, warnings


def _whole_name(columns: dict[str, str]) -> dict[str, str]:
    """A name of two exported parts as one expression; ``columns`` keep no part of it."""
    first, last = (columns.pop(part, None) for part in NAME_PARTS)
    last = last or (columns.pop("name", None) if first else None)
    parts = [part for part in (first, last) if part is not None]
    if len(parts) == 2:
        columns.pop("name", None)
        return {"name": f"concat_ws(' ', {', '.join(map(quote_name, parts))})"}
    for part in parts:
        columns.setdefault("name", part)
    return {}


def _is_whole_money(fit: Fit) -> bool:
    return fit.canonical in _MONEY and fit.column.kind in {Kind.WHOLE, Kind.EPOCH}


def _cents(fit: Fit) -> str:
    return (
        f"“{fit.column.shown}” holds whole numbers and is taken as cents; if it holds whole euros, "
        f"derive {fit.canonical} from it times 100."
    )


def _minor_units(fit: Fit, columns: Mapping[str, str]) -> str:
    currency = quote_name(columns["currency"]) if "currency" in columns else "NULL"
    return f"minor_units({quote_name(fit.column.name)}, {currency})"


def _unknown_words(fit: Fit, unknown: int, vocabulary: Sequence[str]) -> str:
    return (
        f"{unknown} of the words of “{fit.column.shown}” are none of {', '.join(vocabulary)} and "
        f"would be left empty; say what each means under values.{fit.canonical}."
    )
