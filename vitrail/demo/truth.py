"""What was planted and where, for tests and measures. The program itself never reads it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.demo.broken import EVERYTHING, FORBIDDEN, Broken
from vitrail.demo.planting import Mark, Text
from vitrail.demo.traps import MISTAKEN_FOR

_PLACE: Final = [
    ("dataset", pa.string()), ("table", pa.string()), ("column", pa.string()),
    ("path", pa.list_(pa.int32())), ("row", pa.int64()),
]  # fmt: skip
_LINK: Final = re.compile(r"https?://[^\s\"]+")
_SPAN: Final = [("start", pa.int32()), ("end", pa.int32())]
STRAY: Final = pa.schema([*_PLACE, ("entity_type", pa.string()), *_SPAN, ("form", pa.string())])
TRAPS: Final = pa.schema([*_PLACE, ("kind", pa.string()), ("mistaken_for", pa.string()), *_SPAN])
MINORS: Final = pa.schema(
    [*_PLACE, ("account_id", pa.string()), ("level", pa.string()), ("signal", pa.string()), *_SPAN]
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one exported dataset, named as the scan names it."""

    dataset: str
    table: str | None
    column: str


@dataclass(slots=True)
class Truth:
    """Collects while the exports are written; :meth:`write` puts it down at the end."""

    stray: list[dict[str, Any]] = field(default_factory=list)
    traps: list[dict[str, Any]] = field(default_factory=list)
    minors: list[dict[str, Any]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    controls: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, pa.Table] = field(default_factory=dict)
    broken: Broken = EVERYTHING

    def plants(self, *controls: str) -> bool:
        """Whether a fault of one of these controls is to be planted."""
        return self.broken.any(*controls)

    def some(self, count: int, *controls: str) -> int:
        """How many of ``count`` faults to plant: none unless one of their controls is chosen."""
        return count if self.plants(*controls) else 0

    def cell(
        self, place: Column, row: int, text: Text, path: Sequence[int] = (), account: str = ""
    ) -> str:
        """Record the marks of one cell and hand back its text, ready to be written."""
        for mark in (*text.marks, *_links(text)):
            at = {
                "dataset": place.dataset, "table": place.table, "column": place.column,
                "path": list(path), "row": row, "start": mark.start, "end": mark.end,
            }  # fmt: skip
            if mark.kind == "stray":
                self.stray.append(at | {"entity_type": mark.what, "form": mark.form})
            elif mark.kind == "trap":
                self.traps.append(at | {"kind": mark.what, "mistaken_for": MISTAKEN_FOR[mark.what]})
            else:
                self.minors.append(
                    at | {"account_id": account, "level": mark.what, "signal": "statement"}
                )
        return text.text

    def declare(self, place: Column, entity_type: str) -> None:
        """A whole column that holds an entity type by design."""
        self.columns.append(
            {"dataset": place.dataset, "table": place.table, "column": place.column,
             "entity_type": entity_type}
        )  # fmt: skip

    def aged(
        self, place: Column, row: int, account: str, level: str, signal: str, length: int
    ) -> None:
        """A whole cell (birth date, age) that makes someone a minor, or only nearly."""
        self.minors.append(
            {"dataset": place.dataset, "table": place.table, "column": place.column, "path": [],
             "row": row, "account_id": account, "level": level, "signal": signal,
             "start": 0, "end": length}
        )  # fmt: skip

    def control(self, name: str) -> dict[str, Any]:
        return self.controls.setdefault(
            name, {"denominator": None, "violations": [], "warnings": [], "edges": []}
        )

    def counts(self, control: str) -> None:
        """One more that a control has to look at."""
        entry = self.control(control)
        entry["denominator"] = (entry["denominator"] or 0) + 1

    def breaks(
        self, control: str, key: str | None, why: str, *, level: str = "violations", **at: Any
    ) -> None:
        """A planted row that a control must report (or, as ``edges``, may well trip over)."""
        self.control(control)[level].append({"key": key, "why": why} | at)

    def write(self, directory: Path) -> dict[str, int]:
        """Write all into ``directory``; the number of entries of each kind."""
        directory.mkdir(parents=True, exist_ok=True)
        self._card_and_account_numbers()
        for name, rows, schema in (
            ("stray", self.stray, STRAY),
            ("traps", self.traps, TRAPS),
            ("minors", self.minors, MINORS),
        ):  # fmt: skip
            rows.sort(key=_place_of)
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), directory / f"{name}.parquet")
        for name, table in self.tables.items():
            pq.write_table(table, directory / f"{name}.parquet")
        (directory / "violations.json").write_text(
            json.dumps(self.controls, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8"
        )
        (directory / "columns.json").write_text(json.dumps(self.columns, indent=1) + "\n", "utf-8")
        (directory / "README.md").write_text(_README, "utf-8")
        found = Counter(
            {"stray": len(self.stray), "traps": len(self.traps), "minors": len(self.minors)}
        )
        found.update({name: len(c["violations"]) for name, c in self.controls.items()})
        return dict(found)

    def _card_and_account_numbers(self) -> None:
        """These are broken by what stands where it should not; so they follow it."""
        own: dict[str, tuple[str, ...]] = {
            "CREDIT_CARD": ("stripe/",), "IBAN_CODE": ("stripe/", "leads/"), "SECRET": (),
        }  # fmt: skip
        for entity_type, control in FORBIDDEN.items():
            self.control(control)
            for hit in self.stray:
                exempt = hit["dataset"].startswith(own[entity_type])
                if hit["entity_type"] == entity_type and not exempt:
                    at = {k: hit[k] for k in ("dataset", "table", "column", "path", "row")}
                    self.breaks(control, None, f"{entity_type} where none should be", **at)


def _links(text: Text) -> Iterator[Mark]:
    """Links that carry something personal: each is a stray of its own, around the other."""
    for link in _LINK.finditer(text.text):
        if any(m.kind == "stray" and link.start() < m.start < link.end() for m in text.marks):
            yield Mark("stray", "URL", link.start(), link.end())


def _place_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["dataset"], row["table"] or "", row["column"], row["row"], row["path"], row["start"]


_README: Final = """\
# What was planted

Only tests and measures read this folder; Vitrail never does.

Places are written as the scan writes them when it is given the folder `exports/`: `dataset` is the
path relative to `exports/` with forward slashes, `table` the table, sheet or archive member in it
or null, `column` the column (`messages[].content` for nested ones), `path` the index at each `[]`,
`row` the position in the file from 0, `start` and `end` Unicode code points in the cell as
exported, half open. No value stands here.

- `stray.parquet`: personal data in cells that should hold none. `form` is how it is written:
  plain, percent, percent2 (encoded twice), base64, md5 or sha256 (of the lower-case address). A
  link that carries one is there too, as URL, around it.
- `traps.parquet`: what looks like personal data and is none, and what it may be mistaken for.
- `minors.parquet`: birth dates and statements of age, with the level a careful reader gives:
  certain, likely, possible, was_minor, none (a trap), authorised (a valid guardian's leave).
- `columns.json`: columns that hold personal data by design.
- `violations.json`: for each control its denominator where known, the rows that break it
  (`violations`), those that want a look (`warnings`) and those near the line (`edges`): each with
  the canonical key or, without one, the place. PAY-01, PAY-03 and PAY-07 count as broken only once
  an auditor has confirmed the findings.
- `activity.parquet`, `sessions.parquet`, `accounts.parquet`, `orders.parquet`,
  `campaigns.parquet`, `web.parquet`, `support.parquet`, `feedback.parquet`: true numbers of persons
  and sums, by week or month and by what each fact can be asked; erased accounts are left out.
"""
