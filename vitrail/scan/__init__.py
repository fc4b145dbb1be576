"""Carries datasets through :mod:`vitrail.detect` in Arrow batches and writes what was found.

    plan → run → load · read_hits · findings → baseline · sample_cells

A run's directory holds ``hits.parquet`` (a folder of parts), ``columns.json`` and ``run.json``,
and ``minors.parquet`` where likely minors were looked for.
"""

from vitrail.detect.bounds import unseen_in_10000
from vitrail.keys import user_keyring
from vitrail.scan.baseline import Comparison, compare_baseline, read_baseline, write_baseline
from vitrail.scan.comparison import Compared, compare_runs
from vitrail.scan.documents import load, read_columns, read_options
from vitrail.scan.finding_rows import finding_rows
from vitrail.scan.findings import findings
from vitrail.scan.former import is_finished
from vitrail.scan.hits import HITS, HITS_SCHEMA, read_hits
from vitrail.scan.minors import MINORS, MINORS_SCHEMA, MinorsLook, read_minors
from vitrail.scan.named_files import options_to_go_on
from vitrail.scan.options import ScanOptions
from vitrail.scan.plan import PlannedColumn, ScanPlan, plan
from vitrail.scan.run import run
from vitrail.scan.samples import clear_cell, sample_cells

#: What in a run's folder tells single cells; the rest counts columns and files.
HITS_OF_A_RUN = (HITS, MINORS)

__all__ = [
    "HITS_OF_A_RUN",
    "HITS_SCHEMA",
    "MINORS_SCHEMA",
    "Compared",
    "Comparison",
    "MinorsLook",
    "PlannedColumn",
    "ScanOptions",
    "ScanPlan",
    "clear_cell",
    "compare_baseline",
    "compare_runs",
    "finding_rows",
    "findings",
    "is_finished",
    "load",
    "options_to_go_on",
    "plan",
    "read_baseline",
    "read_columns",
    "read_hits",
    "read_minors",
    "read_options",
    "run",
    "sample_cells",
    "unseen_in_10000",
    "user_keyring",
    "write_baseline",
]
