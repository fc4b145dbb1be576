"""The words of facts, controls and policies that pages and reports show, for the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import yaml

#: What of each file a page shows as words; `reasons` hold a word for each case.
_SHOWN: Final = frozenset({"title", "unit", "breach", "note", "promise", "closing"})
_WORDS: Final = frozenset({"reasons"})

Message = tuple[int, str, str, list[str]]


def of_yaml(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """The titles and sentences of a YAML file, or of the front matter of an SQL file."""
    for words in _shown(yaml.safe_load(_front(file.read().decode()))):
        yield 1, "", words, []


def _front(text: str) -> str:
    if text.startswith("/*"):
        return text[2:].partition("*/")[0]
    return text.split("---\n")[1] if text.startswith("---\n") else text


def _shown(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in _SHOWN and isinstance(value, str):
                yield value.strip()
            elif key in _WORDS and isinstance(value, Mapping):
                yield from (v.strip() for v in value.values() if isinstance(v, str))
            else:
                yield from _shown(value)
    elif isinstance(node, list):
        for item in node:
            yield from _shown(item)
