"""The shape of a ``recognizers.yaml``: Presidio's recognizer-registry keys, and ours beside them.

Ours are ``deny_list_file``, ``checks``, ``columns``, ``severity``, ``words`` and ``allow_list``.
What these models cannot tell by a type or a range, :mod:`~vitrail.detect.own.checking` tells.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vitrail.model import Severity

#: Presidio's flags where a file gives none: DOTALL | MULTILINE | IGNORECASE.
DEFAULT_FLAGS = 16 | 8 | 2

Text = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^\P{C}+$")]
Entity = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$", max_length=60)
]
Score = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    # pydantic refuses a model_… name only to warn: Presidio calls a key so
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())


class PatternEntry(_Strict):
    """Presidio's pattern."""

    name: Title = "pattern"
    regex: Text
    score: Score


class LanguageEntry(_Strict):
    """Presidio's language with its own context words; a plain text is a language."""

    language: str
    context: tuple[Text, ...] = ()


class RecognizerEntry(_Strict):
    """One entry of ``recognizers``: patterns or a deny-list, or a model (``type``)."""

    name: Title
    type: Literal["custom", "predefined", "gliner", "transformers"] = "custom"
    class_name: str | None = None
    enabled: bool = True
    version: str | None = None
    supported_entity: Entity | None = None
    supported_entities: tuple[Entity, ...] | None = None
    supported_language: str | None = None
    supported_languages: tuple[LanguageEntry, ...] | None = None
    country_code: str | None = None
    context: tuple[Text, ...] | None = None
    global_regex_flags: Annotated[int, Field(ge=0, lt=1 << 16)] | None = None
    # patterns and lists
    patterns: tuple[PatternEntry, ...] | None = None
    deny_list: tuple[Text, ...] | None = None
    deny_list_file: Text | None = None
    deny_list_score: Score = 1.0
    checks: tuple[Text, ...] | None = None
    columns: tuple[Text, ...] | None = None
    # a new entity type
    severity: Severity | None = None
    words: Title | None = None
    # models
    model_name: Text | None = None
    entity_mapping: dict[str, Entity] | None = None
    label_mapping: dict[str, Entity] | None = None
    threshold: Score | None = None


class AllowEntry(_Strict):
    """One entry of ``allow_list``; a plain text is a value."""

    value: Text | None = None
    regex: Text | None = None
    entity: Entity | None = None
    columns: tuple[Text, ...] = ()
    reason: str | None = None


class FileEntry(_Strict):
    """The whole file."""

    recognizers: tuple[RecognizerEntry, ...] = ()
    allow_list: tuple[AllowEntry, ...] = ()
    supported_languages: tuple[str, ...] | None = None
    global_regex_flags: Annotated[int, Field(ge=0, lt=1 << 16)] = DEFAULT_FLAGS
