"""A company without faults: nothing is planted, and no control cries wolf."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import vitrail.scan as scanning
from vitrail.config import Settings, load
from vitrail.demo import write_demo
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

#: What cannot be tested where all is in order: nobody's birth date is known, as the policy has it.
UNTESTABLE = {"MIN-01"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("clean") / "company"
    write_demo(found, accounts=400, clean=True)
    (found / "tmp").mkdir()
    return found


@pytest.fixture(scope="module")
def settings(place: Path) -> Settings:
    return load(place / "vitrail.toml")


@pytest.fixture(scope="module")
def store(place: Path, settings: Settings) -> Iterator[CanonicalStore]:
    with CanonicalStore.open(place, settings, Keyring.create(place / "key")) as opened:
        yield opened


def assessed(
    controls: list[Control], store: CanonicalStore, settings: Settings, place: Path
) -> dict[str, Assessment]:
    assert settings.asof is not None
    found = assess_all(
        controls, store, load_policy(carried("policies") / f"{settings.policy}.yaml"), settings,
        asof=settings.asof, keys=Keyring.load(place / "key"), version="0",
    )  # fmt: skip
    return {assessment.control: assessment for assessment in found}


def expected(control: Control) -> Verdict:
    if control.id in UNTESTABLE:
        return Verdict.NOT_TESTED
    provable = control.kind in (ProofKind.PROVES, ProofKind.LOG)
    return Verdict.PASS if provable else Verdict.NOT_PROVABLE


def reads_a_scan(control: Control) -> bool:
    return any(table.startswith("scan_") for table, _ in control.needs)


def test_nothing_is_planted(place: Path) -> None:
    truth = json.loads((place / "truth" / "violations.json").read_text("utf-8"))
    assert {c for c, told in truth.items() if told["violations"] or told["warnings"]} == set()


def test_every_control_that_reads_exports_alone_finds_the_promise_kept(
    place: Path, store: CanonicalStore, settings: Settings
) -> None:
    controls = [c for c in CONTROLS if not reads_a_scan(c)]
    found = assessed(controls, store, settings, place)
    told = {c.id: (found[c.id].verdict, found[c.id].reason) for c in controls}
    assert {c.id: told[c.id] for c in controls if told[c.id][0] is not expected(c)} == {}
    assert sum(found[c.id].warnings for c in controls) == 0


@pytest.mark.attack
def test_every_control_that_reads_a_scan_finds_the_promise_kept(
    place: Path, store: CanonicalStore, settings: Settings
) -> None:
    plan = scanning.plan(
        [place / "exports"], scanning.ScanOptions(names="off"), root=place / "exports"
    )
    run = scanning.run(plan, place / "run", Keyring.load(place / "key"), run_id="scan")
    store.register("scan_hits", scanning.read_hits(place / "run"))
    store.register("scan_columns", columns_table(run.columns))
    store.register("scan_datasets", datasets_table(store))
    store.register("scan_reviews", SCHEMAS["scan_reviews"].empty_table())
    store.register("scan_minors", scanning.read_minors(place / "run"))
    controls = [c for c in CONTROLS if reads_a_scan(c)]
    found = assessed(controls, store, settings, place)
    told = {c.id: (found[c.id].verdict, found[c.id].reason) for c in controls}
    assert {c.id: told[c.id] for c in controls if told[c.id][0] is not expected(c)} == {}
