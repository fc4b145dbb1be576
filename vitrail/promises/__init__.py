"""Promises: the policy's clauses as controls, their verdicts, and evidence that leaks nothing."""

from vitrail.promises.assessment import Watch, assess, assess_all
from vitrail.promises.comparison import changes
from vitrail.promises.control import load_controls
from vitrail.promises.evidence import assessments_document, evidence_record, load_assessments
from vitrail.promises.lint import lint as lint_policy
from vitrail.promises.policy import Clause, Policy, load_policy
from vitrail.promises.reading import ENGINE_BYTES, hits_read
from vitrail.promises.scan_tables import columns_table, datasets_table, reviews_table
from vitrail.promises.violations import Violation, violations
from vitrail.promises.year import Lived, Verdicts, Year, years

__all__ = [
    "ENGINE_BYTES",
    "Clause",
    "Lived",
    "Policy",
    "Verdicts",
    "Violation",
    "Watch",
    "Year",
    "assess",
    "assess_all",
    "assessments_document",
    "changes",
    "columns_table",
    "datasets_table",
    "evidence_record",
    "hits_read",
    "lint_policy",
    "load_assessments",
    "load_controls",
    "load_policy",
    "reviews_table",
    "violations",
    "years",
]
