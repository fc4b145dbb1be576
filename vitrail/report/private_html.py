"""A private release as one HTML page that stands alone and may be handed to anyone."""

from __future__ import annotations

from vitrail.model import Release
from vitrail.report.private_view import PrivateView
from vitrail.report.rendering import render


def private_html(release: Release, *, company: str) -> str:
    """The numbers, how far they may be off, what is promised, what is not, and what it cost."""
    return render("private.html.j2", view=PrivateView(release, company))
