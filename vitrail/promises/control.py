"""Controls: one file each in ``queries/promises/``, front matter in its first comment.

The SQL is one SELECT that gives one row a case, or a counted lump of cases:

=========  ===========  =======================================================================
column     type         meaning
=========  ===========  =======================================================================
``key``    VARCHAR      names the row of the first table in ``needs``; null for a lump
``at``     TIMESTAMPTZ  when it happened; null where the data has no time
``level``  VARCHAR      ``ok``, ``warn``, ``fail``; ``undecidable`` (the data cannot settle it);
                        ``unexamined`` (passed over by a sample); ``note`` (a count printed
                        beside the verdict, never part of it)
``why``    VARCHAR      one of the front matter's ``reasons``; may be null for ``ok``. The
                        reason ``nothing`` says what an empty denominator means
``shape``  VARCHAR      the masked shape of what was found, where something was; else null
``cases``  BIGINT       how many cases the row stands for
=========  ===========  =======================================================================

A line ``-- shared: name`` stands for the text of ``shared/name.sql``, which several controls ask
alike; evidence and its hash are of the whole SQL.

``ok``, ``warn`` and ``fail`` together are the denominator. Nothing else is left to a control:
:func:`vitrail.promises.verdict.judge` makes the verdict of all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from vitrail.errors import ConfigError
from vitrail.model import Control, ProofKind, Severity

LEVELS: Final = ("fail", "warn", "ok", "undecidable", "unexamined", "note")
COLUMNS: Final = ("key", "at", "level", "why", "shape", "cases")


@dataclass(frozen=True)
class _FrontMatter:
    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    version: int
    section: str
    title: str
    checks: str
    unit: str
    breach: str
    needs: dict[str, list[str]]
    severity: Severity
    kind: ProofKind
    standards: list[str]
    reasons: dict[str, str]
    breach_of_one: str = ""
    uses: list[str] = field(default_factory=list)
    parameters: dict[str, Any] = field(default_factory=dict)
    law: str = ""
    limits: str = ""


_SHARED: Final = re.compile(r"^-- shared: ([a-z_]+)$", re.MULTILINE)
_FRONT_MATTER: Final = TypeAdapter(_FrontMatter)
#: A tenth of the time of the loader that is written in Python, for every command that checks.
_YAML: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_controls(directory: Path) -> tuple[Control, ...]:
    """Every ``*.sql`` of the folder, by id; ConfigError names a bad one."""
    controls = [_load(path) for path in sorted(directory.glob("*.sql"))]
    ids = [control.id for control in controls]
    if twice := {i for i in ids if ids.count(i) > 1}:
        raise ConfigError(
            f"Two controls are called {', '.join(sorted(twice))}.", "Give each its own id."
        )
    return tuple(sorted(controls, key=lambda control: control.id))


def _load(path: Path) -> Control:
    front, own = _split(path)
    sql = _SHARED.sub(lambda line: _shared(path, line[1]), own)
    return Control(
        id=front.id,
        section=front.section,
        title=front.title,
        checks=front.checks.strip(),
        severity=front.severity,
        kind=front.kind,
        needs=tuple((table, tuple(columns)) for table, columns in front.needs.items()),
        standards=tuple(front.standards),
        parameters=tuple(sorted(front.parameters.items())),
        sql=sql,
        sql_sha256=sha256(sql.encode()).hexdigest(),
        version=front.version,
        uses=tuple(front.uses),
        unit=front.unit,
        breach=front.breach,
        breach_of_one=front.breach_of_one or front.breach,
        law=front.law.strip(),
        limits=front.limits.strip(),
        reasons=tuple(front.reasons.items()),
    )


def _shared(path: Path, name: str) -> str:
    """What several controls ask alike, from ``shared/`` beside them."""
    try:
        return (path.parent / "shared" / f"{name}.sql").read_text("utf-8").strip()
    except OSError:
        raise ConfigError(
            f"The control {path.name} shares {name}, and shared/{name}.sql is not there.",
            "Write the file, or take the line out.",
        ) from None


def _split(path: Path) -> tuple[_FrontMatter, str]:
    """The front matter of a file, and the SQL below it."""
    head, end, sql = path.read_text("utf-8").partition("*/")
    if not head.startswith("/*") or not end or not sql.strip():
        raise ConfigError(
            f"The control {path.name} has no front matter, or no SQL below it.",
            "Begin the file with a /* … */ comment that holds its YAML.",
        )
    try:
        return _FRONT_MATTER.validate_python(yaml.load(head[2:], _YAML)), sql.strip()  # noqa: S506
    except yaml.YAMLError as error:
        raise ConfigError(
            f"The front matter of the control {path.name} is not valid YAML: {error}.",
            "Mend that line.",
        ) from None
    except ValidationError as error:
        first: Any = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the front matter"
        raise ConfigError(
            f"The control {path.name} is wrong at {place}: {first['msg']}.", "Mend it there."
        ) from None
