"""What the presets make of real exports: ``python -m bench.presets``.

For each evaluation export: the preset that it is known by, the columns that are used, the canonical
table that is filled, its rows, and the rows of tables about persons that nobody can be told from.
Objects of Stripe's API are taken out of its published fixtures into files of their own first, and
headers of which no rows may be kept are files without rows.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vitrail.config import Settings
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.catalog import Catalog
from vitrail.exports.recognised import Recognised, recognise
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring
from vitrail.model import Dataset

EVAL = Path(os.environ.get("VITRAIL_EVAL", "../shared/eval")) / "exports"
_OBJECTS = ("charge", "customer", "refund")


def main() -> int:
    """Print one line for each dataset and preset; 0 always, for there is nothing to fail."""
    if not EVAL.is_dir():
        print("not measured: the evaluation exports are not there")
        return 0
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        (workspace / "exports").symlink_to(EVAL.resolve())
        _take_out(workspace / "objects")
        catalog = Catalog.discover([EVAL.resolve(), workspace / "objects"])
        known = [(d, r) for d in catalog.datasets for r in recognise(d)]
        print(f"{'export':<58}{'preset':<34}{'columns':>8}  {'table':<20}{'rows':>6}{'alone':>7}")
        for line in _lines(workspace, catalog, known):
            print(line, flush=True)
        unknown = len(catalog.datasets) - len({d.label for d, _ in known})
        print(f"{len(known)} feeds; {unknown} of {len(catalog.datasets)} datasets are none's.")
    return 0


def _take_out(folder: Path) -> None:
    folder.mkdir()
    resources = json.loads((EVAL / "stripe" / "fixtures3.json").read_text("utf-8"))["resources"]
    for kind in _OBJECTS:
        (folder / f"{kind}.json").write_text(json.dumps([resources[kind]]), "utf-8")
    for name, lines in json.loads((EVAL / "export_headers.json").read_text("utf-8")).items():
        if isinstance(lines, list):
            (folder / f"{name}.csv").write_text(f"{lines[0]}\n", "utf-8")


def _lines(
    workspace: Path, catalog: Catalog, known: list[tuple[Dataset, Recognised]]
) -> Iterator[str]:
    for dataset, found in known:
        source = {"file": str(catalog.location(dataset)), "preset": found.preset}
        source |= {"inside": found.inside} if found.inside else {}
        settings = Settings(exports="objects", sources={"bench": source})
        keys = Keyring(bytes(32))
        with CanonicalStore.open(workspace, settings, keys, catalog=catalog) as store:
            used = len({c for feed in store.feeds for c, _ in feed.exported()})
            persons = CANONICAL[found.table].identifiable
            alone = "count(*) FILTER (person_key IS NULL)" if persons else "NULL"
            [row] = store.query(
                f"SELECT count(*) AS n, {alone} AS a FROM {found.table}"
            ).to_pylist()
            columns = f"{used}/{len(dataset.columns)}"
            yield (
                f"{dataset.name:<58}{found.preset:<34}{columns:>8}  {found.table:<20}{row['n']:>6}"
                f"{'' if row['a'] is None else row['a']:>7}"
            )
            for problem in store.problems:
                print(f"    {problem.reason}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
