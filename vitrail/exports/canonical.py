"""The canonical tables: one vocabulary for every company's exports.

The tables themselves stand in ``canonical.yaml``, to be read by people too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

#: Columns by which a row can be tied to a person, surest first.
IDENTIFIERS: Final = ("account_id", "subject_key", "user_pseudo_id")

#: Where a row came from: file, table inside it, position from 0 in the file's order.
PROVENANCE: Final[Mapping[str, str]] = MappingProxyType(
    {"_dataset": "VARCHAR", "_table": "VARCHAR", "_row": "BIGINT"}
)

#: Columns of contact data; they stay visible in ``profiles`` and nowhere else.
CONTACT_TABLE: Final = "profiles"

_ENUM = re.compile(r"ENUM\((.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CanonicalTable:
    """One canonical table. ``columns``: name → DuckDB type, in order, without what comes on top.

    ``vocabularies`` closes a text column to some words; ``docs`` says what a column is where its
    name does not. ``key`` is what names a row, empty where nothing does.
    """

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    doc: str
    vocabularies: Mapping[str, tuple[str, ...]]
    docs: Mapping[str, str]

    @property
    def identifiable(self) -> bool:
        """Whether a row of it can be tied to a person, so that it has a ``person_key``."""
        return any(name in self.columns for name in IDENTIFIERS)

    @property
    def view_columns(self) -> Mapping[str, str]:
        """Every column that a query sees, with its type."""
        person = {"person_key": "BIGINT"} if self.identifiable else {}
        return {**self.columns, **person, **PROVENANCE}


def _column(text: str) -> tuple[str, tuple[str, ...] | None, str]:
    """``TYPE; doc`` → DuckDB type, closed vocabulary or None, doc."""
    kind, _, doc = (part.strip() for part in text.partition(";"))
    if match := _ENUM.fullmatch(kind):
        return "VARCHAR", tuple(word.strip() for word in match[1].split(",")), doc
    return kind, None, doc


def _table(name: str, entry: dict[str, Any]) -> CanonicalTable:
    parsed = {column: _column(text) for column, text in entry["columns"].items()}
    return CanonicalTable(
        name=name,
        columns=MappingProxyType({c: kind for c, (kind, _, _) in parsed.items()}),
        key=tuple(entry["key"]),
        doc=entry["doc"],
        vocabularies=MappingProxyType({c: v for c, (_, v, _) in parsed.items() if v}),
        docs=MappingProxyType({c: doc for c, (_, _, doc) in parsed.items() if doc}),
    )


def _read() -> Mapping[str, CanonicalTable]:
    text = Path(__file__).with_suffix(".yaml").read_text("utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return MappingProxyType({name: _table(name, entry) for name, entry in entries.items()})


CANONICAL: Final[Mapping[str, CanonicalTable]] = _read()
