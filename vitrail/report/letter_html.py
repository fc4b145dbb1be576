"""The letter that goes with an access package, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vitrail.report.rendering import render


def letter_html(manifest: Mapping[str, Any], *, company: str) -> str:
    """One page that says what is in the package, what was left out of it and why."""
    tables = [one for one in manifest["files"] if one["file"].endswith(".csv")]
    return render("letter.html.j2", manifest=manifest, tables=tables, company=company)
