"""Every page in French: no word of ours is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from vitrail.promises.registers import REGISTERS
from vitrail.translation import retold, speaking
from vitrail.translation.catalogue import catalogue
from vitrail.ui.navigation import FOR

from .visiting import HOUSE, Visit, as_read

#: The words of an element that are ours; what stands in a table's cells, or is chosen, may be data.
_OURS = ("label", "value", "body", "help", "placeholder")
#: A French word that is also English, or a name that no language changes.
_BOTH = {"Audience", "Sources", "Exports", "Scan", "Notebook", "Sessions", "SQL", "page"}


def _shown(block: Any) -> Iterator[str]:
    for element in getattr(block, "children", {}).values():
        proto = getattr(element, "proto", None)
        for name in _OURS:
            words = getattr(proto, name, None)
            if isinstance(words, str) and words and "vitrail-code" not in words:
                yield as_read(words)
        if element.type in ("arrow_data_frame", "dataframe", "table"):
            yield from map(str, element.value.columns)
        yield from _shown(element)


@cache
def _untold() -> frozenset[str]:
    """What the code says, where French says otherwise."""
    return frozenset(english for english, told in catalogue("fr").pairs if told != english)


def _english(test: AppTest) -> list[str]:
    words = (*_shown(test._tree[0]), *_shown(test._tree[1]))
    return sorted({w for w in words if (w in _untold() or _reads_english(w)) and w not in _BOTH})


def _reads_english(words: str) -> bool:
    """Whether two of the words that no English sentence does without stand in it."""
    little = {"the", "of", "and", "is", "are", "was", "with", "that", "which", "not", "by", "to"}
    return len(little & set(words.lower().split())) > 1


#: Where paragraphs stand in the words of a control's file (docs/languages.md).
_IN_PART = {"promises"}


@pytest.mark.parametrize("page", sorted(FOR.keys() - _IN_PART))
def test_a_page_in_french_has_no_english_word_of_ours(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shown = Visit(monkeypatch, page)(demo_workspace, lang="fr")
    assert not shown.exception
    assert _english(shown) == []


def test_why_a_finding_was_flagged_is_told_in_french(demo_workspace: Path) -> None:
    with vitrail.open(demo_workspace) as workspace, speaking("fr"):
        said = {f.explanation: retold(f.explanation) for f in workspace.findings()}
    assert said
    assert [told for told in said.values() if _reads_english(told)] == []
    assert "Its best score" in next(iter(said)), "else another thing is looked at"


@pytest.mark.parametrize("name", REGISTERS)
def test_the_rows_of_a_register_are_told_in_french(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shown = Visit(monkeypatch, "registers")(demo_workspace, lang="fr", register=name)
    table = shown.dataframe[0].value
    told = {str(cell) for head in ("nature", "état") for cell in set(table[head])}
    assert told
    assert told & _untold() == set()


@pytest.mark.parametrize("name", REGISTERS)
def test_every_state_that_a_register_can_tell_is_in_the_catalogue(name: str) -> None:
    sql = (HOUSE / "queries" / "registers" / f"{name}.sql").read_text("utf-8").partition("*/")[2]
    last = sql[: sql.rindex(" AS state")].rpartition("CASE")[2]
    states = set(re.findall(r"(?:THEN|ELSE) '([^']+)'", last))
    assert states
    assert states <= {english for english, _told in catalogue("fr").pairs}
