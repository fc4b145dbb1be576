"""The access package: what is held of one person, in files that people and programs can read."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitrail.errors import UsageError
from vitrail.exports.catalog import Catalog
from vitrail.model import Dataset
from vitrail.private_files import write_private
from vitrail.report.formulas import defused
from vitrail.report.letter_html import letter_html
from vitrail.trace import Identifier, Place, Trace
from vitrail.trace.rows import Cell, rows_of
from vitrail.trace.tracing import KEY_COLUMNS
from vitrail.workspace import tracing
from vitrail.workspace.importing import open_store
from vitrail.workspace.others import Others

if TYPE_CHECKING:
    from vitrail.trace.linking import Declared
    from vitrail.trace.sweep import Watch
    from vitrail.workspace.open_workspace import OpenWorkspace

SCHEMA: Final = "vitrail.package/1"
_SLUG: Final = re.compile(r"[^A-Za-z0-9]+")
#: A phone number begins as a formula does, and is none.
_PHONE: Final = re.compile(r"[+\-][\d\s().\-/]*")


@dataclass(frozen=True, slots=True)
class Package:
    """What was written. ``manifest`` holds no raw value; the files hold the person's own data."""

    trace: Trace
    manifest: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Source:
    """What the rows are read from, and whose they are."""

    catalog: Catalog
    declared: Declared
    own: tuple[Identifier, ...]
    others: Others


def package(
    workspace: OpenWorkspace, request: tracing.Request, out: Path, *, names: bool, watch: Watch
) -> Package:
    """Trace one person and write the package into ``out``, a new folder for its owner alone."""
    if out.exists():
        raise UsageError(f"{out.name} is there already.", "Name a new folder.")
    opened = tracing.begin(workspace, request, "package")
    if len(opened.subjects) != 1:
        raise UsageError("A package is of one person.", "Leave out --each.")
    half = out.with_name(f".{out.name}.half")
    try:
        with open_store(workspace) as store:
            found = tracing.traced(workspace, store, opened, watch)
            own = found.subjects[0].identifiers
            others = Others(own, workspace.keys, names=names)
            source = _Source(store.catalog, store.declared, own, others)
            shutil.rmtree(half, ignore_errors=True)  # of one that was killed
            half.mkdir(mode=0o700, parents=True)
            manifest = _written(half, source, found.trace, opened.case, workspace.settings.company)
        half.rename(out)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    digest = hashlib.sha256((out / "manifest.json").read_bytes()).hexdigest()
    tracing.end(workspace, opened, "package", found.trace, sha256=digest)
    return Package(found.trace, manifest)


def _written(
    folder: Path, source: _Source, trace: Trace, case: str, company: str
) -> dict[str, Any]:
    files: list[dict[str, Any]] = []
    given = [p for p in trace.places if p.certain and not p.processor]
    for number, (dataset, places) in enumerate(_by_dataset(source.catalog, given), 1):
        cells = source.others.without(_cells(source, dataset, places))
        name = f"{number:02d}_{_SLUG.sub('_', dataset.label).strip('_')[:80]}"
        records = _records(cells)
        _write_json(folder / f"{name}.json", records)
        _write_csv(folder / f"{name}.csv", records)
        written = [folder / f"{name}.{ending}" for ending in ("csv", "json")]
        files += (_described(file, dataset, len(records)) for file in written)
    manifest = {
        "schema": SCHEMA,
        "case": case,
        "files": files,
        "masked": source.others.masked,
        "left_out": _left_out(trace),
        "unread": [{"dataset": f.name, "table": f.table, "reason": f.reason} for f in trace.unread],
    }
    letter = letter_html(manifest, company=company).encode()
    write_private(folder / "letter.html", letter)
    manifest["letter_sha256"] = hashlib.sha256(letter).hexdigest()
    _write_json(folder / "manifest.json", manifest)
    return manifest


def _by_dataset(catalog: Catalog, places: Sequence[Place]) -> Iterator[tuple[Dataset, list[Place]]]:
    for dataset in catalog.datasets:
        here = [p for p in places if (p.dataset, p.table) == (dataset.name, dataset.table)]
        if here:
            yield dataset, here


def _cells(source: _Source, dataset: Dataset, places: Sequence[Place]) -> list[Cell]:
    """The person's rows; of a row that is another's only the cells that tell this person.

    A column that names persons by the mapping of one export does so in the others too.
    """
    met = {(p.row, p.column) for p in places}
    cells = rows_of(source.catalog, dataset, {p.row for p in places})
    own = {i.text.strip().casefold() for i in source.own}
    naming = {
        column
        for (_, _, column), canonical in source.declared.items()
        if canonical.rpartition(".")[2] in KEY_COLUMNS
    }
    keys = [
        (cell.row, cell.text.strip().casefold() in own)
        for cell in cells
        if not cell.path and cell.column in naming
    ]
    foreign = {row for row, _ in keys} - {row for row, is_own in keys if is_own}
    return [c for c in cells if c.row not in foreign or (c.row, c.column) in met]


def _records(cells: Sequence[Cell]) -> list[dict[str, str]]:
    records: dict[int, dict[str, str]] = {}
    for cell in cells:
        records.setdefault(cell.row, {})[cell.name] = cell.text
    return list(records.values())


def _write_json(path: Path, content: Any) -> None:
    write_private(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _write_csv(path: Path, records: list[dict[str, str]]) -> None:
    """What a spreadsheet would run as a formula gets an apostrophe; the JSON has it as it is."""
    names = list(dict.fromkeys(name for record in records for name in record))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(_safe, names))
    writer.writerows([_safe(record.get(name, "")) for name in names] for record in records)
    write_private(path, text.getvalue())


def _safe(cell: str) -> str:
    return cell if _PHONE.fullmatch(cell) else defused(cell)


def _described(path: Path, dataset: Dataset, rows: int) -> dict[str, Any]:
    return {
        "file": path.name,
        "dataset": dataset.name,
        "table": dataset.table,
        "rows": rows,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _left_out(trace: Trace) -> dict[str, int]:
    """Rows that a person has to judge, and those held on a customer's behalf."""
    sure = {(p.dataset, p.table, p.row) for p in trace.places if p.certain}
    named = {(p.dataset, p.table, p.row) for p in trace.places if not p.certain} - sure
    held = {(p.dataset, p.table, p.row) for p in trace.places if p.processor and p.certain}
    return {"rows_by_name_only": len(named), "rows_held_for_a_customer": len(held)}
