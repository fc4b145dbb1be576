"""Expressions of ``vitrail.toml``: one scalar expression each, over the exported columns.

They are written by whoever runs the workspace and are trusted as such; still they are held to
expressions, so that a mapping can neither read another file nor bring in rows from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from vitrail.errors import ConfigError

#: ``hmac(normalise_email(x))`` says in words what a pseudo-column ``email`` says by its name.
_KEYED: Final = re.compile(
    r"hmac\s*\(\s*normalise_email\s*\((?P<inner>.+)\)\s*\)", re.DOTALL | re.IGNORECASE
)

_REFUSED: Final = (
    exp.Query,
    exp.Table,
    exp.Command,
    exp.DDL,
    exp.DML,
    exp.Placeholder,
    exp.Parameter,
    exp.Alias,
)
_REFUSED_FUNCTIONS: Final = re.compile(
    r"read_.*|.*_scan|glob|getenv|getvariable|current_setting|query|query_table|nextval|currval",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression and the exported columns that it names."""

    text: str
    columns: tuple[str, ...]

    @property
    def sql(self) -> str:
        """Ready to stand inside other SQL; the line break ends a comment left open."""
        return f"({self.text}\n)"


@lru_cache(maxsize=1_024)
def parse(text: str, place: str) -> Expression:
    """Check ``text`` as one scalar expression; ``place`` names it in the error."""
    try:
        trees = sqlglot.parse(text, read="duckdb")
    except SqlglotError:
        raise _wrong(place, "is no SQL expression") from None
    if len(trees) != 1 or trees[0] is None:
        raise _wrong(place, "is not one SQL expression")
    tree = trees[0]
    if not isinstance(tree, exp.Condition) or any(isinstance(n, _REFUSED) for n in tree.walk()):
        raise _wrong(place, "is more than an expression over this export's columns")
    for function in tree.find_all(exp.Func):
        name = function.name if isinstance(function, exp.Anonymous) else function.sql_name()
        if _REFUSED_FUNCTIONS.fullmatch(name):
            raise _wrong(place, f"calls {name.lower()}, which reaches beyond this export")
    return Expression(text, tuple(dict.fromkeys(_name(c) for c in tree.find_all(exp.Column))))


def keyed_email(text: str) -> str | None:
    """The inner expression of ``hmac(normalise_email(…))``, None for any other."""
    match = _KEYED.fullmatch(text.strip())
    return match["inner"].strip() if match else None


def _name(column: exp.Column) -> str:
    return ".".join(part.name for part in column.parts)


def _wrong(place: str, what: str) -> ConfigError:
    return ConfigError(
        f"{place} {what}.",
        "Write one expression over the exported columns: no SELECT, no table function, no `;`.",
    )
