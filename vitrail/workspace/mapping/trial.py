"""A proposal tried on the real rows: what becomes testable, whose rows they are, what is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vitrail.exports.binding import NO_ZONE
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.presets import load_preset
from vitrail.exports.store import CanonicalStore, discover
from vitrail.house import carried
from vitrail.model import Control, InputFile
from vitrail.promises import load_controls
from vitrail.proposal import ProposedSource
from vitrail.proposal.fitting import admits, targets
from vitrail.workspace.mapping.drafts import Draft
from vitrail.workspace.mapping.report import MappedExport, MappingReport, MissingColumn

if TYPE_CHECKING:
    from vitrail.config import Settings, Source
    from vitrail.exports.catalog import Catalog
    from vitrail.workspace.open_workspace import OpenWorkspace

_DIRECTORY = frozenset({"accounts", "profiles"})


def try_out(workspace: OpenWorkspace, proposed: Draft) -> MappingReport:
    """Open the exports as they would be with the proposal, beside as they are. Rows are read."""
    controls = load_controls(carried("queries", "promises"))
    catalog = discover(workspace.layout.root, workspace.settings, proposed.database)
    sources = [s for e in proposed.exports for s in e.proposal.sources]
    now = _lacking(workspace, workspace.settings, catalog, controls)
    then = _lacking(workspace, _with(workspace.settings, sources), catalog, controls)
    exports = _tried(workspace, catalog, proposed.exports)
    return MappingReport(
        exports=exports,
        opened=tuple(c for c in now if now[c] and not then[c]),
        missing=_missing(then, exports),
        unreadable=proposed.unreadable,
    )


def _lacking(
    workspace: OpenWorkspace, settings: Settings, catalog: Catalog, controls: Sequence[Control]
) -> dict[str, tuple[str, ...]]:
    """What each control lacks under these settings; no row is read."""
    with CanonicalStore.open(
        workspace.layout.root, settings, workspace.keys, catalog=catalog
    ) as store:
        return {control.id: store.missing(control.needs) for control in controls}


def _with(settings: Settings, sources: Sequence[ProposedSource]) -> Settings:
    more = {source.name: source.source for source in sources}
    return settings.model_copy(update={"sources": {**settings.sources, **more}})


# --- whose rows they are ----------------------------------------------------------------------


def _tried(
    workspace: OpenWorkspace, catalog: Catalog, exports: Sequence[MappedExport]
) -> tuple[MappedExport, ...]:
    """Read the rows of all that is proposed, beside what says who is whose account."""
    sources = [source for export in exports for source in export.proposal.sources]
    settings = workspace.settings
    directories = {
        name: source for name, source in settings.sources.items() if _table_of(source) in _DIRECTORY
    }
    with CanonicalStore.open(
        workspace.layout.root,
        _with(settings.model_copy(update={"sources": directories}), sources),
        workspace.keys,
        catalog=catalog,
    ) as store:
        accounts = _has_accounts(store)
        return tuple(
            _with_rows(store, export, accounts) if export.proposal.sources else export
            for export in exports
        )


def _with_rows(store: CanonicalStore, export: MappedExport, accounts: bool) -> MappedExport:
    own = export.proposal.sources
    lost = tuple(p for p in store.problems if _is_of(p, own))
    tables = tuple(dict.fromkeys(s.table for s in own if CANONICAL[s.table].identifiable))
    if not tables:
        return replace(export, lost=lost)
    names = {source.name for source in own}
    feeds = [feed for feed in store.feeds if feed.mapping.name in names]
    places = [feed.dataset.label for feed in feeds]
    followed = any({"account_id", "email"} & feed.columns.keys() for feed in feeds)
    known = "count(*) FILTER (person_key IN (SELECT a.person_key FROM accounts AS a))"
    counted = [
        store.query(
            "SELECT count(*) AS n, count(*) FILTER (person_key IS NULL) AS alone, "
            f"{known if accounts else 'NULL'} AS known FROM {table} "
            "WHERE list_contains(?, concat_ws(' · ', _dataset, _table))",
            [places],
        ).to_pylist()[0]
        for table in tables
    ]
    held = accounts and followed and "accounts" not in tables
    return replace(
        export,
        lost=lost,
        rows=sum(c["n"] for c in counted),
        alone=sum(c["alone"] for c in counted),
        known=sum(c["known"] for c in counted) if held else None,
    )


def _has_accounts(store: CanonicalStore) -> bool:
    if "accounts" not in store.tables:
        return False
    return bool(store.query("SELECT count(*) AS n FROM accounts").to_pylist()[0]["n"])


def _is_of(problem: InputFile, own: Sequence[ProposedSource]) -> bool:
    told = f"{problem.reason} {problem.remedy}"
    if NO_ZONE in told:  # asked for already, with the proposal
        return False
    return any(f"[sources.{source.name}]" in told for source in own)


def _table_of(source: Source) -> str | None:
    return source.table or (load_preset(source.preset)["table"] if source.preset else None)


# --- what would open more ---------------------------------------------------------------------


def _missing(
    lacking: Mapping[str, tuple[str, ...]], exports: Sequence[MappedExport]
) -> tuple[MissingColumn, ...]:
    """What controls wait for in the tables at hand first, then what opens most."""
    tables = {table for export in exports for table in export.tables}
    items = dict.fromkeys(item for lacks in lacking.values() for item in lacks)
    found = [
        MissingColumn(
            name=item,
            alone=tuple(c for c, lacks in lacking.items() if lacks == (item,)),
            among=tuple(c for c, lacks in lacking.items() if item in lacks and len(lacks) > 1),
            candidates=_candidates(item, exports),
        )
        for item in items
    ]
    return tuple(
        sorted(found, key=lambda m: (m.name.partition(".")[0] not in tables, -len(m.alone), m.name))
    )


def _candidates(item: str, exports: Sequence[MappedExport]) -> tuple[str, ...]:
    """Unused columns of the exports that feed the table, of a kind that could stand there."""
    name, point, column = item.partition(".")
    table = CANONICAL[name]
    if not point or column not in targets(table):
        return ()
    return tuple(
        profile.shown
        for export in exports
        if name in export.tables
        for profile in export.proposal.left
        if profile.filled and profile.shown == profile.name and admits(table, column, profile.kind)
    )[:5]
