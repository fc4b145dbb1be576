"""What else tells the same person: followed through the exports that hold identities.

An address is an account's, an account has a phone number, a payment customer has an address. Each
link is a row of an export that the mapping knows; a name that links is never followed, for others
bear it too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vitrail.detect.digits import digits_of
from vitrail.errors import InputUnreadable, UsageError
from vitrail.exports.catalog import Catalog
from vitrail.model import Dataset
from vitrail.normalisation import normalise_email
from vitrail.trace.identifiers import Identifier, Kind, Subject, identifier

#: Canonical tables whose rows each are one person, and the kinds that their columns hold.
TABLES: Final = ("accounts", "profiles", "payment_customers")
_KINDS: Final[Mapping[str, Kind]] = {
    "account_id": Kind.ACCOUNT,
    "email": Kind.EMAIL,
    "phone": Kind.PHONE,
    "customer_ref": Kind.CUSTOMER,
    "name": Kind.NAME,
}
#: By these a row is known to be the person's.
_SURE: Final = (Kind.ACCOUNT, Kind.EMAIL, Kind.CUSTOMER)
#: (dataset, table, exported column) → ``accounts.email``
Declared = Mapping[tuple[str, str | None, str], str]
_Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class _Source:
    """An export of identities: its columns by the kind of identifier that they hold."""

    dataset: Dataset
    columns: Mapping[Kind, tuple[str, ...]]


def linked(
    subjects: Sequence[Subject],
    catalog: Catalog,
    declared: Declared,
    processed: frozenset[tuple[str, str | None]],
) -> tuple[Subject, ...]:
    """Each subject with what the exports link to it, in as many steps as bring something new."""
    known: list[dict[_Key, Identifier]] = [
        {_key(one): one for one in subject.identifiers} for subject in subjects
    ]
    owners: dict[_Key, set[int]] = {}
    for number, own in enumerate(known):
        for key in own:
            owners.setdefault(key, set()).add(number)
    sources = tuple(_sources(catalog, declared, processed))
    while any(_step(_rows(catalog, source, owners), known, owners) for source in sources):
        pass  # what one export brings may lead on in another
    return tuple(Subject(tuple(own.values())) for own in known)


def _step(
    rows: Iterable[tuple[Identifier, ...]],
    known: Sequence[dict[_Key, Identifier]],
    owners: dict[_Key, set[int]],
) -> bool:
    """Follow each row once; whether someone is told by more than before."""
    grown = False
    for row in rows:
        keys = [_key(one) for one in row]
        met = {n for key in keys if key[0] in _SURE for n in owners.get(key, ())}
        for number in met:
            for key, one in zip(keys, row, strict=True):
                if key not in known[number]:
                    known[number][key] = one
                    owners.setdefault(key, set()).add(number)
                    grown = True
    return grown


def _key(one: Identifier) -> _Key:
    if one.kind is Kind.EMAIL:
        return one.kind, normalise_email(one.text) or one.text.casefold()
    if one.kind is Kind.PHONE:
        return one.kind, digits_of(one.text)
    return one.kind, one.text.strip().casefold()


def _sources(
    catalog: Catalog, declared: Declared, processed: frozenset[tuple[str, str | None]]
) -> Iterator[_Source]:
    for dataset in catalog.datasets:
        place = (dataset.name, dataset.table)
        columns: dict[Kind, list[str]] = {}
        for column in dataset.columns:
            table, _, canonical = declared.get((*place, column.name), "").partition(".")
            if table in TABLES and canonical in _KINDS and "[]" not in column.name:
                columns.setdefault(_KINDS[canonical], []).append(column.name)
        if place not in processed and len(columns) > 1 and set(columns) & set(_SURE):
            yield _Source(dataset, {kind: tuple(names) for kind, names in columns.items()})


def _rows(
    catalog: Catalog, source: _Source, owners: Collection[_Key]
) -> Iterator[tuple[Identifier, ...]]:
    """The identifiers of each row that has one of ``owners``.

    An export that breaks links as far as it can be read; the pass over all exports tells of it.
    """
    wanted = [name for names in source.columns.values() for name in names]
    written = {
        kind: pa.array([w for k, text in owners if k is kind for w in _written(k, text)])
        for kind in source.columns.keys() & set(_SURE)
    }
    try:
        for batch in catalog.open(source.dataset).batches(columns=wanted):
            cells = {c.column: c.values for c in batch.chunks if c.rows is None}
            met = np.zeros(batch.rows, np.bool_)
            for kind, texts in written.items():
                for name in (n for n in source.columns[kind] if n in cells and len(texts)):
                    met |= _among(cells[name], texts)
            for at in np.flatnonzero(met).tolist():
                texts_of = {
                    kind: [cells[name][at].as_py() for name in names if name in cells]
                    for kind, names in source.columns.items()
                }
                yield tuple(_identifiers(texts_of))
    except InputUnreadable:
        return


def _written(kind: Kind, key: str) -> Iterator[str]:
    """A key as a cell may have it, in small letters."""
    yield key
    local, at, domain = key.rpartition("@")
    if kind is Kind.EMAIL and "xn--" in domain:
        with suppress(UnicodeError):
            yield f"{local}{at}{domain.encode('ascii').decode('idna')}"


def _among(values: pa.Array, texts: pa.Array) -> npt.NDArray[np.bool_]:
    lowered = pc.utf8_lower(pc.utf8_trim_whitespace(values))
    found = pc.is_in(lowered, value_set=texts.cast(lowered.type))
    met: npt.NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return met


def _identifiers(cells: Mapping[Kind, Sequence[str | None]]) -> Iterator[Identifier]:
    for kind, parts in cells.items():
        text = " ".join(part.strip() for part in parts if part)
        try:
            one = identifier(f"{kind.value}:{text}")
        except UsageError:  # too short or too common to look for
            continue
        if one.kind is kind:
            yield one
