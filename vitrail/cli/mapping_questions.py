"""What ``vitrail map`` asks in a terminal, one question after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import typer

from vitrail.cli.output import legible, say
from vitrail.errors import UsageError

if TYPE_CHECKING:
    from vitrail.proposal import Answers, Question
    from vitrail.workspace.mapping import Draft


def ask(draft: Draft, given: Answers, each: Mapping[str, Answers]) -> dict[str, Answers] | None:
    """Put the first open question; the answers with its own. None where nothing is open."""
    for export in draft.exports:
        answers = each.get(export.label, given)
        for question in export.proposal.questions:
            return {**each, export.label: _answered(question, answers)}
    return None


def agreed(sources: int) -> bool:
    """Whether the sources shown shall be written."""
    what = "this source" if sources == 1 else f"these {sources} sources"
    return typer.confirm(f"Add {what} to vitrail.toml?", default=False, err=True)


def known_zone(name: str | None) -> str | None:
    """The zone as it is called, or a :class:`~vitrail.errors.UsageError` with the one meant."""
    from vitrail.did_you_mean import did_you_mean

    if name is None:
        return None
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        known = tuple(sorted(available_timezones()))
        raise UsageError(
            f"There is no time zone {name[:60]}.{did_you_mean(name, known)}",
            "Write a name like Europe/Paris or UTC.",
        ) from None


def _answered(question: Question, answers: Answers) -> Answers:
    from vitrail.proposal import NONE, Subject

    say(question.words)
    if question.subject is Subject.TIMEZONE:
        return replace(answers, timezone=_zone())
    if question.subject is Subject.DAYS:
        first = _choice(("day", "month"), None)
        return replace(answers, days="day" if first == "day" else "month")
    if question.subject is Subject.TABLE:
        return replace(answers, table=_choice(question.choices, question.suggested))
    chosen = _choice((*question.choices, "none of them"), question.suggested)
    name = NONE if chosen == "none of them" else chosen
    return replace(answers, columns={**answers.columns, str(question.canonical): name})


def _zone() -> str:
    while True:
        name = typer.prompt("Time zone", default="UTC", err=True)
        try:
            return known_zone(name.strip()) or "UTC"
        except UsageError as error:
            say(str(error))


def _choice(choices: tuple[str, ...], suggested: str | None) -> str:
    from vitrail.proposal import shown_name

    for number, choice in enumerate(choices, 1):
        say(f"  {number}  {shown_name(choice)}")
    default = None if suggested is None else str(choices.index(suggested) + 1)
    while True:
        said = str(typer.prompt("Number", default=default, err=True)).strip()
        if said.isdigit() and 1 <= int(said) <= len(choices):
            return choices[int(said) - 1]
        if said in choices:
            return said
        say(f"{legible(said)[:20]} is none of the numbers 1 to {len(choices)}.")
