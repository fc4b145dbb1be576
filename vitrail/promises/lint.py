"""What a policy's own file says against itself or leaves open: rules over its data alone.

A rule reads clauses, recipients, categories and periods of whatever policy it is given; none knows
the text of a particular one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vitrail.promises.policy import Policy


@dataclass(frozen=True, slots=True)
class Remark:
    """One contradiction or silence: the rule that found it, where, and a sentence."""

    rule: str
    section: str
    words: str


def lint(policy: Policy) -> tuple[Remark, ...]:
    """Every remark on the policy, rule by rule and in the order of its file."""
    return tuple(remark for rule in _RULES for remark in rule(policy))


def _named_elsewhere(policy: Policy) -> Iterator[Remark]:
    """A clause that claims to name all recipients, and one who is named in another."""
    named = dict.fromkeys(name for clause in policy.clauses for name in clause.names)
    for clause in policy.clauses:
        others = [name for name in named if name not in clause.names]
        if clause.exhaustive and others:
            yield Remark(
                "recipient-named-elsewhere",
                clause.section,
                f"{clause.title}: is told as the whole list, and another clause names "
                f"{', '.join(others)}.",
            )


def _categories_beside_names(policy: Policy) -> Iterator[Remark]:
    """Kinds of helper without anyone of them being named."""
    for clause in policy.clauses:
        if clause.exhaustive and len(policy.sharing_purposes) > len(policy.recipients):
            yield Remark(
                "recipients-by-kind-only",
                clause.section,
                f"{len(policy.sharing_purposes)} kinds of recipient are allowed for and "
                f"{len(policy.recipients)} recipients are named; the others are covered by a "
                "kind alone.",
            )


def _no_number(policy: Policy) -> Iterator[Remark]:
    """A period that the text does not give, with what is assumed for it."""
    for period in policy.periods:
        if not period.promised:
            yield Remark(
                "period-without-number",
                "",
                f"The text gives no number for {period.name}; {period.words} is taken from: "
                f"{period.source}.",
            )


def _no_period(policy: Policy) -> Iterator[Remark]:
    """No time limit at all, where something is tested."""
    if not policy.periods and any(clause.controls for clause in policy.clauses):
        yield Remark(
            "no-period",
            "",
            "No period is told; what is judged by one is judged by the figures of vitrail.toml.",
        )


def _age_without_date(policy: Policy) -> Iterator[Remark]:
    """An age that must be reached, where no birth date is among what is collected."""
    if policy.minimum_age is not None and "DATE_OF_BIRTH" not in policy.declared_entity_types:
        yield Remark(
            "age-without-birth-date",
            "",
            f"Users must be {policy.minimum_age}, and no birth date is declared; one that is "
            "exported is an undeclared category itself.",
        )


def _not_binding(policy: Policy) -> Iterator[Remark]:
    """A clause that only allows: nothing in it can be broken."""
    for clause in policy.clauses:
        if not clause.binding:
            yield Remark(
                "nothing-promised",
                clause.section,
                f"{clause.title}: the clause says what may be done, not what will be.",
            )


def _untested(policy: Policy) -> Iterator[Remark]:
    """A clause that is said to be provable and that no control tests."""
    for clause in policy.clauses:
        if clause.provable and not clause.controls:
            yield Remark("untested", clause.section, f"{clause.title}: no control tests it.")


_RULES: Final[tuple[Callable[[Policy], Iterator[Remark]], ...]] = (
    _named_elsewhere,
    _categories_beside_names,
    _no_number,
    _no_period,
    _age_without_date,
    _not_binding,
    _untested,
)
