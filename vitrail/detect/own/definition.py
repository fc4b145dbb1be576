"""What a ``recognizers.yaml`` says, as frozen values that travel to every worker.

Deny-lists and allow-lists may hold personal data, so no ``repr`` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vitrail.detect.entities import ENTITIES, EntityType

Engine = Literal["gliner", "transformers"]


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A regular expression and the score from 0 to 1 that its match has by itself.

    ``wider``: its :func:`~vitrail.detect.own.superset.superset`, None where Hyperscan takes none.
    """

    name: str
    regex: str
    score: float
    wider: str | None = None


@dataclass(frozen=True, slots=True)
class OwnRecognizer:
    """Patterns or a deny-list for one entity type.

    ``flags`` are the ``re`` flags of patterns and list. ``checks``: python-stdnum modules, of
    which one must accept a match, or ``luhn``. ``context``: words that speak for a value near it
    or in its column's name; ``columns``: words that do so in the column's name alone.
    """

    name: str
    entity: str
    flags: int
    patterns: tuple[OwnPattern, ...] = ()
    deny_list: tuple[str, ...] = field(default=(), repr=False)
    deny_list_score: float = 1.0
    checks: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model that reads texts. ``model`` is a folder or a name in the model hub's local cache;
    ``labels``: the model's label → our entity type."""

    name: str
    engine: Engine
    model: str
    labels: tuple[tuple[str, str], ...]
    threshold: float

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(sorted({entity for _, entity in self.labels}))


@dataclass(frozen=True, slots=True)
class AllowRule:
    """What is never reported: a value, in whatever writing, or what a regex matches whole.

    ``entity`` None: as any type. ``columns`` empty: in any column, else in those whose name holds
    one of these words.
    """

    value: str | None = field(default=None, repr=False)
    regex: str | None = field(default=None, repr=False)
    entity: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRecognizers:
    """All of one file. The default is none. ``remarks``: what is allowed, but hardly meant."""

    recognizers: tuple[OwnRecognizer, ...] = ()
    models: tuple[OwnModel, ...] = ()
    allowed: tuple[AllowRule, ...] = ()
    types: tuple[EntityType, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def kinds(self) -> Mapping[str, EntityType]:
        """The house's entity types and these."""
        return {**ENTITIES, **{kind.name: kind for kind in self.types}}

    @property
    def model_types(self) -> frozenset[str]:
        """Types that a model of the file finds."""
        return frozenset(entity for model in self.models for entity in model.entities)
