"""Proof of deletion as one HTML page that stands alone: places and grounds, no value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from vitrail.report.rendering import render
from vitrail.translation import N_, _

_WORDS: Final = {
    "PASS": N_("Nothing is left but what may be kept."),
    "FAIL": N_("Something is left that nothing allows."),
    "INCONCLUSIVE": N_("Nothing was found left, but not everything could be read."),
    "WARN": N_("Nothing is left for certain; a name is, which others may bear."),
    "NOT_TESTED": N_("There was nothing to look through."),
}


def proof_html(document: Mapping[str, Any], *, company: str) -> str:
    """The evidence of a ``vitrail.proof/1`` document for people."""
    standings = Counter(place["standing"] for place in document["places"])
    return render(
        "proof.html.j2",
        proof=document,
        company=company,
        answer=_(_WORDS[document["verdict"]]),
        as_of=date.fromisoformat(document["as_of"]),
        standings=standings,
    )
