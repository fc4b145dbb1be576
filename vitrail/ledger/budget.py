"""The privacy budget: a total that is fixed once, and lines of the chain that spend from it.

Nothing is kept beside the chain that could say otherwise: what is left is the total of the line
``budget_opened`` less the ρ of every line ``private_release``, added up as whole millionths, after
the chain was walked from its first line. A spend is one transaction that begins with the write
lock: of two processes that both want the last of it, one is refused.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, select

from vitrail.errors import ConfigError, Refused
from vitrail.ledger.chain import append, read
from vitrail.ledger.database import Database
from vitrail.ledger.records import Account, BudgetStanding, Claim, PaidAnswer
from vitrail.ledger.tables import ANSWERS
from vitrail.ledger.verification import verify
from vitrail.model import LedgerEvent

OPENED = "budget_opened"
SPENT = "private_release"


class PrivacyBudget:
    """The budgets in one ledger. ``declared`` is always what the configuration says of the total,
    in millionths of ρ: less than at the opening holds, more is refused."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def account(self, population: str, declared: int) -> Account:
        """What there is, what is gone, and what it was spent on."""
        with self._database.reading() as connection:
            return _account(connection, population, declared)

    def spend(self, actor: str, claim: Claim, declared: int) -> PaidAnswer:
        """Pay for a release and keep it; only what this returns may be shown.

        Where the same question was paid for meanwhile with as much ρ or more, that answer comes
        back and nothing is spent. :class:`~vitrail.errors.Refused` where it does not fit.
        """
        with self._database.writing() as connection:
            account = _account(connection, claim.population, declared)
            if known := account.finest(claim.question, claim.rho):
                return known
            account.require_room(claim.rho)
            standing = account.standing
            if not standing.opened:
                total = {"population": claim.population, "rho_millionths": declared}
                append(connection, OPENED, actor, total)
            event = append(connection, SPENT, actor, _payload(claim, standing.total))
            connection.execute(ANSWERS.insert().values(seq=event.seq, document=claim.document))
            return _paid(event, claim.document, standing.spent)


def _payload(claim: Claim, total: int) -> dict[str, object]:
    return {
        "release": claim.release,
        "population": claim.population,
        "rho_millionths": claim.rho,
        "total_millionths": total,
        "question_sha256": claim.question,
        "answer_sha256": sha256(claim.document.encode()).hexdigest(),
        **claim.about,
    }


def _require_whole(connection: Connection) -> None:
    report = verify(connection)
    if not report.ok:
        raise Refused(
            "The ledger is not whole, so nobody can say what is left of the privacy budget. "
            f"{report.problem}",
            "`vitrail ledger verify` tells what is wrong with it. Restore ledger.db from the "
            "backup of the workspace: nothing is published until the chain is sound.",
        )


def _account(connection: Connection, population: str, declared: int) -> Account:
    _require_whole(connection)
    standing = _standing(connection, population, declared)
    return Account(standing, _answers(connection, population))


def _standing(connection: Connection, population: str, declared: int) -> BudgetStanding:
    lines = [e for e in read(connection, kinds=(OPENED, SPENT)) if _is_of(e, population)]
    opened = next((e.payload["rho_millionths"] for e in lines if e.kind == OPENED), None)
    if opened is not None and declared > opened:
        raise ConfigError(
            f"The privacy budget was fixed at ρ = {opened / 1e6:g} when it was first spent from; "
            f"vitrail.toml now says {declared / 1e6:g}.",
            "Set [privacy] rho_total back, or lower: what was promised of earlier numbers rests "
            "on the total, so it is never raised.",
        )
    spent = sum(e.payload["rho_millionths"] for e in lines if e.kind == SPENT)
    return BudgetStanding(population, declared, spent, opened is not None)


def _is_of(event: LedgerEvent, population: str) -> bool:
    return bool(event.payload["population"] == population)


def _answers(connection: Connection, population: str) -> tuple[PaidAnswer, ...]:
    """Paid answers in order, each with what was spent before it."""
    documents = {row.seq: row.document for row in connection.execute(select(ANSWERS))}
    spent, answers = 0, []
    for event in read(connection, kinds=(SPENT,)):
        if not _is_of(event, population):
            continue
        answers.append(_paid(event, documents[event.seq], spent))
        spent += event.payload["rho_millionths"]
    return tuple(answers)


def _paid(event: LedgerEvent, document: str, spent_before: int) -> PaidAnswer:
    return PaidAnswer(
        release=event.payload["release"],
        rho=event.payload["rho_millionths"],
        question=event.payload["question_sha256"],
        document=document,
        total=event.payload["total_millionths"],
        spent_before=spent_before,
        line=event.seq,
        at=event.at,
        actor=event.actor,
    )
