"""A private release as PDF, to print or hand out; the same release gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from vitrail.model import Release
from vitrail.report.printing import print_pdf
from vitrail.report.private_view import PrivateView
from vitrail.translation import _


def private_pdf(release: Release, *, company: str) -> bytes:
    """The report as a tagged PDF, dated with the day on which the release was drawn."""
    at = release.released_at or datetime(1970, 1, 1, tzinfo=UTC)
    return print_pdf("private.typ", _document(PrivateView(release, company)), at=at)


def _document(view: PrivateView) -> dict[str, Any]:
    return {
        "title": view.title,
        "answer": view.answer,
        "tool": view.tool,
        "footer": _("Release {id} · Vitrail {version}", id=view.release.id, version=view.tool),
        "about": [list(line) for line in view.about],
        "tiles": [list(tile) for tile in view.tiles],
        "heads": view.heads,
        "labels": view.labels,
        "rows": view.rows,
        "numbers_note": view.numbers_note,
        "together": view.together,
        "budget_note": view.budget_note,
        "notes": list(view.notes),
        "contribution": view.contribution,
        "bound_heads": view.bound_heads,
        "bounds": view.bounds,
        "limits": list(view.limits),
        "budget": [list(line) for line in view.budget],
        "sources": [list(line) for line in view.sources],
    }
