"""``vitrail cycle``: everything at once, for a timer."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.options import Folder, Json, Level, Names
from vitrail.cli.output import answer_json, answer_table, progress_bar, say, tell_unreadable
from vitrail.model import Change, FindingStatus, Severity

if TYPE_CHECKING:
    from vitrail.workspace.cycling import Cycle


def cycle(
    folder: Folder = None,
    names_mode: Names = "auto",
    fail_on: Annotated[Level, typer.Option(help="Exit 1 from this severity on.")] = "medium",
    news: Annotated[
        bool, typer.Option("--news", help="Exit 1 only for what is new since the last cycle.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Import, scan, check, see which claims hold, compare with the last time: for a timer.

    Exits with 1 on a broken promise, a finding at or above --fail-on, or something overdue.
    """
    from vitrail.scan import ScanOptions
    from vitrail.workspace.cycling import document

    with vitrail.open(folder) as workspace, progress_bar("Cycle") as watch:
        done = workspace.cycle(ScanOptions(names=names_mode), watch=watch)
    if as_json:
        answer_json(document(done))
    else:
        _print(done)
    tell_unreadable(done.unread)
    bad = _news(done, fail_on) if news else _bad(done, fail_on)
    return worst(UNREADABLE if done.unread else NOTHING, FOUND if bad else NOTHING)


def _bad(done: Cycle, fail_on: Level) -> bool:
    today = datetime.now(UTC).date()
    found = any(_counts(f.severity, fail_on) for f in done.stray)
    return bool(done.failed) or found or any(r.is_overdue(today) for r in done.remedies)


def _news(done: Cycle, fail_on: Level) -> bool:
    """New findings, controls that newly fail, and what came back."""
    new = (Change.NEW, Change.REGRESSED)
    found = any(f.change in new and _counts(f.severity, fail_on) for f in done.stray)
    back = any(m.remedy.status is FindingStatus.REGRESSED for m in done.moved)
    first = done.previous is None and bool(done.failed)
    return found or back or first or any(c.is_new_breach for c in done.changes)


def _counts(severity: Severity, level: Level) -> bool:
    return level != "never" and severity.rank >= Severity(level).rank


def _print(done: Cycle) -> None:
    verdicts = Counter(a.verdict.value.replace("_", " ") for a in done.checked.assessments)
    arrived, changed = done.imported.arrivals, Counter(f.change for f in done.stray)
    gone = sum(f.change is Change.GONE for f in done.findings)
    rows = [
        ("import", f"epoch {done.imported.facts.epoch}, {arrived.new:,} files new or changed"),
        ("scan", f"{len(done.stray):,} stray findings, {changed[Change.NEW]:,} new, "
                 f"{changed[Change.REGRESSED]:,} came back, {gone:,} gone"),
        ("check", ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())),
    ]  # fmt: skip
    answer_table("", ("step", "what it came to"), rows)
    changes = [(c.control, c.before.value, c.after.value, c.words) for c in done.changes]
    if changes:
        answer_table("Verdicts", ("control", "last time", "now", "because of"), changes)
    moved = [
        (m.remedy.id, m.remedy.title, m.before.value if m.before else "", m.remedy.status.value)
        for m in done.moved
    ]
    if moved:
        answer_table("To be mended", ("id", "what", "last time", "now"), moved)
    beside = "nothing: it is the first" if done.previous is None else done.previous
    say(f"Compared with {beside}. The summary is reports/{done.id}.json.")
