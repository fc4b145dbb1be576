"""Who is let in to the workbench, for how long, and what the ledger keeps of it.

A provider's cookie says who someone is and lasts a month; whether they are still in is decided
here, at every look, by the session that the ledger keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final

from vitrail.errors import EntryRefused, VitrailError
from vitrail.ledger import SessionRecord
from vitrail.model import Actor
from vitrail.sign_in import Identity, SignIn, identify
from vitrail.workspace.open_workspace import OpenWorkspace

NOBODY: Final = Actor("unknown", frozenset())
#: Clocks of provider and workbench may differ by this much; Authlib allows as much.
_LEEWAY: Final = timedelta(seconds=120)
#: A click within this much of the last one writes nothing.
_SEEN_OFTEN_ENOUGH: Final = timedelta(seconds=20)
#: Who knocks a thousand times a minute gets one line a minute, with the count.
_KNOCKS: Final = timedelta(minutes=1)


class Doorkeeper:
    """Judges each look at a page by its token's claims and by the ledger's sessions."""

    def __init__(
        self,
        workspace: OpenWorkspace,
        sign_in: SignIn,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._workspace = workspace
        self._ledger = workspace.ledger
        self._sign_in = sign_in
        self._clock = clock
        self._knocks: dict[tuple[str, str], tuple[datetime, int]] = {}
        self._lock = Lock()

    @classmethod
    def of(cls, root: Path) -> Doorkeeper | None:
        """The doorkeeper of a workspace; None where sign-in is not set up."""
        workspace = OpenWorkspace.open(root, NOBODY)
        sign_in = workspace.settings.sign_in
        return None if sign_in is None else cls(workspace, sign_in)

    def admit(self, claims: Mapping[str, Any], *, acting: bool = True) -> Actor:
        """Who this is, with the roles of this moment; :class:`EntryRefused` notes and says why not.

        ``acting``: a person did something, so that the idle time begins anew.
        """
        try:
            who = identify(claims, self._sign_in, self._workspace.settings.roles)
            self._in_session(who, acting)
        except EntryRefused as refused:
            self.turn_away(refused.rule, str(claims.get(self._sign_in.name_claim, "")))
            raise
        return Actor(who.name, who.roles)

    def _in_session(self, who: Identity, acting: bool) -> None:
        record, now = self._ledger.session(who.session), self._clock()
        if record is None:
            if who.expires_at + _LEEWAY < now:
                raise EntryRefused("expired", "This sign-in is too old to begin with.", _AGAIN)
            self._ledger.begin_session(who.session, who.name, who.roles)
            return
        self._require_open(record, now)
        if record.roles != who.roles:
            self._ledger.change_session_roles(who.session, who.roles)
        if acting and now - record.seen_at > _SEEN_OFTEN_ENOUGH:
            self._ledger.see_session(who.session, now)

    def _require_open(self, record: SessionRecord, now: datetime) -> None:
        cause = record.cause
        if record.ended_at is None:
            if now - record.seen_at > timedelta(minutes=self._sign_in.idle_minutes):
                cause = "idle"
            elif now - record.begun_at > timedelta(hours=self._sign_in.hours):
                cause = "age"
            if cause is None:
                return
            self._ledger.end_sessions([record.id], record.person, cause)
        raise EntryRefused(f"session_{cause}", _ENDED[cause or "sign_out"], _AGAIN)

    def sign_out(self, claims: Mapping[str, Any], *, everywhere: bool = False) -> None:
        """End this session, or all of the same person."""
        who = identify(claims, self._sign_in, self._workspace.settings.roles)
        sessions = {who.session}
        if everywhere:
            sessions |= {s.id for s in self._ledger.sessions() if s.person == who.name}
        self._ledger.end_sessions(sessions, who.name, "everywhere" if everywhere else "sign_out")

    def turn_away(self, rule: str, name: str = "") -> None:
        """Note in the ledger that someone was not let in; of many within a minute, the count."""
        knock, now = (rule, name), self._clock()
        with self._lock:
            noted, more = self._knocks.get(knock, (None, 0))
            if noted is not None and now - noted < _KNOCKS:
                self._knocks[knock] = (noted, more + 1)
                return
            self._knocks = {k: v for k, v in self._knocks.items() if v[1] or now - v[0] < _KNOCKS}
            self._knocks[knock] = (now, 0)
        payload = {"rule": rule} | ({"count": more + 1} if more else {})
        fit = 0 < len(name) <= 200 and name.isprintable()
        try:
            self._ledger.append("entry_refused", name.lower() if fit else NOBODY.name, payload)
        except VitrailError:
            # a full disk lets nobody in, and is told to whoever can do something about it
            return


_AGAIN: Final = "Sign in again."
_ENDED: Final = {
    "idle": "You were away for a while, so your session has ended.",
    "age": "Your session has lasted as long as one may.",
    "sign_out": "You have signed out.",
    "everywhere": "You have signed out everywhere.",
    "admin": "An admin has ended your session.",
}
