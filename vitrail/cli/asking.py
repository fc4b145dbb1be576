"""``vitrail ask``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vitrail
from vitrail.cli import completing
from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Folder, Json, ReportLanguage, names, report_in
from vitrail.cli.output import answer_json, answer_table, say
from vitrail.cli.private_asking import answered, guarantee_document
from vitrail.cli.release_report import REPORT, write_release
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.model import HIDDEN, Cell, Measure, MeasureKind, Query, Release, ReleaseRow, Span

if TYPE_CHECKING:
    from vitrail.gate import Compared

_Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def ask(
    sql: Annotated[str | None, typer.Argument(metavar="SELECT", help="A question in SQL.")] = None,
    folder: Folder = None,
    fact: Annotated[
        str | None, typer.Option(help="Without SQL: the fact.", autocompletion=completing.facts)
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(help="Dimensions: week,country.", autocompletion=completing.dimensions),
    ] = None,
    measure: Annotated[str, typer.Option(help="persons, rows, sum(m), avg(m), outcome(m).")] = (
        "persons"
    ),
    where: Annotated[list[str] | None, typer.Option(help="DIMENSION=VALUE, as often as.")] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; begins a week or month."),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option(
            "--to", formats=["%Y-%m-%d"], help="The last day; ends a closed week or month."
        ),
    ] = None,
    epoch: Annotated[str | None, typer.Option(help="An epoch other than the last.")] = None,
    compare: Annotated[
        Literal["previous", "year"] | None,
        typer.Option(help="Beside the span before, or a year before."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say which protections took part.")] = False,
    private: Annotated[
        float | None,
        typer.Option(metavar="RHO", help="With differential privacy; spends ρ for good."),
    ] = None,
    cells: Annotated[
        int | None, typer.Option(help="Private: rows that one person counts in at most.")
    ] = None,
    clip: Annotated[
        list[str] | None, typer.Option(help="Private: COLUMN=MOST one person brings to a row.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Private: tell the cost alone.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Private: spend without asking.")] = False,
    report: Annotated[Path | None, REPORT] = None,
    language: ReportLanguage = None,
    as_json: Json = False,
) -> int:
    """Put one question through the gate; with --private, for numbers that leave the house."""
    if (sql is None) == (fact is None):
        raise UsageError("Ask either in SQL or with --fact.", "See `vitrail ask --help`.")
    if compare and private is not None:
        raise UsageError("--compare looks at the everyday gate's numbers.", "Ask one at a time.")
    question = sql if sql is not None else _query(str(fact), by, measure, where, first, last, epoch)
    with vitrail.open(folder) as workspace:
        beside = workspace.compare(question, compare) if compare else None
        if private is None:
            release: Release | None = beside.now if beside else workspace.ask(question)
        else:
            release = answered(
                workspace, question, private, cells=cells, clips=clip, plan=plan, yes=yes
            )
        if report is not None and release is not None:
            with report_in(language, workspace.settings.language):
                write_release(workspace, release, report)
            say(f"Wrote {report.name}.")
    if release is None:
        return NOTHING
    if as_json:
        answer_json(document(release) | (_changes(beside) if beside else {}))
    else:
        _print(release, beside)
    for note in (*release.notes, *(release.touched if why else ())):
        say(note)
    return NOTHING


def _query(
    fact: str,
    by: str | None,
    measures: str,
    where: list[str] | None,
    first: datetime | None,
    last: datetime | None,
    epoch: str | None,
) -> Query:
    if (first is None) != (last is None):
        raise UsageError("A span needs both ends.", "Give --from and --to.")
    return Query(
        fact=fact,
        dimensions=names(by) or (),
        measures=tuple(_measure(text) for text in names(measures) or ()),
        filters=tuple(_equality(text) for text in where or ()),
        span=Span(first.date(), last.date()) if first and last else None,
        epoch=epoch,
    )


def _measure(text: str) -> Measure:
    kind, _, rest = text.partition("(")
    try:
        return Measure(MeasureKind(kind.strip().lower()), rest.rstrip(")").strip() or None)
    except ValueError:
        known = ", ".join(k.value for k in MeasureKind)
        meant = did_you_mean(kind, [k.value for k in MeasureKind])
        raise UsageError(f"There is no measure “{kind}”.{meant}", f"There are {known}.") from None


def _equality(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise UsageError("A condition is written DIMENSION=VALUE.", "As in --where country=FR.")
    return name.strip(), value.strip()


def _print(release: Release, beside: Compared | None) -> None:
    units = dict(release.units)
    heads: list[str] = []
    for measure in release.query.measures:
        unit = f" ({units[measure.label]})" if measure.label in units else ""
        heads += [f"{measure.label}{unit}#", *(["change"] if beside else [])]
    rows = [(*row.labels, *_numbers(row, place, beside)) for place, row in enumerate(release.rows)]
    answer_table("", (*release.query.dimensions, *heads), rows)
    if beside and beside.before.span:
        span = beside.before.span
        say(f"Changes are from {span.first} to {span.last}, told outside privacy and chance alone.")
    hidden = f", {release.suppressed} hidden for privacy" if release.suppressed else ""
    say(f"Release {release.id}, epoch {release.epoch}{hidden}. ± is what privacy added (95 %).")
    if release.private is not None:
        left = f"{release.private.left:g} of {release.private.total:g}"
        say(f"ρ {release.private.rho:g} was spent on it; after it {left} was left.")


def _numbers(row: ReleaseRow, place: int, beside: Compared | None) -> Iterator[object]:
    for measure, cell in enumerate(row.cells):
        yield cell or HIDDEN
        if beside:
            yield beside.words(place, measure)


def _changes(beside: Compared) -> dict[str, object]:
    """What ``--compare`` adds to the JSON form: the earlier cells, and what can be told."""
    span = beside.before.span
    measures = range(len(beside.now.query.measures))
    return {
        "compared": {
            "first": str(span.first) if span else None,
            "last": str(span.last) if span else None,
            "rows": [[_json_cell(cell) for cell in row] for row in beside.earlier],
            "changes": [
                [beside.words(place, measure) for measure in measures]
                for place in range(len(beside.now.rows))
            ],
        }
    }


def document(release: Release) -> dict[str, object]:
    """The JSON form of a release, as ``vitrail ask --json`` prints it."""
    return {
        "schema": "vitrail.ask/1",
        "columns": list(release.columns),
        "rows": [[*row.labels, *(_json_cell(cell) for cell in row.cells)] for row in release.rows],
        "suppressed": release.suppressed,
        "release": release.id,
        "epoch": release.epoch,
        "notes": list(release.notes),
    } | ({} if release.private is None else {"private": guarantee_document(release.private)})


def _json_cell(cell: Cell | None) -> dict[str, float] | None:
    if cell is None:
        return None
    numbers = {"value": cell.value, "privacy": cell.privacy, "total": cell.total}
    return numbers if cell.base is None else {**numbers, "base": cell.base}
