"""What is held: each kind of data in each column, beside what the policy declares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Declared(StrEnum):
    """What the policy says of a kind of data that a column holds."""

    NO = "not declared"
    YES = "declared"
    ASIDE = "no category of person"
    DISMISSED = "of another kind"
    PROCESSOR = "a customer's"


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of data in one column. ``whole``: the column as a whole holds it, else some of its
    cells do. Dated exports of one name are one, in ``files`` files. ``feeds``: the canonical
    columns made of it. ``category``: the policy's word for it.

    ``recipients``: who is registered to get such data, or keeps the system itself; ``retention``
    and ``source``: how long, and who says so; empty where nobody does.
    """

    system: str | None
    owner: str | None
    dataset: str
    table: str | None
    column: str
    feeds: tuple[str, ...]
    entity_type: str
    words: str
    cells: int
    files: int
    whole: bool
    declared: Declared
    category: str | None
    recipients: tuple[str, ...]
    retention: str
    source: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that the last scan saw held. ``unseen``: categories that the policy declares and no
    column holds; ``run``: the scan; ``policy``: the version beside which it is read."""

    rows: tuple[Held, ...]
    unseen: tuple[str, ...]
    run: str
    policy: str

    @property
    def undeclared(self) -> tuple[Held, ...]:
        return tuple(row for row in self.rows if row.declared is Declared.NO)
