"""A mapping proposed for an export that nobody mapped: from what its columns are called and from
what a sample of its rows looks like. It is a proposal: a person reads it, answers what it leaves
open, and has it written into ``vitrail.toml``. No value is kept or shown but as a shape.
"""

from vitrail.proposal.answers import NONE, Answers, Question, Subject
from vitrail.proposal.profiles import ColumnProfile, profiles_of, shown_name
from vitrail.proposal.proposing import Proposal, propose
from vitrail.proposal.source import Place, ProposedSource

__all__ = [
    "NONE",
    "Answers",
    "ColumnProfile",
    "Place",
    "Proposal",
    "ProposedSource",
    "Question",
    "Subject",
    "profiles_of",
    "propose",
    "shown_name",
]
