"""What ``vitrail.toml`` says of the exports, held against what the exports hold.

No row is read here. A source that names what is not there is told as a fault with its remedy;
the rest of it, and every other source, goes on.
"""

from __future__ import annotations

import fnmatch
import glob
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from vitrail.config import Settings
from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.expressions import Expression, keyed_email, parse
from vitrail.exports.faults import fault
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
            if not _covers(used.get((dataset.name, dataset.table), ()), column.name)
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
        datasets, faults = _datasets(mapping, workspace, catalog)
        result.faults += faults
        target = result.feeds if mapping.role == "controller" else result.processor_feeds
        for dataset in datasets:
            feed, faults = _feed(mapping, dataset)
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


# --- which datasets -------------------------------------------------------------------------


def _datasets(
    mapping: SourceMapping, workspace: Path, catalog: Catalog
) -> tuple[list[Dataset], list[InputFile]]:
    found = [d for d in catalog.datasets if _is_at(mapping, d, workspace, catalog)]
    if not found:
        return [], _nothing_there(mapping, workspace, catalog)
    inside = mapping.inside
    if inside is None:
        return _with_any_column(mapping, found), []
    chosen = [d for d in found if d.table is not None and _inside(d.table, inside)]
    if chosen:
        return chosen, []
    reason = (
        f"{mapping.place} looks for “{inside}” inside, and no table, sheet or member is so named."
    )
    return [], [fault(found[0].name, None, reason, "Mend `inside` in vitrail.toml.")]


def _is_at(mapping: SourceMapping, dataset: Dataset, workspace: Path, catalog: Catalog) -> bool:
    location = catalog.location(dataset)
    if mapping.url is not None:
        return str(location) == mapping.url
    return isinstance(location, Path) and location.resolve() in _files(mapping, workspace)


def _files(mapping: SourceMapping, workspace: Path) -> frozenset[Path]:
    pattern = str(workspace / (mapping.file or ""))
    found = glob.iglob(pattern, recursive=True)  # noqa: PTH207 - it takes absolute patterns too
    return frozenset(Path(name).resolve() for name in found)


def _nothing_there(mapping: SourceMapping, workspace: Path, catalog: Catalog) -> list[InputFile]:
    place = mapping.file or "the database"
    if mapping.file is not None and _files(mapping, workspace):
        if catalog.unreadable:  # the file is there; the catalog has said why it cannot be read
            return []
        reason = f"{mapping.place} names {place}, which holds no table that can be read."
        return [fault(place, None, reason, "Export it again, or take the source out.")]
    reason = f"{mapping.place} names {place}, and nothing is there."
    remedy = "Put the export there, or mend `file` in vitrail.toml."
    return [fault(place, None, reason, remedy)]


def _inside(table: str, pattern: str) -> bool:
    return any(
        fnmatch.fnmatch(_folded(name), _folded(pattern))
        for name in (table, PurePosixPath(table).name)
    )


def _with_any_column(mapping: SourceMapping, datasets: list[Dataset]) -> list[Dataset]:
    """Of several tables in one file, those that hold something of what the mapping names."""
    if len(datasets) == 1:
        return datasets
    wanted = [choice for choices in mapping.columns.values() for choice in choices]
    fitting = [d for d in datasets if any(_find(name, d) is not None for name in wanted)]
    return fitting or datasets


# --- which columns --------------------------------------------------------------------------


def _feed(mapping: SourceMapping, dataset: Dataset) -> tuple[Feed, list[InputFile]]:
    columns: dict[str, Exported | Expression] = {}
    faults: list[InputFile] = []
    for canonical, choices in mapping.columns.items():
        name = next((n for n in map(_finder(dataset), choices) if n is not None), None)
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
        lacking = next((c for c in expression.columns if not _there(c, dataset, columns)), None)
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
        if not _there(column, dataset, {}):
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


# --- names ----------------------------------------------------------------------------------


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _finder(dataset: Dataset) -> Callable[[str], str | None]:
    return lambda name: _find(name, dataset)


def _find(name: str, dataset: Dataset) -> str | None:
    """The exported column of that name; else the only one that differs by case or blanks."""
    names = _names(dataset)
    if name in names:
        return name
    alike = {other for other in names if _folded(other) == _folded(name)}
    return alike.pop() if len(alike) == 1 else None


def _names(dataset: Dataset) -> dict[str, None]:
    """Leaf columns, and what they are parts of: ``event_params[].key`` has ``event_params``."""
    names: dict[str, None] = {}
    for column in dataset.columns:
        names[column.name] = None
        for index, character in enumerate(column.name):
            if character in ".[":
                names.setdefault(column.name[:index])
    return names


def _there(name: str, dataset: Dataset, columns: Mapping[str, object]) -> bool:
    """DuckDB finds names whatever their case, and a struct's field behind a point."""
    if name in columns or _find(name, dataset) is not None:
        return True
    head, point, _ = name.partition(".")
    return bool(point) and _find(head, dataset) is not None


def _covers(used: Iterable[str], leaf: str) -> bool:
    folded = _folded(leaf)
    return any(
        folded == _folded(name) or folded.startswith((f"{_folded(name)}.", f"{_folded(name)}["))
        for name in used
    )


# --- faults ---------------------------------------------------------------------------------


def _absent(mapping: SourceMapping, dataset: Dataset, key: str, column: str) -> InputFile:
    reason = f"{mapping.place} names the column “{column}”, which {dataset.label} does not have."
    return _note(dataset, reason, f"Mend {key} in vitrail.toml, or take it out.")


def _note(dataset: Dataset, reason: str, remedy: str) -> InputFile:
    return fault(dataset.name, dataset.table, reason, remedy, read=True)
