"""The pages of the house itself: the access log, and the people who are in."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from tests.pages.visiting import words
from vitrail.model import Actor, Role
from vitrail.ui.navigation import FOR

HOUSE = Path(__file__).parent.parent.parent
ADMIN = Actor("berta@example.org", frozenset({Role.ADMIN}))


@pytest.fixture
def own(small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a workspace, which the pages then show."""
    place = Path(shutil.copytree(small_workspace, tmp_path / "own"))
    monkeypatch.setenv("VITRAIL_WORKSPACE", str(place))
    monkeypatch.chdir(HOUSE)
    return place


def _page(name: str) -> AppTest:
    shown = AppTest.from_file(str(HOUSE / "pages" / f"{name}.py"), default_timeout=60).run()
    assert not shown.exception
    return shown


def test_the_navigation_names_each_page_for_whom_its_door_opens() -> None:
    for name, roles in FOR.items():
        door = (HOUSE / "pages" / f"{name}.py").read_text()
        listed = ", ".join(f"Role.{role.name}" for role in roles)
        assert f"actor = enter({listed})" in door
    assert {page.stem for page in (HOUSE / "pages").glob("*.py")} == FOR.keys()


def test_the_access_log_begins_with_who_looked_closer_at_persons(own: Path) -> None:
    with vitrail.open(own, Actor("amelie", frozenset(Role))) as workspace:
        for _ in range(3):
            workspace.ledger.append(
                "trace_begun", "amelie",
                {"case_digest": "ab" * 16, "reason_digest": "ab" * 16, "use": "find",
                 "subjects": 1},
            )  # fmt: skip
    shown = _page("access_log")
    people = shown.dataframe[0].value
    assert list(people["person"]) == ["amelie"]
    assert list(people["traces"]) == [3]
    assert "are as they were written" in words(shown)


def test_a_line_that_was_changed_is_told_on_the_page(own: Path) -> None:
    with closing(sqlite3.connect(own / "ledger.db", isolation_level=None)) as ledger:
        ledger.execute("DROP TRIGGER events_not_updated")
        ledger.execute("UPDATE events SET actor = 'nobody' WHERE seq = 2")
    shown = _page("access_log")
    assert "Line 2 was changed" in words(shown)


def test_the_lines_are_shown_by_kind_the_newest_first(own: Path) -> None:
    shown = _page("access_log")
    lines = shown.dataframe[-1].value
    assert list(lines["line"]) == sorted(lines["line"], reverse=True)
    shown = shown.selectbox(key="kind").select("check").run()
    assert set(shown.dataframe[-1].value["what"]) == {"promises were tested"}


def test_an_admin_sees_who_is_in_and_ends_their_sessions(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitrail.ui.identity.local_actor", lambda: ADMIN)
    with vitrail.open(own) as workspace:
        workspace.ledger.begin_session("ab" * 16, "amelie@example.org", [Role.ANALYST])
        workspace.ledger.begin_session("cd" * 16, "amelie@example.org", [Role.ANALYST])
        shown = _page("people")
        assert list(shown.dataframe[0].value["person"]) == ["amelie@example.org"] * 2
        shown = shown.button(key="end-sessions").click().run()
        assert not shown.exception
        ended = {(s.cause, s.ended_by) for s in workspace.ledger.sessions()}
    assert ended == {("admin", ADMIN.name)}
    assert "Nobody else is in" in words(shown)


def test_settings_are_proposed_by_one_and_approved_by_another(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vitrail.ui.identity.local_actor", lambda: ADMIN)
    shown = _page("settings")
    assert shown.button(key="approve").disabled
    assert set(shown.dataframe[0].value["since the last approval"]) == {"never approved"}
    shown = shown.button(key="propose").click().run()
    assert "proposed by berta@example.org" in words(shown)
    refused = shown.button(key="approve").click().run()
    assert any("yourself" in warning.value for warning in refused.warning)
    auditor = Actor("carl@example.org", frozenset({Role.AUDITOR}))
    monkeypatch.setattr("vitrail.ui.identity.local_actor", lambda: auditor)
    shown = _page("settings").button(key="approve").click().run()
    assert "approved by carl@example.org" in words(shown)
    assert set(shown.dataframe[0].value["since the last approval"]) == {"as approved"}
