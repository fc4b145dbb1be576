"""The rows behind a finding, dataset by dataset: for who has to mend them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import Detector, DetectorOptions
from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.model import Dataset, Finding
from vitrail.scan.findings import finding_id
from vitrail.scan.hits import hit_parts
from vitrail.scan.labels import Labels
from vitrail.scan.tally import group_of


def finding_rows(
    directory: Path, finding: Finding, catalog: Catalog, keys: Keyring
) -> Iterator[tuple[Dataset, tuple[int, ...]]]:
    """Each dataset of the finding with the rows that hold it, counted from 0.

    ``directory``: the run that saw it. A dataset that is not exported any more is left out.
    """
    labels = Labels(Detector(DetectorOptions(names="off"), keys, cache_folder()), keys)
    datasets = {
        (labels.label(d.name), None if d.table is None else labels.label(d.table)): d
        for d in catalog.datasets
    }
    rows: dict[tuple[str, str | None], set[int]] = {}
    kind = [("entity_type", "=", finding.entity_type), ("column", "=", finding.column)]
    for part in hit_parts(directory):
        hits = pq.read_table(part, columns=["dataset", "table", "row"], filters=kind)
        for hit in hits.to_pylist():
            rows.setdefault((hit["dataset"], hit["table"]), set()).add(hit["row"])
    for place, found in sorted(rows.items(), key=lambda one: (one[0][0], one[0][1] or "")):
        group = group_of(*place, finding.column, finding.entity_type)
        if place in datasets and finding_id(group, keys) == finding.id:
            yield datasets[place], tuple(sorted(found))
