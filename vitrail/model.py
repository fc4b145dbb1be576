"""The frozen types that every room shares, in the field's words.

Nothing here imports another module of Vitrail. None of these values holds raw personal data:
a :class:`Hit` knows where a value stands and what shape it has, never what it says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


# --- who acts -------------------------------------------------------------------------------


class Role(StrEnum):
    """What an actor is in the house for; what each may do is in :mod:`vitrail.access`."""

    ANALYST = "analyst"
    AUDITOR = "auditor"
    INVESTIGATOR = "investigator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone (or a command line) that acts on a workspace, with the roles it holds."""

    name: str
    roles: frozenset[Role]


# --- what was exported ----------------------------------------------------------------------


class ColumnType(StrEnum):
    """The logical type of a column as its export declares it."""

    TEXT = "text"
    INTEGER = "integer"
    FLOAT = "float"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Column:
    """One leaf column of a dataset. ``name`` of a nested one: ``messages[].body``."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table that can be read: a file, or a table, sheet or archive member inside it.

    ``name`` is the path relative to the root that was searched (POSIX slashes), or the
    database's name; ``table`` names the table, sheet or member inside, else None.
    """

    name: str
    table: str | None
    format: str
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        """How the dataset is written for people: ``crm.xlsx · Clients``."""
        return self.name if self.table is None else f"{self.name} · {self.table}"


class InputStatus(StrEnum):
    """What became of an input file."""

    SCANNED = "scanned"
    SAMPLED = "sampled"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file (or database table) that was read, or could not be, and the proof of which.

    ``reused_from``: the run that read it, where its bytes have not changed since and what that
    run found was taken over.
    """

    name: str
    table: str | None
    sha256: str | None
    rows: int | None
    bytes: int | None
    seconds: float
    status: InputStatus
    reason: str | None = None
    remedy: str | None = None
    reused_from: str | None = None


# --- the gate -------------------------------------------------------------------------------


class MeasureKind(StrEnum):
    """What may be counted or summed through the gate."""

    PERSONS = "persons"
    ROWS = "rows"
    SUM = "sum"
    AVG = "avg"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """One number asked for: ``persons``, ``rows``, ``sum(amount)``, ``outcome(ordered)``."""

    kind: MeasureKind
    name: str | None = None

    @property
    def label(self) -> str:
        return self.kind.value if self.name is None else f"{self.kind.value}({self.name})"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of closed periods: ``first`` and ``last`` are days, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Query:
    """The only question an analyst can put: one fact, dimensions, measures, equalities, a span.

    ``filters`` are ANDed ``(dimension, value)`` equalities. ``epoch`` None means the one in force.
    """

    fact: str
    dimensions: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = (Measure(MeasureKind.PERSONS),)
    filters: tuple[tuple[str, str], ...] = ()
    span: Span | None = None
    epoch: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A published number with the half-widths of its two 95 % intervals.

    ``privacy``: what the gate added. ``total``: privacy and chance, what another sample of such
    people would have given; every comparison uses this one. ``base``: for an outcome or an
    average, the published number of persons it is of.
    """

    value: float
    privacy: float
    total: float
    base: float | None = None

    def __str__(self) -> str:
        """``≈ 1,240 ± 8``: the one way a published number is written."""
        digits = 0 if abs(self.value) >= 100 or float(self.value).is_integer() else 2
        base = "" if self.base is None else f" of {self.base:,.0f}"
        return f"≈ {self.value:,.{digits}f} ± {self.privacy:,.{digits}f}{base}"


