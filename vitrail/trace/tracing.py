"""A trace from the identifiers to the places: link, sweep once, judge, mask."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vitrail.detect.automaton import forget_databases
from vitrail.detect.masking import mask
from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.model import Dataset
from vitrail.trace.cells import CellHit
from vitrail.trace.finder import Finder
from vitrail.trace.identifiers import Kind, Subject
from vitrail.trace.linking import Declared, linked
from vitrail.trace.result import Place, Trace
from vitrail.trace.sweep import Watch, sweep, unwatched

_ENTITIES: Final[Mapping[Kind, str]] = {
    Kind.EMAIL: "EMAIL_ADDRESS",
    Kind.PHONE: "PHONE_NUMBER",
    Kind.NAME: "PERSON",
}
#: Canonical columns that name a person.
KEY_COLUMNS: Final = frozenset(
    {"account_id", "email", "subject_key", "guardian_email", "customer_ref", "user_pseudo_id",
     "device_key"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a trace goes by: the exports, and what the mapping knows of their columns."""

    catalog: Catalog
    declared: Declared
    processed: frozenset[tuple[str, str | None]]
    feeds: Mapping[tuple[str, str | None], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Traced:
    """The trace, which may be shown, and the persons with all their identifiers, which may not.

    ``names``: the pseudonym of each of ``subjects``.
    """

    trace: Trace
    subjects: tuple[Subject, ...]
    names: tuple[str, ...]


def run(
    subjects: Sequence[Subject],
    grounds: Grounds,
    keys: Keyring,
    case: str,
    watch: Watch = unwatched,
) -> Traced:
    """Find all subjects in one pass over all exports."""
    started = time.monotonic()
    whole = linked(subjects, grounds.catalog, grounds.declared, grounds.processed)
    by_number = tuple(_name(subject, keys) for subject in subjects)
    names = tuple(dict.fromkeys(by_number))
    try:
        found = sweep(grounds.catalog, Finder(whole), watch)
    finally:
        forget_databases()  # made of what tells these persons
    places = [_place(dataset, hit, by_number[hit.subject], grounds, keys) for dataset, hit in
              found.hits]  # fmt: skip
    trace = Trace(
        case=keys.fingerprint("case", case),
        subjects=names,
        places=tuple(sorted(dict.fromkeys(places), key=_order)),
        unread=tuple(dict.fromkeys(found.faults)),
        datasets=found.read,
        skipped=found.skipped,
        bytes=found.bytes,
        seconds=time.monotonic() - started,
    )
    return Traced(trace, whole, by_number)


def _name(subject: Subject, keys: Keyring) -> str:
    """A pseudonym of what was asked, that tells nothing of it."""
    texts = sorted(f"{one.kind.value}:{one.text.casefold()}" for one in subject.identifiers)
    return keys.fingerprint("traced", "\x1f".join(texts))


def _place(dataset: Dataset, hit: CellHit, subject: str, grounds: Grounds, keys: Keyring) -> Place:
    at = (dataset.name, dataset.table)
    one = hit.form.identifier
    canonical = grounds.declared.get((*at, hit.column), "").rpartition(".")[2]
    label = dataset.name if dataset.table is None else f"{dataset.name}\x1f{dataset.table}"
    return Place(
        subject=subject,
        dataset=dataset.name,
        table=dataset.table,
        column=hit.column,
        row=hit.row,
        row_key=keys.row_key(label, str(hit.row)),
        kind=one.kind.value,
        how="key" if hit.how == "cell" and canonical in KEY_COLUMNS else hit.how,
        certain=one.kind.certain,
        masked=mask(_ENTITIES.get(one.kind, "ACCOUNT_ID"), one.text),
        canonical=canonical,
        feeds=grounds.feeds.get(at, ()),
        processor=at in grounds.processed,
    )


def _order(place: Place) -> tuple[str, str, int, str, str, str]:
    return (place.dataset, place.table or "", place.row, place.column, place.subject, place.kind)
