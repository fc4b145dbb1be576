"""Vitrail's own controls find in the demo exactly what was planted, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vitrail.config import load
from vitrail.exports.store import CanonicalStore
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Assessment, Verdict
from vitrail.promises import assess, load_controls, load_policy

#: Those that read the exports alone; the others look at a scan's hits too.
FROM_EXPORTS = ("MKT-01", "MKT-02", "RET-01", "DSR-01", "TST-01", "SHR-01", "MIN-01")


@pytest.fixture(scope="module")
def assessments(
    company: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Assessment]]:
    keys = Keyring.create(tmp_path_factory.mktemp("key") / "key")
    settings = load(company / "vitrail.toml")
    policy = load_policy(carried("policies") / f"{settings.policy}.yaml")
    (company / "tmp").mkdir(exist_ok=True)
    with CanonicalStore.open(company, settings, keys) as store:
        yield {
            control.id: assess(
                control, store, policy, settings, asof=date(2026, 11, 20), keys=keys, version="t"
            )
            for control in load_controls(carried("queries", "promises"))
            if control.id in FROM_EXPORTS
        }


@pytest.mark.parametrize("control", FROM_EXPORTS)
def test_a_control_counts_exactly_what_was_planted(
    assessments: dict[str, Assessment], violations: dict[str, Any], control: str
) -> None:
    told, planted = assessments[control], violations[control]
    assert told.verdict is Verdict.FAIL
    assert told.violations == len(planted["violations"])
    assert told.warnings == len(planted["warnings"])
    assert told.denominator == planted["denominator"]
