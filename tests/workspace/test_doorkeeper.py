"""Who is let in to the workbench, for how long, and what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vitrail.errors import EntryRefused
from vitrail.workspace.doorkeeper import NOBODY, Doorkeeper
from vitrail.workspace.open_workspace import OpenWorkspace

SETTINGS = """
[sign_in]
metadata_url = "https://id.example.org/x"
address = "https://v.example.org"
client_id = "vitrail"
idle_minutes = 30
hours = 2
[roles]
"amelie@example.org" = ["analyst"]
"berta@example.org" = ["auditor"]
"""


class Door:
    """A doorkeeper whose clock the test sets."""

    def __init__(self, workspace: OpenWorkspace) -> None:
        self.began = self.now = datetime.now(UTC)
        self.ledger = workspace.ledger
        assert workspace.settings.sign_in is not None
        self.keeper = Doorkeeper(workspace, workspace.settings.sign_in, lambda: self.now)

    def token(self, who: str = "amelie", nonce: str = "n", **changes: Any) -> dict[str, Any]:
        made = {"iss": "i", "sub": who, "aud": "vitrail", "iat": 1, "nonce": nonce}
        times = {"exp": (self.began + timedelta(hours=1)).timestamp()}
        return {**made, **times, "email": f"{who}@example.org", **changes}

    def refuses(self, token: dict[str, Any]) -> str:
        with pytest.raises(EntryRefused) as refused:
            self.keeper.admit(token)
        return refused.value.rule

    def lines(self, kind: str) -> list[dict[str, Any]]:
        return [event.payload for event in self.ledger.events(kinds={kind})]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    (tmp_path / "vitrail.toml").write_text(SETTINGS)
    with OpenWorkspace.open(tmp_path, NOBODY) as workspace:
        yield Door(workspace)


def test_a_session_lives_as_long_as_somebody_acts_and_no_longer_than_its_hours(door: Door) -> None:
    for _ in range(5):
        assert door.keeper.admit(door.token()).name == "amelie@example.org"
        door.now += timedelta(minutes=25)
    assert door.refuses(door.token()) == "session_age"
    assert [line["cause"] for line in door.lines("session_ended")] == ["age"]


def test_looking_without_acting_keeps_no_session_alive(door: Door) -> None:
    door.keeper.admit(door.token())
    door.now += timedelta(minutes=29)
    door.keeper.admit(door.token(), acting=False)
    door.now += timedelta(minutes=2)
    assert door.refuses(door.token()) == "session_idle"
    door.now = door.began
    assert door.refuses(door.token()) == "session_idle", "what has ended does not begin again"


def test_an_old_token_begins_no_session_but_one_that_began_outlives_it(door: Door) -> None:
    old = door.token(nonce="old", exp=(door.began - timedelta(minutes=3)).timestamp())
    assert door.refuses(old) == "expired"
    soon = door.token(exp=(door.began + timedelta(minutes=1)).timestamp())
    door.keeper.admit(soon)
    door.now += timedelta(minutes=20)
    assert door.keeper.admit(soon)


def test_signing_out_everywhere_ends_all_of_one_persons_sessions_and_nobody_elses(
    door: Door,
) -> None:
    mine = [door.token(nonce=nonce) for nonce in "abc"]
    for token in (*mine, door.token("berta")):
        door.keeper.admit(token)
    door.keeper.sign_out(mine[0])
    assert [door.refuses(token) for token in mine[:1]] == ["session_sign_out"]
    assert door.keeper.admit(mine[1])
    door.keeper.sign_out(mine[1], everywhere=True)
    assert [door.refuses(token) for token in mine[1:]] == ["session_everywhere"] * 2
    assert door.keeper.admit(door.token("berta"))


def test_who_knocks_again_and_again_gets_one_line_a_minute_with_the_count(door: Door) -> None:
    for _ in range(500):
        assert door.refuses(door.token("stranger")) == "no_role"
    door.refuses(door.token("other"))
    assert len(door.lines("entry_refused")) == 2
    door.now += timedelta(minutes=2)
    door.refuses(door.token("stranger"))
    assert door.lines("entry_refused")[-1] == {"rule": "no_role", "count": 500}


def test_the_sessions_added_up_anew_are_the_same(door: Door) -> None:
    for who in ("amelie", "berta"):
        door.keeper.admit(door.token(who))
    door.now += timedelta(minutes=5)
    door.keeper.admit(door.token("amelie"))
    door.keeper.sign_out(door.token("berta"))
    before = door.ledger.sessions()
    door.ledger.rebuild_state()
    assert door.ledger.sessions() == before
    assert door.ledger.verify().ok
