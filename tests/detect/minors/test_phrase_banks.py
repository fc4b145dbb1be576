"""The banks are what they were when they were frozen."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.detect.minors.phrase_bank import FOLDER, MINOR, digest, frozen, phrases

LANGUAGES = {"en", "fr", "de", "es", "it", "nl", "pt"}


@pytest.mark.parametrize(
    "bank",
    [path.stem for path in sorted(FOLDER.glob("*.sha256"))],
)
def test_a_frozen_bank_is_never_edited(bank: str) -> None:
    assert {name: digest(name) for name in frozen(bank)} == frozen(bank)


@pytest.mark.parametrize("bank", ["first", "second", "third"])
def test_every_language_has_more_that_is_no_minors_statement_than_is(bank: str) -> None:
    said = Counter((p.language, p.label == MINOR) for p in phrases(bank))
    assert {language for language, _ in said} == LANGUAGES
    for language in LANGUAGES:
        assert said[language, True] + said[language, False] >= 30
        assert said[language, False] >= said[language, True]
