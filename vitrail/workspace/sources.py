"""What is mapped and what is not, told without reading a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vitrail.house import carried
from vitrail.model import Dataset, InputFile
from vitrail.promises import load_controls
from vitrail.workspace.importing import ControlReadiness, open_store, readiness

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class SourcesReport:
    """The datasets found, the canonical tables they feed, the faults, each control's readiness."""

    datasets: tuple[Dataset, ...]
    problems: tuple[InputFile, ...]
    tables: tuple[tuple[str, tuple[str, ...]], ...]
    unmapped: tuple[tuple[Dataset, str], ...]
    readiness: tuple[ControlReadiness, ...]


def sources(workspace: OpenWorkspace) -> SourcesReport:
    """Open the exports as an import would, and tell what it would find."""
    with open_store(workspace) as store:
        return SourcesReport(
            datasets=store.catalog.datasets,
            problems=store.faults,
            tables=tuple((n, tuple(sorted(t.columns))) for n, t in sorted(store.tables.items())),
            unmapped=store.unmapped,
            readiness=readiness(store, load_controls(carried("queries", "promises"))),
        )
