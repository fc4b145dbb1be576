"""Saved views are shared by all, deleted by who saved them, and name nobody."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from vitrail.errors import Forbidden, UsageError
from vitrail.keys import Keyring
from vitrail.model import Actor, Role
from vitrail.workspace.views import ViewStore

ANN = Actor("ann", frozenset({Role.ANALYST}))
BEN = Actor("ben", frozenset({Role.ANALYST}))
ADDRESS = {"fact": ["activity"], "by": ["week", "country"], "where": ["country=FR"]}


@pytest.fixture
def store(tmp_path: Path) -> ViewStore:
    return ViewStore(tmp_path / "views.json", Keyring.create(tmp_path / "key"))


def test_a_view_is_there_for_everybody_with_who_saved_it(store: ViewStore) -> None:
    store.save("explore", "  Users   in France ", ADDRESS, ANN)
    (view,) = store.all()
    assert (view.name, view.by, view.page, view.address) == (
        "Users in France", "ann", "explore", ADDRESS)  # fmt: skip


def test_a_name_saved_again_by_the_same_person_replaces_the_view(store: ViewStore) -> None:
    store.save("explore", "France", ADDRESS, ANN)
    store.save("explore", "France", {"fact": ["orders"]}, ANN)
    store.save("explore", "France", ADDRESS, BEN)
    assert [(v.by, v.address["fact"]) for v in sorted(store.all(), key=lambda v: v.by)] == [
        ("ann", ["orders"]),
        ("ben", ["activity"]),
    ]


def test_only_who_saved_a_view_deletes_it(store: ViewStore) -> None:
    view = store.save("explore", "France", ADDRESS, ANN)
    with pytest.raises(Forbidden):
        store.delete(view.id, BEN)
    assert store.all() == (view,)
    store.delete(view.id, ANN)
    store.delete(view.id, ANN)
    assert store.all() == ()


@pytest.mark.parametrize("name", ["orders of jane.doe@example.com", "+33 6 12 34 56 78", "", " "])
def test_a_name_that_holds_personal_data_or_nothing_is_not_kept(
    store: ViewStore, name: str
) -> None:
    with pytest.raises(UsageError) as refused:
        store.save("explore", name, ADDRESS, ANN)
    assert "jane" not in str(refused.value)
    assert store.all() == ()


def test_a_name_or_an_address_without_end_is_not_kept(store: ViewStore) -> None:
    with pytest.raises(UsageError):
        store.save("explore", "word " * 30, ADDRESS, ANN)
    with pytest.raises(UsageError):
        store.save("explore", "much", {"where": ["x" * 9_000]}, ANN)


def test_views_are_the_owner_s_file_alone_and_a_spoilt_one_is_told(
    store: ViewStore, tmp_path: Path
) -> None:
    store.save("explore", "France", ADDRESS, ANN)
    file = tmp_path / "views.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("[{")
    with pytest.raises(UsageError, match="cannot be read"):
        store.all()
    with pytest.raises(UsageError, match="cannot be read"):
        store.save("explore", "Spain", ADDRESS, ANN)
    assert file.read_text() == "[{"
