"""The parts of a fact: its dimensions and measures, as the front matter declares each."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vitrail.gate.description import DimensionKind


class Strict(BaseModel):
    """A frozen part of a front matter; a key that it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(Strict):
    """What dimensions and measures share.

    ``needs`` names columns by table, as the fact's own does: while the exports do not have them
    this part is not offered, and the rest of the fact is. A zero that only means "not known"
    would be a lie.
    """

    title: str
    needs: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class DimensionDefinition(Part):
    """A dimension of a fact: whose it is, its coarser parent, its values where they are known.

    Without ``values`` the domain is closed at import: what enough persons share, else ``other``.
    Where there is no coarser parent, ``coarsest`` says why. ``once`` marks a value that belongs
    to its own days, such as a campaign: whatever longer span is asked, nothing is added to it.
    """

    kind: DimensionKind
    parent: str | None = None
    coarsest: str = ""
    grain: Literal["week", "month"] | None = None
    values: tuple[str, ...] = ()
    once: bool = False

    @model_validator(mode="after")
    def _sound(self) -> DimensionDefinition:
        if self.once and self.kind is not DimensionKind.EVENT:
            raise ValueError("only a dimension of events can be `once`")
        if self.parent is not None and self.coarsest:
            raise ValueError("what has a parent is not the coarsest")
        return self


class MeasureDefinition(Part):
    """A number of a fact. ``high`` bounds what one person brings to a cell in a month.

    An outcome is 0 or 1 for each person of the base. What is not settled on the day of the event
    ``closes_after`` so many days, before which nothing is told of it. With ``enabled`` off it is
    refused, and ``note`` says why.
    """

    column: str
    kind: Literal["sum", "outcome"] = "sum"
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
