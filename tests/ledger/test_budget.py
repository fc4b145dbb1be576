"""The privacy budget: never overspent, never refilled, and nobody edits it unseen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.errors import ConfigError, Refused
from vitrail.ledger import Account, Claim, Ledger, PaidAnswer

Tamper = Callable[..., None]
KEY = "5ca1ab1e5ca1ab1e"
TOTAL = 1_000_000


def claim(number: int, rho: int = 100_000, document: str = "{}") -> Claim:
    return Claim(f"private-{number}-{rho}", "persons", rho, f"{number:064x}", document,
                 {"fact": "orders", "measures": ["persons"]})  # fmt: skip


def spend(ledger: Ledger, number: int, rho: int = 100_000, total: int = TOTAL) -> PaidAnswer:
    return ledger.budget.spend("amelie", claim(number, rho, f'{{"n":{number}}}'), total)


def account(ledger: Ledger, total: int = TOTAL) -> Account:
    return ledger.budget.account("persons", total)


def test_what_is_spent_is_a_line_of_the_chain_and_what_is_left_the_rest(ledger: Ledger) -> None:
    assert not account(ledger).standing.opened
    first, second = spend(ledger, 1, 300_000), spend(ledger, 2)
    assert (first.spent_before, second.spent_before) == (0, 300_000)
    standing = account(ledger).standing
    assert (standing.total, standing.spent, standing.left) == (TOTAL, 400_000, 600_000)
    assert [e.kind for e in ledger.events(after=1)] == [
        "budget_opened", "private_release", "private_release",
    ]  # fmt: skip
    assert ledger.verify().ok


def test_what_does_not_fit_is_refused_with_what_is_left_and_nothing_is_written(
    ledger: Ledger,
) -> None:
    spend(ledger, 1, 900_000)
    before = ledger.events()
    with pytest.raises(Refused, match=r"only 0\.1 is left") as caught:
        spend(ledger, 2, 100_001)
    assert "never refilled" in caught.value.remedy
    assert ledger.events() == before
    spend(ledger, 2, 100_000)
    assert account(ledger).standing.left == 0


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 400_000), max_size=12))
def test_however_it_is_spent_the_sum_never_goes_beyond_the_total(
    tmp_path_factory: pytest.TempPathFactory, parts: list[int]
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "ledger.db", KEY) as ledger:
        taken = 0
        for number, rho in enumerate(parts):
            if taken + rho > TOTAL:
                with pytest.raises(Refused):
                    spend(ledger, number, rho)
            else:
                spend(ledger, number, rho)
                taken += rho
        assert account(ledger).standing.spent == taken <= TOTAL


def test_an_answer_already_given_comes_back_as_it_was_and_spends_nothing(ledger: Ledger) -> None:
    paid = spend(ledger, 1)
    again = ledger.budget.spend("other", claim(1, 60_000, '{"another":"draw"}'), TOTAL)
    assert again == paid
    assert account(ledger).standing.spent == 100_000
    finer = spend(ledger, 1, 200_000)
    assert finer.line != paid.line
    assert account(ledger).standing.spent == 300_000
    assert account(ledger).finest(paid.question, 1) == finer


def test_the_total_is_fixed_by_the_first_spend_and_never_raised(ledger: Ledger) -> None:
    assert account(ledger, 5 * TOTAL).standing.total == 5 * TOTAL
    spend(ledger, 1)
    with pytest.raises(ConfigError, match=r"fixed at ρ = 1 .* now says 1\.5"):
        spend(ledger, 2, total=TOTAL + 500_000)
    with pytest.raises(Refused, match=r"budget of 0\.15 only 0\.05 is left"):
        spend(ledger, 2, total=150_000)
    assert account(ledger).standing.left == 900_000


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE events SET payload = replace(payload, '100000', '1') WHERE seq = 3",
        "DELETE FROM events WHERE seq = 3",
        "UPDATE events SET kind = 'denied' WHERE seq = 3",
        "UPDATE events SET payload = replace(payload, '1000000', '9000000') WHERE seq = 2",
        "UPDATE answers SET document = '{}' WHERE seq = 3",
        "DELETE FROM answers WHERE seq = 3",
        "DELETE FROM events WHERE seq >= 4",
    ],
)
def test_after_a_budget_entry_was_edited_or_removed_nothing_is_published(
    ledger: Ledger, tamper: Tamper, edit: str
) -> None:
    spend(ledger, 1)
    spend(ledger, 2)
    tamper(edit)
    for act in (lambda: spend(ledger, 3), lambda: spend(ledger, 1), lambda: account(ledger)):
        with pytest.raises(Refused, match="nobody can say what is left") as caught:
            act()
        assert "vitrail ledger verify" in caught.value.remedy
    assert not ledger.verify().ok


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_guard_taken_off_stops_publishing_too(ledger: Ledger, place: Path) -> None:
    import sqlite3
    from contextlib import closing

    spend(ledger, 1)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_not_updated")
    with pytest.raises(Refused, match="guard"):
        spend(ledger, 2)


SPENDER = """
import sys, json
from vitrail.errors import Refused
from vitrail.ledger import Claim, Ledger
place, name, first, rho = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with Ledger.open(place, "5ca1ab1e5ca1ab1e") as ledger:
    for number in range(first, first + 10_000):
        document = json.dumps({"number": number, "by": name})
        claim = Claim(f"private-{number}", "persons", rho, f"{number:064x}", document,
                      {"fact": "orders"})
        try:
            paid = ledger.budget.spend(name, claim, 1_000_000)
        except Refused:
            break
        print(paid.line, paid.document, flush=True)
"""


def spender(address: Path | str, name: str, first: int, rho: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SPENDER, str(address), name, str(first), str(rho)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_that_want_all_of_it_spend_it_once(address: Path | str) -> None:
    both = [spender(address, name, first, 30_000) for name, first in (("one", 0), ("two", 50_000))]
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], [a[1] for a in answers]
    shown = [line for out, _ in answers for line in out.splitlines()]
    with Ledger.open(address, KEY) as ledger:
        assert account(ledger).standing.spent == 990_000 == 30_000 * len(shown)
        assert ledger.verify().ok


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.3])
def test_a_process_killed_between_spending_and_showing_wastes_nothing_and_leaks_nothing(
    address: Path | str, delay: float
) -> None:
    """What was shown was paid for; what was paid for and not shown comes back for nothing."""
    Ledger.open(address, KEY).close()
    process = spender(address, "doomed", 0, 1_000)
    assert process.stdout is not None
    shown = [process.stdout.readline()]
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    shown += [line for line in process.stdout.readlines() if line.endswith("\n")]
    process.communicate()
    with Ledger.open(address, KEY) as ledger:
        kept = account(ledger)
        documents = {answer.line: answer.document for answer in kept.answers}
        for line in shown:
            number, document = line.split(" ", 1)
            assert documents[int(number)] == document.strip()
        assert kept.standing.spent == 1_000 * len(kept.answers)
        last = kept.answers[-1]
        again = ledger.budget.spend(
            "heir", Claim("private-x", "persons", 1_000, last.question, "{}"), TOTAL
        )
        assert json.loads(again.document)["by"] == "doomed"
        assert account(ledger).standing.spent == kept.standing.spent
