"""Rows of an export for an investigator: in the ledger with the reason before a row is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

import vitrail.scan as scanning
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.exports.catalog import Catalog
from vitrail.model import Dataset, Finding, RawRows
from vitrail.scan.samples import masked_cells
from vitrail.trace.rows import Cell, rows_of
from vitrail.workspace.reasons import require_impersonal
from vitrail.workspace.use import in_use

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

#: More rows than that nobody reads; what needs them all is a scan or a trace.
MOST: Final = 500


def raw(workspace: OpenWorkspace, what: str, reason: str, rows: int, reveal: bool) -> RawRows:
    """The first rows of a dataset (``crm.xlsx · Clients``), or those behind a finding's id."""
    if not 1 <= rows <= MOST:
        raise UsageError(f"From 1 to {MOST} rows are shown at a time.", "Ask for fewer.")
    words = require_impersonal(reason, workspace.keys)
    catalog = Catalog.discover([workspace.layout.exports], root=workspace.layout.exports)
    finding = next((f for f in workspace.ledger.findings() if f.id == what), None)
    dataset = None if finding is not None else _dataset(catalog, what)
    place = what if finding is None else _label(finding)
    payload = {
        "place": workspace.keys.fingerprint("dataset", place),
        "rows": rows,
        "in_clear": reveal,
        **({} if finding is None else {"finding": finding.id}),
    }
    workspace.ledger.append_with_reason("rows_read", workspace.actor.name, payload, words)
    numbers: Collection[int] = range(rows)
    if finding is not None:
        dataset, numbers = _behind(workspace, finding, catalog, rows)
    if dataset is None:
        raise UsageError("The export behind this finding is gone.", "Scan again.")
    cells = rows_of(catalog, dataset, numbers) if numbers else []
    return _arranged(workspace, dataset, cells, reveal)


def _behind(
    workspace: OpenWorkspace, finding: Finding, catalog: Catalog, rows: int
) -> tuple[Dataset | None, Collection[int]]:
    """Rows in which a finding is, of the first dataset that has any: it may speak of several."""
    folder = workspace.layout.runs / finding.run
    if not scanning.is_finished(folder):
        raise UsageError("What that scan found was purged.", "Scan again.")
    with in_use(folder):
        for dataset, found in scanning.finding_rows(folder, finding, catalog, workspace.keys):
            return dataset, frozenset(islice(dict.fromkeys(found), rows))
    return None, ()


def _label(finding: Finding) -> str:
    return finding.dataset if finding.table is None else f"{finding.dataset} · {finding.table}"


def _dataset(catalog: Catalog, label: str) -> Dataset:
    known = {dataset.label: dataset for dataset in catalog.datasets}
    if label not in known:
        raise UsageError(
            f"There is no such dataset or finding.{did_you_mean(label, known)}",
            "`ws.sources()` and `vitrail import` name the datasets, `ws.findings()` the findings.",
        )
    return known[label]


def _arranged(
    workspace: OpenWorkspace, dataset: Dataset, cells: Iterable[Cell], reveal: bool
) -> RawRows:
    """The cells as a table; column by column masked, for a column tells what its cells are."""
    columns: dict[str, dict[int, str]] = defaultdict(dict)
    of: dict[str, str] = {}
    for cell in cells:
        columns[cell.name][cell.row] = cell.text
        of[cell.name] = cell.column
    shown = {
        name: values
        if reveal
        else dict(
            zip(
                values,
                masked_cells(list(values.values()), of[name], dataset, workspace.keys),
                strict=True,
            )
        )
        for name, values in columns.items()
    }
    numbers = sorted({row for values in columns.values() for row in values})
    return RawRows(
        dataset.name, dataset.table, tuple(shown), tuple(numbers),
        tuple(tuple(values.get(n) for values in shown.values()) for n in numbers), reveal,
    )  # fmt: skip
