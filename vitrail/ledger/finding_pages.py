"""Findings read a page at a time: the database filters, orders and stops."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from vitrail.ledger.findings import as_finding, described
from vitrail.ledger.state import GONE, REGRESSED
from vitrail.ledger.tables import FINDINGS, REASONS, STANDINGS
from vitrail.model import Change, Decision, Finding, FindingFilter, Standing, Where

_UNTOUCHED = (None, Standing.OPEN)


def page(
    connection: Connection, chosen: FindingFilter, today: date, offset: int, limit: int
) -> tuple[Finding, ...]:
    """``limit`` findings that ``chosen`` leaves, behind the first ``offset``.

    Their ids are found first: by the index in order, or from the few that were ever touched.
    """
    ids = (
        _narrowed(chosen, today)
        .order_by(FINDINGS.c.rank.desc(), FINDINGS.c.cells.desc(), FINDINGS.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    order = [row.id for row in connection.execute(ids)]
    found = {
        row.id: as_finding(row, today)
        for row in connection.execute(described().where(FINDINGS.c.id.in_(order)))
    }
    return tuple(found[name] for name in order)


def one(connection: Connection, finding: str, today: date) -> Finding | None:
    """A finding by its id, or None."""
    row = connection.execute(described().where(FINDINGS.c.id == finding)).first()
    return None if row is None else as_finding(row, today)


def may_be_untouched(chosen: FindingFilter) -> bool:
    """Whether findings on which nobody has ever done anything are among the chosen."""
    return chosen.standing in _UNTOUCHED and not chosen.owner


def _narrowed(chosen: FindingFilter, today: date) -> Select[Any]:
    """The ids: from all findings where untouched ones are asked for, else from the touched."""
    if may_be_untouched(chosen):
        question = (
            select(FINDINGS.c.id)
            .join(STANDINGS, STANDINGS.c.finding == FINDINGS.c.id, isouter=True)
            .where(*described_by(chosen))
        )
    else:
        question = touched(chosen, FINDINGS.c.id)
    return question.where(*standing_by(chosen, today))


def touched(chosen: FindingFilter, *columns: Any) -> Select[Any]:
    """``columns`` of the findings as described on which anybody has ever done anything.

    The outer join holds SQLite to begin with the few that were touched; of a plain one it would
    begin with the million.
    """
    this = and_(FINDINGS.c.id == STANDINGS.c.finding, *described_by(chosen))
    return (
        select(*columns)
        .select_from(STANDINGS)
        .join(FINDINGS, this, isouter=True)
        .join(REASONS, REASONS.c.seq == STANDINGS.c.assigned_seq, isouter=True)
        .where(func.coalesce(FINDINGS.c.id, "") != "")
    )


def described_by(chosen: FindingFilter) -> list[ColumnElement[bool]]:
    """What the filter asks of a finding itself."""
    wanted = {
        FINDINGS.c.entity_type: chosen.entity_type,
        FINDINGS.c.dataset: chosen.dataset,
        FINDINGS.c.severity: chosen.severity,
    }
    conditions = [column == value for column, value in wanted.items() if value is not None]
    if chosen.where is not Where.ALL:
        conditions.append(FINDINGS.c.expected == int(chosen.where is Where.EXPECTED))
    if chosen.new:
        conditions.append(FINDINGS.c.change == Change.NEW.value)
    return conditions


def standing_by(chosen: FindingFilter, today: date) -> list[ColumnElement[bool]]:
    """What the filter asks of where it stands and whose it is."""
    conditions = []
    if chosen.standing is not None:
        conditions.append(standing(today) == chosen.standing.value)
    if chosen.owner:
        conditions.append(REASONS.c.words == chosen.owner)
    elif chosen.owner == "":
        conditions.append(STANDINGS.c.assigned_seq.is_(None))
    return conditions


def standing(today: date) -> ColumnElement[str]:
    """:class:`Standing` as the database tells it; the same order of rules as a finding's status."""
    decided = func.coalesce(STANDINGS.c.decision_seq, 0)
    in_force = or_(STANDINGS.c.expires_on.is_(None), STANDINGS.c.expires_on >= today.isoformat())
    dismissed = and_(STANDINGS.c.decision == Decision.DISMISS.value, in_force)
    back = and_(STANDINGS.c.presence == REGRESSED, STANDINGS.c.presence_seq > decided)
    return case(
        (STANDINGS.c.presence == GONE, Standing.GONE.value),
        (dismissed, Standing.DISMISSED.value),
        (func.coalesce(STANDINGS.c.proposed_seq, 0) > decided, Standing.REVIEW.value),
        (back, Standing.OPEN.value),
        (STANDINGS.c.decision == Decision.CONFIRM.value, Standing.CONFIRMED.value),
        (STANDINGS.c.decision == Decision.CLAIM.value, Standing.CLAIMED.value),
        else_=Standing.OPEN.value,
    )
