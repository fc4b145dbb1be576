"""Which datasets a source means: by file or database, and by what is inside."""

from __future__ import annotations

import fnmatch
import glob
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vitrail.database_addresses import database_name
from vitrail.exports.columns import find, folded
from vitrail.exports.faults import fault
from vitrail.exports.presets import SourceMapping
from vitrail.model import Dataset, InputFile

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog


def datasets_of(
    mapping: SourceMapping, workspace: Path, catalog: Catalog
) -> tuple[list[Dataset], list[InputFile]]:
    found = _at_its_place(mapping, workspace, catalog)
    if not found:
        return [], _nothing_there(mapping, workspace, catalog)
    inside = mapping.inside
    if inside is None:
        return _with_any_column(mapping, found), []
    chosen = [d for d in found if is_inside(d.table or d.name, inside)]
    if chosen:
        return chosen, []
    reason = (
        f"{mapping.place} looks for “{inside}” inside, and no table, sheet or member is so named."
    )
    return [], [fault(found[0].name, None, reason, "Mend `inside` in vitrail.toml.")]


def _at_its_place(mapping: SourceMapping, workspace: Path, catalog: Catalog) -> list[Dataset]:
    if mapping.url is not None:
        name = database_name(mapping.url)
        return [dataset for dataset in catalog.datasets if catalog.location(dataset) == name]
    files = _files(mapping, workspace)
    named = {(d.name, d.table) for path in files for d in catalog.resolved.get(path, ())}
    return [dataset for dataset in catalog.datasets if (dataset.name, dataset.table) in named]


def _files(mapping: SourceMapping, workspace: Path) -> frozenset[Path]:
    pattern = str(workspace / (mapping.file or ""))
    found = glob.iglob(pattern, recursive=True)  # noqa: PTH207 - it takes absolute patterns too
    return frozenset(Path(name).resolve() for name in found)


def _nothing_there(mapping: SourceMapping, workspace: Path, catalog: Catalog) -> list[InputFile]:
    place = mapping.file or f"the database {database_name(mapping.url or '')}"
    quarantined = {input_file.name for input_file in catalog.unreadable}
    if mapping.url is not None and database_name(mapping.url) in quarantined:
        return []
    if mapping.file is not None and (files := _files(mapping, workspace)):
        if any(path.as_posix().endswith(name) for path in files for name in quarantined):
            return []  # the catalog has said why
        reason = f"{mapping.place} names {place}, which holds no table that can be read."
        return [fault(place, None, reason, "Export it again, or take the source out.")]
    reason = f"{mapping.place} names {place}, and nothing is there."
    remedy = "Put the export there, or mend `file` in vitrail.toml."
    return [fault(place, None, reason, remedy)]


def is_inside(table: str, pattern: str) -> bool:
    """Whether a table, sheet or member is meant by the glob, with its folder or without."""
    return any(
        fnmatch.fnmatch(folded(name), folded(pattern))
        for name in (table, PurePosixPath(table).name)
    )


def _with_any_column(mapping: SourceMapping, datasets: list[Dataset]) -> list[Dataset]:
    """Of several tables in one file, those that hold something of what the mapping names."""
    if len(datasets) == 1:
        return datasets
    wanted = [choice for choices in mapping.columns.values() for choice in choices]
    fitting = [d for d in datasets if any(find(name, d) is not None for name in wanted)]
    return fitting or datasets
