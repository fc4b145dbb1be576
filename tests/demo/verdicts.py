"""What Vitrail's controls say of a made-up company, with a scan where one is wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import vitrail.scan as scanning
from vitrail.config import load
from vitrail.exports.store import CanonicalStore
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Assessment, Control, ProofKind, Verdict
from vitrail.promises import (
    assess_all,
    columns_table,
    datasets_table,
    load_controls,
    load_policy,
)
from vitrail.promises.tables import SCHEMAS

CONTROLS = load_controls(carried("queries", "promises"))


def reads_a_scan(control: Control) -> bool:
    return any(table.startswith("scan_") for table, _ in control.needs)


def kept(control: Control) -> Verdict:
    """What a control says where the promise is kept."""
    provable = control.kind in (ProofKind.PROVES, ProofKind.LOG)
    return Verdict.PASS if provable else Verdict.NOT_PROVABLE


def planted(place: Path) -> set[str]:
    """The controls that the truth of a company names something for."""
    truth = json.loads((place / "truth" / "violations.json").read_text("utf-8"))
    return {name for name, told in truth.items() if told["violations"] or told["warnings"]}


def assessed(place: Path, controls: Iterable[Control]) -> dict[str, Assessment]:
    """Each control's word on a company as :func:`write_demo` left it."""
    wanted = list(controls)
    settings, keys = load(place / "vitrail.toml"), Keyring.create(place / "key")
    assert settings.asof is not None
    (place / "tmp").mkdir()
    with CanonicalStore.open(place, settings, keys) as store:
        if any(map(reads_a_scan, wanted)):
            _scan(place, store, keys)
        found = assess_all(
            wanted, store, load_policy(carried("policies") / f"{settings.policy}.yaml"), settings,
            asof=settings.asof, keys=keys, version="0",
        )  # fmt: skip
    return {assessment.control: assessment for assessment in found}


def _scan(place: Path, store: CanonicalStore, keys: Keyring) -> None:
    exports, options = place / "exports", scanning.ScanOptions(names="off")
    plan = scanning.plan([exports], options, root=exports)
    run = scanning.run(plan, place / "run", keys, run_id="scan")
    store.register("scan_hits", scanning.read_hits(place / "run"))
    store.register("scan_columns", columns_table(run.columns))
    store.register("scan_datasets", datasets_table(store))
    store.register("scan_reviews", SCHEMAS["scan_reviews"].empty_table())
    store.register("scan_minors", scanning.read_minors(place / "run"))
