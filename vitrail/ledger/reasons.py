"""People's own words for what they did, kept beside the chain so that they can be purged."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from vitrail.ledger import chain, state
from vitrail.ledger.tables import REASONS
from vitrail.ledger.verification import reason_digest
from vitrail.model import LedgerEvent


def append(
    connection: Connection, kind: str, actor: str, payload: Mapping[str, Any], words: str
) -> LedgerEvent:
    """One line with the salted digest of ``words``, and the words with their salt beside it."""
    salt = secrets.token_hex(16)
    digest = reason_digest(salt, words)
    event = chain.append(connection, kind, actor, {**payload, "reason_digest": digest})
    state.apply(connection, event)
    connection.execute(REASONS.insert().values(seq=event.seq, salt=salt, words=words))
    return event
