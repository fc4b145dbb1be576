"""Which values imply one of the coarser dimension: a country has one region, and always the same.

Where that is so, the coarser label says nothing more, and the gate treats a cell with it and one
without as the same cell. That only holds while no row says otherwise.
"""

from __future__ import annotations

from collections import defaultdict

from vitrail.gate.facts import FactDefinition
from vitrail.gate.manifest import EpochFact
from vitrail.gate.naming import UNKNOWN, Fetch, quoted
from vitrail.gate.noise import NoiseSource
from vitrail.gate.suppression import OTHER, enough

#: By dimension and value, the value of the dimension's parent that it always has.
Implied = dict[str, dict[str, str]]


def implied_values(fact: FactDefinition, fetch: Fetch) -> Implied:
    """What each value implies over all rows of the fact; neither ``other`` nor ``unknown``."""
    found: Implied = {}
    for child, parent in parents(fact):
        pairs = fetch(
            f"SELECT CAST({quoted(child)} AS VARCHAR), min(CAST({quoted(parent)} AS VARCHAR))"
            f" FROM (SELECT DISTINCT {quoted(child)}, {quoted(parent)} FROM {quoted(fact.name)})"
            f" GROUP BY 1 HAVING count(*) = 1 ORDER BY 1"
        )
        found[child] = {
            value: above for value, above in pairs if not {value, above} & {OTHER, UNKNOWN}
        }
    return found


def nearly_implied(
    fact: FactDefinition, release: str, rows: str, fetch: Fetch, noise: NoiseSource
) -> Implied:
    """The parent of each value that has others too, in rows of too few persons to count.

    Those rows are told under the one parent: else a single odd row would part cells that are the
    same, and whoever compares them would see that it is there.
    """
    found: Implied = {}
    for child, parent in parents(fact):
        pairs: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for value, above, persons, key in fetch(
            f"SELECT CAST({quoted(child)} AS VARCHAR), CAST({quoted(parent)} AS VARCHAR),"
            f" count(*), bit_xor(person)"
            f" FROM (SELECT DISTINCT {quoted(child)}, {quoted(parent)}, person FROM ({rows}))"
            " GROUP BY ALL"
        ):
            pairs[value].append((persons, key, above))
        found[child] = {
            value: max(several)[2]
            for value, several in pairs.items()
            if len(several) > 1
            and not any(
                enough(persons, fact.threshold, noise, [fact.name, key, persons],
                       [release, "implied", child, value])
                for persons, key, _ in sorted(several)[:-1]
            )
        }  # fmt: skip
    return found


def parents(fact: FactDefinition) -> tuple[tuple[str, str], ...]:
    """Each dimension that is not the calendar's with its parent, where it has one."""
    declared = ((name, fact.dimensions[name].parent) for name in fact.plain_dimensions)
    return tuple((name, parent) for name, parent in declared if parent is not None)


def grown(before: EpochFact, now: Implied) -> Implied:
    """What was implied stays so, and values that are new to the epoch imply what they do."""
    return {
        child: {
            **before.implied.get(child, {}),
            **{v: up for v, up in now[child].items() if v not in before.domains.get(child, ())},
        }
        for child in now
    }
