"""The known name that a wrong one may be meant for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

#: Names less alike than this are not offered: a wrong guess helps less than a list.
_ALIKE: Final = 0.6
#: More names than this are not compared one by one.
_MOST: Final = 5_000
_LONGEST: Final = 200


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`` Did you mean x?``, or nothing where no known name is alike.

    Only what may be told anyway belongs into ``known``; ``name`` itself is not repeated.
    """
    best, ratio = "", _ALIKE
    wrong = _folded(name[:_LONGEST])
    for count, one in enumerate(known):
        if count >= _MOST:
            break
        matcher = SequenceMatcher(None, wrong, _folded(one))
        if matcher.real_quick_ratio() >= ratio and matcher.quick_ratio() >= ratio:
            alike = matcher.ratio()
            if alike > ratio or (alike == ratio and not best):
                best, ratio = one, alike
    return f" Did you mean {best}?" if best else ""


def _folded(name: str) -> str:
    return name.casefold().replace("-", " ").replace("_", " ")
