"""Where persons are, as it was found: for people, for programs, for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final

from vitrail.model import InputFile

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SCHEMA: Final = "vitrail.trace/1"
COLUMNS: Final = (
    "subject", "dataset", "table", "column", "row_key", "row", "kind", "how", "certain", "masked",
)  # fmt: skip
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One cell that holds something of a person. No value: ``masked`` is its shape.

    ``subject``: the person's keyed pseudonym. ``row``: the position in the dataset from 0;
    ``row_key``: the row's keyed name, for what leaves the house. ``kind``: of the identifier;
    ``how``: ``key`` (a column that the mapping knows for it), ``cell``, ``text``, or how it is
    encoded. Not ``certain``: a name, which others may bear. ``feeds``: the canonical
    tables that the dataset feeds; ``canonical``: the canonical column that this one is.
    """

    subject: str
    dataset: str
    table: str | None
    column: str
    row: int
    row_key: str
    kind: str
    how: str
    certain: bool
    masked: str
    canonical: str = ""
    feeds: tuple[str, ...] = ()
    processor: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """What is there of whom. ``subjects``: every person asked for, also those found nowhere.

    ``case``: a keyed digest of the case's reference. ``unread``: what could not be read, so that
    nothing is said of it.
    """

    case: str
    subjects: tuple[str, ...]
    places: tuple[Place, ...]
    unread: tuple[InputFile, ...]
    datasets: int
    skipped: int
    bytes: int
    seconds: float
    notes: tuple[str, ...] = field(default=())

    def of(self, subject: str) -> tuple[Place, ...]:
        """The places of one person."""
        return tuple(place for place in self.places if place.subject == subject)

    @property
    def found(self) -> int:
        """How many of the persons are somewhere, for certain."""
        return len({place.subject for place in self.places if place.certain})

    def to_json(self) -> dict[str, Any]:
        """The document ``vitrail.trace/1``."""
        counts = dict.fromkeys(self.subjects, 0)
        for place in self.places:
            counts[place.subject] += 1
        return {
            "schema": SCHEMA,
            "case": self.case,
            "subjects": [{"subject": s, "count": n} for s, n in counts.items()],
            "places": [
                {name: getattr(p, name) for name in COLUMNS} | {"processor": p.processor}
                for p in self.places
            ],
            "unread": [
                {"dataset": f.name, "table": f.table, "reason": f.reason} for f in self.unread
            ],
            "datasets": self.datasets,
            "skipped": self.skipped,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
        }

    def to_arrow(self) -> pa.Table:
        """One row a place, in the columns of :data:`COLUMNS`."""
        import pyarrow

        types = {"row": pyarrow.int64(), "certain": pyarrow.bool_()}
        schema = pyarrow.schema([(c, types.get(c, pyarrow.string())) for c in COLUMNS])
        rows = [{name: getattr(p, name) for name in COLUMNS} for p in self.places]
        return pyarrow.Table.from_pylist(rows, schema=schema)

    def to_pandas(self) -> pd.DataFrame:
        """The same for pandas."""
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def _repr_html_(self) -> str:
        names = ("dataset", "table", "column", "row_key", "how", "masked")
        head = "".join(f"<th>{name}</th>" for name in names)
        body = "".join(_row(place, names) for place in self.places[:_SHOWN])
        more = len(self.places) - _SHOWN
        told = f"<p>and {more:,} more places</p>" if more > 0 else ""
        return (
            f"<p>{self.found:,} of {len(self.subjects):,} found, in {len(self.places):,} places of "
            f"{self.datasets:,} datasets</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{told}"
        )


def _row(place: Place, names: Sequence[str]) -> str:
    cells = ("" if (v := getattr(place, n)) is None else escape(str(v)) for n in names)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
