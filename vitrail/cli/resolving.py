"""``vitrail resolve``: from a finding or a broken promise to its mending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say
from vitrail.errors import UsageError

if TYPE_CHECKING:
    from vitrail.model import Remedy
    from vitrail.workspace import Workspace

_Decision = Literal["confirm", "claim", "dismiss", "reopen"]


def resolve(
    finding: Annotated[
        str | None,
        typer.Argument(metavar="FINDING", help="A finding's id, or a control's: RET-01."),
    ] = None,
    folder: Folder = None,
    keys: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the keys of its rows here, for who mends them."),
    ] = None,
    decision: Annotated[
        _Decision | None, typer.Option("--decide", help="Confirm it, or claim it fixed, …")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, without personal data.")] = "",
    owner: Annotated[str, typer.Option(help="The function that mends it.")] = "",
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which it is due.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what is settled.")] = False,
    year: Annotated[
        bool, typer.Option("--year", help="How each promise fared, month by month.")
    ] = False,
    as_json: Json = False,
) -> int:
    """What is to be mended, by whom, until when; of one FINDING the keys, for the role that may.

    The exit code is 1 where something is overdue.
    """
    if year:
        return _year(folder, finding, as_json=as_json)
    if finding is None and (keys or decision or owner or due):
        raise UsageError("Say which finding.", "`vitrail resolve` lists them with their ids.")
    if due is not None and not owner:
        raise UsageError("A due day needs an owner.", "Add --owner.")
    with vitrail.open(folder) as workspace:
        if finding is not None:
            _act(workspace, finding, keys, decision, reason, owner, due)
        listed = [
            r
            for r in workspace.remedies()
            if (everything or not r.is_settled or finding) and finding in (None, r.id)
        ]
    today = datetime.now(UTC).date()
    if as_json:
        answer_json(
            {"schema": "vitrail.resolve/1", "findings": [_record(r, today) for r in listed]}
        )
    else:
        _show(listed, today)
    return FOUND if any(r.is_overdue(today) for r in listed) else NOTHING


def _act(
    workspace: Workspace,
    finding: str,
    keys: Path | None,
    decision: _Decision | None,
    reason: str,
    owner: str,
    due: datetime | None,
) -> None:
    from vitrail.model import Decision

    if decision is not None:
        workspace.dispose(finding, Decision(decision), reason)
        say(f"Noted. {_NEXT[decision]}")
    if owner:
        workspace.assign(finding, owner, due.date() if due else None)
    if keys is not None:
        rows = workspace.keys_to_mend(finding, keys)
        say(f"{len(rows):,} rows are listed in {keys.name}, for your eyes alone. None was changed.")


_NEXT = {
    "confirm": "It has an owner and a due day; see `vitrail resolve`.",
    "claim": "The next scan or check of a later export says whether it holds.",
    "dismiss": "It is not put before you again.",
    "reopen": "It is open again.",
}


_SIGNS = {"kept": "✓", "broken": "✕", "broken then fixed": "↻", "gap": "·"}


def _year(folder: Path | None, control: str | None, *, as_json: bool) -> int:
    with vitrail.open(folder) as workspace:
        years = [y for y in workspace.year() if control in (None, y.control)]
    if as_json:
        listed = [
            {
                "control": y.control,
                "title": y.title,
                "state": y.state.value,
                "months": [{"month": f"{m:%Y-%m}", "state": s.value} for m, s in y.months],
            }
            for y in years
        ]
        answer_json({"schema": "vitrail.year/1", "controls": listed})
        return NOTHING
    rows = [
        (y.control, y.title, " ".join(_SIGNS[s.value] for _, s in y.months), y.state.value)
        for y in years
    ]
    answer_table("", ("control", "what it tests", "twelve months", "in all"), rows)
    say("✓ kept, ↻ broken then fixed, ✕ broken at the month's end, · not tested.")
    return NOTHING


def _record(one: Remedy, today: date) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title,
        "place": one.place,
        "severity": one.severity.value,
        "cases": one.cases,
        "systems": list(one.systems),
        "owners": list(one.owners),
        "status": one.status.value,
        "opened_at": one.opened_at and one.opened_at.isoformat(),
        "due": one.due and one.due.isoformat(),
        "overdue": one.is_overdue(today),
        "decided_by": one.decided_by,
        "decided_at": one.decided_at and one.decided_at.isoformat(),
    }


def _show(listed: Sequence[Remedy], today: date) -> None:
    rows = [
        (r.id, r.severity.value, f"{r.title} ({r.place})", f"{r.cases:,}", ", ".join(r.systems),
         ", ".join(r.owners), r.status.value,
         f"{r.due or ''}{' overdue' if r.is_overdue(today) else ''}")
        for r in listed
    ]  # fmt: skip
    answer_table("", ("id", "severity", "what", "cases#", "system", "owner", "status", "due"), rows)
    late = sum(r.is_overdue(today) for r in listed)
    say(f"{len(listed):,} to be mended, {late:,} overdue. The days given are our assumption: "
        "[due_days].")  # fmt: skip
