"""Notes on days are there for all, deleted by who wrote them, and name nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vitrail.errors import Forbidden, UsageError
from vitrail.keys import Keyring
from vitrail.model import Actor, Role
from vitrail.workspace.annotations import AnnotationStore

ANN = Actor("ann", frozenset({Role.ANALYST}))
BEN = Actor("ben", frozenset({Role.ANALYST}))
DAY = date(2026, 6, 15)


@pytest.fixture
def store(tmp_path: Path) -> AnnotationStore:
    return AnnotationStore(tmp_path / "annotations.json", Keyring.create(tmp_path / "key"))


def test_notes_stand_in_the_order_of_their_days_with_who_wrote_them(store: AnnotationStore) -> None:
    store.add(DAY, "  New   prices ", ANN)
    store.add(date(2026, 1, 5), "Outage", BEN)
    assert [(n.day, n.words, n.by) for n in store.all()] == [
        (date(2026, 1, 5), "Outage", "ben"),
        (DAY, "New prices", "ann"),
    ]


def test_only_who_wrote_a_note_deletes_it(store: AnnotationStore) -> None:
    note = store.add(DAY, "New prices", ANN)
    with pytest.raises(Forbidden):
        store.delete(note.id, BEN)
    store.delete(note.id, ANN)
    store.delete(note.id, ANN)
    assert store.all() == ()


@pytest.mark.parametrize("words", ["jane.doe@example.com left", "", " ", "x " * 60])
def test_a_note_that_names_somebody_or_says_nothing_or_too_much_is_not_kept(
    store: AnnotationStore, words: str
) -> None:
    with pytest.raises(UsageError) as refused:
        store.add(DAY, words, ANN)
    assert "jane" not in str(refused.value)
    assert store.all() == ()


def test_a_spoilt_file_is_told_and_left_as_it_is(store: AnnotationStore, tmp_path: Path) -> None:
    file = tmp_path / "annotations.json"
    file.write_text("[{")
    with pytest.raises(UsageError, match=r"notes on days cannot be read.*annotations\.json"):
        store.add(DAY, "New prices", ANN)
    assert file.read_text() == "[{"
