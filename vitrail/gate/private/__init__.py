"""The differential-privacy mode: for numbers that leave the house.

    reader = store.reader()
    made = plan(parse_sql("SELECT month, count(DISTINCT person) FROM activity GROUP BY month",
                          store), reader, Terms(rho=0.05))
    release = draw(made, reader)  # shown only after the ledger has taken its ρ from the budget

A plan says what the release will cost and how far it will be off, and looks at nobody. The
unit of privacy is one person with everything they did; neighbouring data differ by one person.
"""

from __future__ import annotations

from vitrail.gate.private.accounting import MILLION, best_guess, epsilon, millionths
from vitrail.gate.private.drawing import draw
from vitrail.gate.private.plan import POPULATION, Plan, Terms, plan
from vitrail.gate.private.wording import LIMITS, percent, promise

__all__ = [
    "LIMITS",
    "MILLION",
    "POPULATION",
    "Plan",
    "Terms",
    "best_guess",
    "draw",
    "epsilon",
    "millionths",
    "percent",
    "plan",
    "promise",
]
