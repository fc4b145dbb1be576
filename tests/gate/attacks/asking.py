"""Words for questions, so that an attack reads as what it asks."""

from __future__ import annotations

from collections.abc import Sequence

from vitrail.model import Measure, MeasureKind, Query, Release, Span

PERSONS = Measure(MeasureKind.PERSONS)
ROWS = Measure(MeasureKind.ROWS)
SPENT = Measure(MeasureKind.SUM, "amount")
AVERAGE = Measure(MeasureKind.AVG, "amount")
CONVERTED = Measure(MeasureKind.OUTCOME, "converted")


def asked(
    *filters: tuple[str, str],
    by: tuple[str, ...] = (),
    of: tuple[Measure, ...] = (PERSONS,),
    span: Span | None = None,
) -> Query:
    """``asked(("plan", "paid"), by=("device",))``."""
    return Query("visits", by, of, filters, span)


def values(releases: Sequence[Release]) -> list[float]:
    """The first number of each answer's first row; −1 where it is hidden."""
    return [r.rows[0].cells[0].value if r.rows and r.rows[0].cells[0] else -1.0 for r in releases]
