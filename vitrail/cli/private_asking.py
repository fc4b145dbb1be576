"""``vitrail ask --private``: told first what it costs, then drawn and paid for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from vitrail.cli.output import answer_table, say
from vitrail.errors import UsageError
from vitrail.model import Guarantee, Query, Release

if TYPE_CHECKING:
    from vitrail.workspace import PrivateOffer, Workspace


def answered(
    workspace: Workspace,
    question: str | Query,
    rho: float,
    *,
    cells: int | None,
    clips: list[str] | None,
    plan: bool,
    yes: bool,
) -> Release | None:
    """The release, or None where only its plan was wanted or nobody said yes.

    A person at a terminal is asked before a budget that is never refilled is spent; a program
    said so by its ``--private``.
    """
    bounds = dict(_clip(text) for text in clips or ())
    offer = workspace.offer_private(question, rho, cells=cells, clips=bounds)
    if plan:
        _tell(offer)
        return None
    if offer.free is None and sys.stdin.isatty() and not yes:
        _tell(offer)
        if not typer.confirm("Spend it?", err=True):
            say("Nothing was spent.")
            return None
    return workspace.ask_private(question, rho, cells=cells, clips=bounds)


def guarantee_document(guarantee: Guarantee) -> dict[str, Any]:
    """The guarantee as ``vitrail ask --json`` prints it."""
    return {
        "population": guarantee.population,
        "rho": guarantee.rho,
        "epsilon": round(guarantee.epsilon, 4),
        "delta": guarantee.delta,
        "guess": round(guarantee.guess, 4),
        "cells": guarantee.cells,
        "cells_per_person": guarantee.cells_per_person,
        "bounds": {
            bound.measure: {
                "clip": bound.clip,
                "rho": bound.rho,
                "sigma": bound.sigma,
                "error": bound.error,
            }
            for bound in guarantee.bounds
        },
        "budget": {
            "total": guarantee.total,
            "before": guarantee.spent_before,
            "after": guarantee.spent_after,
        },
    }


def _tell(offer: PrivateOffer) -> None:
    """What it would be: reckoned from the question alone, so it costs nothing to look at."""
    guarantee, standing = offer.plan.guarantee, offer.standing
    rows = [
        (
            bound.measure,
            f"{bound.clip:,}",
            _figure(bound.sigma),
            f"± {bound.error:,.0f}",
            bound.unit,
        )
        for bound in guarantee.bounds
    ]
    answer_table("", ("measure", "clip#", "σ#", "95 % error of a row#", "unit"), rows)
    say(
        f"{guarantee.cells:,} rows, of which one person counts in {guarantee.cells_per_person:,} "
        f"at most. ε = {guarantee.epsilon:.2f} at δ = {guarantee.delta:g}."
    )
    if offer.free is not None:
        say("It was published before, so it is free.")
        return
    say(
        f"It spends ρ = {guarantee.rho:g}, for good; {standing.left / 1e6:g} of "
        f"{standing.total / 1e6:g} is left."
    )


def _figure(sigma: float) -> str:
    return f"{sigma:,.0f}" if sigma >= 100 else f"{sigma:g}"


def _clip(text: str) -> tuple[str, int]:
    name, sign, value = text.partition("=")
    if not sign or not value.strip().isdecimal():
        raise UsageError("A clip is written COLUMN=NUMBER.", "As in --clip amount=20000.")
    return name.strip(), int(value)
