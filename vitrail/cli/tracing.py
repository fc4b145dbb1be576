"""``vitrail trace``: where a person still is, in every export."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.options import Folder, Json, ReportLanguage, report_in
from vitrail.cli.output import answer_json, answer_table, say, tell_unreadable, working
from vitrail.errors import UsageError
from vitrail.model import Verdict

if TYPE_CHECKING:
    from vitrail.model import Dataset
    from vitrail.trace import Trace
    from vitrail.trace.sweep import Watch
    from vitrail.workspace.access_package import Package
    from vitrail.workspace.deletion_proof import Proof


def trace(
    folder: Folder = None,
    case: Annotated[str, typer.Option(metavar="REF", help="The case that this belongs to.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; it is kept.")] = "",
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="One identifier a line; else standard input."),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="Each line is a person; parted by tab or semicolon.")
    ] = False,
    package: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write all that is held of the person, to hand over."),
    ] = None,
    proof: Annotated[
        bool, typer.Option("--proof", help="Prove a deletion: what is left, allowed by what.")
    ] = False,
    names: Annotated[
        bool, typer.Option(help="In a package, mask others whom only a model of names tells.")
    ] = True,
    language: ReportLanguage = None,
    as_json: Json = False,
) -> int:
    """Look for a person in every cell of every export: by key, value, hash and in free text."""
    if package is not None and (proof or each):
        raise UsageError(
            "A package is of one person and proves nothing.", "Leave out --proof and --each."
        )
    with vitrail.open(folder) as workspace, report_in(language, workspace.settings.language):
        lines = identifiers(source)
        if package is not None:
            with _watched() as watch:
                made = workspace.access_package(
                    lines, package, case=case, reason=reason, names=names, watch=watch
                )
            return _packed(made, package, as_json)
        if proof:
            with _watched() as watch:
                proved = workspace.deletion_proof(
                    lines, case=case, reason=reason, each=each, watch=watch
                )
            return _proved(proved, as_json)
        with _watched() as watch:
            found = workspace.trace(lines, case=case, reason=reason, each=each, watch=watch)
    if as_json:
        answer_json(found.to_json())
    else:
        tell(found)
    tell_unreadable(found.unread)
    return UNREADABLE if found.unread else NOTHING


@contextmanager
def _watched() -> Iterator[Watch]:
    """A bar that says how much was read, how fast, how long it will take, and of what."""
    with working("Looking through the exports") as step:
        step("following the person from export to export", None)
        begun: float | None = None  # not before the first byte: what leads there has no rate

        def watch(dataset: Dataset, done: int, total: int) -> None:
            nonlocal begun
            begun = begun or time.monotonic()
            seconds = time.monotonic() - begun
            share = done / total if total else 0.0
            step(f"{_progress(done, total, seconds)}, {dataset.label}", share)

        yield watch


def _progress(done: int, total: int, seconds: float) -> str:
    """``12.5 of 40.0 MB, 310.0 MB/s, 0:00:42 left``."""
    words = [f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"]
    if done and seconds > 0:
        left = timedelta(seconds=round(seconds * (total - done) / done))
        words += [f"{done / 1e6 / seconds:,.1f} MB/s", f"{left} left"]
    return ", ".join(words)


def _packed(made: Package, folder: Path, as_json: bool) -> int:
    if as_json:
        answer_json(made.manifest)
    else:
        tables = [one for one in made.manifest["files"] if one["file"].endswith(".csv")]
        rows = [(t["file"], t["dataset"], t["table"], f"{t['rows']:,}") for t in tables]
        answer_table("", ("file", "dataset", "table", "rows#"), rows)
        left = made.manifest["left_out"]
        say(
            f"Written to {folder.name}; {made.manifest['masked']:,} places of others are masked. "
            f"{left['rows_by_name_only']:,} rows with the name alone were left out for a person to "
            f"judge, {left['rows_held_for_a_customer']:,} are held for a customer. Read it before "
            "you hand it over."
        )
    tell_unreadable(made.trace.unread)
    return UNREADABLE if made.trace.unread else NOTHING


def _proved(proof: Proof, as_json: bool) -> int:
    if as_json:
        answer_json(proof.to_json())
    else:
        counts = Counter(
            (standing, p.dataset, p.table or "", p.column, ground)
            for p, standing, ground in proof.standings
        )
        rows = [(*key, f"{count:,}") for key, count in sorted(counts.items())]
        answer_table("", ("standing", "dataset", "table", "column", "ground", "places#"), rows)
        say(f"{proof.verdict.value} as of {proof.as_of}. Evidence: reports/{proof.folder.name}.")
    tell_unreadable(proof.trace.unread)
    failed = FOUND if proof.verdict is Verdict.FAIL else NOTHING
    return worst(UNREADABLE if proof.trace.unread else NOTHING, failed)


def identifiers(source: Path | None) -> list[str]:
    """The lines of the file or of standard input; never of the command line, whose history keeps
    them."""
    name = "Standard input" if source is None else source.name
    try:
        content = sys.stdin.buffer.read() if source is None else source.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read: {error.strerror}.", "Name a text file that this user may read."
        ) from None
    try:
        if b"\0" in content:
            raise UnicodeError
        return content.decode("utf-8-sig").splitlines()
    except UnicodeError:
        raise UsageError(
            f"{name} is no text in UTF-8.", "Write identifiers as text, one a line."
        ) from None


def tell(found: Trace) -> None:
    """Columns with how many rows hold what; for each place ask for --json."""
    counts: Counter[tuple[str, str, str, str, str, str]] = Counter()
    for place in found.places:
        sure = "yes" if place.certain else "one of that name"
        at = (place.dataset, place.table or "", place.column)
        counts[(*at, f"{place.kind} by {place.how}", place.masked, sure)] += 1
    keys = {
        (p.dataset, p.table or "", p.column, f"{p.kind} by {p.how}", p.masked): p.row_key[:12]
        for p in reversed(found.places)
    }
    answer_table(
        "",
        ("dataset", "table", "column", "found", "masked", "certain", "rows#", "first row's key"),
        [(*k, f"{n:,}", keys[k[:5]]) for k, n in sorted(counts.items())],
    )
    say(_sentence(found))


def _sentence(found: Trace) -> str:
    looked = f"{found.datasets:,} datasets, {found.bytes / 1e6:,.1f} MB, {found.seconds:.1f} s"
    if not found.places:
        return f"Found nowhere. Looked through {looked}."
    persons = "The person" if found.found else "Only the name"
    if len(found.subjects) > 1:
        persons = f"{found.found:,} of {len(found.subjects):,} persons"
    rows = len({(p.dataset, p.table, p.row) for p in found.places})
    return f"{persons} found in {rows:,} rows. Looked through {looked}."
