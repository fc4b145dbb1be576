"""Where a control's figures come from: files read, how they were mapped, how old they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
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


@dataclass(frozen=True)
class Provenance:
    """Of one store's exports, for every control that reads them; what is shared is read once."""

    store: CanonicalStore
    policy: Policy
    settings: Settings

    def inputs(self, control: Control) -> tuple[InputFile, ...]:
        """The files that the control read: all of them where it reads the scan or the files."""
        tables, store = _tables(control), self.store
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

    def mapping_sha256(self, control: Control) -> str:
        """Of the sources that feed the control's tables, as they are mapped: 64 hex digits.

        Which files they found is no part of it: next month's file does not change a mapping.
        """
        names = sorted({feed.mapping.name for feed in self._feeds(control)})
        listed = ", ".join(self._mappings[name] for name in names)
        return sha256(f"[{listed}]".encode()).hexdigest()

    def aged(self, control: Control, asof: date) -> tuple[str, ...]:
        """Each system whose export is older on ``asof`` than the policy file lets it be, with its
        age.

        An export was taken on the day that the company's manifest says, or else on the workspace's
        ``asof``. A source without a system goes by its own name.
        """
        files: dict[str, set[str]] = {}
        for feed in self._feeds(control):
            system = feed.mapping.system or feed.mapping.name
            files.setdefault(system, set()).add(feed.dataset.name)
        told = []
        for system in sorted(files):
            allowed = self.policy.fresh_for_days_of(system)
            default = self.settings.asof or asof
            oldest = min(self._taken.get(file, default) for file in files[system])
            if (asof - oldest).days > allowed:
                name = self.settings.systems.get(system, system)
                told.append(sentences.aged(name, (asof - oldest).days, allowed))
        return tuple(told)

    def _feeds(self, control: Control) -> list[Feed]:
        tables = _tables(control)
        everything = _reads_everything(tables, self.store)
        return [feed for feed in self.store.feeds if everything or feed.table in tables]

    @cached_property
    def _mappings(self) -> Mapping[str, str]:
        """How each source is mapped, as JSON."""
        mappings = {feed.mapping.name: feed.mapping for feed in self.store.feeds}
        return {
            name: json.dumps(asdict(one), sort_keys=True, default=_plain, ensure_ascii=False)
            for name, one in mappings.items()
        }

    @cached_property
    def _taken(self) -> Mapping[str, date]:
        """When each file was exported, by the company's manifest, where it has one."""
        store = self.store
        if "manifest" not in store.tables or store.missing([("manifest", ("file", "exported_at"))]):
            return {}
        rows = store.query(
            "SELECT file, MAX(exported_at)::DATE AS day FROM manifest"
            " WHERE exported_at IS NOT NULL GROUP BY file"
        )
        return {row["file"]: row["day"] for row in rows.to_pylist()}


def _tables(control: Control) -> set[str]:
    return {table for table, _ in control.needs} | set(control.uses)


def _reads_everything(tables: set[str], store: CanonicalStore) -> bool:
    return any(_is_of_all(table, store) for table in tables & REGISTERED)


def _is_of_all(table: str, store: CanonicalStore) -> bool:
    """Whether a registered table speaks of every file; that of a trace does where one was made."""
    if table == "erased_traces":
        return table in store.registered and bool(store.query(_ANY_TRACE).num_rows)
    return table.startswith(("scan_", "export_"))


def _plain(value: Any) -> Any:
    """What JSON does not know of a mapping: sets, and the settings' own models."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.model_dump() if hasattr(value, "model_dump") else dict(value)
