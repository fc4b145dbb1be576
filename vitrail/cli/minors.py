"""``vitrail minors``: cases of likely minors, decided by a human; nothing is deleted here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, answer_text, say
from vitrail.errors import Unwritable
from vitrail.private_files import write_private

commands = typer.Typer(help="Cases of likely minors: who is to be looked at, and what was decided.",
                       no_args_is_help=True)  # fmt: skip
_Decision = Literal["confirm", "dismiss", "authorise", "reopen"]
_Form = Literal["csv", "sql"]


@commands.callback()
def _group() -> None:
    """Cases of likely minors: who is to be looked at, and what was decided."""


@commands.command("count")
def count(folder: Folder = None, as_json: Json = False) -> int:
    """How many cases are open, by level: all that those see who do not handle them."""
    with vitrail.open(folder) as workspace:
        levels = dict(workspace.open_minor_cases())
    if as_json:
        answer_json({"schema": "vitrail.minor_count/1", "open": levels})
    else:
        say(f"{sum(levels.values()):,} cases are open.")
    return NOTHING


@commands.command("list")
def list_cases(folder: Folder = None, as_json: Json = False) -> int:
    """The cases with what spoke for each, where they stand, and by when they are due.

    The exit code is 1 where a case has been open for longer than `minor_sla_hours`.
    """
    with vitrail.open(folder) as workspace:
        register = workspace.minor_register()
    hours = register.sla_hours
    rows: list[dict[str, Any]] = [
        {
            "case": one.case.id,
            "level": one.case.level,
            "signals": list(one.case.families),
            "status": one.status,
            "opened_at": one.case.opened_at,
            "due_at": one.case.due_at(hours),
            "overdue": one.overdue,
            "decided_by": one.case.decided_by,
            "decided_at": one.case.decided_at,
        }
        for one in register.cases
    ]
    if as_json:
        answer_json({"schema": "vitrail.minor_cases/1", "cases": rows, "sla_hours": hours})
    else:
        _show(rows, hours)
    return FOUND if any(row["overdue"] for row in rows) else NOTHING


def _show(rows: Sequence[dict[str, Any]], hours: int) -> None:
    shown = [
        (r["case"], r["level"], ", ".join(r["signals"]), r["status"],
         f"{r['opened_at']:%Y-%m-%d %H:%M}", "overdue" if r["overdue"] else "")
        for r in rows
    ]  # fmt: skip
    answer_table("", ("case", "level", "signals", "status", "opened (UTC)", ""), shown)
    say(f"A case is due {hours} hours after it was opened: our assumption, set by minor_sla_hours.")


@commands.command("decide")
def decide(
    case: Annotated[str, typer.Argument(help="The case's number, from `vitrail minors list`.")],
    decision: Annotated[_Decision, typer.Argument(help="What you decide.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, without personal data.")],
    folder: Folder = None,
) -> int:
    """Decide on a case: a human's word, with a reason that is kept."""
    from vitrail.model import CaseDecision

    with vitrail.open(folder) as workspace:
        workspace.decide_minor(case, CaseDecision(decision), reason)
    say(f"Noted. {_NEXT[decision]}")
    return NOTHING


_NEXT = {
    "confirm": "Until it is deleted, pause marketing to this person; "
    "`vitrail minors deletion-list` writes the keys out.",
    "dismiss": "The same person is not put before you again while the fingerprint is kept.",
    "authorise": "The case stays listed, with a guardian's authorisation.",
    "reopen": "The case is open again, and its clock is the first one.",
}


@commands.command("deletion-list")
def deletion_list(
    folder: Folder = None,
    form: Annotated[_Form, typer.Option("--format", help="csv, or sql for review.")] = "csv",
    out: Annotated[Path | None, typer.Option(help="A file for it; else standard output.")] = None,
) -> int:
    """The keys of confirmed minors' rows by system, for the systems' owners to delete.

    Nothing is deleted by this. What was a minor's and is not confirmed is never in the list.
    """
    from vitrail.workspace.deletion_list import as_csv, as_sql

    with vitrail.open(folder) as workspace:
        keys = workspace.minor_deletion_list()
    text = as_csv(keys) if form == "csv" else as_sql(keys)
    if out is None:
        answer_text(text)
    else:
        _write(out, text)
    say(f"{len(keys):,} rows of {len({k.case for k in keys}):,} confirmed cases. None was deleted.")
    return NOTHING


def _write(out: Path, text: str) -> None:
    """For its owner's eyes: the file holds keys of persons."""
    try:
        write_private(out, text)
    except OSError as error:
        raise Unwritable(
            f"{out.name} could not be written ({error.strerror}).", "Name another file with --out."
        ) from None
