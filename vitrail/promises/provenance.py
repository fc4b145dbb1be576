"""Where a control's figures come from: files read, how they were mapped, how old they are."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from vitrail.model import Control, InputFile
from vitrail.promises import sentences
from vitrail.promises.tables import REGISTERED

if TYPE_CHECKING:
    from vitrail.config import Settings
    from vitrail.exports.mapping import Feed
    from vitrail.exports.store import CanonicalStore
    from vitrail.promises.policy import Policy

_ANY_TRACE: Final = "SELECT 1 FROM erased_traces LIMIT 1"


def inputs_of(control: Control, store: CanonicalStore) -> tuple[InputFile, ...]:
    """The files that the control read: all of them where it reads the scan or the files."""
    tables = _tables(control)
    if _reads_everything(tables, store):
        chosen = list(store.inputs)
    else:
        fed = [store.tables[table] for table in tables if table in store.tables]
        names = {(d.name, d.table) for mapped in fed for d in mapped.datasets}
        files = {name for name, _ in names}
        chosen = [
            i
            for i in store.inputs
            if (i.name, i.table) in names or (i.table is None and i.name in files)
        ]
    return tuple(sorted(chosen, key=lambda i: (i.name, i.table or "")))


def mapping_sha256(control: Control, store: CanonicalStore) -> str:
    """Of the sources that feed the control's tables, as they are mapped: 64 hex digits.

    Which files they found is no part of it: next month's file does not change a mapping.
    """
    mappings = {feed.mapping.name: feed.mapping for feed in _feeds(control, store)}
    plain = [asdict(mappings[name]) for name in sorted(mappings)]
    text = json.dumps(plain, sort_keys=True, default=_plain, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def aged_sources(
    control: Control, store: CanonicalStore, policy: Policy, settings: Settings, asof: date
) -> tuple[str, ...]:
    """Each system whose export is older on ``asof`` than the policy file lets it be, with its age.

    An export was taken on the day that the company's manifest says, or else on the workspace's
    ``asof``. A source without a system goes by its own name.
    """
    files: dict[str, set[str]] = {}
    for feed in _feeds(control, store):
        system = feed.mapping.system or feed.mapping.name
        files.setdefault(system, set()).add(feed.dataset.name)
    taken = _taken(store)
    told = []
    for system in sorted(files):
        allowed = policy.fresh_for_days_of(system)
        oldest = min(taken.get(file, settings.asof or asof) for file in files[system])
        if (asof - oldest).days > allowed:
            name = settings.systems.get(system, system)
            told.append(sentences.aged(name, (asof - oldest).days, allowed))
    return tuple(told)


def _tables(control: Control) -> set[str]:
    return {table for table, _ in control.needs} | set(control.uses)


def _reads_everything(tables: set[str], store: CanonicalStore) -> bool:
    return any(_is_of_all(table, store) for table in tables & REGISTERED)


def _is_of_all(table: str, store: CanonicalStore) -> bool:
    """Whether a registered table speaks of every file; that of a trace does where one was made."""
    if table == "erased_traces":
        return table in store.registered and bool(store.query(_ANY_TRACE).num_rows)
    return table.startswith(("scan_", "export_"))


def _feeds(control: Control, store: CanonicalStore) -> list[Feed]:
    tables = _tables(control)
    everything = _reads_everything(tables, store)
    return [feed for feed in store.feeds if everything or feed.table in tables]


def _taken(store: CanonicalStore) -> dict[str, date]:
    """When each file was exported, by the company's manifest, where it has one."""
    if "manifest" not in store.tables or store.missing([("manifest", ("file", "exported_at"))]):
        return {}
    rows = store.query(
        "SELECT file, MAX(exported_at)::DATE AS day FROM manifest"
        " WHERE exported_at IS NOT NULL GROUP BY file"
    )
    return {row["file"]: row["day"] for row in rows.to_pylist()}


def _plain(value: Any) -> Any:
    """What JSON does not know of a mapping: sets, and the settings' own models."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.model_dump() if hasattr(value, "model_dump") else dict(value)
