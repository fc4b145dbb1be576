"""Facts: trusted, reviewed SQL of one row per event, and what may be asked of it.

A fact is a file in ``queries/facts/``: YAML between two lines of ``---``, then a SELECT over the
canonical tables with the columns ``person`` (a keyed pseudonym), ``day`` and every dimension and
measure that the front matter declares.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import Field, ValidationError, model_validator

from vitrail.errors import ConfigError
from vitrail.gate.declarations import DimensionDefinition, MeasureDefinition, Strict
from vitrail.gate.description import DimensionKind
from vitrail.model import Measure, MeasureKind

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FRONT_MATTER: Final = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)

#: Columns of the materialised table that no dimension or measure may be called.
RESERVED: Final = frozenset({"person", "persons", "day", "event_id", "period", "rows", "other"})

#: The calendar's own dimensions, of every fact.
PERIODS: Final = ("week", "month")

#: What of some needs (columns by table) the exports do not have.
Missing = Callable[[Sequence[tuple[str, tuple[str, ...]]]], tuple[str, ...]]


class FactDefinition(Strict):
    """What a fact's front matter declares, with its SQL and the digest of the file.

    ``clock`` is the ``table.column`` of times whose last one says how far an export reaches.
    ``event`` is the column of the SELECT that tells events apart: one row each, nulls aside.
    Tables that only some parts need are read as empty where the exports do not have them.
    """

    name: str
    title: str
    doc: str
    needs: dict[str, tuple[str, ...]]
    clock: str = Field(pattern=r"^[a-z_0-9]+\.[a-z_0-9]+$")
    person: str = "person_key"
    event: str | None = Field(default=None, pattern=r"^[a-z_][a-z_0-9]*$")
    rows_per_person: int = Field(gt=0)
    threshold: int = Field(default=10, ge=10)
    dimensions: dict[str, DimensionDefinition]
    measures: dict[str, MeasureDefinition] = Field(default_factory=dict)
    sql: str
    sha256: str

    @model_validator(mode="after")
    def _sound(self) -> FactDefinition:
        for name in (self.name, *self.dimensions, *self.measures):
            if not _NAME.fullmatch(name) or name in RESERVED:
                raise ValueError(f"`{name}` cannot be a name")
        for name, dimension in self.dimensions.items():
            is_period = dimension.kind is DimensionKind.PERIOD
            if is_period != (name in PERIODS) or (is_period and dimension.grain != name):
                raise ValueError(
                    f"dimension {name}: periods are `week` and `month`, by their grain"
                )
            if dimension.parent is not None and dimension.parent not in self.dimensions:
                raise ValueError(f"dimension {name}: its parent is not a dimension")
            if name in self.coarser(name):
                raise ValueError(f"dimension {name}: it is its own parent's parent")
        if overlap := set(self.dimensions) & set(self.measures):
            raise ValueError(f"{sorted(overlap)} are both dimension and measure")
        return self

    def coarser(self, name: str) -> tuple[str, ...]:
        """The dimensions above one, its parent first."""
        above: list[str] = []
        parent = self.dimensions[name].parent
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self.dimensions[parent].parent if parent in self.dimensions else None
        return tuple(above)

    def fed_by(self, missing: Missing) -> FactDefinition:
        """The fact without the parts whose own needs ``missing`` finds unmet."""
        dims = {n: d for n, d in self.dimensions.items() if not missing(tuple(d.needs.items()))}
        for name, dimension in dims.items():
            parent = next((above for above in self.coarser(name) if above in dims), None)
            dims[name] = dimension.model_copy(update={"parent": parent})
        kept = {n: m for n, m in self.measures.items() if not missing(tuple(m.needs.items()))}
        return self.model_copy(update={"dimensions": dims, "measures": kept})

    @property
    def plain_dimensions(self) -> tuple[str, ...]:
        """The dimensions that are not the calendar's, in the file's order."""
        return tuple(n for n, d in self.dimensions.items() if d.kind is not DimensionKind.PERIOD)

    @property
    def askable(self) -> tuple[Measure, ...]:
        """Every measure that may be asked, in the order a page would offer them."""
        asked = [Measure(MeasureKind.PERSONS), Measure(MeasureKind.ROWS)]
        for name, measure in self.measures.items():
            if not measure.enabled:
                continue
            if measure.kind == "outcome":
                asked.append(Measure(MeasureKind.OUTCOME, name))
            else:
                asked += [Measure(MeasureKind.SUM, name), Measure(MeasureKind.AVG, name)]
        return tuple(asked)


def load_fact(path: Path) -> FactDefinition:
    """Read one fact file; :class:`~vitrail.errors.ConfigError` names what is wrong in it."""
    text = path.read_text("utf-8")
    match = _FRONT_MATTER.fullmatch(text)
    if match is None:
        raise ConfigError(
            f"The fact {path.name} has no front matter.",
            "Begin it with YAML between two lines of ---, then the SELECT.",
        )
    try:
        values: dict[str, Any] = yaml.safe_load(match[1])
        return FactDefinition(
            name=path.stem,
            sql=match[2].strip().rstrip(";"),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            **values,
        )
    except (yaml.YAMLError, TypeError):
        raise ConfigError(
            f"The front matter of the fact {path.name} is not a YAML mapping of known keys.",
            "Compare it with the other facts.",
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise ConfigError(
            f"The fact {path.name} is wrong at {place}: {first['msg']}.", "Mend the front matter."
        ) from None


def load_facts(folder: Path) -> tuple[FactDefinition, ...]:
    """All facts of a folder, by name."""
    facts = tuple(load_fact(path) for path in sorted(folder.glob("*.sql")))
    if not facts:
        raise ConfigError(
            "No fact is declared.", "Put files such as activity.sql into queries/facts."
        )
    return facts
