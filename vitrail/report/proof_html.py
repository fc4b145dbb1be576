"""Proof of deletion as one HTML page that stands alone: places and grounds, no value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from vitrail.report.rendering import render

_WORDS: Final = {
    "PASS": "Nothing is left but what may be kept.",
    "FAIL": "Something is left that nothing allows.",
    "INCONCLUSIVE": "Nothing was found left, but not everything could be read.",
    "WARN": "Nothing is left for certain; a name is, which others may bear.",
    "NOT_TESTED": "There was nothing to look through.",
}


def proof_html(document: Mapping[str, Any], *, company: str) -> str:
    """The evidence of a ``vitrail.proof/1`` document for people."""
    standings = Counter(place["standing"] for place in document["places"])
    answer = _WORDS[document["verdict"]]
    return render(
        "proof.html.j2", proof=document, company=company, answer=answer, standings=standings
    )
