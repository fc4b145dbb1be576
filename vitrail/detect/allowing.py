"""What is found and never reported: a user's allow-list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from vitrail.detect.judgement import REGEX_SECONDS, Span
from vitrail.detect.normal import normal_form
from vitrail.detect.own.definition import AllowRule
from vitrail.detect.own.schema import DEFAULT_FLAGS


class AllowList:
    """Tells whether a span is allowed. Values are compared in the normal form of their type, so
    that one writing of a phone number stands for all; a regex must fit the whole value."""

    def __init__(self, rules: Iterable[AllowRule]) -> None:
        import regex  # type: ignore[import-untyped]

        self._values: dict[tuple[str, ...], list[AllowRule]] = defaultdict(list)
        self._patterns: list[tuple[Any, AllowRule]] = []
        for rule in rules:
            if rule.regex is None:
                self._values[rule.columns].append(rule)
            else:
                self._patterns.append((regex.compile(rule.regex, DEFAULT_FLAGS), rule))
        self._forms = cache(self._forms_of)

    def __bool__(self) -> bool:
        return bool(self._values or self._patterns)

    def allows(self, span: Span, value: str, words: frozenset[str]) -> bool:
        """Whether ``value``, found as ``span`` in a column with these words, is allowed."""
        form = normal_form(span.entity, value)
        return any(
            form in self._forms(span.entity, columns)
            for columns in self._values
            if _is_in(columns, words)
        ) or any(
            (rule.entity is None or rule.entity == span.entity)
            and _is_in(rule.columns, words)
            and _fits(pattern, value)
            for pattern, rule in self._patterns
        )

    def _forms_of(self, entity: str, columns: tuple[str, ...]) -> frozenset[str]:
        return frozenset(
            normal_form(entity, rule.value)
            for rule in self._values[columns]
            if rule.value is not None and rule.entity in {None, entity}
        )


def _is_in(columns: tuple[str, ...], words: frozenset[str]) -> bool:
    return not columns or not words.isdisjoint(columns)


def _fits(pattern: Any, value: str) -> bool:
    try:
        return pattern.fullmatch(value, timeout=REGEX_SECONDS) is not None
    except TimeoutError:
        return False
