"""The ledger's tables as they stand after the last migration.

``events`` is the law: it only grows. ``reasons`` holds what people wrote; it can be purged, and
the event keeps a salted digest of it. ``answers`` holds private releases, which are public by
nature; the event that paid for one keeps its digest. ``runs``, ``standings`` and
``finding_history`` are what the events add up to; ``findings`` describes each finding as its
latest run saw it, ``failures`` each control that failed as its latest check saw it,
``minor_cases`` each person whom a scan took for a likely minor, ``sessions`` who came in by the
door.

Times are text, ISO 8601 in UTC with microseconds: it sorts, and SQLite keeps it to the letter.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import REAL, BigInteger, Column, Double, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

METADATA: Final = MetaData()
#: What the first line has for the hash of the one before.
GENESIS: Final = "0" * 64

#: SQLite's numbers are 8 bytes wide under these names; PostgreSQL's are under others.
WHOLE: Final = Integer().with_variant(BigInteger(), "postgresql")
NUMBER: Final[TypeEngine[float]] = REAL().with_variant(Double(), "postgresql")

EVENTS: Final = Table(
    "events",
    METADATA,
    Column("seq", WHOLE, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("actor", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)

REASONS: Final = Table(
    "reasons",
    METADATA,
    Column("seq", WHOLE, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("words", Text, nullable=False),
    sqlite_strict=True,
)

ANSWERS: Final = Table(
    "answers",
    METADATA,
    Column("seq", WHOLE, primary_key=True),
    Column("document", Text, nullable=False),
    sqlite_strict=True,
)

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("pid", WHOLE, nullable=False),
    Column("pid_started", NUMBER),
    Column("state", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("cancel_requested", WHOLE, nullable=False),
    Column("summary", Text, nullable=False),
    # what no event tells: on which machine, where the parts lie, how far it is
    Column("host", Text),
    Column("directory", Text),
    Column("progress", Text),
    Column("beat_at", Text),
    sqlite_strict=True,
)

FINDINGS: Final = Table(
    "findings",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("dataset", Text, nullable=False),
    Column("table", Text),
    Column("column", Text, nullable=False),
    Column("entity_type", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("cells", WHOLE, nullable=False),
    Column("values", WHOLE, nullable=False),
    Column("score", NUMBER, nullable=False),
    Column("recognizer", Text, nullable=False),
    Column("explanation", Text, nullable=False),
    Column("samples", Text, nullable=False),
    Column("expected", WHOLE, nullable=False),
    Column("run", Text, nullable=False),
    Column("change", Text, nullable=False, server_default="new"),
    Column("new_values", WHOLE),
    Column("opened_at", Text),
    Column("rank", WHOLE, nullable=False, server_default="0"),  # the severity's, to order by
    # walked backwards: the worst and largest first, stopped where a page is full
    Index("findings_in_order", "rank", "cells", "id"),
    Index("findings_of_sort", "expected", "rank", "cells", "id"),
    Index("findings_of_kind", "entity_type", "expected", "rank", "cells", "id"),
    Index("findings_of_dataset", "dataset", "expected", "rank", "cells", "id"),
    # counted without a look at the table
    Index("findings_counted", "expected", "severity", "entity_type", "dataset", "change", "cells"),
    sqlite_strict=True,
)

STANDINGS: Final = Table(
    "standings",
    METADATA,
    Column("finding", Text, primary_key=True),
    Column("presence", Text, nullable=False),
    Column("presence_seq", WHOLE, nullable=False),
    Column("decision", Text),
    Column("decision_seq", WHOLE),
    Column("decided_by", Text),
    Column("decided_at", Text),
    Column("due_on", Text),
    Column("assigned_seq", WHOLE),
    Column("expires_on", Text),
    Column("proposed_seq", WHOLE),
    Column("proposed_by", Text),
    sqlite_strict=True,
)

HISTORY: Final = Table(
    "finding_history",
    METADATA,
    Column("finding", Text, primary_key=True),
    Column("seq", WHOLE, primary_key=True),
    sqlite_strict=True,
)

FAILURES: Final = Table(
    "failures",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("section", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("violations", WHOLE, nullable=False),
    Column("denominator", WHOLE, nullable=False),
    Column("systems", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("opened_at", Text),
    sqlite_strict=True,
)

CASES: Final = Table(
    "minor_cases",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("fingerprint", Text, unique=True),
    Column("level", Text, nullable=False),
    Column("score", NUMBER, nullable=False),
    Column("families", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("status", Text, nullable=False),
    # what the events add up to
    Column("decision_seq", WHOLE),
    Column("decided_by", Text),
    Column("decided_at", Text),
    sqlite_strict=True,
)

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),  # what no event tells
    Column("ended_at", Text),
    Column("cause", Text),
    Column("ended_by", Text),
    sqlite_strict=True,
)
