"""A walk along the chain that names the first line changed, removed or moved.

What it cannot see by itself: lines cut off the end, and a chain written anew from some line on by
someone who holds the file. Both show against a head that was noted elsewhere.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select

from vitrail.ledger.chain import line_hash
from vitrail.ledger.records import ChainReport
from vitrail.ledger.tables import ANSWERS, EVENTS, GENESIS, REASONS
from vitrail.ledger.triggers import missing


def verify(connection: Connection, noted_head: str | None = None) -> ChainReport:
    """Walk all lines in order; ``noted_head`` must be the hash of one of them."""
    head, length, met = GENESIS, 0, noted_head in (None, GENESIS)
    for row in connection.execute(select(EVENTS).order_by(EVENTS.c.seq)):
        number = length + 1
        if row.seq != number or row.prev_hash != head or _hash(row, number) != row.hash:
            return ChainReport(
                False, length, head, number, _diagnose(connection, row, number, head)
            )
        head, length = row.hash, number
        met = met or row.hash == noted_head
    problem = _beside_the_chain(connection)
    if not met:
        problem = "The noted head is not in the chain: lines were cut off its end, or rewritten."
    return ChainReport(problem is None, length, head, None, problem)


def reason_digest(salt: str, words: str) -> str:
    """What the chain keeps of a person's words; without the salt there is nothing to guess."""
    return sha256(f"{salt}\x1f{words}".encode()).hexdigest()


def _beside_the_chain(connection: Connection) -> str | None:
    gone = missing(connection)
    if gone:
        return f"Every line is sound, but the guard {', '.join(gone)} was taken off the table."
    changed = _first_changed_reason(connection)
    if changed is not None:
        return f"Every line is sound, but the reason given in line {changed} was changed."
    return _first_unfit_answer(connection)


def _first_unfit_answer(connection: Connection) -> str | None:
    """A private release without the line that paid for it shows that the chain's end was cut."""
    question = select(EVENTS.c.seq, EVENTS.c.payload).where(EVENTS.c.kind == "private_release")
    digests = {r.seq: json.loads(r.payload)["answer_sha256"] for r in connection.execute(question)}
    for row in connection.execute(select(ANSWERS).order_by(ANSWERS.c.seq)):
        digest = digests.pop(row.seq, None)
        if digest is None:
            return f"The private release paid for by line {row.seq} is here; that line is not."
        if sha256(row.document.encode()).hexdigest() != digest:
            return f"Every line is sound, but the private release of line {row.seq} was changed."
    if digests:
        return f"Every line is sound, but the private release of line {min(digests)} was removed."
    return None


def _first_changed_reason(connection: Connection) -> int | None:
    question = (
        select(REASONS.c.seq, REASONS.c.salt, REASONS.c.words, EVENTS.c.payload)
        .join(EVENTS, EVENTS.c.seq == REASONS.c.seq, isouter=True)
        .order_by(REASONS.c.seq)
    )
    for row in connection.execute(question):
        told = json.loads(row.payload).get("reason_digest") if row.payload else None
        if reason_digest(row.salt, row.words) != told:
            return int(row.seq)
    return None


def _diagnose(connection: Connection, row: Row[Any], number: int, head: str) -> str:
    """What befell line ``number``, where ``row`` stands now; ``head`` is the last good hash."""
    rightful = connection.execute(select(EVENTS).where(EVENTS.c.prev_hash == head)).first()
    if rightful is not None and _hash(rightful, number) == rightful.hash:
        return f"Line {number} was moved: it stands as line {rightful.seq}."
    if rightful is None and _number_of(connection, row, number) is not None:
        return f"Line {number} was removed."
    if rightful is not None and rightful.seq != row.seq:
        return f"Line {number} was changed and moved: it stands as line {rightful.seq}."
    return f"Line {number} was changed."


def _number_of(connection: Connection, row: Row[Any], number: int) -> int | None:
    """The number under which a sound line was written, where that is past ``number``."""
    predecessor = connection.execute(
        select(EVENTS.c.seq).where(EVENTS.c.hash == row.prev_hash)
    ).first()
    last = connection.execute(select(EVENTS.c.seq).order_by(EVENTS.c.seq.desc())).scalar() or 0
    # after a removal the lines behind it may have been renumbered, each by as much
    tries = range(number + 1, max(last, row.seq, predecessor.seq if predecessor else 0) + 1000)
    return next((n for n in tries if _hash(row, n) == row.hash), None)


def _hash(row: Row[Any], number: int) -> str:
    return line_hash(
        number, row.at, row.kind, row.actor, payload=row.payload, prev_hash=row.prev_hash
    )
