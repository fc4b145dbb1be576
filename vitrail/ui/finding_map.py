"""Where the findings are: kinds of data by datasets, darker for more, every number legible."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import Finding, Severity
from vitrail.ui.palette import both
from vitrail.ui.verdicts import severity_word

_HEAD: Final = (
    "vertical-align:bottom;font-weight:500;text-align:left;padding:0.3rem 0.2rem;"
    "font-size:0.8rem;min-width:3.4rem;line-height:1.2"
)
_SLANT: Final = "writing-mode:vertical-rl;transform:rotate(180deg);max-height:11rem"
_CELL: Final = "text-align:right;padding:0.22rem 0.45rem;border:1px solid transparent;height:1.7rem"


def findings_map(findings: Sequence[Finding]) -> None:
    """The map as a table of real text, so that it scales, scrolls and can be read aloud."""
    if not findings:
        return
    cells: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        cells[finding.entity_type, finding.dataset] += finding.cells
    kinds = sorted({f.entity_type for f in findings}, key=lambda k: (-_worst(findings, k).rank, k))
    datasets = sorted({f.dataset for f in findings})
    most = max(cells.values())
    heads = "".join(
        f'<th scope="col" style="{_HEAD}"><span style="{_SLANT}">{escape(d)}</span></th>'
        for d in datasets
    )
    body = "".join(_row(kind, _worst(findings, kind), datasets, cells, most) for kind in kinds)
    st.html(
        '<div style="overflow-x:auto"><table class="vitrail-map" style="border-collapse:separate;'
        'border-spacing:2px;font-size:0.84rem;font-variant-numeric:tabular-nums">'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(
    kind: str,
    severity: Severity,
    datasets: Sequence[str],
    cells: Mapping[tuple[str, str], int],
    most: int,
) -> str:
    sign = severity_word(severity)[0]
    head = (
        f'<th scope="row" style="text-align:left;font-weight:500;white-space:nowrap;'
        f'padding-right:0.8rem" title="{severity.value}"><span style="color:'
        f'{both(severity.value)}">{sign}</span> {escape(plain_words(kind))}</th>'
    )
    return f"<tr>{head}{''.join(_cell(cells.get((kind, d), 0), most) for d in datasets)}</tr>"


def _cell(count: int, most: int) -> str:
    """Empty stays empty; the others are tinted by the order of magnitude."""
    if not count:
        tint = "color-mix(in srgb,currentColor 4%,transparent)"
        return f'<td style="{_CELL};background:{tint}"></td>'
    share = 12 + 38 * math.log10(count + 1) / math.log10(most + 1)
    tint = f"color-mix(in srgb,{both('accent')} {share:.0f}%,transparent)"
    return f'<td style="{_CELL};background:{tint};border-radius:3px">{count:,}</td>'


def _worst(findings: Sequence[Finding], entity_type: str) -> Severity:
    return max((f.severity for f in findings if f.entity_type == entity_type), key=lambda s: s.rank)
