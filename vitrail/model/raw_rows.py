"""Rows of an export for an investigator: masked, unless they were revealed for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class RawRows:
    """Some rows of one dataset, for a human's eyes and not to be kept.

    ``numbers`` are their places in the export, from 0; each of ``rows`` has a text or None for
    each of ``columns``. ``in_clear``: as exported; else what is personal shows its shape, and words
    that could tell who it is show nothing.
    """

    dataset: str
    table: str | None
    columns: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str | None, ...], ...]
    in_clear: bool

    def __repr__(self) -> str:
        shown = "in clear" if self.in_clear else "masked"
        return f"RawRows({len(self.rows)} rows of {self.dataset!r}, {shown})"

    def to_arrow(self) -> pa.Table:
        """The rows as texts, their numbers first."""
        import pyarrow

        cells = {name: [row[n] for row in self.rows] for n, name in enumerate(self.columns)}
        return pyarrow.table({"row": list(self.numbers), **cells})

    def to_pandas(self) -> pd.DataFrame:
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame.set_index("row")

    def _repr_html_(self) -> str:
        """How a notebook shows them, every text as text."""
        heads = "".join(f"<th>{escape(name)}</th>" for name in ("row", *self.columns))
        body = "".join(
            f"<tr><td>{number}</td>"
            + "".join(f"<td>{escape(cell or '')}</td>" for cell in row)
            + "</tr>"
            for number, row in zip(self.numbers, self.rows, strict=True)
        )
        place = escape(self.dataset if self.table is None else f"{self.dataset} · {self.table}")
        how = (
            "In clear: clear this output before the notebook is saved."
            if self.in_clear
            else "Masked: shapes stand for what is personal, ••• for what could tell who it is."
        )
        return (
            f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
            f"<small>{place}. {how}</small>"
        )
