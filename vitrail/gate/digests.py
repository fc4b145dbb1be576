"""Under which release a fact is built: the noise of every answer hangs on it.

It stays while nothing changes but the days that pass, so that a later epoch gives a closed period
the answer it had. A changed definition or mapping, or a correction, makes another, never one that
was in force before: two answers about different rows must not share their noise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from vitrail.exports.references import named_tables
from vitrail.gate.facts import FactDefinition
from vitrail.gate.manifest import FORMAT
from vitrail.gate.staging import FactSource, Kept

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore


class Anew(StrEnum):
    """Why a fact's closed days are counted anew, as the note of its releases says it."""

    CORRECTED = "the exports were corrected"
    CHANGED = "what the fact counts, or what feeds it, was changed"
    UPGRADED = "another version of Vitrail adds other noise"


def source_of(
    fact: FactDefinition, store: CanonicalStore, kept: Kept | None, *, correct: bool
) -> FactSource:
    """The fact with its release: that of ``kept``, whose closed days it goes on from, or anew."""
    if kept is None:
        return FactSource(fact, _digest(fact, store, 0))
    before = kept.fact
    if not correct and _digest(fact, store, before.rebuilds) == before.release:
        return FactSource(fact, before.release, kept, before.rebuilds, before.note)
    rebuilds = before.rebuilds + 1
    changed = Anew.CHANGED if before.format == FORMAT else Anew.UPGRADED
    why = Anew.CORRECTED if correct else changed
    return FactSource(fact, _digest(fact, store, rebuilds), None, rebuilds, why)


def epoch_name(sources: Sequence[FactSource], through: date, key_check: str) -> str:
    """The last closed day, and a digest of all releases under this key."""
    text = json.dumps([key_check, [source.release for source in sources]])
    return f"{through:%Y%m%d}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _digest(fact: FactDefinition, store: CanonicalStore, rebuilds: int) -> str:
    """Of the definition, of the columns mapped to the tables it reads, and of what feeds them."""
    tables = store.tables
    read = sorted(named_tables(fact.sql) & tables.keys())
    mapped = {name: sorted(tables[name].columns) for name in read}
    fed = sorted({
        (column, canonical)
        for (_, _, column), canonical in store.declared.items()
        if canonical.partition(".")[0] in read
    })  # fmt: skip
    text = json.dumps([FORMAT, fact.sha256, mapped, fed, rebuilds])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
