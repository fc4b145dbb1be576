"""Answers that name a table or a column, held against those that there are."""

from __future__ import annotations

from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.columns import find
from vitrail.model import Dataset
from vitrail.proposal.answers import NONE, Answers
from vitrail.proposal.fitting import targets
from vitrail.proposal.profiles import shown_name


def check_table(answers: Answers) -> None:
    """Raise :class:`~vitrail.errors.UsageError` where the table is no canonical one."""
    if answers.table is not None and answers.table not in CANONICAL:
        raise UsageError(
            f"There is no canonical table {answers.table[:60]}."
            + did_you_mean(answers.table, tuple(CANONICAL)),
            f"There are {', '.join(CANONICAL)}.",
        )


def checked_columns(dataset: Dataset, answers: Answers) -> dict[str, str]:
    """The chosen columns by the names that the export really has."""
    known = (
        targets(CANONICAL[answers.table])
        if answers.table
        else tuple({c: None for table in CANONICAL.values() for c in targets(table)})
    )
    chosen: dict[str, str] = {}
    for canonical, exported in answers.columns.items():
        if canonical not in known:
            raise UsageError(
                f"There is no canonical column {canonical[:60]}." + did_you_mean(canonical, known),
                f"There are {', '.join(known[:40])}.",
            )
        name = exported if exported == NONE else find(exported, dataset)
        if name is None:
            names = tuple(shown_name(column.name) for column in dataset.columns)
            raise UsageError(
                f"{dataset.label} has no such column for {canonical}."
                + did_you_mean(exported, names),
                f"It has {', '.join(names[:40])}.",
            )
        chosen[canonical] = name
    return chosen
