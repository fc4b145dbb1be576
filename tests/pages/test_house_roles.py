"""The pages of the house by role: who sees them, what each may do there, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import vitrail
from tests.pages.visiting import Desk, words
from vitrail.model import Actor, Role

DOORS = {
    "settings": {Role.AUDITOR, Role.ADMIN},
    "people": {Role.ADMIN},
    "access_log": {Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN},
    "sources": {Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN},
}


def someone(role: Role) -> Actor:
    return Actor(f"{role.value}@example.org", frozenset({role}))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one system and one export, where one analyst has come in."""
    root = tmp_path_factory.mktemp("house")
    (root / "exports").mkdir()
    (root / "exports" / "people.csv").write_text("id,mail\nu1,mia@mail.example.com\n")
    (root / "vitrail.toml").write_text('[systems]\ncrm = "CRM"\n')
    with vitrail.open(root) as workspace:
        workspace.ledger.begin_session("ab" * 16, "amelie@example.org", [Role.ANALYST])
    return root


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, house: Path) -> Desk:
    return Desk(monkeypatch, house)


@pytest.mark.parametrize("page", DOORS)
@pytest.mark.parametrize("role", Role)
def test_a_page_of_the_house_opens_for_its_roles_and_shows_others_nothing(
    desk: Desk, page: str, role: Role
) -> None:
    shown = desk(page, someone(role))
    assert not shown.exception
    refused = "You may not see this page" in words(shown)
    assert refused is (role not in DOORS[page])
    if refused:
        assert not shown.dataframe
        assert not shown.button
        assert "amelie" not in words(shown)


def test_an_auditor_sees_the_settings_and_does_not_propose_them(desk: Desk, house: Path) -> None:
    shown = desk("settings", someone(Role.AUDITOR))
    assert list(shown.dataframe[0].value["part"])
    shown = shown.button(key="propose").click().run()
    assert "may not propose settings here" in words(shown)
    assert "It takes the role admin" in words(shown)
    with vitrail.open(house) as workspace:
        assert workspace.settings_standing().proposed_by is None


def test_the_admin_alone_signs_somebody_out_and_not_themselves(desk: Desk, house: Path) -> None:
    shown = desk("people", someone(Role.ADMIN))
    assert shown.selectbox(key="person").options == ["amelie@example.org"]
    assert "admin@example.org" not in shown.selectbox(key="person").options


@pytest.mark.parametrize("role", sorted(DOORS["sources"]))
def test_whoever_sees_the_sources_sees_names_and_no_value(desk: Desk, role: Role) -> None:
    shown = desk("sources", someone(role))
    assert "CRM" in set(shown.dataframe[0].value["system"])
    assert "mia@" not in words(shown)
    assert all("mia@" not in frame.value.to_csv() for frame in shown.dataframe)


@pytest.mark.parametrize("role", sorted(DOORS["access_log"]))
def test_whoever_reads_the_access_log_sees_every_line_and_may_take_it_away(
    desk: Desk, role: Role
) -> None:
    shown = desk("access_log", someone(role))
    assert set(shown.dataframe[-1].value["line"]) >= {1, 2}
    assert "amelie@example.org" in set(shown.dataframe[-1].value["who"])
