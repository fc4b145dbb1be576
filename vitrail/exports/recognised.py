"""Which product's export a dataset is, told by its columns alone: no row is read.

A preset is known by columns: ``known_by`` (all of them, each under one of its names) and ``lacks``
(what its export never has). Two presets of one canonical table would bring its rows twice, so the
one that maps most is taken, unless one says that it goes ``beside`` the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vitrail.exports.columns import standing
from vitrail.exports.matching import is_inside
from vitrail.exports.presets import load_preset, preset_names
from vitrail.model import Dataset


@dataclass(frozen=True, slots=True)
class Recognised:
    """A preset that fits a dataset. ``alone``: to be taken only where nothing else feeds its
    table, for the product's export merely stands in for one that a company usually has.
    ``inside``: what a source has to say, where the file is not named as the product names it."""

    preset: str
    table: str
    doc: str
    alone: bool
    columns: int
    inside: str | None = None


def recognise(dataset: Dataset) -> tuple[Recognised, ...]:
    """The presets that fit, of each canonical table the one that maps most; surest first."""
    best: dict[tuple[str, str | None], Recognised] = {}
    for name in preset_names():
        preset = load_preset(name)
        if not _fits(preset, dataset):
            continue
        one = Recognised(
            preset=name,
            table=preset["table"],
            doc=str(preset["doc"]).strip(),
            alone=bool(preset.get("alone", False)),
            columns=sum(_has(choice, dataset) for choice in preset.get("columns", {}).values()),
            inside=_renamed(preset.get("inside"), dataset),
        )
        place = one.table, preset.get("beside")
        if place not in best or one.columns > best[place].columns:
            best[place] = one
    return tuple(sorted(best.values(), key=lambda r: (r.alone, -r.columns, r.preset)))


def _fits(preset: Mapping[str, Any], dataset: Dataset) -> bool:
    known: Sequence[str | list[str]] = preset.get("known_by", ())
    return (
        bool(known)
        and all(_has(choice, dataset) for choice in known)
        and not any(_has(choice, dataset) for choice in preset.get("lacks", ()))
    )


def _renamed(inside: str | None, dataset: Dataset) -> str | None:
    return None if inside is None or is_inside(dataset.table or dataset.name, inside) else "*"


def _has(choice: str | Iterable[str], dataset: Dataset) -> bool:
    names = [choice] if isinstance(choice, str) else choice
    return any(standing(name, dataset) is not None for name in names)
