"""A scan's answer in each of its formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from vitrail.cli.options import report_in
from vitrail.cli.output import answer_json, answer_table, answer_text, say
from vitrail.model import Change, Finding, InputStatus, ScanRun

#: As many findings as a terminal's table lists, the worst first; a reader takes in no more.
LISTED: Final = 50
#: Of as many inputs it is said what was not looked at in them.
LIMITS: Final = 5

Format = Literal["table", "json", "sarif", "csv", "html"]


def print_scan(
    run: ScanRun, findings: tuple[Finding, ...], form: Format, language: str | None
) -> None:
    """Write the findings of a run to standard output; a page of them in its reader's language."""
    from vitrail import report

    if form == "json":
        answer_json(report.scan_json(run, findings))
    elif form == "sarif":
        answer_json(report.scan_sarif(run, findings))
    elif form == "csv":
        answer_text(report.scan_csv(run, findings))
    elif form == "html":
        with report_in(language):
            answer_text(report.scan_html(run, findings))
    else:
        _table(run, findings)


def _table(run: ScanRun, findings: tuple[Finding, ...]) -> None:
    from vitrail.report.scan_view import change_words, with_limits

    found = [f for f in findings if f.change not in (Change.GONE, Change.NOT_EXAMINED)]
    stray = sorted((f for f in found if not f.expected), key=lambda f: (-f.severity.rank, -f.cells))
    answer_table(
        "",
        ("severity", "entity type", "dataset", "column", "cells#", "values#", "since last time",
         "looks like"),
        [
            (f.severity.value, f.entity_type, _place(f), f.column, f"{f.cells:,}", f"{f.values:,}",
             change_words(f), f.samples[0] if f.samples else "")
            for f in stray[:LISTED]
        ],
    )  # fmt: skip
    if len(stray) > LISTED:
        say(_others(stray[LISTED:]))
    expected = len(found) - len(stray)
    also = f"; {expected} more where the mapping expects them" if expected else ""
    if not run.inputs:
        say("There was nothing to scan: no file of a kind that is read.")
        return
    say(
        f"{_counted(run.hits, 'hit')} in {_counted(len(run.inputs), 'input')}, "
        f"{run.seconds:.1f} s. {_counted(len(stray), 'finding')}{also}."
    )
    reused = sum(file.reused_from is not None for file in run.inputs)
    if reused:
        say(f"{_counted(reused, 'input')} unchanged since an earlier scan; --fresh scans all.")
    if any(file.status is InputStatus.SAMPLED for file in run.inputs):
        say(_bound(run))
    limited = [file for file in with_limits(run) if file.status is InputStatus.SCANNED]
    for file in limited[:LIMITS]:
        say(f"{file.name}: {file.reason}")
    if len(limited) > LIMITS:
        more = _counted(len(limited) - LIMITS, "input")
        say(f"In {more} more something was not looked at; run.json says what.")
    _since_last_time(findings)


def _others(findings: Sequence[Finding]) -> str:
    """How many more there are, by severity, and where they stand."""
    counts = Counter(f.severity for f in findings)
    worst_first = sorted(counts, key=lambda severity: -severity.rank)
    told = ", ".join(f"{counts[severity]:,} {severity.value}" for severity in worst_first)
    return f"And {len(findings):,} more ({told}); --format html, csv or json has all."


def _since_last_time(findings: tuple[Finding, ...]) -> None:
    """What has changed, where there is something to compare with."""
    counts = Counter(f.change for f in findings if not f.expected)
    if set(counts) - {Change.NEW}:
        told = (f"{counts[change]:,} {change.value}" for change in Change if counts[change])
        say(f"Since last time: {', '.join(told)}.")


def _bound(run: ScanRun) -> str:
    """What the sample supports, for the dataset of which the fewest rows were looked at."""
    from vitrail.scan import unseen_in_10000

    looked_at: dict[tuple[str, str | None], int] = {}
    for column in run.columns:
        place = column.dataset, column.table
        looked_at[place] = max(looked_at.get(place, 0), column.examined)
    sampled = [
        looked_at.get((file.name, file.table), 0)
        for file in run.inputs
        if file.status is InputStatus.SAMPLED
    ]
    return (
        f"A sample was looked at: with 95 % confidence, of a kind that it did not show fewer than "
        f"{unseen_in_10000(min(sampled)):,} in 10,000 rows of a dataset hold one."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _place(finding: Finding) -> str:
    return finding.dataset if finding.table is None else f"{finding.dataset} · {finding.table}"
