"""The gate: the only way from facts about persons to a human.

    report = build_facts(store, fact_files, facts_dir, keys)
    facts = FactStore.open(facts_dir, fact_files)
    release = answer(parse_sql("SELECT country, count(DISTINCT person) FROM activity "
                               "GROUP BY country", facts), facts, keys)

A question is a :class:`~vitrail.model.Query` or SQL of the same reach; whatever else is asked
raises :class:`~vitrail.errors.Refused` with one plain sentence. The everyday mode gives no formal
guarantee: noise, thresholds and frozen periods make a person hard to tell, not impossible.
"""

from __future__ import annotations

from vitrail.gate.cohorts import Cohort, retention
from vitrail.gate.comparison import (
    Compared,
    Estimate,
    change,
    change_words,
    compared,
    difference,
    rate,
    share,
    told_change,
)
from vitrail.gate.description import (
    Dimension,
    DimensionKind,
    FactChange,
    FactDescription,
    FactsReport,
)
from vitrail.gate.epochs import build_facts
from vitrail.gate.forecast import Forecast, foretell, totals
from vitrail.gate.grammar import validate
from vitrail.gate.periods import calendar_within, previous, year_before
from vitrail.gate.quotients import Quotient, quotient
from vitrail.gate.release import answer
from vitrail.gate.retiring import erased_in_facts, old_epochs
from vitrail.gate.sql import parse_sql
from vitrail.gate.standing import Standing, mean_rate, standings
from vitrail.gate.store import FactStore
from vitrail.gate.suppression import OTHER

__all__ = [
    "OTHER",
    "Cohort",
    "Compared",
    "Dimension",
    "DimensionKind",
    "Estimate",
    "FactChange",
    "FactDescription",
    "FactStore",
    "FactsReport",
    "Forecast",
    "Quotient",
    "Standing",
    "answer",
    "build_facts",
    "calendar_within",
    "change",
    "change_words",
    "compared",
    "difference",
    "erased_in_facts",
    "foretell",
    "mean_rate",
    "old_epochs",
    "parse_sql",
    "previous",
    "quotient",
    "rate",
    "retention",
    "share",
    "standings",
    "told_change",
    "totals",
    "validate",
    "year_before",
]
