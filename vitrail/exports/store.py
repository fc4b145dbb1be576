"""The canonical tables of one workspace, as views over its exports while a process runs."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import duckdb

from vitrail.database_addresses import without_secrets
from vitrail.errors import ConfigError, InputUnreadable, Unwritable, UsageError, VitrailError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.catalog import Catalog
from vitrail.exports.formats.loading import quote_literal, quote_name
from vitrail.exports.mapping import Feed, Plan, fed_columns, plan
from vitrail.exports.options import ReadOptions
from vitrail.exports.people import People
from vitrail.exports.references import keyed_tables, named_columns, named_tables
from vitrail.exports.sandbox import open_engine
from vitrail.exports.survey import NOT_THE_EXPORT, TimesRead
from vitrail.exports.tables import Tables

if TYPE_CHECKING:
    import pyarrow as pa

    from vitrail.config import Settings
    from vitrail.keys import Keyring
    from vitrail.model import Dataset, InputFile

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A canonical table that some source feeds.

    ``columns`` are those really fed by at least one source (worked-out ones included), beside
    ``person_key`` and where the row came from; ``datasets`` are what is read for it.
    """

    name: str
    columns: frozenset[str]
    datasets: tuple[Dataset, ...]


class CanonicalStore:
    """Views over the exports under the names of :data:`~vitrail.exports.canonical.CANONICAL`.

    Each has all its canonical columns (what no source feeds is a typed NULL), ``_dataset``,
    ``_table``, ``_row``, and ``person_key`` where a row can be tied to a person. A table that
    nothing feeds is there without rows. Exports are opened when a query first needs them;
    nothing of them is written anywhere but into the engine's spill folder, which ends with it.
    """

    def __init__(
        self,
        workspace: Path,
        catalog: Catalog,
        mapped: Plan,
        keys: Keyring,
        memory: int | None = None,
    ) -> None:
        self.catalog = catalog
        self.workspace = workspace
        self._plan = mapped
        self._tmp = workspace / "tmp"
        self._registered: set[str] = set()
        self._mapped: tuple[tuple[int, int], Mapping[str, MappedTable]] | None = None
        self._connection, self._spill = open_engine(self._tmp, catalog, memory)
        self._tables = Tables(
            self._connection, catalog, mapped.feeds, People(self._connection, keys)
        )

    @classmethod
    def open(
        cls,
        workspace: Path,
        settings: Settings,
        keys: Keyring,
        *,
        catalog: Catalog | None = None,
        memory: int | None = None,
    ) -> CanonicalStore:
        """Map the exports of a workspace as its settings say. No row is read yet.

        ``memory``: the bytes that the engine may take; by default half of what is free.
        """
        catalog = catalog or discover(workspace, settings)
        return cls(workspace, catalog, plan(settings, workspace, catalog), keys, memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the engine and remove what it spilled."""
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    # --- what is mapped ---------------------------------------------------------------------

    @property
    def tables(self) -> Mapping[str, MappedTable]:
        """Every canonical table that some source feeds, by name."""
        feeds = self._tables.live_feeds()
        state = (len(feeds), len(self._tables.unfit))  # one only shrinks, the other only grows
        if self._mapped is None or self._mapped[0] != state:
            self._mapped = (state, _mapped(feeds, self._tables.unfit))
        return self._mapped[1]

    @cached_property
    def declared(self) -> Mapping[tuple[str, str | None, str], str]:
        """(dataset, table, exported column) → ``accounts.email``: what the mapping expects."""
        return self._plan.declared()

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Every source with a dataset that it reads; those of customers' data come last."""
        return (*self._plan.feeds, *self._plan.processor_feeds)

    @cached_property
    def processed(self) -> frozenset[tuple[str, str | None]]:
        """(dataset, table) of what is held for a customer, as a processor: others' persons."""
        return frozenset((f.dataset.name, f.dataset.table) for f in self._plan.processor_feeds)

    @cached_property
    def fed_tables(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """(dataset, table) → the canonical tables that it feeds."""
        found: dict[tuple[str, str | None], dict[str, None]] = {}
        for feed in (*self._plan.feeds, *self._plan.processor_feeds):
            found.setdefault((feed.dataset.name, feed.dataset.table), {})[feed.table] = None
        return {place: tuple(tables) for place, tables in found.items()}

    @cached_property
    def unmapped(self) -> tuple[tuple[Dataset, str], ...]:
        """Exported columns that no source uses; they are scanned all the same."""
        return self._plan.unmapped(self.catalog)

    def missing(self, needs: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
        """What of ``needs`` is not fed: ``orders`` (a table), ``consents.ts`` (a column)."""
        tables = self.tables
        lacking: list[str] = []
        for name, columns in needs:
            if name not in CANONICAL:  # what a scan brings is registered, not mapped
                continue
            if name not in tables:
                lacking.append(name)
                continue
            given = {*tables[name].columns, "person_key", "_dataset", "_table", "_row"}
            lacking += [f"{name}.{column}" for column in columns if column not in given]
        return tuple(dict.fromkeys(lacking))

    @property
    def faults(self) -> tuple[InputFile, ...]:
        """Quarantined files and faults of the mapping, as far as they show without reading rows."""
        return tuple(dict.fromkeys((*self._plan.faults, *self._tables.faults)))

    @property
    def problems(self) -> tuple[InputFile, ...]:
        """The faults, and what a pass over all rows finds: values lost, times without a zone."""
        found = self._lost
        return tuple(dict.fromkeys((*self.faults, *found)))

    @property
    def times(self) -> tuple[TimesRead, ...]:
        """Every column of times that is text, or typed without a zone: what was read of it."""
        self._lost  # noqa: B018 - the pass that reads them
        return tuple(self._tables.times)

    @cached_property
    def _lost(self) -> tuple[InputFile, ...]:
        return self._tables.survey_exports()

    @cached_property
    def inputs(self) -> tuple[InputFile, ...]:
        """Every file that can be read, with its SHA-256, rows, bytes and seconds."""
        return self._tables.count_exports()

    # --- queries ----------------------------------------------------------------------------

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """Run trusted SQL over the views. Parameters are ``?``, or ``$name`` with a mapping."""
        bound = dict(params) if isinstance(params, Mapping) else list(params)
        return self._run(sql, lambda: self._connection.sql(sql, params=bound).to_arrow_table())

    def register(self, name: str, table: pa.Table) -> None:
        """Let queries see ``table`` under ``name``, for this process only.

        Under a canonical name it stands in for the exports' own.
        """
        self._tables.yield_name(name)
        self._connection.register(name, table)
        self._registered.add(name)

    @property
    def registered(self) -> frozenset[str]:
        """The names of all tables that :meth:`register` was given."""
        return frozenset(self._registered)

    def hold(self, columns: Mapping[str, Collection[str]]) -> None:
        """Read these columns of these tables once, when they are first asked for, and hold them.

        For a process that asks many questions of the same tables.
        """
        self._tables.held.want(columns)

    def materialise(self, database: Path, tables: Mapping[str, str]) -> dict[str, int]:
        """Write each SELECT as a table of a new DuckDB file; the number of rows of each.

        The file appears whole or not at all; one that is there already is not touched.
        """
        if database.exists():
            raise ConfigError(f"{database.name} is there already.", "Write to a new name.")
        partial = self._tmp / f"facts-{secrets.token_hex(8)}.duckdb"
        try:
            with _in_own_words():
                self._connection.execute(f"ATTACH {quote_literal(str(partial))} AS _new")
                try:
                    rows = {name: self._write(name, sql) for name, sql in tables.items()}
                finally:
                    self._connection.execute("DETACH _new")
            partial.chmod(0o600)
            database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _move(partial, database)
            return rows
        finally:
            partial.unlink(missing_ok=True)
            partial.with_name(f"{partial.name}.wal").unlink(missing_ok=True)

    def _write(self, name: str, sql: str) -> int:
        if not _NAME.fullmatch(name):
            raise ConfigError(f"{name} is no name for a table.", "Use letters, digits and _.")

        def create() -> int:
            created = self._connection.execute(f"CREATE TABLE _new.{quote_name(name)} AS {sql}")
            return int(created.fetchall()[0][0])

        rows: int = self._run(sql, create)
        return rows

    def _run(self, sql: str, work: Any) -> Any:
        """Prepare the views that ``sql`` names, then do the work; broken exports are set aside."""
        named = named_tables(sql)
        self._tables.prepare(named, keys=keyed_tables(sql), words=named_columns(sql))
        with _in_own_words():
            try:
                return work()
            except duckdb.BinderException:  # it asked for a key in words not foreseen
                self._tables.prepare(named, keys=named)
                return work()
            except NOT_THE_EXPORT:
                raise
            except duckdb.Error:
                if not self._tables.set_broken_aside(named):
                    raise
                self._tables.prepare(named, keys=named)
                return work()


def _mapped(feeds: Sequence[Feed], unfit: Collection[tuple[str, str]]) -> Mapping[str, MappedTable]:
    columns = fed_columns(feeds, unfit)
    datasets: dict[str, dict[Dataset, None]] = {}
    for feed in feeds:
        datasets.setdefault(feed.table, {})[feed.dataset] = None
    return {
        name: MappedTable(name, columns[name], tuple(datasets[name]))
        for name in CANONICAL
        if name in columns
    }


def discover(workspace: Path, settings: Settings, database: str | None = None) -> Catalog:
    """The catalog of a workspace; ``database``: the address of one beside what is mapped."""
    options = ReadOptions(scratch=workspace / "tmp")
    root = workspace / settings.exports
    places = places_of(workspace, settings)
    if database is not None:
        known = {p for p in places if isinstance(p, str) and _is_one(p, database)}
        places = [database, *(p for p in places if p not in known)]
    return Catalog.discover(places, root=root, options=options)


def _is_one(address: str, other: str) -> bool:
    """Whether two addresses are of one database, whatever opens it."""
    return without_secrets(address) == without_secrets(other)


def places_of(workspace: Path, settings: Settings) -> list[str | Path]:
    """Where a workspace's exports lie: its exports folder, and what sources name elsewhere."""
    exports = workspace / settings.exports
    places: list[str | Path] = [exports] if exports.exists() else []
    for source in settings.sources.values():
        if source.url is not None:
            places.append(source.url)
        elif source.file is not None:
            places += _outside(workspace, source.file, exports)
    return list(dict.fromkeys(places))


def _outside(workspace: Path, pattern: str, exports: Path) -> Iterator[Path]:
    absolute = Path(pattern).is_absolute()
    found = Path("/").glob(pattern.lstrip("/")) if absolute else workspace.glob(pattern)
    return (p for p in sorted(found) if p.is_file() and not p.is_relative_to(exports))


def _move(partial: Path, database: Path) -> None:
    try:
        partial.rename(database)
    except OSError:  # the workspace's tmp lies on another disk
        beside = database.with_name(f".{database.name}")
        shutil.move(partial, beside)
        beside.rename(database)


@contextmanager
def _in_own_words() -> Iterator[None]:
    """The engine's errors quote values; what leaves here names none."""
    try:
        yield
    except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException) as error:
        words = str(error).split("\n", 1)[0]  # names of columns and tables, no value
        raise ConfigError(
            f"A query does not fit the canonical tables: {words}", "Mend the query."
        ) from None
    except duckdb.PermissionException:
        raise ConfigError(
            "A query reaches beyond the exports.", "Ask for canonical and registered tables only."
        ) from None
    except duckdb.OutOfMemoryException:
        raise UsageError(
            "The exports do not fit into memory and the space for temporary files is used up.",
            "Free space where the workspace's tmp folder lies.",
        ) from None
    except (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException):
        # of the exports, each was found sound; a commit that fails is the disk's fault too
        raise Unwritable(
            "What was asked of the exports could not be written: the disk is full or fails.",
            "Free space where the workspace lies, then do it again; nothing half-written is kept.",
        ) from None
    except (duckdb.InterruptException, duckdb.ResourceInUseException) as error:
        raise VitrailError(f"The engine failed ({type(error).__name__}).") from None
    except duckdb.Error as error:
        raise InputUnreadable(
            "exports",
            f"A query over the exports failed on a value ({type(error).__name__}).",
            "Look at the import's problems; guard the query's casts with TRY_CAST.",
        ) from None
