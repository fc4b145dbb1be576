"""Writes a copy of exports in their own formats, without the personal data that a scan finds.

    scan → copy, cell by cell → scan of the copy → … → redaction.json

The copy appears at its place at once, when it has been looked through; until then it lies beside
it under a name of its own.
"""

from vitrail.redaction.documents import Redaction
from vitrail.redaction.options import Operator, RedactOptions, operators_of
from vitrail.redaction.run import redact

__all__ = ["Operator", "RedactOptions", "Redaction", "operators_of", "redact"]
