"""Likely minors: what speaks of somebody's age, and how sure it is. Pure: no input or output.

births (intervals) ← dates · identifiers · statements → signals → judgement
"""

from vitrail.detect.minors.births import Ages, Birth, of_ages, of_day, of_year
from vitrail.detect.minors.dates import birth_of
from vitrail.detect.minors.identifiers import KINDS, birth_within
from vitrail.detect.minors.judgement import Judgement, combine, judge_person
from vitrail.detect.minors.saying import Statement
from vitrail.detect.minors.signals import Family, Judged, Level, Signal, judge
from vitrail.detect.minors.statements import statements

__all__ = [
    "KINDS",
    "Ages",
    "Birth",
    "Family",
    "Judged",
    "Judgement",
    "Level",
    "Signal",
    "Statement",
    "birth_of",
    "birth_within",
    "combine",
    "judge",
    "judge_person",
    "of_ages",
    "of_day",
    "of_year",
    "statements",
]
