"""A mapping proposed for exports, tried on the real rows, and written into ``vitrail.toml``."""

from vitrail.workspace.mapping.drafts import Draft, draft
from vitrail.workspace.mapping.report import MappedExport, MappingReport, MissingColumn, Standing
from vitrail.workspace.mapping.trial import try_out
from vitrail.workspace.mapping.writing import write

__all__ = [
    "Draft",
    "MappedExport",
    "MappingReport",
    "MissingColumn",
    "Standing",
    "draft",
    "try_out",
    "write",
]
