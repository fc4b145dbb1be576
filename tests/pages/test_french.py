"""Every page in French: no word of ours is left in English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from vitrail.translation.catalogue import catalogue
from vitrail.ui.navigation import FOR

from .visiting import Visit, as_read

#: The words of an element that are ours; what stands in a table's cells, or is chosen, may be data.
_OURS = ("label", "value", "body", "help", "placeholder")
#: A French word that is also English, or a name that no language changes.
_BOTH = {"Audience", "Sources", "Exports", "Scan", "Notebook", "Sessions", "SQL", "page"}


def _shown(block: Any) -> Iterator[str]:
    for element in getattr(block, "children", {}).values():
        proto = getattr(element, "proto", None)
        for name in _OURS:
            words = getattr(proto, name, None)
            if isinstance(words, str) and words:
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


#: Where paragraphs stand in the words of a recogniser or of a control's file (docs/languages.md).
_IN_PART = {"findings", "promises"}


@pytest.mark.parametrize("page", sorted(FOR.keys() - _IN_PART))
def test_a_page_in_french_has_no_english_word_of_ours(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shown = Visit(monkeypatch, page)(demo_workspace, lang="fr")
    assert not shown.exception
    assert _english(shown) == []
