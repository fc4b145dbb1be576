"""How long the Findings page waits for a ledger of a million findings.

    python -m bench.findings_page [FINDINGS]

Fills a ledger, decides on some of them, and times what one look at the page asks: the counts and
fifty findings; then a filter, another page, one finding, and a decision.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from vitrail.ledger import Ledger
from vitrail.model import (
    Decision,
    Disposition,
    Finding,
    FindingFilter,
    FindingStatus,
    Severity,
    Standing,
    Where,
)

KINDS = ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "PERSON", "IP_ADDRESS",
         "STREET_ADDRESS", "DATE_OF_BIRTH", "FR_NIR", "SECRET")  # fmt: skip
DATASETS = 2_000
KEY = "5ca1ab1e5ca1ab1e"
DECIDED = 20_000
REPEATS = 5


def main(findings: int = 1_000_000) -> None:
    """Print the median of each look, in seconds."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db", KEY) as ledger:
        begun = time.perf_counter()
        ledger.record_findings("scan-1", made(findings))
        print(f"{findings:,} findings taken in: {time.perf_counter() - begun:.1f} s")
        decide(ledger, findings)
        for name, look in looks(ledger).items():
            print(f"{name:<44} {median(look):.3f} s")


def made(findings: int) -> Iterator[Finding]:
    severities = list(Severity)
    for n in range(findings):
        kind = n % len(KINDS)
        yield Finding(
            id=f"{n * 2654435761 % 2**32:08x}{n:024x}",
            dataset=f"system-{n // len(KINDS) % DATASETS}.csv",
            table=None,
            column=f"column_{n // (len(KINDS) * DATASETS)}",
            entity_type=KINDS[kind],
            severity=severities[kind % len(severities)],
            cells=1 + n * 7919 % 10_007,
            values=1 + n % 97,
            score=0.9,
            recognizer="PatternRecognizer",
            explanation="A pattern with a valid check digit. Its best score here is 0.90.",
            samples=("j•••@•••.fr", "m•••@•••.de"),
            expected=n % 5 == 0,
            status=FindingStatus.OPEN,
            run="scan-1",
        )


def decide(ledger: Ledger, findings: int) -> None:
    """Some decisions of every sort, spread over the ledger."""
    step, now = max(1, findings // DECIDED), datetime.now(UTC)
    for decision, first in ((Decision.CONFIRM, 0), (Decision.DISMISS, 1)):
        chosen = [f.id for n, f in enumerate(made(findings)) if n % (2 * step) == first * step]
        ledger.triage.decide_on(
            Disposition(name, decision, "Looked at.", "amelie", now) for name in chosen
        )


def looks(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """What the page asks of the ledger, by what a person does."""
    triage, first = ledger.triage, FindingFilter()
    one = triage.page(first, 0, 1)[0]

    def opened(chosen: FindingFilter, offset: int = 0) -> Callable[[], object]:
        return lambda: (triage.tally(chosen), triage.page(chosen, offset, 50))

    def decided() -> None:
        ledger.dispose(
            Disposition(one.id, Decision.CONFIRM, "Looked at.", "amelie", datetime.now(UTC))
        )

    return {
        "the page, as it opens": opened(first),
        "filtered by kind": opened(FindingFilter(entity_type="PERSON")),
        "filtered by dataset": opened(FindingFilter(dataset="system-7.csv")),
        "all findings of any standing": opened(FindingFilter(Where.ALL, None)),
        "the dismissed": opened(FindingFilter(standing=Standing.DISMISSED)),
        "page 1,000": opened(first, 50_000),
        "one finding with its history": lambda: (triage.one(one.id), triage.history(one.id)),
        "a decision": decided,
    }


def median(look: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        look()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[REPEATS // 2]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
