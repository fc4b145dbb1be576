"""Where the findings are: kinds of data by datasets, darker for more, every number legible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vitrail.detect.entities import plain_words
from vitrail.model import Finding, Severity
from vitrail.ui.heat_table import heat_table
from vitrail.ui.verdicts import severity_word


def findings_map(findings: Sequence[Finding]) -> None:
    """Cells by kind of data and dataset, the worst kinds first."""
    if not findings:
        return
    cells: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        cells[finding.entity_type, finding.dataset] += finding.cells
    kinds = sorted({f.entity_type for f in findings}, key=lambda k: (-_worst(findings, k).rank, k))
    rows = [
        (kind, plain_words(kind), severity_word(_worst(findings, kind))[0],
         _worst(findings, kind).value)
        for kind in kinds
    ]  # fmt: skip
    heat_table(rows, sorted({f.dataset for f in findings}), cells)


def _worst(findings: Sequence[Finding], entity_type: str) -> Severity:
    return max((f.severity for f in findings if f.entity_type == entity_type), key=lambda s: s.rank)