#: The one way a number that was withheld is written.
HIDDEN: Final = "◌ hidden for privacy"


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One row of a release: dimension labels, then one cell a measure; None is suppressed."""

    labels: tuple[str, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A gated table: all that leaves the house for an analyst.

    ``id`` is the same for the same question about the same epoch. ``suppressed`` counts the rows
    withheld as far as that may be told. ``notes`` are sentences for the reader. ``units`` gives
    the unit of a measure by its label (``EUR cents``). ``touched`` says in words which
    protections took part, for ``--why``.
    """

    id: str
    epoch: str
    query: Query
    rows: tuple[ReleaseRow, ...]
    suppressed: int
    notes: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    touched: tuple[str, ...] = ()
    released_at: datetime | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.query.dimensions, *(m.label for m in self.query.measures))

    def to_arrow(self) -> pa.Table:
        """The release as Arrow: each measure as ``m``, ``m ± privacy`` and ``m ± total``."""
        import pyarrow

        data: dict[str, list[Any]] = {d: [] for d in self.query.dimensions}
        for row in self.rows:
            for name, label in zip(self.query.dimensions, row.labels, strict=True):
                data[name].append(label)
        for index, measure in enumerate(self.query.measures):
            cells = [row.cells[index] for row in self.rows]
            data[measure.label] = [c and c.value for c in cells]
            data[f"{measure.label} ± privacy"] = [c and c.privacy for c in cells]
            data[f"{measure.label} ± total"] = [c and c.total for c in cells]
        return pyarrow.table(data)

    def to_pandas(self) -> pd.DataFrame:
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def _repr_html_(self) -> str:
        """How a notebook shows a release: published numbers with their ±, hidden ones marked."""
        heads = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(label)}</td>" for label in row.labels)
            + "".join(f"<td style='text-align:right'>{escape(str(c or HIDDEN))}</td>"
                      for c in row.cells)
            + "</tr>"
            for row in self.rows
        )  # fmt: skip
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        foot = f"Release {escape(self.id)}, epoch {escape(self.epoch)}; ± is what privacy added."
        return (
            f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
            f"<small>{foot}<ul>{notes}</ul></small>"
        )


# --- the scan -------------------------------------------------------------------------------


class Severity(StrEnum):
    """How bad a finding or a broken promise is, mildest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Hit:
    """A value judged personal: its type, place, score, fingerprint and shape; never the value.

    ``start`` and ``end`` are Unicode code points, half open, in the cell as exported; ``row``
    counts from 0 in the file's order; ``path`` holds the index at each ``[]`` of the column.
    """

    dataset: str
    table: str | None
    column: str
    path: tuple[int, ...]
    row: int
    entity_type: str
    start: int
    end: int
    score: float
    recognizer: str
    fingerprint: str
    masked: str


class FindingStatus(StrEnum):
    """Where a finding is in its life: open → claimed fixed → verified → regressed.

    VERIFIED: claimed fixed, and a later scan that read all of it found none. GONE: not found
    again though nobody had claimed so. REGRESSED: found again after either, or after the claim.
    """

    OPEN = "open"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed fixed"
    VERIFIED = "verified"
    DISMISSED = "dismissed"
    GONE = "gone"
    REGRESSED = "regressed"


class Change(StrEnum):
    """What the latest scan says of a finding beside what was known before it."""

    NEW = "new"
    STILL_THERE = "still there"
    REGRESSED = "regressed"
    GONE = "gone"
    NOT_EXAMINED = "not examined again"


@dataclass(frozen=True, slots=True)
class Finding:
    """The hits of one entity type in one column of one source, as one thing to decide on.

    ``id`` stays the same from run to run. ``expected``: the mapping declares that this column
    holds such data, so it is not stray. ``explanation`` says in words why it was flagged.
    ``new_values``: how many of ``values`` the scan before did not hold; None where no scan before
    can be compared with.
    """

    id: str
    dataset: str
    table: str | None
    column: str
    entity_type: str
    severity: Severity
    cells: int
    values: int
    score: float
    recognizer: str
    explanation: str
    samples: tuple[str, ...]
    expected: bool
    status: FindingStatus
    run: str
    change: Change = Change.NEW
    new_values: int | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


class Decision(StrEnum):
    """What a human may decide on a finding."""

    CONFIRM = "confirm"
    CLAIM = "claim"
    DISMISS = "dismiss"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Disposition:
    """A human's decision on a finding, with reason and actor."""

    finding: str
    decision: Decision
    reason: str
    actor: str
    at: datetime


