"""What may be asked, and the one form in which each question is answered.

A question is one fact, dimensions, measures, ANDed equalities and a span of closed periods.
However it is worded, it becomes one :class:`Question`: conditions sorted, periods as a span. The
same question in 300 wordings has one answer, so nothing can be averaged out of them.

What goes by neither week nor month is about one calendar span: a week, a month, a quarter or a
year. Of spans chosen at will a single day would lie in hundreds, each with a number of its own. A
campaign is about its own weeks whichever span is asked, so it may be asked over any run of months.
"""

from __future__ import annotations

from typing import Final

from vitrail.did_you_mean import did_you_mean
from vitrail.errors import Refused
from vitrail.gate import periods
from vitrail.gate.facts import PERIODS
from vitrail.gate.manifest import EpochFact
from vitrail.gate.meaning import implied_labels
from vitrail.gate.question import Conditions, Question, coarser
from vitrail.gate.spans import SpanRule
from vitrail.gate.store import FactStore
from vitrail.model import Measure, MeasureKind, Query, Span

#: More rows than this no page shows and no person reads.
MOST_CELLS: Final = 20_000

_MOST_NAMED: Final = 12


def validate(query: Query, store: FactStore) -> None:
    """Raise :class:`~vitrail.errors.Refused` where the gate would not answer the question."""
    question_from(query, store.reader(query.epoch).facts)


def question_from(query: Query, facts: dict[str, EpochFact], *, any_span: bool = False) -> Question:
    """The query in its one form; :class:`~vitrail.errors.Refused` says what cannot be asked.

    ``any_span`` is for answers that are each paid for, which no choice of spans makes cheaper.
    """
    fact = find_fact(query.fact, facts)
    dimensions = _dimensions(query, fact)
    measures = _measures(query, fact)
    plain, span = _conditions(query, fact)
    once = any(fact.definition.dimensions[d].once for d in (*dimensions, *dict(plain)))
    rule = SpanRule(fact, measures, next((d for d in dimensions if d in PERIODS), None), once)
    question = Question(
        fact=fact,
        dimensions=dimensions,
        measures=measures,
        conditions=plain,
        span=rule.closed(span) if any_span else rule.offered(span),
        off_calendar=not any_span and rule.off_calendar(span),
    )
    if question.cells > MOST_CELLS:
        raise Refused(
            f"This question has more than {MOST_CELLS:,} cells, most of them too small to show.",
            f"Ask by fewer or coarser dimensions{_steps(question)}.",
        )
    return question


def find_fact(name: str, facts: dict[str, EpochFact]) -> EpochFact:
    """The fact of that name, or a refusal that lists those there are."""
    if name not in facts:
        known = ", ".join(sorted(facts)) or "none yet, for no export feeds one"
        raise Refused(
            f"There is no fact of that name.{did_you_mean(name, sorted(facts))}",
            f"What can be asked of: {known}.",
        )
    return facts[name]


def _dimensions(query: Query, fact: EpochFact) -> tuple[str, ...]:
    for name in query.dimensions:
        _require_dimension(name, fact)
    if len(set(query.dimensions)) < len(query.dimensions):
        raise Refused("A dimension is named twice.", "Name each dimension once.")
    if set(PERIODS) <= set(query.dimensions):
        raise Refused(
            "Weeks and months cannot be asked for together: a week may lie in two months.",
            "Ask by week or by month.",
        )
    return tuple(sorted(query.dimensions))


def _require_dimension(name: str, fact: EpochFact) -> None:
    if name not in fact.definition.dimensions:
        known = ", ".join(fact.definition.dimensions)
        raise Refused(
            f"{fact.name} has no dimension of that name."
            f"{did_you_mean(name, fact.definition.dimensions)}",
            f"Its dimensions are: {known}.",
        )


def _measures(query: Query, fact: EpochFact) -> tuple[Measure, ...]:
    if not query.measures:
        raise Refused("No measure is asked for.", "Ask for persons, count(DISTINCT person) in SQL.")
    if len(set(query.measures)) < len(query.measures):
        raise Refused("A measure is named twice.", "Name each measure once.")
    for measure in query.measures:
        _require_measure(measure, fact)
    return tuple(sorted(query.measures, key=lambda m: m.label))


def _require_measure(measure: Measure, fact: EpochFact) -> None:
    declared = fact.definition.measures.get(measure.name or "")
    if declared is not None and not declared.enabled and measure.kind is MeasureKind.OUTCOME:
        raise Refused(
            f"outcome({measure.name}) is switched off. {declared.note}".strip(),
            f"Ask for one of: {_askable(fact)}.",
        )
    if measure not in fact.definition.askable:
        raise Refused(
            f"{fact.name} has no such measure."
            f"{did_you_mean(measure.label, (m.label for m in fact.definition.askable))}",
            f"What can be asked of it: {_askable(fact)}.",
        )


def _askable(fact: EpochFact) -> str:
    return ", ".join(measure.label for measure in fact.definition.askable)


def _conditions(query: Query, fact: EpochFact) -> tuple[Conditions, Span | None]:
    """The plain conditions, sorted, and the one span that all period conditions come to.

    What another condition implies (the region beside its country) says nothing and is left out.
    """
    plain: dict[str, str] = {}
    span = query.span
    for name, value in query.filters:
        _require_dimension(name, fact)
        if name in PERIODS:
            span = _same_span(span, _period(name, value))
        elif plain.setdefault(name, value) != value:
            raise Refused(
                f"Two values of {name} are asked for at once, which nobody can have.",
                f"Ask by {name} to see each of its values, or put two questions.",
            )
    for name, value in plain.items():
        if value not in fact.domains[name]:
            raise Refused(
                f"That is no value of {name} that enough persons share."
                f"{did_you_mean(value, fact.domains[name])}",
                _values(name, fact),
            )
    labels = tuple(sorted(plain.items()))
    return tuple(sorted({*labels} - implied_labels(fact, labels))), span


def _values(name: str, fact: EpochFact) -> str:
    values = fact.domains[name]
    named = ", ".join(values[:_MOST_NAMED])
    more = f" and {len(values) - _MOST_NAMED} more" if len(values) > _MOST_NAMED else ""
    return f"Its values are: {named}{more}." if values else f"Leave {name} out."


def _period(grain: str, value: str) -> Span:
    span = periods.week(value) if grain == "week" else periods.month(value)
    if span is None:
        raise Refused(
            f"That is no {grain}.",
            "A week is written by its Monday, 2026-01-05, or as 2026-W02."
            if grain == "week"
            else "A month is written 2026-01.",
        )
    return span


def _same_span(one: Span | None, other: Span) -> Span:
    if one is not None and one != other:
        raise Refused(
            "Two different spans are asked for at once.",
            "Name one week, one month, or one period BETWEEN two days.",
        )
    return other


def _steps(question: Question) -> str:
    steps = ", ".join(f"{parent} for {name}" for name, parent in coarser(question))
    return f", such as {steps}" if steps else ""
