"""A check of the promises as one HTML page that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vitrail.model import Assessment
from vitrail.report.check_policy import PolicyText
from vitrail.report.check_view import YEAR_SIGNS, CheckView
from vitrail.report.pack_facts import PackFacts
from vitrail.report.rendering import render


def check_html(
    assessments: Sequence[Assessment],
    policy: PolicyText,
    *,
    at: datetime,
    settings: str = "",
    pack: PackFacts | None = None,
) -> str:
    """What is broken, what wants a look, what could not be settled; then clause by clause.

    ``at`` is when the check was made; ``settings`` which ones, and who stood for them; ``pack``
    where the signed pack that it is part of comes from. Holds no raw value, loads nothing, prints
    well.
    """
    view = CheckView(assessments, policy, at, settings, pack)
    return render("check.html.j2", view=view, policy=policy, year_signs=YEAR_SIGNS)
