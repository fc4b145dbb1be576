"""Values that a regular expression matches, drawn at random: something for every recogniser.

What a pattern looks for around a value (assertions) is left to the text that it is set in.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from random import Random
from typing import Any, Final

from vitrail.detect.judgement import Judge

from re import _constants as codes, _parser as parser  # type: ignore[attr-defined]  # isort: skip

_TRIES: Final = 24
_MOST: Final = 12
"""Repeats of an open-ended part."""
_ANY: Final = string.ascii_letters + string.digits + " -./"
_CLASSES: Final = {
    codes.CATEGORY_DIGIT: string.digits,
    codes.CATEGORY_SPACE: " \t\u00a0",
    codes.CATEGORY_WORD: string.ascii_letters + string.digits + "_é",
    codes.CATEGORY_NOT_DIGIT: string.ascii_letters + " -",
    codes.CATEGORY_NOT_SPACE: string.ascii_letters + string.digits + "-._",
    codes.CATEGORY_NOT_WORD: " -.,:/",
}


class Values:
    """Values for one judge, from its own patterns."""

    def __init__(self, judge: Judge) -> None:
        source: Any = judge.source
        patterns = [p.regex for p in getattr(source, "patterns", None) or ()]
        regexes = patterns or list(getattr(source, "prefilter", ()))
        self._trees = [tree for regex in regexes if (tree := _parsed(regex)) is not None]
        self._judge = judge

    def __bool__(self) -> bool:
        return bool(self._trees)

    def draw(self, rng: Random, *, valid: bool) -> str:
        """One value; with ``valid`` one that passes its check, where a few tries give one."""
        value = ""
        for _ in range(_TRIES if valid and self._judge.validates else 1):
            value = _sequence(rng.choice(self._trees), rng)
            if any(score >= 1.0 for _, _, score, _ in self._judge.find(value)):
                break
        return value


def _parsed(regex: str) -> Any:
    """None where the pattern is not one of Python's own ``re``."""
    try:
        return parser.parse(regex)
    except (parser.error, RecursionError, OverflowError):
        return None


def _sequence(tree: Any, rng: Random) -> str:
    return "".join(_part(operation, argument, rng) for operation, argument in tree)


def _part(operation: Any, argument: Any, rng: Random) -> str:
    if operation is codes.LITERAL:
        return (
            rng.choice((chr(argument).upper(), chr(argument))) if argument < 128 else chr(argument)
        )
    if operation is codes.IN:
        return _one_of(argument, rng)
    if operation in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
        least, most, repeated = argument
        count = rng.randint(least, min(int(most), least + _MOST))
        return "".join(_sequence(repeated, rng) for _ in range(count))
    if operation in {codes.SUBPATTERN, codes.ATOMIC_GROUP}:
        return _sequence(argument[-1] if operation is codes.SUBPATTERN else argument, rng)
    if operation is codes.BRANCH:
        return _sequence(rng.choice(argument[1]), rng)
    return rng.choice(_ANY) if operation in {codes.ANY, codes.NOT_LITERAL} else ""


def _one_of(choices: Sequence[tuple[Any, Any]], rng: Random) -> str:
    if choices[0][0] is codes.NEGATE:
        taken = {chr(a) for o, a in choices if o is codes.LITERAL}
        return rng.choice([c for c in _ANY if c not in taken])
    operation, argument = rng.choice(choices)
    if operation is codes.RANGE:
        return chr(rng.randint(*argument))
    if operation is codes.CATEGORY:
        return rng.choice(_CLASSES[argument])
    return chr(argument)
