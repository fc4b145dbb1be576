"""Which findings of earlier runs a run would have met again, had they still been there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from vitrail.model import Finding, ScanRun
from vitrail.scan.documents import read_options, read_run
from vitrail.scan.name_hits import KINDS_OF_NAME
from vitrail.scan.tally import Group, group_of, logical_source


def examined(run: ScanRun, known: Iterable[Finding]) -> frozenset[str]:
    """The ids of ``known`` findings whose column was read in full, for their entity type.

    A sample, a type that was not looked for and a column that was not read to its end say
    nothing of what they did not see; nor do names, unless every cell was asked for them.
    """
    was_read = covered(run)
    return frozenset(
        f.id for f in known if was_read(group_of(f.dataset, f.table, f.column, f.entity_type))
    )


def covered(run: ScanRun) -> Callable[[Group], bool]:
    """Whether a run read a column in full for an entity type."""
    directory = Path(run.directory)
    options = read_options(directory)
    if options.sample != "exhaustive":
        return lambda _group: False
    types = {kind for kinds in read_run(directory)["recognizers"].values() for kind in kinds}
    looked_for = types - (set() if options.names == "all" else {"PERSON", "LOCATION"})
    unread = {(i.name, i.table) for i in run.unreadable}
    columns = {
        (logical_source(c.dataset), c.table and logical_source(c.table), c.column)
        for c in run.columns
        if c.examined >= c.non_null and (c.dataset, c.table) not in unread
    }
    columns |= {
        (logical_source(i.name), i.table and logical_source(i.table), name)
        for i in run.inputs
        if (i.name, i.table) not in unread
        for name in KINDS_OF_NAME
    }
    return lambda group: group.entity_type in looked_for and group[:3] in columns
