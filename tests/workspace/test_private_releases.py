"""Publishing from a workspace: paid for once, free ever after, and only by those who may."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import ConfigError, Forbidden, Refused
from vitrail.gate import FactStore
from vitrail.model import Actor, Query, Role

MONTHLY = "SELECT month, count(DISTINCT person) FROM activity GROUP BY month"


@pytest.fixture
def house(unopened_demo: Path, tmp_path: Path) -> Path:
    """A copy whose budget a test may spend."""
    copy = tmp_path / "house"
    shutil.copytree(unopened_demo, copy)
    return copy


def _as(*roles: Role) -> Actor:
    return Actor("someone", frozenset(roles))


def test_a_release_says_what_it_spent_and_comes_back_for_nothing(house: Path) -> None:
    with vitrail.open(house) as workspace:
        first = workspace.ask_private(MONTHLY, 0.05)
        again = workspace.ask_private(MONTHLY, 0.03)
        assert first == again
        assert first.private is not None
        assert (first.private.spent_before, first.private.left) == (0.0, 0.95)
        assert workspace.privacy_budget().spent == 50_000
        assert workspace.private_releases() == (workspace.private_release(first.id),)
    with vitrail.open(house) as workspace:
        assert workspace.ask_private(MONTHLY, 0.05) == first


def test_the_order_of_columns_is_the_askers_and_the_numbers_are_the_same(house: Path) -> None:
    with vitrail.open(house) as workspace:
        one = workspace.ask_private(Query("activity", ("month", "region")), 0.05)
        two = workspace.ask_private(Query("activity", ("region", "month")), 0.05)
        assert (one.columns, two.columns) == (
            ("month", "region", "persons"), ("region", "month", "persons"),
        )  # fmt: skip
        assert {(*row.labels[::-1], row.cells) for row in one.rows} == {
            (*row.labels, row.cells) for row in two.rows
        }
        assert workspace.privacy_budget().spent == 50_000


def test_an_analyst_reads_what_was_published_and_publishes_nothing(house: Path) -> None:
    with vitrail.open(house, _as(Role.ANALYST)) as workspace:
        offer = workspace.offer_private(MONTHLY, 0.05)
        assert (offer.free, offer.standing.left) == (None, 1_000_000)
        with pytest.raises(Forbidden, match="may not publish"):
            workspace.ask_private(MONTHLY, 0.05)
    with vitrail.open(house, _as(Role.AUDITOR)) as workspace:
        published = workspace.ask_private(MONTHLY, 0.05)
    with vitrail.open(house, _as(Role.ANALYST)) as workspace:
        assert workspace.ask_private(MONTHLY, 0.05) == published
        assert workspace.offer_private(MONTHLY, 0.05).free == published


def test_a_question_beyond_the_budget_is_refused_and_the_refusal_noted(house: Path) -> None:
    with vitrail.open(house) as workspace:
        workspace.ask_private(MONTHLY, 0.5)
        with pytest.raises(Refused, match=r"only 0\.5 is left"):
            workspace.ask_private("SELECT count(DISTINCT person) FROM orders", 0.500001)
        assert workspace.events()[-1].kind == "refusal"
        assert workspace.verify_ledger().ok


def test_every_fact_spends_from_one_budget_for_the_persons_are_the_same(house: Path) -> None:
    with vitrail.open(house) as workspace:
        workspace.ask_private(MONTHLY, 0.05)
        workspace.ask_private("SELECT count(DISTINCT person) FROM orders", 0.02)
        assert workspace.privacy_budget().spent == 70_000


def test_a_total_raised_in_the_configuration_after_spending_is_refused(house: Path) -> None:
    with vitrail.open(house) as workspace:
        workspace.ask_private(MONTHLY, 0.05)
    settings = house / "vitrail.toml"
    settings.write_text(settings.read_text() + "\n[privacy]\nrho_total = 3.0\n")
    with vitrail.open(house) as workspace, pytest.raises(ConfigError, match="fixed at ρ = 1"):
        workspace.ask_private(MONTHLY, 0.05)


def test_the_everyday_gate_and_the_private_mode_share_no_noise(house: Path) -> None:
    """The gate's noise hangs on the key; the private mode's on nothing that anyone keeps."""
    twin = house.with_name("twin")
    shutil.copytree(house, twin)
    with vitrail.open(house) as one, vitrail.open(twin) as two:
        assert one.ask(MONTHLY).rows == two.ask(MONTHLY).rows
        assert one.ask_private(MONTHLY, 0.05).rows != two.ask_private(MONTHLY, 0.05).rows


_PUBLISHER = """
import sys
import vitrail
with vitrail.open(sys.argv[1]) as workspace:
    for number in range(1, 400):
        release = workspace.ask_private("SELECT count(DISTINCT person) FROM activity",
                                        (1000 + number) / 1e6)
        print(release.id, release.rows[0].cells[0].value, flush=True)
"""


@pytest.mark.parametrize("delay", [0.05, 0.4])
def test_a_publisher_killed_at_any_moment_has_shown_only_what_was_paid_for(
    house: Path, delay: float
) -> None:
    command = [sys.executable, "-c", _PUBLISHER, str(house)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    shown = [process.stdout.readline()]
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    shown += [line for line in process.stdout.readlines() if line.endswith("\n")]
    process.communicate()
    with vitrail.open(house) as workspace:
        paid = {release.id: release for release in workspace.private_releases()}
        for line in shown:
            name, value = line.split()
            assert paid[name].rows[0].cells[0].value == float(value)
        rhos = [round(1e6 * r.private.rho) for r in paid.values() if r.private is not None]
        assert workspace.privacy_budget().spent == sum(rhos)
        assert workspace.verify_ledger().ok


def test_of_an_old_epoch_with_erased_persons_only_what_was_published_is_answered(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (house / "facts" / "CURRENT").read_text().strip()
    monthly = Query("activity", ("month",), epoch=old)
    with vitrail.open(house) as workspace:
        published = workspace.ask_private(monthly, 0.05)
        shutil.copy(house / "facts" / f"{old}.duckdb", house / "facts" / f"{old}-2.duckdb")
        (house / "facts" / "CURRENT").write_text(f"{old}-2\n")
        facts = FactStore.open(workspace.layout.facts, house, epoch=old).reader().facts
        purged = facts["activity"].model_copy(update={"purged": facts["activity"].through})
        monkeypatch.setitem(facts, "activity", purged)
        assert workspace.ask_private(monthly, 0.05) == published
        with pytest.raises(Refused, match="erased from this epoch"):
            workspace.ask_private(Query("activity", epoch=old), 0.05)
        assert workspace.privacy_budget().spent == 50_000
