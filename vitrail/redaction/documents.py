"""``redaction.json``: what was replaced in which file, counted, with the proof of both sides."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import vitrail
from vitrail.model import InputFile
from vitrail.redaction.options import RedactOptions
from vitrail.redaction.tally import Tally

REDACTION: Final = "redaction.json"
_SCHEMA: Final = "vitrail.redaction/1"


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table of a copy. ``name``: its label inside its file, None where the file is the table."""

    name: str | None
    rows: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A file and its copy, each with its SHA-256 and bytes. Names are labels and copies' names."""

    source: str
    copy: str
    source_sha256: str | None
    copy_sha256: str
    source_bytes: int
    copy_bytes: int
    tables: tuple[CopiedTable, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One scan of the copy: how many hits it found, and in how many files."""

    hits: int
    files: int


@dataclass(frozen=True, slots=True)
class Remaining:
    """Hits that the last scan of the copy still found."""

    dataset: str
    table: str | None
    column: str
    entity_type: str
    hits: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """A clean copy: where it is, what was replaced, what was left out, what the scans of it found.

    ``rounds``: one scan each; the last one's hits are ``remaining``. ``unread``: cells of bytes
    that hold no text, which stand in the copy as they are.
    """

    directory: Path
    options: RedactOptions
    key: str
    started_at: datetime
    seconds: float
    files: tuple[CopiedFile, ...]
    left_out: tuple[InputFile, ...]
    rounds: tuple[Round, ...]
    remaining: tuple[Remaining, ...]
    unread: int

    @property
    def is_clean(self) -> bool:
        """Whether the last scan of the copy found nothing."""
        return not self.remaining

    @property
    def replaced(self) -> Counter[str]:
        """Replaced slices by entity type."""
        total: Counter[str] = Counter()
        for file in self.files:
            for table in file.tables:
                for (_, entity_type, _), count in table.tally.replaced.items():
                    total[entity_type] += count
        return total

    @property
    def emptied(self) -> int:
        """Cells of a type that could hold no replacement, so that they hold nothing."""
        return sum(t.tally.emptied.total() for file in self.files for t in file.tables)

    @property
    def unmet(self) -> int:
        """Hits whose cells could not be told in the file; a scan of the copy judges those."""
        return sum(t.tally.unmet for file in self.files for t in file.tables)

    def to_json(self) -> dict[str, Any]:
        """The document, without any value."""
        return {
            "schema": _SCHEMA,
            "version": vitrail.__version__,
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 2),
            "key": self.key,
            "operators": {
                "": self.options.operator.value,
                **{kind: o.value for kind, o in sorted(self.options.operators.items())},
            },
            "files": [_file(file) for file in self.files],
            "left_out": [
                {"source": f.name, "table": f.table, "reason": f.reason, "remedy": f.remedy}
                for f in self.left_out
            ],
            "scans_of_the_copy": [{"hits": r.hits, "files": r.files} for r in self.rounds],
            "remaining": [
                {"dataset": r.dataset, "table": r.table, "column": r.column,
                 "entity_type": r.entity_type, "hits": r.hits}
                for r in self.remaining
            ],
            "totals": {
                "files": len(self.files),
                "left_out": len(self.left_out),
                "replaced": dict(sorted(self.replaced.items())),
                "emptied": self.emptied,
                "unmet": self.unmet,
                "unread": self.unread,
            },
        }  # fmt: skip

    def write(self, directory: Path) -> None:
        """Write the document into the copy, beside a file of its name under another one."""
        path, number = directory / REDACTION, 2
        while path.exists():
            path, number = directory / f"redaction-{number}.json", number + 1
        text = json.dumps(self.to_json(), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", "utf-8")


def _file(file: CopiedFile) -> dict[str, Any]:
    return {
        "source": file.source,
        "copy": file.copy,
        "source_sha256": file.source_sha256,
        "copy_sha256": file.copy_sha256,
        "source_bytes": file.source_bytes,
        "copy_bytes": file.copy_bytes,
        "tables": [_table(table) for table in file.tables],
    }


def _table(table: CopiedTable) -> dict[str, Any]:
    tally = table.tally
    return {
        "table": table.name,
        "rows": table.rows,
        "columns": [
            {"column": column, "entity_type": kind, "operator": operator.value, "replaced": count}
            for (column, kind, operator), count in sorted(tally.replaced.items())
        ],
        "emptied": dict(sorted(tally.emptied.items())),
        "unmet": tally.unmet,
        "kept_apart": sorted(tally.apart & {column for column, _, _ in tally.replaced}),
    }
