"""Private releases: planned for nothing, paid for once, and free ever after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from vitrail import gate
from vitrail.access import Action, require
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import Refused, UsageError
from vitrail.gate import private
from vitrail.house import carried
from vitrail.ledger import Account, BudgetStanding, Claim, PaidAnswer
from vitrail.model import Query, Release, ReleaseRow
from vitrail.workspace.approvals import require_approved

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

_DOCUMENT: Final = TypeAdapter(Release)


@dataclass(frozen=True, slots=True)
class PrivateOffer:
    """What a private release would cost and how exact it would be, told without looking at anyone.

    ``free`` is the answer where it was published already, with this ρ or more.
    """

    plan: private.Plan
    standing: BudgetStanding
    free: Release | None


def offer(workspace: OpenWorkspace, question: str | Query, terms: private.Terms) -> PrivateOffer:
    """Plan a release; nothing is drawn and nothing is spent."""
    query, plan, _ = _planned(workspace, question, terms)
    account = account_of(workspace)
    paid = account.finest(plan.digest, plan.rho)
    free = None if paid is None else _arranged(_release(paid), query)
    return PrivateOffer(plan, account.standing, free)


def ask(workspace: OpenWorkspace, question: str | Query, terms: private.Terms) -> Release:
    """The release, paid for now where it was not before."""
    try:
        query, plan, reader = _planned(workspace, question, terms)
        account = account_of(workspace)
        paid = account.finest(plan.digest, plan.rho)
        if paid is None:
            require(workspace.actor, Action.PUBLISH)
            require_approved(workspace)
            account.require_room(plan.rho)
            _require_whole(workspace, plan)
            claim = _claim(plan, private.draw(plan, reader))
            paid = workspace.ledger.budget.spend(workspace.actor.name, claim, _total(workspace))
    except Refused as refusal:
        workspace.ledger.append("refusal", workspace.actor.name, {"rule": type(refusal).__name__})
        raise
    return _arranged(_release(paid), query)


def released(workspace: OpenWorkspace) -> tuple[Release, ...]:
    """Every private release of this workspace, in the order in which they were paid for."""
    return tuple(_release(paid) for paid in account_of(workspace).answers)


def by_id(workspace: OpenWorkspace, release_id: str) -> Release:
    """A private release that was paid for before."""
    known = {release.id: release for release in released(workspace)}
    if release_id in known:
        return known[release_id]
    raise UsageError(
        f"There is no private release {release_id[:80]}.{did_you_mean(release_id, known)}",
        "`vitrail ledger budget` lists them.",
    )


def account_of(workspace: OpenWorkspace) -> Account:
    """The budget of this workspace's persons, and what it was spent on."""
    return workspace.ledger.budget.account(private.POPULATION, _total(workspace))


def _planned(
    workspace: OpenWorkspace, question: str | Query, terms: private.Terms
) -> tuple[Query, private.Plan, Any]:
    epoch = question.epoch if isinstance(question, Query) else None
    store = _store(workspace, epoch)
    query = (
        gate.parse_sql(question, store, any_span=True) if isinstance(question, str) else question
    )
    reader = store.reader(query.epoch)
    terms = replace(terms, delta=workspace.settings.privacy.delta)
    return query, private.plan(query, reader, terms), reader


def _require_whole(workspace: OpenWorkspace, plan: private.Plan) -> None:
    """Of an old epoch from which persons were erased nothing new is drawn."""
    if plan.question.fact.purged is not None and plan.epoch != _store(workspace).in_force:
        raise Refused(
            "Persons were erased from this epoch, and this was not published of it before.",
            "Ask the epoch in force.",
        )


def _store(workspace: OpenWorkspace, epoch: str | None = None) -> gate.FactStore:
    return gate.FactStore.open(workspace.layout.facts, carried("queries", "facts"), epoch=epoch)


def _total(workspace: OpenWorkspace) -> int:
    return private.millionths(workspace.settings.privacy.rho_total)


def _claim(plan: private.Plan, release: Release) -> Claim:
    query = release.query
    span = [query.span.first.isoformat(), query.span.last.isoformat()] if query.span else []
    return Claim(
        release=release.id,
        population=plan.guarantee.population,
        rho=plan.rho,
        question=plan.digest,
        document=_DOCUMENT.dump_json(release).decode(),
        about={
            "fact": query.fact,
            "dimensions": list(query.dimensions),
            "measures": [measure.label for measure in query.measures],
            "filters": [name for name, _ in query.filters],
            "span": span,
        },
    )


def _release(paid: PaidAnswer) -> Release:
    """The release as it was drawn, with the budget around it and the day on which it was paid."""
    release = _DOCUMENT.validate_json(paid.document)
    if release.private is None:
        raise UsageError("A private release without its guarantee is none.")
    guarantee = replace(
        release.private,
        total=paid.total / private.MILLION,
        spent_before=paid.spent_before / private.MILLION,
    )
    return replace(release, private=guarantee, released_at=paid.at)


def _arranged(release: Release, asked: Query) -> Release:
    """The release with its columns in the order in which they were asked for."""
    stored = release.query
    dimensions = [stored.dimensions.index(d) for d in asked.dimensions]
    measures = [stored.measures.index(m) for m in asked.measures]
    rows = [
        ReleaseRow(tuple(row.labels[i] for i in dimensions), tuple(row.cells[i] for i in measures))
        for row in release.rows
    ]
    query = replace(stored, dimensions=asked.dimensions, measures=asked.measures)
    return replace(release, query=query, rows=tuple(sorted(rows, key=_place)))


def _place(row: ReleaseRow) -> list[tuple[bool, str]]:
    """By labels, ``other`` last."""
    return [(label == gate.OTHER, label) for label in row.labels]
