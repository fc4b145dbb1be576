"""Which exported column is which canonical one: by what it is called and by what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vitrail.exports.canonical import CONTACT_TABLE, CanonicalTable
from vitrail.exports.mapping import PSEUDO_COLUMNS
from vitrail.proposal.kinds import Kind
from vitrail.proposal.profiles import ColumnProfile
from vitrail.proposal.vocabulary import column_likeness
from vitrail.proposal.words import translation

#: From here on a column is proposed.
ENOUGH: Final = 0.5
#: What a name says nothing of, and values say little.
BY_VALUES: Final = 0.52
#: Two columns this near to each other fit equally well.
_NEAR: Final = 0.11
_TIMES: Final = frozenset({Kind.TIME, Kind.EPOCH})
_NUMBERS: Final = frozenset({Kind.WHOLE, Kind.EPOCH})
#: What names somebody or something; a visitor of web analytics is a number with a point in it.
_NAMES: Final = frozenset({Kind.IDENTIFIER, Kind.WHOLE, Kind.EPOCH, Kind.WORD, Kind.TEXT}) | {
    Kind.DECIMAL
}
_WORDS: Final = frozenset({Kind.WORD, Kind.TEXT, Kind.IDENTIFIER, Kind.COUNTRY, Kind.CURRENCY})
_KINDS: Final[Mapping[str, frozenset[Kind]]] = {
    "TIMESTAMPTZ": _TIMES,
    "DATE": frozenset({Kind.TIME}),
    "BIGINT": _NUMBERS | {Kind.DECIMAL},
    "INTEGER": _NUMBERS | {Kind.DECIMAL},
    "DOUBLE": _NUMBERS | {Kind.DECIMAL},
    "BOOLEAN": frozenset({Kind.YES_NO, Kind.WHOLE}),
    "JSON": frozenset({Kind.STRUCTURE}) | _WORDS,
    "VARCHAR[]": frozenset({Kind.STRUCTURE}) | _WORDS,
}
#: What a person's name is put together from.
NAME_PARTS: Final = ("first_name", "last_name")
#: Columns of text whose values have a form of their own.
_FORMS: Final[Mapping[str, frozenset[Kind]]] = {
    "email": frozenset({Kind.EMAIL}),
    "guardian_email": frozenset({Kind.EMAIL}),
    "phone": frozenset({Kind.PHONE, Kind.WHOLE}),
    "ip": frozenset({Kind.IP}),
    "optin_ip": frozenset({Kind.IP}),
    "confirm_ip": frozenset({Kind.IP}),
    "country": frozenset({Kind.COUNTRY, Kind.WORD, Kind.TEXT}),
    "currency": frozenset({Kind.CURRENCY}),
    "url": frozenset({Kind.URL}),
    "page_location": frozenset({Kind.URL}),
    "page_referrer": frozenset({Kind.URL}),
    "referrer": frozenset({Kind.URL}),
    "postal_code": frozenset({Kind.WHOLE, Kind.IDENTIFIER, Kind.TEXT, Kind.WORD}),
    "card_last4": frozenset({Kind.WHOLE}),
    "name": frozenset({Kind.TEXT, Kind.WORD}),
    "display_name": frozenset({Kind.TEXT, Kind.WORD}),
    "first_name": frozenset({Kind.TEXT, Kind.WORD}),
    "last_name": frozenset({Kind.TEXT, Kind.WORD}),
    "city": frozenset({Kind.TEXT, Kind.WORD}),
}
#: Kinds that hardly anything else has: values alone are enough where one column only is such.
_TELLING: Final[Mapping[str, Kind]] = {
    "email": Kind.EMAIL, "currency": Kind.CURRENCY, "ip": Kind.IP, "phone": Kind.PHONE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """An exported column as a canonical one; ``rivals`` fit it as well. ``why``: in words."""

    canonical: str
    column: ColumnProfile
    score: float
    why: str
    rivals: tuple[str, ...] = ()


def targets(table: CanonicalTable) -> tuple[str, ...]:
    """The columns of a table that an export can fill: keys are made of e-mail addresses, and a
    person's name may be exported in two parts."""
    made = {key: pseudo for pseudo, key in PSEUDO_COLUMNS.items()}
    own = dict.fromkeys(made.get(c, c) for c in table.columns if c != "has_pii")
    return (*own, *(NAME_PARTS if table.name == CONTACT_TABLE else ()))


