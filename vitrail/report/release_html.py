"""An analyst's release as one HTML page that stands alone, to hand round inside the house."""

from __future__ import annotations

from vitrail.model import Release
from vitrail.report.release_view import Paper, ReleaseView
from vitrail.report.rendering import render


def release_html(release: Release, paper: Paper) -> str:
    """Its picture, every number with its ±, how it was made and what it cannot say."""
    return render("release.html.j2", view=ReleaseView(release, paper), paper=paper)
