"""An analyst's release as PDF: one picture, every number with its errors, how it was made."""

from __future__ import annotations

from vitrail import __version__
from vitrail.model import Release
from vitrail.report.looks import PAPER
from vitrail.report.printing import print_pdf
from vitrail.report.release_view import Paper, ReleaseView
from vitrail.translation import _


def release_pdf(release: Release, paper: Paper) -> bytes:
    """The release as a tagged PDF; the same release gives the same bytes."""
    view = ReleaseView(release, paper, PAPER)
    picture = view.picture
    document = {
        "title": paper.title,
        "answer": view.answer,
        "tool": __version__,
        "footer": f"{_('Release')} {release.id} · Vitrail {__version__}",
        "about": [list(line) for line in view.about],
        "picture": picture and {"svg": picture.svg, "alt": picture.alt},
        "heads": list(paper.heads),
        "labels": view.labels,
        "rows": [list(row) for row in view.rows],
        "left_out": view.left_out,
        "notes": list(view.notes),
        "method": view.method,
        "limits": view.limits,
        "question": paper.question,
    }
    return print_pdf("release.typ", document, at=view.at)
