"""YAML read with the line and column of everything in it.

Scalars stay the text that was written, so that ``no`` is a language and ``0123`` keeps its zero;
the schema turns into numbers what must be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from vitrail.errors import ConfigError

Path = tuple[str | int, ...]

_MOST_BYTES: Final = 32 << 20
_MOST_REPEATS: Final = 10_000
_DEEPEST: Final = 12
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Document:
    """A parsed file: its data, and where each key and value of it stands (lines from 1)."""

    name: str
    data: Any = None
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def mistake(self, path: Path, sentence: str, remedy: str, *, key: bool = False) -> ConfigError:
        """The error for what stands at ``path``: file, line, column, what, and what to do."""
        places: Mapping[Path, tuple[int, int]] = self.keys if key else self.values
        while path and path not in places:
            path, places = path[:-1], self.values
        line, column = places.get(path, (1, 1))
        return mistake(self.name, line, column, sentence, remedy)

    def line(self, path: Path) -> int:
        return self.values.get(path, (1, 1))[0]


def mistake(name: str, line: int, column: int, sentence: str, remedy: str) -> ConfigError:
    return ConfigError(f"{name}, line {line}, column {column}: {sentence}", remedy)


def read_document(content: bytes, name: str) -> Document:
    """Parse YAML; a :class:`ConfigError` says in which line it is wrong. Never runs a tag."""
    text = _text(content, name)
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text, name) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        raise mistake(
            name, line, 1, "A character stands here that YAML does not allow.", "Delete it."
        ) from None
    except RecursionError:
        raise mistake(
            name, 1, 1, "It is nested too deep.", "A recogniser needs few levels."
        ) from None
    document = Document(name)
    if node is not None:
        document.data = _Walk(document).value(node, ())
    return document


def _text(content: bytes, name: str) -> str:
    """The file as text: UTF-8, with or without its mark."""
    if len(content) > _MOST_BYTES:
        raise ConfigError(
            f"{name} is larger than {_MOST_BYTES >> 20} MB.",
            "Put long lists into files of their own, one entry a line, and name them with "
            "`deny_list_file`.",
        )
    try:
        return content.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{name} is not UTF-8 in line {line}.", "Save it again in UTF-8."
        ) from None


def _not_yaml(error: yaml.MarkedYAMLError, text: str, name: str) -> ConfigError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    for number in (line, line - 1):  # the parser often stops one line behind the tab
        if 0 < number <= len(lines) and re.match(r" *\t", lines[number - 1]):
            return mistake(
                name, number, lines[number - 1].index("\t") + 1,
                "A tab stands where YAML takes only blanks.", "Indent with blanks.",
            )  # fmt: skip
    problem = re.sub(r"'[^']*'", "this", error.problem or "it cannot be parsed")
    return mistake(
        name, line, column, f"This is not valid YAML: {problem}.",
        "Mend that line; a text with : # ' or \\ in it goes into single quotes.",
    )  # fmt: skip


class _Walk:
    """Turns nodes into dicts, lists and strings, and notes where each stood. An anchor's node
    comes once for each mention; too many are a bomb."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()
        self._again = 0

    def value(self, node: Any, path: Path) -> Any:
        self._again += id(node) in self._seen
        self._seen.add(id(node))
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        if self._again > _MOST_REPEATS or len(path) > _DEEPEST:
            raise mistake(
                self._document.name, *place, "From here on it unfolds to more than can be meant.",
                "Write the entries out instead of anchors (&, *) within anchors.",
            )  # fmt: skip
        self._document.values.setdefault(path, place)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, n)) for n, child in enumerate(node.value)]
        plain = not node.style and node.value in _NULL
        return None if plain else str(node.value)

    def _mapping(self, node: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, child in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                raise mistake(
                    self._document.name, line, column, "A list or a mapping cannot be a key.",
                    "Write a word before the colon.",
                )  # fmt: skip
            here = (*path, key.value)
            if key.value in found:
                raise mistake(
                    self._document.name, line, column,
                    f"`{key.value}` stands here for the second time "
                    f"(first in line {self._document.keys[here][0]}).",
                    "Keep one of the two.",
                )  # fmt: skip
            self._document.keys[here] = (line, column)
            found[key.value] = self.value(child, here)
        # A key without a value says nothing.
        return {key: value for key, value in found.items() if value is not None}