class RunState(StrEnum):
    """What a run is doing."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is. ``total_bytes`` is an estimate until all inputs are open."""

    done_bytes: int
    total_bytes: int
    rows: int
    cells: int
    hits: int
    seconds: float
    current: str = ""

    @property
    def share(self) -> float:
        return min(1.0, self.done_bytes / self.total_bytes) if self.total_bytes else 0.0

    @property
    def cells_per_second(self) -> float:
        return self.cells / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None until a twentieth of a percent is done; before that it would be a guess."""
        if self.share < 0.0005:
            return None
        return self.seconds * (1 - self.share) / self.share


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """What a column as a whole holds, with the evidence; a row of ``columns.json``."""

    dataset: str
    table: str | None
    column: str
    rows: int
    non_null: int
    distinct: int
    examined: int
    language: str | None
    verdict: str | None
    confidence: float
    hits: tuple[tuple[str, int], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScanRun:
    """One scan: what was read, with what, and what came out; where the parts lie on disk.

    ``made_with``: options, models and recognisers, each with its name, as a report tells them.
    """

    id: str
    directory: str
    state: RunState
    started_at: datetime
    seconds: float
    inputs: tuple[InputFile, ...]
    columns: tuple[ColumnVerdict, ...]
    hits: int
    progress: Progress | None = None
    made_with: tuple[tuple[str, str], ...] = ()

    @property
    def unreadable(self) -> tuple[InputFile, ...]:
        return tuple(i for i in self.inputs if i.status is InputStatus.UNREADABLE)


# --- the promises ---------------------------------------------------------------------------


class Verdict(StrEnum):
    """What data says of a promise. Zero violations of zero is NOT_TESTED, never PASS."""

    PASS = "PASS"  # noqa: S105 - a verdict
    FAIL = "FAIL"
    WARN = "WARN"
    NOT_TESTED = "NOT_TESTED"
    INCONCLUSIVE = "INCONCLUSIVE"
    NOT_PROVABLE = "NOT_PROVABLE"


class ProofKind(StrEnum):
    """How far data can go: proves both ways, refutes only, rests on a log, cannot say."""

    PROVES = "P"
    REFUTES = "R"
    LOG = "L"
    NONE = "N"


@dataclass(frozen=True, slots=True)
class Control:
    """A testable form of a clause: what it needs, and the SQL that yields what breaks it.

    The first table of ``needs`` is the one whose rows are judged; ``uses`` are tables that are
    read where they were exported and empty where not. ``unit`` and ``breach`` make the sentence
    for the board: "3 of 41,200 *marketing sends* *followed an unsubscribe*". ``reasons`` says
    each reason that the SQL can give in words. ``law`` is a note on the law, never a verdict.
    """

    id: str
    section: str
    title: str
    checks: str
    severity: Severity
    kind: ProofKind
    needs: tuple[tuple[str, tuple[str, ...]], ...]
    standards: tuple[str, ...]
    parameters: tuple[tuple[str, Any], ...]
    sql: str
    sql_sha256: str
    version: int = 1
    uses: tuple[str, ...] = ()
    unit: str = "rows"
    breach: str = "broke the promise"
    law: str = ""
    limits: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases got one level for one reason, and the reason in words."""

    level: str
    reason: str
    words: str
    cases: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on; never a raw value. ``keys`` are keyed row ids, at most 20."""

    control: str
    control_version: int
    policy: str
    clause_sha256: str
    inputs: tuple[InputFile, ...]
    sql: str
    sql_sha256: str
    parameters: tuple[tuple[str, Any], ...]
    tool_version: str
    keys: tuple[str, ...]
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one control at one time, with the numbers behind it.

    ``denominator`` is what was examined, ``violations`` what broke the promise, ``warnings``
    what wants a look, ``undecidable`` what the data could not settle. ``rate`` is violations
    over denominator, None where nothing was examined. ``interval`` is Wilson's 95 % interval of
    a sampled rate. ``covered`` are the first and last time among all rows judged, ``counted`` the
    cases by level and reason, ``scope`` which systems were covered of those registered.
    ``explanation`` is the paragraph for a lawyer; ``reason`` one clause of why this verdict.
    """

    control: str
    section: str
    title: str
    verdict: Verdict
    severity: Severity
    kind: ProofKind
    denominator: int
    violations: int
    warnings: int
    undecidable: int
    rate: float | None
    first: datetime | None
    last: datetime | None
    keys: tuple[str, ...]
    reason: str
    sentence: str
    evidence: Evidence
    missing: tuple[str, ...] = ()
    stale: bool = False
    pattern: str | None = None
    interval: tuple[float, float] | None = None
    covered: tuple[datetime | None, datetime | None] = (None, None)
    counted: tuple[Counted, ...] = ()
    scope: str = ""
    standards: tuple[str, ...] = ()
    law: str = ""
    limits: str = ""
    explanation: str = ""


# --- the ledger -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """One line of the append-only chain. ``payload`` holds no personal data."""

    seq: int
    at: datetime
    kind: str
    actor: str
    payload: dict[str, Any] = field(hash=False)
    prev_hash: str = ""
    hash: str = ""
