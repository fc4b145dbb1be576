"""What firms and institutions are called by: legal forms, and words that no person's name has."""

from __future__ import annotations

import re
from typing import Final

_FORM: Final = re.compile(
    r"\b(?:ltd|inc|llc|llp|plc|corp|gmbh|gbr|ohg|kgaa|ag|kg|e\.? ?v|e\.? ?g|sarl|s\.a\.r\.l|sas|"
    r"s\.a\.s|s\.a|s\.l|s\.l\.u|s\.r\.l|srl|spa|s\.p\.a|s\.n\.c|lda|ltda|b\.v|bv|n\.v|nv|vof|oyj?|"
    r"a/s|aps|pty|(?:&|and|und|et|y|e|en) (?:co|cie|sons?|söhne|fils|figli|hijos|hnos|zn|zonen|"
    r"filhos|partners))\.?\s*\Z",
    re.I,
)
_HOUSE: Final = re.compile(
    r"\b(?:group|groupe|gruppe|grupo|gruppo|groep|holdings?|partners|associates|company|bank|banque|"
    r"banco|banca|services|solutions|systems|technolog(?:y|ies)|consulting|industries|stiftung|"
    r"international|enterprises|studios?|labs?|foundation|universit\w+|institut\w*|hotel|"
    r"association|agency|store|club|sa|sl|schools?|colleges?|lyc[ée]e|coll[èe]ge|[ée]cole|colegio|"
    r"escuela|scuola|escola|\w*schule|hospital|h[ôo]pital|ospedale|krankenhaus|airport)\b"
    r"|\A[\w'’-]+, [\w'’-]+ (?:and|&|und|et|y|e|en) [\w'’-]+\s*\Z",
    re.I,
)


def has_legal_form(text: str) -> bool:
    """Whether it ends as a firm's name does: ``Ltd``, ``GmbH``, ``& Sons``."""
    return _FORM.search(text) is not None


def sounds_like_a_house(text: str) -> bool:
    """Whether it has a word such as ``Group`` or ``Bank``, or names partners: ``A, B and C``."""
    return _HOUSE.search(text) is not None or has_legal_form(text)
