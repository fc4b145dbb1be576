"""What ``vitrail.toml`` says of the exports, held against what the exports hold.

No row is read here. A source that names what is not there is told as a fault with its remedy;
the rest of it, and every other source, goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from vitrail.config import Settings
from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.columns import covers, find, there
from vitrail.exports.expressions import Expression, keyed_email, parse
from vitrail.exports.faults import fault
from vitrail.exports.matching import datasets_of
from vitrail.exports.presets import SourceMapping, resolve
from vitrail.model import Dataset, InputFile

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog

#: Columns that a mapping may fill beside a table's own: an e-mail address becomes the key.
PSEUDO_COLUMNS: Final[Mapping[str, str]] = {
    "email": "subject_key",
    "guardian_email": "guardian_key",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported column as it stands; ``messages[].body`` for a nested one."""

    column: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One dataset as it feeds one canonical table: how each canonical column is made of it."""

    mapping: SourceMapping
    dataset: Dataset
    columns: Mapping[str, Exported | Expression]
    where: Expression | None
    timezone: str | None

    @property
    def table(self) -> str:
        return self.mapping.table

    def exported(self) -> Iterator[tuple[str, str]]:
        """Every exported column that is used, with the canonical one that it goes to."""
        for canonical, choice in self.columns.items():
            if isinstance(choice, Exported):
                yield choice.column, canonical
            else:
                for name in choice.columns:
                    target = self.columns.get(name)
                    yield (target.column if isinstance(target, Exported) else name), canonical


@dataclass(slots=True)
class Plan:
    """All feeds, and all that is wrong or left over. ``feeds`` of processors' data feed nothing."""

    feeds: list[Feed] = field(default_factory=list)
    processor_feeds: list[Feed] = field(default_factory=list)
    faults: list[InputFile] = field(default_factory=list)

    def declared(self) -> dict[tuple[str, str | None, str], str]:
        """(dataset, table, exported column) → ``accounts.email``: what is known to be there."""
        return {
            (feed.dataset.name, feed.dataset.table, column): f"{feed.table}.{canonical}"
            for feed in (*self.processor_feeds, *self.feeds)
            for column, canonical in feed.exported()
        }

    def unmapped(self, catalog: Catalog) -> tuple[tuple[Dataset, str], ...]:
        """Exported columns that no source uses. They are scanned all the same."""
        used: dict[tuple[str, str | None], set[str]] = {}
        for feed in (*self.feeds, *self.processor_feeds):
            names = used.setdefault((feed.dataset.name, feed.dataset.table), set())
            names.update(column for column, _ in feed.exported())
            if feed.where is not None:
                names.update(feed.where.columns)
        return tuple(
            (dataset, column.name)
            for dataset in catalog.datasets
            for column in dataset.columns
            if not covers(used.get((dataset.name, dataset.table), ()), column.name)
        )


def plan(settings: Settings, workspace: Path, catalog: Catalog) -> Plan:
    """Hold every source against the catalog; files that could not be read count as faults."""
    result = Plan(faults=list(catalog.unreadable))
    for name, source in settings.sources.items():
        try:
            mapping = resolve(name, source)
        except ConfigError as error:
            result.faults.append(fault(f"[sources.{name}]", None, error.message, error.remedy))
            continue
        datasets, faults = datasets_of(mapping, workspace, catalog)
        result.faults += faults
        target = result.feeds if mapping.role == "controller" else result.processor_feeds
        for dataset in datasets:
            feed, faults = feed_of(mapping, dataset)
            result.faults += faults
            if feed.columns:
                target.append(feed)
    return result


def fed_columns(
    feeds: Sequence[Feed], unfit: Collection[tuple[str, str]] = ()
) -> dict[str, frozenset[str]]:
    """By table, the canonical columns that some feed fills, keys and worked-out ones included.

    ``unfit``: pairs of source and column that turned out not to fit their export.
    """
    fed: dict[str, set[str]] = {}
    for feed in feeds:
        fitting = {c for c in feed.columns if (feed.mapping.name, c) not in unfit}
        fed.setdefault(feed.table, set()).update(fitting)
    directory = any({"account_id", "email"} <= fed.get(t, set()) for t in ("accounts", "profiles"))
    return {table: _with_made(table, columns, directory) for table, columns in fed.items()}


