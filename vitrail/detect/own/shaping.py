"""From YAML's plain data to the schema's entries; the first mistake is one sentence."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from vitrail.detect.own import checking
from vitrail.detect.own.document import Document, Path
from vitrail.detect.own.schema import (
    AllowEntry,
    FileEntry,
    LanguageEntry,
    PatternEntry,
    RecognizerEntry,
)


def shaped(document: Document) -> FileEntry:
    """The file as entries; the first that does not fit is a ``ConfigError`` with its line."""
    try:
        return FileEntry.model_validate(_written_out(document.data))
    except ValidationError as error:
        raise _shape_mistake(document, error) from None


def _written_out(data: dict[str, Any]) -> dict[str, Any]:
    """With entries for plain texts where a file may hold either."""
    allowed, recognizers = data.get("allow_list"), data.get("recognizers")
    if isinstance(allowed, list):
        data = {**data, "allow_list": [_entry(one, "value") for one in allowed]}
    if isinstance(recognizers, list):
        data = {**data, "recognizers": [_recognizer(one) for one in recognizers]}
    return data


def _recognizer(entry: Any) -> Any:
    languages = entry.get("supported_languages") if isinstance(entry, dict) else None
    if not isinstance(languages, list):
        return entry
    return {**entry, "supported_languages": [_entry(one, "language") for one in languages]}


def _entry(one: Any, key: str) -> Any:
    return {key: one} if isinstance(one, str) else one


def _shape_mistake(document: Document, error: ValidationError) -> Exception:
    """The first mistake by line. Pydantic's own words are kept where they are plain enough."""
    details: list[Any] = [*error.errors(include_url=False, include_input=False)]
    placed = [(_path(document, d["loc"]), d) for d in details]
    path, first = min(placed, key=lambda pair: document.line(pair[0]))
    kind, where = first["type"], path[-1] if path else "the file"
    what = "This entry" if isinstance(where, int) else f"`{where}`"
    if kind == "extra_forbidden":
        return checking.unknown_key(document, path, _keys_at(path))
    if kind == "missing":
        return document.mistake(path[:-1], f"`{where}` is missing here.", "Add it.")
    if kind == "string_pattern_mismatch":
        return _odd_name(document, path, str(first.get("ctx", {}).get("pattern")))
    return document.mistake(
        path,
        f"{what} {_WANTED.get(kind) or 'is wrong: ' + first['msg']}.",
        "docs/recognizers.md lists the keys.",
    )


def _odd_name(document: Document, path: Path, pattern: str) -> Exception:
    if "A-Z" not in pattern:
        return document.mistake(path, "A name is one line of visible characters.", "Shorten it.")
    return document.mistake(
        path, "An entity type is written in capitals, digits and single underscores.",
        "Write it like MEMBER_NUMBER.",
    )  # fmt: skip


#: What pydantic's kinds of error ask for, in plain words.
_WANTED: Final = {
    "tuple_type": "should be a list ([a, b], or lines that begin with -)",
    "model_type": "should be keys with values (name: …)",
    "dict_type": "should be keys with values (label: TYPE)",
    "string_type": "should be a text",
    "string_too_short": "is empty",
    "string_too_long": "is longer than any could be meant",
    "float_parsing": "should be a number",
    "int_parsing": "should be a whole number",
    "bool_parsing": "should be true or false",
    "greater_than_equal": "should not be under 0",
    "less_than_equal": "should not be over 1",
    "less_than": "is too large",
}


def _path(document: Document, location: tuple[str | int, ...]) -> Path:
    """Pydantic's place without the names of types that it puts between (``str``)."""
    path: Path = ()
    for part in location:
        longer = (*path, part)
        if longer in document.values or longer in document.keys or part == location[-1]:
            path = longer
    return path


def _keys_at(path: Path) -> tuple[str, ...]:
    models = {1: FileEntry, 3: RecognizerEntry, 5: PatternEntry}
    model: Any = AllowEntry if path[0] == "allow_list" else models.get(len(path), LanguageEntry)
    return tuple(model.model_fields)
