"""A finished sentence is told anew: words of ours are, what stands in it as data is not."""

from __future__ import annotations

import pytest

from vitrail.gate.digests import Anew
from vitrail.translation import _, retold, speaking

#: Words of the catalogue by which somebody may have called a campaign, a column or a file.
CALLED = ("None", "month", "Trends", "Active users", "everything", "1,240", "2026-01-31")


@pytest.mark.parametrize("name", CALLED)
def test_a_value_that_is_called_like_a_word_of_ours_stays_as_it_is(name: str) -> None:
    with speaking("fr"):
        assert name in retold(f"There is no fact of that name. Did you mean {name}?")
        assert retold(f"There is no preset {name}.").endswith(f" {name}.")
        assert name in retold(f"Some words that no template knows: {name}")


def test_numbers_days_and_words_of_ours_in_a_sentence_are_told() -> None:
    with speaking("fr"):
        assert "janv. 2026" in retold("Closed days from 2026-01-05 to 2026-01-31.")
        assert _("week") in retold("That is no week.")


@pytest.mark.parametrize("why", Anew)
def test_why_a_fact_was_counted_anew_is_told_in_the_note_of_its_release(why: Anew) -> None:
    said = f"Counted anew, because {why}; an epoch before has other numbers."
    with speaking("fr"):
        assert f"car {_(why)}" in retold(said)
        assert _(why) != why