def _with_made(table: str, fed: set[str], directory: bool) -> frozenset[str]:
    canonical = CANONICAL[table].columns
    made = {key for pseudo, key in PSEUDO_COLUMNS.items() if pseudo in fed}
    if directory and "email" in fed:
        made.add("account_id")
    if directory and "account_id" in fed:
        made.add("subject_key")
    if "email" in fed or (table == "profiles" and fed & {"name", "phone", "address_line"}):
        made.add("has_pii")
    return frozenset((fed | made) & canonical.keys())


# --- which columns --------------------------------------------------------------------------


def feed_of(mapping: SourceMapping, dataset: Dataset) -> tuple[Feed, list[InputFile]]:
    """How one dataset feeds the mapping's table, and what the mapping names that it lacks."""
    columns: dict[str, Exported | Expression] = {}
    faults: list[InputFile] = []
    for canonical, choices in mapping.columns.items():
        name = next((n for c in choices if (n := find(c, dataset)) is not None), None)
        if name is not None:
            columns[_home(canonical)] = Exported(name)
        elif canonical in mapping.written:
            faults.append(_absent(mapping, dataset, f"columns.{canonical}", choices[0]))
    for canonical, texts in mapping.derive.items():
        _derive(mapping, dataset, canonical, texts, columns, faults)
    for canonical in [c for c in columns if not _known(mapping.table, c)]:
        del columns[canonical]
        reason = f"{mapping.place} fills {mapping.table}.{canonical}, which is no canonical column."
        faults.append(_note(dataset, reason, f"Take {canonical} out of vitrail.toml."))
    timezone, where = _zone(mapping, dataset, faults), _where(mapping, dataset, faults)
    if mapping.where is not None and where is None:
        columns = {}  # all rows instead of some would be worse than none
    return Feed(mapping, dataset, columns, where, timezone), faults


def _home(canonical: str) -> str:
    """A key cannot be copied, only made: what is mapped to it is the e-mail address."""
    for pseudo, key in PSEUDO_COLUMNS.items():
        if canonical == key:
            return pseudo
    return canonical


def _known(table: str, column: str) -> bool:
    columns = CANONICAL[table].columns
    return column in columns or PSEUDO_COLUMNS.get(column) in columns


def _derive(
    mapping: SourceMapping,
    dataset: Dataset,
    canonical: str,
    texts: Sequence[str],
    columns: dict[str, Exported | Expression],
    faults: list[InputFile],
) -> None:
    place = f"{mapping.place} derive.{canonical}"
    lacking: str | None = None
    for text in texts:
        inner = keyed_email(text)
        if inner in columns:
            return  # hmac(normalise_email(email)), where email is mapped: nothing to add
        try:
            expression = parse(inner or text, place)
        except ConfigError as error:
            faults.append(_note(dataset, error.message, error.remedy))
            return
        lacking = next((c for c in expression.columns if not there(c, dataset, columns)), None)
        if lacking is None:
            columns[_home(canonical)] = expression
            return
    if canonical in mapping.written and lacking is not None:
        faults.append(_absent(mapping, dataset, f"derive.{canonical}", lacking))


def _where(mapping: SourceMapping, dataset: Dataset, faults: list[InputFile]) -> Expression | None:
    if mapping.where is None:
        return None
    try:
        expression = parse(mapping.where, f"{mapping.place} where")
    except ConfigError as error:
        faults.append(_note(dataset, error.message, error.remedy))
        return None
    for column in expression.columns:
        if not there(column, dataset, {}):
            faults.append(_absent(mapping, dataset, "where", column))
            return None
    return expression


def _zone(mapping: SourceMapping, dataset: Dataset, faults: list[InputFile]) -> str | None:
    if mapping.timezone is None:
        return None
    try:
        return ZoneInfo(mapping.timezone).key
    except (KeyError, ValueError, OSError):
        reason = f"{mapping.place} names a time zone {mapping.timezone}, which there is not."
        faults.append(_note(dataset, reason, "Write a name like Europe/Paris or UTC."))
        return None


# --- faults ---------------------------------------------------------------------------------


def _absent(mapping: SourceMapping, dataset: Dataset, key: str, column: str) -> InputFile:
    reason = f"{mapping.place} names the column “{column}”, which {dataset.label} does not have."
    return _note(dataset, reason, f"Mend {key} in vitrail.toml, or take it out.")


def _note(dataset: Dataset, reason: str, remedy: str) -> InputFile:
    return fault(dataset.name, dataset.table, reason, remedy, read=True)
