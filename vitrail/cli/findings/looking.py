"""Findings to look at: a page of them, one with its history, two scans side by side."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vitrail
from vitrail.cli import completing
from vitrail.cli.exits import NOTHING
from vitrail.cli.findings.words import Id
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say

if TYPE_CHECKING:
    from vitrail.model import Finding, FindingFilter

_Where = Literal["stray", "expected", "all"]
_Standing = Literal["open", "second-look", "confirmed", "claimed-fixed", "dismissed", "gone", "any"]


def list_findings(
    folder: Folder = None,
    where: Annotated[_Where, typer.Option(help="Stray, or where the mapping says so.")] = "stray",
    standing: Annotated[_Standing, typer.Option(help="Where they stand.")] = "open",
    kind: Annotated[
        str | None,
        typer.Option(help="Only this entity type.", autocompletion=completing.entity_types),
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="Only this dataset.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only this owner's; '' for nobody's.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="Behind how many.")] = 0,
    as_json: Json = False,
) -> int:
    """Findings, the worst and largest first."""
    chosen = _chosen(where, standing)
    chosen = replace(chosen, entity_type=kind, dataset=dataset, owner=owner)
    with vitrail.open(folder) as workspace:
        found = workspace.finding_page(chosen, offset, limit)
        total = workspace.finding_tally(chosen).total.findings
        owners = workspace.finding_owners([f.id for f in found])
    if as_json:
        listed = [
            {**asdict(f), "owner": a and a.owner, "due": a and a.due}
            for f in found
            for a in [owners.get(f.id)]
        ]
        answer_json({"schema": "vitrail.findings/1", "total": total, "findings": listed})
        return NOTHING
    rows = [
        (f.id, f.severity.value, f.entity_type, _place(f), f.cells, _standing(f),
         owners[f.id].owner if f.id in owners else "")
        for f in found
    ]  # fmt: skip
    answer_table("", ("finding", "severity", "what", "where", "cells#", "status", "owner"), rows)
    say(f"{len(found):,} of {total:,} findings.")
    return NOTHING


def _chosen(where: str, standing: str) -> FindingFilter:
    from vitrail.model import FindingFilter, Standing, Where

    wanted = None if standing == "any" else Standing(standing.replace("-", " "))
    return FindingFilter(Where(where), wanted)


def _place(finding: Finding) -> str:
    return " · ".join(filter(None, (finding.dataset, finding.table, finding.column)))


def _standing(finding: Finding) -> str:
    if finding.proposed_by:
        return f"{finding.status.value}, {finding.proposed_by} would dismiss it"
    return finding.status.value + (f" until {finding.until}" if finding.until else "")


def show(finding: Id, folder: Folder = None, as_json: Json = False) -> int:
    """One finding: why it was flagged, masked samples, and all that was ever done to it."""
    with vitrail.open(folder) as workspace:
        one = workspace.finding(finding)
        samples = workspace.samples(one.id)
        history = workspace.finding_history(one.id)
    if as_json:
        document = {"schema": "vitrail.finding/1", **asdict(one), "samples": samples}
        answer_json({**document, "history": [asdict(line) for line in history]})
        return NOTHING
    say(f"{one.severity.value} · {one.entity_type} · {_place(one)} · {_standing(one)}")
    say(one.explanation)
    answer_table("", ("sample#", "masked"), list(enumerate(samples)))
    rows = [(f"{h.at:%Y-%m-%d %H:%M}", h.actor, h.did, h.until, h.words) for h in history]
    answer_table("", ("at (UTC)", "who", "did", "until", "words"), rows)
    return NOTHING


def compare(
    earlier: Annotated[str, typer.Argument(help="The earlier scan's id.")],
    later: Annotated[str, typer.Argument(help="The later scan's id.")],
    folder: Folder = None,
    as_json: Json = False,
) -> int:
    """Two scans side by side: what is new, still there, gone or not examined again."""
    with vitrail.open(folder) as workspace:
        found = workspace.compare_scans(earlier, later)
    if as_json:
        places = [
            {**one.place._asdict(), "change": one.change.value, "values": one.values,
             "new": one.new, "gone": one.gone}
            for one in found
        ]  # fmt: skip
        answer_json({"schema": "vitrail.scan_comparison/1", "places": places})
        return NOTHING
    rows = [
        (one.change.value, one.place.entity_type, one.place.source, one.place.table,
         one.place.column, one.values, one.new, one.gone)
        for one in found
    ]  # fmt: skip
    heads = ("change", "what", "source", "table", "column", "values#", "new#", "gone#")
    answer_table("", heads, rows)
    return NOTHING
