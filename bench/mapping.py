"""How much of a company's mapping is proposed right: ``python -m bench.mapping``.

A demo company's exports are mapped by ``vitrail map`` from an empty ``vitrail.toml``, nobody asked,
and each proposed column is held against the mapping that the demo is shipped with. The demo was
written by the same hands as the proposals' vocabulary: that tells of slips, not of strangers.

Strangers are the evaluation exports, proposed for as if there were no preset of their product.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path

import vitrail
from bench.presets import EVAL
from vitrail.config import FILE_NAME
from vitrail.demo import write_demo
from vitrail.exports.catalog import Catalog
from vitrail.exports.presets import load_preset
from vitrail.exports.recognised import recognise
from vitrail.model import Dataset
from vitrail.proposal import Answers, Place, ProposedSource, profiles_of, propose

Pair = tuple[str, str | None, str, str]


def main() -> int:
    """Print the figures and every column that is proposed otherwise; 0 always."""
    _demo()
    _products()
    return 0


def _products() -> None:
    """Real products' exports, as if nobody had a preset for them: by names and values alone."""
    if not EVAL.is_dir():
        print("products' exports: not measured, the evaluation exports are not there")
        return
    catalog = Catalog.discover([EVAL.resolve()])
    tables = same = proposed = held = 0
    known = [(d, recognise(d)) for d in catalog.datasets]
    for dataset, presets in ((d, p) for d, p in known if p):
        stem = Path(dataset.name).stem.removesuffix("_data")
        place = Place(dataset.name, None, None, (stem, dataset.name.partition("/")[0]))
        found = propose(dataset, profiles_of(catalog.open(dataset)), place, Answers(preset=False))
        mine = {(s.table, *pair) for s in found.sources for pair in s.columns(dataset)}
        theirs = {(r.table, *pair) for r in presets for pair in _of_preset(r.preset, dataset)}
        right = bool({s.table for s in found.sources} & {r.table for r in presets})
        tables += right
        same += len(mine & theirs)
        proposed += len({pair for pair in mine if pair[0] in {r.table for r in presets}})
        held += len(
            {pair for pair in theirs if not presets[0].alone or pair[0] == presets[0].table}
        )
        if not right:
            print(f"  other table: {dataset.name} → {[s.table for s in found.sources]}")
    count = sum(bool(p) for _, p in known)
    print(f"products' exports without their presets: the table is right for {tables} of {count}")
    print(
        f"in those tables {same} of {proposed} proposed columns are the preset's, which has {held}"
    )


def _of_preset(preset: str, dataset: Dataset) -> tuple[tuple[str, str], ...]:
    entries = {"file": dataset.name, "preset": preset}
    return ProposedSource(preset, load_preset(preset)["table"], entries).columns(dataset)


def _demo() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "company"
        write_demo(place, accounts=150)
        shipped = _declared(place)
        (place / FILE_NAME).write_text("asof = 2026-11-20\n", "utf-8")
        begun = time.perf_counter()
        with vitrail.open(place) as workspace:
            report = workspace.try_mapping(workspace.draft_mapping("exports", Answers()))
            spent = time.perf_counter() - begun
            workspace.write_mapping(report.sources)
        proposed = _declared(place)
    known = {pair[:3] for pair in shipped}
    judged = {pair for pair in proposed if pair[:3] in known}
    for pair in sorted(judged - shipped, key=str):
        print(f"  otherwise: {pair[0]} {pair[1] or ''} “{pair[2]}” → {pair[3]}")
    for pair in sorted(shipped - proposed, key=str):
        print(f"  not found: {pair[0]} {pair[1] or ''} “{pair[2]}” → {pair[3]}")
    right = len(judged & shipped)
    print(f"of {len(judged)} proposed columns that the shipped mapping uses, {right} are the same")
    print(f"of {len(shipped)} columns of the shipped mapping, {right} are proposed")
    print(f"{len(report.exports)} exports, {len(report.opened)} controls opened, {spent:.1f} s")


def _declared(place: Path) -> set[Pair]:
    from vitrail.workspace.importing import open_store

    with vitrail.open(place) as workspace, open_store(workspace) as store:
        return {
            (re.sub(r"\d+", "*", dataset), table, column, feeds)  # files of one shape count once
            for (dataset, table, column), feeds in store.declared.items()
        }


if __name__ == "__main__":
    sys.exit(main())
