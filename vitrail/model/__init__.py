"""The frozen types that every room shares, in the field's words.

Nothing here imports another module of Vitrail. None of these values holds raw personal data:
a :class:`Hit` knows where a value stands and what shape it has, never what it says.
"""

from vitrail.model.actors import Actor, Role
from vitrail.model.assessments import Assessment, Counted, Evidence, Verdict
from vitrail.model.cases import CaseDecision, CaseFound, CaseStatus, MinorCase
from vitrail.model.datasets import Column, ColumnType, Dataset
from vitrail.model.events import LedgerEvent
from vitrail.model.findings import Change, Decision, Disposition, Finding, FindingStatus, Hit
from vitrail.model.guarantees import Bound, Guarantee
from vitrail.model.inputs import InputFile, InputStatus
from vitrail.model.inventory import Declared, Held, Inventory
from vitrail.model.promises import Control, ProofKind
from vitrail.model.queries import Measure, MeasureKind, Query, Span
from vitrail.model.raw_rows import RawRows
from vitrail.model.releases import HIDDEN, Cell, Release, ReleaseRow
from vitrail.model.remedies import Assignment, Failure, Remedy
from vitrail.model.runs import ColumnVerdict, Progress, RunState, ScanRun
from vitrail.model.settings_standing import SettingsStanding
from vitrail.model.severity import Severity
from vitrail.model.triage import (
    Assigned,
    Decided,
    FindingFilter,
    FindingTally,
    HistoryLine,
    Pile,
    Revealed,
    Standing,
    Where,
)
from vitrail.model.verdict_changes import Cause, VerdictChange

__all__ = [
    "HIDDEN",
    "Actor",
    "Assessment",
    "Assigned",
    "Assignment",
    "Bound",
    "CaseDecision",
    "CaseFound",
    "CaseStatus",
    "Cause",
    "Cell",
    "Change",
    "Column",
    "ColumnType",
    "ColumnVerdict",
    "Control",
    "Counted",
    "Dataset",
    "Decided",
    "Decision",
    "Declared",
    "Disposition",
    "Evidence",
    "Failure",
    "Finding",
    "FindingFilter",
    "FindingStatus",
    "FindingTally",
    "Guarantee",
    "Held",
    "HistoryLine",
    "Hit",
    "InputFile",
    "InputStatus",
    "Inventory",
    "LedgerEvent",
    "Measure",
    "MeasureKind",
    "MinorCase",
    "Pile",
    "Progress",
    "ProofKind",
    "Query",
    "RawRows",
    "Release",
    "ReleaseRow",
    "Remedy",
    "Revealed",
    "Role",
    "RunState",
    "ScanRun",
    "SettingsStanding",
    "Severity",
    "Span",
    "Standing",
    "Verdict",
    "VerdictChange",
    "Where",
]
