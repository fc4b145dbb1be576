"""Which days a question may be about, and which it is about where it names none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from vitrail.errors import Refused
from vitrail.gate import periods
from vitrail.gate.manifest import EpochFact
from vitrail.model import Measure, Span

#: In months; where a question names no span, the last closed one of these is meant.
_USUAL: Final = 3


@dataclass(frozen=True, slots=True)
class SpanRule:
    """The spans of one fact: for these measures, by this grain or none; ``once`` where its cells
    are about days of their own."""

    fact: EpochFact
    measures: tuple[Measure, ...]
    grain: str | None
    once: bool

    def offered(self, span: Span | None) -> Span:
        """The span asked for, where the everyday gate offers it; else what is usual."""
        if span is None:
            return self._usual()
        closed = self.closed(span)
        if self._free(span) or periods.is_calendar(span):
            return closed
        raise Refused(
            "A whole is told of one week, month, quarter or year.",
            "Spans are offered by week, month, quarter or year: name one of these, or GROUP BY "
            "week or month, whose rows may go over any run of them.",
        )

    def off_calendar(self, span: Span | None) -> bool:
        """Whether an offered span is one of its asker's choice, and told of in one piece."""
        return self.grain is None and self.once and not (span and periods.is_calendar(span))

    def _free(self, span: Span) -> bool:
        """Whether any run of periods may be asked: row by row, or of what has its own days."""
        return self.grain is not None or (self.once and periods.is_months(span))

    def _usual(self) -> Span:
        """All there is where it goes row by row, else the last closed quarter, month or week."""
        whole = self.closed(None)
        if self.grain is not None:
            return whole
        months = self.fact.span_of("month", self._through)
        if self.once and months.first <= months.last:
            return months
        known = Span(periods.quarter_start(self.fact.first), self._through)
        return self.closed(periods.calendar_within(known, _USUAL) or whole)

    @property
    def _through(self) -> date:
        return min(self.fact.closed_for(measure) for measure in self.measures)

    def closed(self, span: Span | None) -> Span:
        """The span asked for, or all there is, made of closed weeks or of closed months."""
        fact, grain, through = self.fact, self.grain, self._through
        if span is None:
            span = fact.span_of(grain or "week", through)
            if span.last < span.first:
                raise _still_open(self.measures, fact, through)
            return span
        weeks, months = periods.is_weeks(span), periods.is_months(span)
        if not weeks and not months:
            raise Refused(
                "A span is made of whole weeks, Monday to Sunday, or of whole months.",
                "Move its ends to such days.",
            )
        if grain is not None and not (weeks if grain == "week" else months):
            raise Refused(
                f"A question by {grain} wants a span of whole {grain}s.",
                "A week runs from Monday to Sunday; a month from its first day to its last.",
            )
        if span.last > through:
            raise _still_open(self.measures, fact, through)
        floor = fact.first if months and not weeks else periods.next_monday(fact.first)
        if span.last < floor:
            raise Refused("Nothing is known of that time.", f"The facts begin on {floor}.")
        return Span(max(span.first, floor), span.last)


def _still_open(measures: tuple[Measure, ...], fact: EpochFact, through: date) -> Refused:
    slow = [m for m in measures if fact.closed_for(m) < fact.through]
    why = (
        f"{', '.join(m.label for m in slow)} is not closed for all of that time yet"
        if slow
        else "Part of that time is not closed yet"
    )
    return Refused(
        f"{why}; open periods would change from one answer to the next.",
        f"Ask for weeks up to {periods.last_closed_week(through)} "
        f"or months up to {periods.last_closed_month(through)}.",
    )
