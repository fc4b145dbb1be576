"""Facts: trusted, reviewed SQL of one row per event, and what may be asked of it.

A fact is a file in ``queries/facts/``: YAML between two lines of ``---``, then a SELECT over the
canonical tables with the columns ``person`` (a keyed pseudonym), ``day`` and every dimension and
measure that the front matter declares.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vitrail.errors import ConfigError
from vitrail.gate.description import DimensionKind
from vitrail.model import Measure, MeasureKind

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FRONT_MATTER: Final = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)

#: Columns of the materialised table that no dimension or measure may be called.
RESERVED: Final = frozenset({"person", "persons", "day", "period", "rows", "other"})

#: The calendar's own dimensions, of every fact.
PERIODS: Final = ("week", "month")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DimensionDefinition(_Strict):
    """A dimension of a fact: whose it is, its coarser parent, its values where they are known.

    Without ``values`` the domain is closed at import: what enough persons share, else ``other``.
    """

    kind: DimensionKind
    title: str
    parent: str | None = None
    grain: Literal["week", "month"] | None = None
    values: tuple[str, ...] = ()


class MeasureDefinition(_Strict):
    """A number of a fact. ``high`` bounds what one person brings to a cell in a month.

    An outcome is 0 or 1 for each person of the base; it ``closes_after`` so many days, before
    which nothing is told of it. With ``enabled`` off it is refused, and ``note`` says why.
    """

    column: str
    kind: Literal["sum", "outcome"] = "sum"
    title: str
    low: int = 0
    high: int = 1
    unit: str = ""
    closes_after: int = 0
    enabled: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _bounded(self) -> MeasureDefinition:
        if self.low != 0 or self.high <= 0:
            raise ValueError("bounds run from low = 0 to a high above it")
        if self.kind == "outcome" and self.high != 1:
            raise ValueError("an outcome is 0 or 1")
        return self


class FactDefinition(_Strict):
    """What a fact's front matter declares, with its SQL and the digest of the file.

    ``clock`` is the ``table.column`` of times whose last one says how far an export reaches.
    """

    name: str
    title: str
    doc: str
    needs: dict[str, tuple[str, ...]]
    clock: str = Field(pattern=r"^[a-z_0-9]+\.[a-z_0-9]+$")
    person: str = "person_key"
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
        if overlap := set(self.dimensions) & set(self.measures):
            raise ValueError(f"{sorted(overlap)} are both dimension and measure")
        return self

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
