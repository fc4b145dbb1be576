"""Hits grouped into the things that a human decides on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import Detector, DetectorOptions
from vitrail.detect.entities import ENTITIES, EntityType
from vitrail.detect.explaining import best, of_the_fullest
from vitrail.keys import Keyring
from vitrail.model import Finding, FindingStatus, Severity
from vitrail.scan.documents import kinds, load, read_run
from vitrail.scan.expected import is_expected
from vitrail.scan.name_hits import KINDS_OF_NAME
from vitrail.scan.tally import SAMPLES, Group, group_of, tallies, values

Declared = Mapping[tuple[str, str | None, str], str]


def findings(
    directory: Path,
    *,
    declared: Declared = MappingProxyType({}),
    keys: Keyring,
    before: Path | None = None,
) -> tuple[Finding, ...]:
    """The findings of a run, worst first. ``declared``: (dataset, table, exported column) →
    canonical column as the mapping says (``accounts.email``). ``before``: the folder of an earlier
    run under the same key; what it did not hold is counted as new values.

    A finding belongs to a logical source: the dated exports of one name count as one. Its ``id``
    is the HMAC of source, column and entity type, so it stays the same from run to run.
    """
    document = read_run(directory)
    run = str(document["id"])
    detector = Detector(DetectorOptions(names="off"), keys, cache_folder())
    known = kinds(document)
    explain = cache(partial(detector.explain, kinds=known))
    earlier = {} if before is None else values(before)
    reasons = _column_reasons(directory)
    found = []
    for group, tally in tallies(directory).items():
        prints = tally.values.all()
        recognizer = tally.recognizers.most_common(1)[0][0]
        sources = sorted(tally.datasets, key=lambda d: (d[0], d[1] or ""))
        one = len(sources) == 1
        found.append(
            Finding(
                id=finding_id(group, keys),
                dataset=sources[0][0] if one else group.source,
                table=sources[0][1] if one else group.table,
                column=group.column,
                entity_type=group.entity_type,
                severity=severity_of(group.entity_type, known),
                cells=tally.cells,
                values=len(prints),
                score=round(tally.score, 4),
                recognizer=recognizer,
                explanation=" ".join(
                    filter(
                        None,
                        (
                            explain(group.entity_type, recognizer),
                            best(tally.score),
                            _reason(group, reasons, one=one),
                        ),
                    )
                ),
                samples=tuple(tally.samples)[:SAMPLES],
                expected=_expected(sources, group, declared),
                status=FindingStatus.OPEN,
                run=run,
                new_values=_new(prints, earlier.get(group)),
            )
        )
    return tuple(
        sorted(found, key=lambda f: (f.expected, -f.severity.rank, -f.cells, f.dataset, f.column,
                                     f.entity_type))
    )  # fmt: skip


def _column_reasons(directory: Path) -> dict[Group, str]:
    """What speaks for or against a column as a whole; of dated exports the one with most hits."""
    told: dict[Group, tuple[int, str]] = {}
    for column in load(directory).columns:
        for kind, cells in column.hits:
            group = group_of(column.dataset, column.table, column.column, kind)
            told[group] = max(told.get(group, (0, "")), (cells, column.reason))
    return {group: reason for group, (_, reason) in told.items()}


def _reason(group: Group, reasons: Mapping[Group, str], *, one: bool) -> str:
    """What there is to say of the place; of a name what kind of name it is."""
    reason = reasons.get(group, "")
    if reason and not one:
        reason = f"{of_the_fullest()} {reason}"
    return KINDS_OF_NAME.get(group.column) or reason


def _new(prints: npt.NDArray[np.uint64], earlier: npt.NDArray[np.uint64] | None) -> int | None:
    """How many values an earlier run did not hold; None where it held none of the kind."""
    return None if earlier is None else len(np.setdiff1d(prints, earlier, assume_unique=True))


def finding_id(group: Group, keys: Keyring) -> str:
    """32 hex digits that name the finding from run to run."""
    return keys.fingerprint("finding", "\x1f".join(part or "" for part in group))


def severity_of(entity_type: str, known: Mapping[str, EntityType] = ENTITIES) -> Severity:
    """How bad it is to find one where it should not be."""
    kind = known.get(entity_type)
    return Severity.MEDIUM if kind is None else kind.severity


def _expected(sources: list[tuple[str, str | None]], group: Group, declared: Declared) -> bool:
    """Whether the mapping means the column to hold this, in every dataset that has it."""
    canonical = [declared.get((dataset, table, group.column)) for dataset, table in sources]
    return all(c is not None and is_expected(c, group.entity_type) for c in canonical)
