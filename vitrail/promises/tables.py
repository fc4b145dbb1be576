"""Tables that controls read beside the exports; the caller registers them with the store.

``scan_hits`` and ``scan_columns`` come from the scan; these are the ones made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from vitrail.errors import ConfigError
from vitrail.model import Finding
from vitrail.normalisation import normalise_code

if TYPE_CHECKING:
    from vitrail.config import Settings, Source
    from vitrail.exports.store import CanonicalStore
    from vitrail.keys import Keyring
    from vitrail.model import Dataset
    from vitrail.promises.policy import Policy

DATASETS_SCHEMA: Final = pa.schema(
    {
        "dataset": pa.string(),
        "table": pa.string(),
        "system": pa.string(),
        "role": pa.string(),
        "rows": pa.int64(),
        "cells": pa.int64(),
    }
)
REVIEWS_SCHEMA: Final = pa.schema(
    {
        "dataset": pa.string(),
        "table": pa.string(),
        "column": pa.string(),
        "entity_type": pa.string(),
        "status": pa.string(),
    }
)
OWN_IBANS_SCHEMA: Final = pa.schema({"fingerprint": pa.string()})
RECIPIENTS_SCHEMA: Final = pa.schema({"name": pa.string()})


def datasets_table(store: CanonicalStore, settings: Settings) -> pa.Table:
    """``scan_datasets``: every dataset, the system it came from, and on whose behalf it is held.

    ``system`` is null where no source of ``vitrail.toml`` claims the dataset; ``role`` is then
    ``controller``, the stricter reading. ``rows`` and ``cells`` are null where nobody counted.
    """
    rows = {(i.name, i.table): i.rows for i in store.inputs}
    records = []
    for dataset in store.catalog.datasets:
        source = _source_of(dataset, settings)
        count = rows.get((dataset.name, dataset.table), rows.get((dataset.name, None)))
        records.append(
            {
                "dataset": dataset.name,
                "table": dataset.table,
                "system": source and system_of(source),
                "role": source.role if source else "controller",
                "rows": count,
                "cells": None if count is None else count * len(dataset.columns),
            }
        )
    return pa.Table.from_pylist(records, DATASETS_SCHEMA)


def _source_of(dataset: Dataset, settings: Settings) -> Source | None:
    """The first source whose file and inside patterns meet the dataset."""
    for source in settings.sources.values():
        if source.file is None:
            place = source.url is not None and dataset.name in source.url
        else:
            within = source.file.removeprefix(f"{settings.exports}/")
            place = fnmatch(dataset.name, within) or dataset.name == source.file
        inside = source.inside is None or fnmatch(dataset.table or "", source.inside)
        if place and inside:
            return source
    return None


def system_of(source: Source) -> str | None:
    """The system a source belongs to: as written, else the first word of its preset."""
    if source.system is not None:
        return source.system.casefold()
    return source.preset and source.preset.split("_")[0].casefold()


def reviews_table(findings: Iterable[Finding]) -> pa.Table:
    """``scan_reviews``: what a human decided of each finding; the undecided read ``open``."""
    return pa.Table.from_pylist(
        [
            {
                "dataset": f.dataset,
                "table": f.table,
                "column": f.column,
                "entity_type": f.entity_type,
                "status": f.status.value,
            }
            for f in findings
        ],
        REVIEWS_SCHEMA,
    )


def own_ibans_table(file: Path | None, keys: Keyring) -> pa.Table:
    """``own_ibans``: fingerprints of the company's own accounts; one a line, ``#`` comments."""
    if file is None:
        return OWN_IBANS_SCHEMA.empty_table()
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        raise ConfigError(
            f"The list of own accounts {file.name} cannot be read.",
            "Mend `own_ibans_file` in vitrail.toml, or take the line out.",
        ) from None
    codes = {normalise_code(line.partition("#")[0]) for line in lines} - {""}
    prints = sorted(keys.fingerprint("IBAN_CODE", code) for code in codes)
    return pa.table({"fingerprint": prints}, schema=OWN_IBANS_SCHEMA)


def recipients_table(policy: Policy) -> pa.Table:
    """``policy_recipients``: every name of those whom the policy names, lower case."""
    return pa.table({"name": list(policy.recipient_names)}, schema=RECIPIENTS_SCHEMA)
