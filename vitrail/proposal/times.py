"""How the times of a proposed source are read: the order of their days, and their zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vitrail.proposal.answers import Answers, Question, Subject
from vitrail.proposal.days import DayOrder
from vitrail.proposal.fitting import Fit
from vitrail.proposal.kinds import Kind


@dataclass(frozen=True, slots=True)
class TimesRead:
    """``entries`` are keys of a source with times; ``left_out`` columns that would be misread."""

    entries: dict[str, Any]
    left_out: frozenset[str]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]

    def of(self, fits: Sequence[Fit]) -> dict[str, Any]:
        """The keys for a source of these columns: none where no time is among them."""
        return self.entries if any(fit.column.kind is Kind.TIME for fit in fits) else {}


def read_times(fits: Sequence[Fit], answers: Answers, *, zone_known: bool = False) -> TimesRead:
    """Decide what columns tell themselves, ask what none tells, leave out what cannot be read."""
    times = [fit for fit in fits if fit.column.kind is Kind.TIME]
    first = answers.days or _first_part(times)
    questions, warnings, left_out = [], [], set()
    for fit in times:
        order, name = fit.column.writing.order, fit.column.shown
        if order is DayOrder.BOTH or _contradicts(order, first):
            left_out.add(fit.canonical)
            warnings.append(
                f"“{name}” writes {order.value}"
                + ("" if order is DayOrder.BOTH else ", others of this source do not")
                + f"; {fit.canonical} is left out, for its days would be misread."
            )
        elif order is DayOrder.EITHER and first is None:
            left_out.add(fit.canonical)
        elif order is DayOrder.EITHER and answers.days is None:
            warnings.append(f"“{name}” is taken as {first} first, as other columns here are.")
    asked = [f for f in times if first is None and f.column.writing.order is DayOrder.EITHER]
    if asked:
        questions.append(_which_first(asked))
    entries = dict(_dates(times, first))
    if answers.timezone is not None:
        entries["timezone"] = answers.timezone
    elif not zone_known and (bare := [f for f in times if f.column.writing.zoneless]):
        questions.append(_which_zone(bare))
    return TimesRead(entries, frozenset(left_out), tuple(questions), tuple(warnings))


def _first_part(times: Sequence[Fit]) -> str | None:
    told = [fit.column.writing.order for fit in times]
    days, months = told.count(DayOrder.DAY), told.count(DayOrder.MONTH)
    if not days and not months:
        return None
    return "day" if days >= months else "month"


def _contradicts(order: DayOrder, first: str | None) -> bool:
    other = {DayOrder.DAY: "month", DayOrder.MONTH: "day"}.get(order)
    return other is not None and other == first


def _dates(times: Sequence[Fit], first: str | None) -> Iterator[tuple[str, Any]]:
    written = [f.column.writing for f in times if f.column.writing.order is not DayOrder.YEAR]
    if first is None or not written:
        return
    if first == "month" or written[0].halves:
        yield "dates", {"format": written[0].strptime(first), "day_first": first == "day"}
    else:
        yield "dates", {"day_first": True}


def _which_first(asked: Sequence[Fit]) -> Question:
    named = ", ".join(f"“{fit.column.shown}”" for fit in asked)
    words = (
        f"The days of {named} could begin with the day or the month: none of them is after the "
        "12th. Which comes first?"
    )
    return Question(Subject.DAYS, words, ("day", "month"))


def _which_zone(bare: Sequence[Fit]) -> Question:
    named = ", ".join(f"“{fit.column.shown}”" for fit in bare)
    words = f"The times of {named} say no zone. In which zone does this system write them?"
    return Question(Subject.TIMEZONE, words)
