"""What an import changed, in sentences and as part of its JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vitrail.gate import FactChange, FactsReport
    from vitrail.workspace import ImportReport

#: Of fewer erased persons it is not said how many.
_COUNTED_FROM: Final = 10


def sentences(report: ImportReport) -> Iterator[str]:
    """One sentence for each thing that is not as it was at the last import."""
    came = report.arrivals
    if not came.first:
        yield (
            f"Since the last import {came.new:,} files are new or changed and {came.gone:,} are "
            f"gone as they were; {abs(came.rows):,} rows {'more' if came.rows >= 0 else 'less'}."
        )
    if not report.facts.changed:
        yield "No period closed since: the facts in force stay as they are."
    for change in report.facts.changes:
        yield from _of_fact(change)
    if late := report.facts.late:
        yield (
            f"{late:,} events came late for closed weeks; `vitrail import --correct` makes a new "
            "epoch of the exports as they are now."
        )
    if gone := sum(change.gone for change in report.facts.changes):
        yield f"{gone:,} events of closed weeks are not exported any more; they stay counted."
    if report.facts.purged:
        yield (
            f"Rows of {_persons(report.facts)} erased persons left {len(report.facts.purged):,} "
            "epochs; what was published of them stays."
        )


def document(report: ImportReport) -> dict[str, object]:
    """The same for programs."""
    came, facts = report.arrivals, report.facts
    return {
        "changed": facts.changed,
        "arrived": {
            "first": came.first, "files": came.new, "files_gone": came.gone, "rows": came.rows,
        },
        "changes": [
            {
                "fact": c.fact,
                "what": c.what,
                "why": c.why,
                "closed": None if c.first is None else [str(c.first), str(c.last)],
                "late": c.late,
                "gone": c.gone,
                "values": {dimension: list(values) for dimension, values in c.values},
            }
            for c in facts.changes
        ],
        "late": facts.late,
        "erased": _persons(facts) if facts.purged else None,
        "purged": list(facts.purged),
    }  # fmt: skip


def _of_fact(change: FactChange) -> Iterator[str]:
    if change.what == "rebuilt":
        yield (
            f"{change.fact}: counted anew, because {change.why}. Its numbers of closed periods "
            "are others now; those before stay with their epoch (`vitrail ask --epoch`)."
        )
    elif change.what == "left out":
        yield f"{change.fact}: not in this epoch, because {change.why}."
    elif change.what == "new":
        yield f"{change.fact}: {change.why or 'new'}, with closed days up to {change.last}."
    elif change.what == "grown":
        yield f"{change.fact}: the days from {change.first} to {change.last} closed."
    for dimension, values in change.values:
        yield f"{change.fact}: {dimension} has new values: {', '.join(values)}."


def _persons(facts: FactsReport) -> int | str:
    return facts.erased if facts.erased >= _COUNTED_FROM else "some"
