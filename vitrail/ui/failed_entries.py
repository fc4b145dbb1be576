"""Entries that failed at the provider's door never reach a page; Streamlit tells its log alone.

So its log is listened to: a token that Authlib refused (signature, issuer, times) and an error that
the provider sent back become lines of the ledger.
"""

from __future__ import annotations

import logging
from typing import Final

from vitrail.workspace.doorkeeper import Doorkeeper

_TOLD_BY: Final = "streamlit.web.server.starlette.starlette_auth_routes"
_RULES: Final = {
    "OAuth token exchange failed": "token_refused",
    "Error during authentication": "provider_refused",
    "Error during OAuth authorization redirect": "provider_away",
}


class _Listener(logging.Handler):
    """Hands each failed entry to the doorkeeper of the moment."""

    keeper: Doorkeeper | None = None

    def emit(self, record: logging.LogRecord) -> None:
        rule = next((r for start, r in _RULES.items() if str(record.msg).startswith(start)), None)
        if rule is not None and self.keeper is not None:
            self.keeper.turn_away(rule)


_LISTENER: Final = _Listener(logging.WARNING)


def watch_failed_entries(keeper: Doorkeeper) -> None:
    """Have failed entries noted by this doorkeeper from now on."""
    _LISTENER.keeper = keeper
    logger = logging.getLogger(_TOLD_BY)
    if _LISTENER not in logger.handlers:
        logger.addHandler(_LISTENER)
