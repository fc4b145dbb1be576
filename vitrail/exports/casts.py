"""SQL that turns an exported value into a canonical one. A value that cannot be is NULL.

Each function takes the exported value as SQL and its DuckDB type; the macros are those of
``macros.sql``. Nothing here fails on a value: what is lost is counted by the survey.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vitrail.config import DateFormat
from vitrail.exports.formats.loading import quote_literal

_INTEGERS: Final = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UHUGEINT"}
    | {"UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)
_FLOATS: Final = frozenset({"FLOAT", "DOUBLE"})
_NAIVE: Final = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
ZONED: Final = "TIMESTAMP WITH TIME ZONE"


_TIMES_OF_DAY: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source writes its times."""

    dates: DateFormat = field(default_factory=DateFormat)
    timezone: str | None = None

    @property
    def zone(self) -> str:
        return quote_literal(self.timezone or "UTC")

    @property
    def formats(self) -> tuple[str, ...]:
        """The declared strptime format, also with a time behind the day where it has none."""
        if self.dates.format is None:
            return ()
        has_time = "%H" in self.dates.format or "%I" in self.dates.format
        return tuple(self.dates.format + t for t in (("",) if has_time else _TIMES_OF_DAY))

    def written(self, sql: str) -> str:
        """The text as ISO 8601 would order it."""
        return f"day_first_iso(trim({sql}))" if self.dates.day_first else f"trim({sql})"


def is_text(kind: str) -> bool:
    return kind == "VARCHAR"


def is_naive(kind: str) -> bool:
    """Whether the type holds times without a zone."""
    return kind in _NAIVE


def present(sql: str, kind: str) -> str:
    """Whether the exported cell holds anything."""
    # a trim of both ends goes through all of a text, of one end to its first letter
    return (
        f"({sql} IS NOT NULL AND ltrim({sql}) <> '')" if is_text(kind) else f"({sql} IS NOT NULL)"
    )


def convert(sql: str, kind: str, target: str, reading: Reading) -> str:
    """The exported value as ``target``; vocabularies come after, by :func:`translate`."""
    if target in {"TIMESTAMPTZ", "DATE"}:
        return (_time if target == "TIMESTAMPTZ" else _date)(sql, kind, reading)
    conversions: dict[str, Callable[[str, str], str]] = {
        "VARCHAR": text,
        "BIGINT": lambda s, k: f"TRY_CAST({_whole(s, k)} AS BIGINT)",
        "INTEGER": lambda s, k: f"TRY_CAST({_whole(s, k)} AS INTEGER)",
        "DOUBLE": lambda s, k: f"TRY_CAST({_number(s, k)} AS DOUBLE)",
        "BOOLEAN": lambda s, k: s if k == "BOOLEAN" else f"yes_or_no({text(s, k)})",
        "JSON": _json,
        "VARCHAR[]": _list,
    }
    return conversions[target](sql, kind)


def text(sql: str, kind: str) -> str:
    """Text as exported, blank cells as NULL, whole numbers of a float without their ``.0``."""
    if is_text(kind):
        return f"NULLIF({sql}, '')"
    if kind in _FLOATS:
        return (
            f"CASE WHEN {sql} = trunc({sql}) AND abs({sql}) < 9e15 "
            f"THEN CAST(CAST({sql} AS BIGINT) AS VARCHAR) ELSE CAST({sql} AS VARCHAR) END"
        )
    if kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"CAST(to_json({sql}) AS VARCHAR)"
    return f"CAST({sql} AS VARCHAR)"


def identifier(sql: str, kind: str) -> str:
    """Text that names someone or something: without blanks around it."""
    return f"NULLIF(trim({sql}), '')" if is_text(kind) else text(sql, kind)


def translate(
    sql: str, values: Mapping[str, str], vocabulary: Sequence[str] | None, target: str = "VARCHAR"
) -> str:
    """Exported words (text) as canonical ones, whatever their case.

    A word that the mapping does not name stays as it is; where the vocabulary is closed, only if
    it is one of it.
    """
    if not values and vocabulary is None:
        return sql
    word = f"lower(trim({sql}))"
    cases = "".join(
        f" WHEN lower({quote_literal(old.strip())}) THEN {quote_literal(new)}"
        for old, new in values.items()
    )
    rest = sql
    if vocabulary is not None and target == "VARCHAR":
        known = ", ".join(quote_literal(v) for v in vocabulary)
        rest = f"CASE WHEN {word} IN ({known}) THEN {word} END"
    return f"CASE {word}{cases} ELSE {rest} END" if cases else rest


def _number(sql: str, kind: str) -> str:
    return f"decimal_number({sql})" if is_text(kind) else sql


def _json(sql: str, kind: str) -> str:
    if kind == "JSON":  # to_json would take it apart and write it again
        return sql
    return f"TRY_CAST({text(sql, kind)} AS JSON)" if is_text(kind) else f"to_json({sql})"


def _list(sql: str, kind: str) -> str:
    if kind.endswith("[]"):
        return f"TRY_CAST({sql} AS VARCHAR[])"
    return f"word_list({text(sql, kind)})"


def _whole(sql: str, kind: str) -> str:
    if is_text(kind):
        return f"whole_number({sql})"
    if kind in _INTEGERS or kind == "BOOLEAN":
        return sql
    if kind in _FLOATS or kind.startswith("DECIMAL"):
        return f"CASE WHEN {sql} = trunc({sql}) THEN {sql} END"
    return f"whole_number(CAST({sql} AS VARCHAR))"


def _time(sql: str, kind: str, reading: Reading) -> str:
    if kind == ZONED:
        return sql
    if kind in _NAIVE or kind == "DATE":
        return f"timezone({reading.zone}, CAST({sql} AS TIMESTAMP))"
    if kind in _INTEGERS or kind in _FLOATS or kind.startswith("DECIMAL"):
        return f"since_1970({sql})"
    if not is_text(kind):
        return "CAST(NULL AS TIMESTAMPTZ)"
    return f"COALESCE({', '.join((*_declared(sql, reading), *_usual(sql, reading)))})"


def _declared(sql: str, reading: Reading) -> list[str]:
    """By the source's own format; a format with a zone gives a moment by itself."""
    if not reading.formats:
        return []
    formats = ", ".join(quote_literal(f) for f in reading.formats)
    moment = f"try_strptime(trim({sql}), [{formats}])"
    if "%z" in formats.lower():
        return [f"CAST({moment} AS TIMESTAMPTZ)"]
    return [f"timezone({reading.zone}, modern({moment}))"]


def _usual(sql: str, reading: Reading) -> list[str]:
    return [
        # what machines write of logs is told by its form alone, before it is tried as all else
        f"web_log_time(CASE WHEN trim({sql}) LIKE '__/___/____:%' THEN trim({sql}) END)",
        f"iso_time({reading.written(sql)}, {reading.zone})",
        f"digits_since_1970(trim({sql}))",
        f"web_log_time(trim({sql}))",
    ]


def _date(sql: str, kind: str, reading: Reading) -> str:
    if kind == "DATE":
        return sql
    if kind == ZONED:
        return f"CAST(timezone({reading.zone}, {sql}) AS DATE)"
    if kind in _NAIVE:
        return f"CAST({sql} AS DATE)"
    written = text(sql, kind)
    formats = ", ".join(quote_literal(f) for f in (*reading.formats, "%Y%m%d"))
    return (
        f"CAST(COALESCE(modern(try_strptime(trim({written}), [{formats}])), "
        f"modern(TRY_CAST({reading.written(written)} AS TIMESTAMP))) AS DATE)"
    )
