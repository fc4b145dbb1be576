"""Where a person is: every export, every cell, in whatever form, in one pass over the bytes."""

from vitrail.trace.identifiers import Identifier, Kind, Subject, identifier, read_subjects
from vitrail.trace.result import Place, Trace
from vitrail.trace.tracing import Grounds, Traced, run

__all__ = [
    "Grounds",
    "Identifier",
    "Kind",
    "Place",
    "Subject",
    "Trace",
    "Traced",
    "identifier",
    "read_subjects",
    "run",
]
