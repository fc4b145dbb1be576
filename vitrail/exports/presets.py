"""Presets: mappings of known products' exports, and how a workspace's own mapping lies over one.

A preset is a file ``presets/<name>.yaml`` with the keys of :class:`~vitrail.config.Source`. A
column may name several exported columns, or a derived one several expressions, for an export's
versions: the first that fits is taken, and none is a fault, for nobody promised that it is there.
``known_by``, ``lacks``, ``alone`` and ``beside`` say by what such an export is known when nobody
names it (:mod:`vitrail.exports.recognised`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from vitrail.config import DateFormat, Source
from vitrail.errors import ConfigError
from vitrail.exports.canonical import CANONICAL

_FOLDER: Final = Path(__file__).parent / "presets"
_KEYS: Final = frozenset(
    {"doc", "table", "inside", "system", "role", "timezone", "columns", "derive", "values", "dates"}
    | {"where", "known_by", "lacks", "alone", "beside"}
)


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """One source of ``vitrail.toml`` with its preset worked in.

    ``columns`` and ``derive`` give the choices for each canonical column, in order; ``written``
    are the canonical columns that the workspace itself maps, so that their absence is a fault.
    """

    name: str
    table: str
    file: str | None
    url: str | None = field(repr=False)
    inside: str | None
    system: str | None
    role: Literal["controller", "processor"]
    timezone: str | None
    columns: Mapping[str, tuple[str, ...]]
    derive: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]]
    dates: DateFormat
    where: str | None
    written: frozenset[str]

    @property
    def place(self) -> str:
        """How a message names it."""
        return f"[sources.{self.name}]"


def preset_names() -> tuple[str, ...]:
    """The presets that there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@cache
def load_preset(name: str) -> Mapping[str, Any]:
    """One preset's keys; :class:`~vitrail.errors.ConfigError` where there is none of that name."""
    if name not in preset_names():
        raise ConfigError(
            f"There is no preset {name}.", f"The presets are {', '.join(preset_names())}."
        )
    text = (_FOLDER / f"{name}.yaml").read_text("utf-8")
    entry: dict[str, Any] = yaml.safe_load(text)
    if unknown := set(entry) - _KEYS:
        raise ConfigError(
            f"The preset {name} has unknown keys: {', '.join(sorted(unknown))}.", "Take them out."
        )
    return entry


def resolve(name: str, source: Source) -> SourceMapping:
    """The source with its preset beneath: what the workspace writes wins, column by column."""
    preset: Mapping[str, Any] = load_preset(source.preset) if source.preset else {}
    written = {*source.columns, *source.derive}
    table = source.table or preset.get("table", "")
    if table not in CANONICAL:
        raise ConfigError(
            f"[sources.{name}] feeds a table {table}, which is no canonical table.",
            f"The canonical tables are {', '.join(CANONICAL)}.",
        )
    role = source.role if "role" in source.model_fields_set else preset.get("role", source.role)
    return SourceMapping(
        name=name,
        table=table,
        file=source.file,
        url=source.url,
        inside=source.inside or preset.get("inside"),
        system=source.system or preset.get("system"),
        role=role,
        timezone=source.timezone or preset.get("timezone"),
        columns=_choices(preset.get("columns", {}), source.columns, written),
        derive=_choices(preset.get("derive", {}), source.derive, written),
        values={**preset.get("values", {}), **source.values},
        dates=source.dates
        if "dates" in source.model_fields_set
        else DateFormat(**preset.get("dates", {})),
        where=source.where or preset.get("where"),
        written=frozenset(written),
    )


def _choices(
    preset: Mapping[str, str | list[str]], own: Mapping[str, str], written: set[str]
) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for column, choice in preset.items():
        if column not in written:
            merged[column] = (choice,) if isinstance(choice, str) else tuple(choice)
    return merged | {column: (choice,) for column, choice in own.items()}
