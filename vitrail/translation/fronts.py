"""The words of facts, controls and policies that pages and reports show, for the catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import yaml

#: What is shown as words; `reasons` hold a word for each case, lists a sentence each.
_SHOWN: Final = frozenset({"title", "doc", "note", "promise", "words", "checks", "law", "limits"})
_CATEGORIES: Final = "categories"
_PERIODS: Final = "periods"
#: A standard that is told with words beside its articles.
_WORDED: Final = re.compile(r" [a-z]{3,}")
_LEFT_OUT: Final = frozenset({"parameters", "unit"})
#: The words of a register's own rows.
_ROWS: Final = ("states", "kinds", "details")
_EACH: Final = frozenset({"reasons", "assumptions", "not_provable", *_ROWS})

Message = tuple[int, str, str, list[str]]


def of_yaml(file: BytesIO, *_: Any, **_options: Any) -> Iterator[Message]:
    """The titles and sentences of a YAML file, or of the front matter of an SQL file."""
    front = yaml.safe_load(_front(file.read().decode()))
    for words in (*_counted(front), *_shown(front)):
        yield 1, "", words, []


def _front(text: str) -> str:
    if text.startswith("/*"):
        return text[2:].partition("*/")[0]
    return text.split("---\n")[1] if text.startswith("---\n") else text


def _counted(front: Mapping[str, Any]) -> Iterator[str]:
    """A control's sentences for the board and for a lawyer, as promises/sentences.py has them,
    and what its figures are called.

    Told whole: where unit and breach stand in a sentence is another place in each language.
    """
    if "breach" in front:
        yield "none"
        unit, breach = front["unit"], front["breach"]
        of_one = front.get("breach_of_one", breach)
        for found, fails, told in (("{found}", "{fails}", breach), ("1", "1", of_one)):
            yield f"{found} of {{denominator}} {unit} {told}"
            yield f"Of {{denominator}} {unit}, {fails} {told}"
        yield f"{{none}} of the {unit}, of which there is one, {breach}"
        yield from (name.replace("_", " ") for name in front.get("parameters", ()))
        yield from (one for one in front["standards"] if _WORDED.search(one))


def _shown(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in _SHOWN and isinstance(value, str):
                yield value.strip()
            elif key in _LEFT_OUT:
                continue
            elif key == _CATEGORIES:
                yield from (category["name"] for category in value)
            elif key == _PERIODS:
                yield from (one[part] for one in value for part in ("name", "words", "source"))
            elif key in _EACH:
                each = value.values() if isinstance(value, Mapping) else value
                yield from (v.strip() for v in each if isinstance(v, str))
            else:
                yield from _shown(value)
    elif isinstance(node, list):
        for item in node:
            yield from _shown(item)