def fits_of(
    table: CanonicalTable, profiles: Sequence[ColumnProfile], chosen: Mapping[str, str]
) -> tuple[Fit, ...]:
    """The best assignment: each exported column once, ``chosen`` (canonical → exported) first."""
    by_name = {p.name: p for p in profiles}
    fits = [Fit(c, by_name[name], 1.0, "as you say") for c, name in chosen.items() if name]
    taken = {f.column.name for f in fits}
    open_targets = [c for c in targets(table) if c not in chosen]
    scored = sorted(
        (
            (score, -number, c, p)
            for number, p in enumerate(profiles)
            if p.name not in taken
            for c in open_targets
            if (score := _score(table, c, p, profiles)) >= ENOUGH
        ),
        key=lambda item: item[:2],
        reverse=True,
    )
    done: set[str] = set()
    for score, _, canonical, profile in scored:
        if canonical in done or profile.name in taken:
            continue
        done.add(canonical)
        taken.add(profile.name)
        rivals = tuple(
            p.name
            for s, _, c, p in scored
            if c == canonical and p.name not in taken and score - s < _NEAR
        )
        fits.append(Fit(canonical, profile, score, _why(table, canonical, profile), rivals))
    return tuple(_without_settled_rivals(fits))


def _without_settled_rivals(fits: Sequence[Fit]) -> list[Fit]:
    """A rival that became another column is none any more."""
    used = {f.column.name for f in fits}
    return [
        Fit(f.canonical, f.column, f.score, f.why, tuple(r for r in f.rivals if r not in used))
        for f in fits
    ]


def admits(table: CanonicalTable, canonical: str, kind: Kind) -> bool:
    """Whether values of this kind can stand in the canonical column; empty ones can anywhere."""
    if kind is Kind.EMPTY:
        return True
    if canonical in _FORMS:
        return kind in _FORMS[canonical]
    if canonical.endswith(("_id", "_ref", "_key")) or canonical == "id":
        return kind in _NAMES
    target = table.columns[canonical]
    if target in _KINDS:
        return kind in _KINDS[target]
    if canonical in table.vocabularies:
        return kind in {Kind.WORD, Kind.TEXT, Kind.YES_NO, Kind.IDENTIFIER}
    return kind not in {Kind.EMAIL, Kind.TIME, Kind.EPOCH, Kind.IP, Kind.PHONE}


def _score(
    table: CanonicalTable, canonical: str, column: ColumnProfile, all_of: Sequence[ColumnProfile]
) -> float:
    if named_after_somebody(column) or not admits(table, canonical, column.kind):
        return 0.0
    likeness = _named_as_key(table, canonical, column) or column_likeness(
        column.name, table.name, canonical
    )
    if column.kind is Kind.EMPTY:
        return likeness * 0.8
    if _TELLING.get(canonical) is column.kind:
        alone = sum(p.kind is column.kind for p in all_of) == 1
        return max(likeness, 0.6 if alone else 0.5 if canonical == "email" else 0.0)
    return max(likeness, _by_values_alone(table, canonical, column, all_of))


def named_after_somebody(column: ColumnProfile) -> bool:
    """Whether the header itself is somebody's: such a column is mapped to nothing."""
    return column.shown != column.name


def _named_as_key(table: CanonicalTable, canonical: str, column: ColumnProfile) -> float:
    """A column called ``id`` is the table's own key, where that is one column."""
    own = len(table.key) == 1 and canonical == table.key[0]
    return 0.95 if own and column.name.strip().casefold() == "id" else 0.0


def _by_values_alone(
    table: CanonicalTable, canonical: str, column: ColumnProfile, all_of: Sequence[ColumnProfile]
) -> float:
    """The only time of a table, the only long text of one that holds texts, known words."""
    times = [p for p in all_of if p.kind in _TIMES]
    if column.kind in _TIMES and len(times) == 1 and canonical == main_time(table):
        return BY_VALUES
    texts = [p for p in all_of if p.kind is Kind.TEXT and p.longest > 60]
    if canonical == "text" and [p.name for p in texts] == [column.name]:
        return BY_VALUES
    return 0.55 if _speaks_like(table.vocabularies.get(canonical), column) else 0.0


def _speaks_like(vocabulary: Sequence[str] | None, column: ColumnProfile) -> bool:
    """Whether each of the column's few words is known to be one of the vocabulary's."""
    if not vocabulary or not column.words:
        return False
    return translation(column.words, vocabulary)[1] == 0


def main_time(table: CanonicalTable) -> str | None:
    """The time that a row of the table is about: its first."""
    return next((c for c, kind in table.columns.items() if kind == "TIMESTAMPTZ"), None)


def _why(table: CanonicalTable, canonical: str, column: ColumnProfile) -> str:
    named = column_likeness(column.name, table.name, canonical) >= ENOUGH or bool(
        _named_as_key(table, canonical, column)
    )
    if not named:
        return "by its values"
    return "by its name" if column.kind is Kind.EMPTY else "by name and values"
