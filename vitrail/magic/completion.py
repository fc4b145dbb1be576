"""Tab in a ``%%ask`` cell: facts, dimensions, measures, and the values that may be asked for."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import vitrail
from vitrail.errors import VitrailError

if TYPE_CHECKING:
    from vitrail.gate import FactDescription

_CELL: Final = re.compile(r"\s*%%?ask\b")
_FROM: Final = re.compile(r"\bfrom\s+(\w+)", re.IGNORECASE)
_AFTER_FROM: Final = re.compile(r"\bfrom\s+(\w*)$", re.IGNORECASE)
#: A condition that is being written: the dimension, and what there is of its value.
_VALUE: Final = re.compile(r"\b(\w+)\s*=\s*('[^']*|\w*)$")
_CONDITION: Final = re.compile(r"\b(?:where|and)\s+\w*$", re.IGNORECASE)
_GROUP: Final = re.compile(r"\bgroup\s+by\b[^()]*$", re.IGNORECASE)
_WORD: Final = re.compile(r"\w*$")
_FORMS: Final = {"persons": "count(DISTINCT person)", "rows": "count(*)"}
_WORDS: Final = ("SELECT", "FROM", "WHERE", "AND", "GROUP BY", "period BETWEEN")

#: Seconds for which what may be asked is taken to be as it was.
_FRESH: Final = 30.0


def complete_questions(shell: Any) -> None:
    """Let the shell's completer speak in cells of questions, and there alone."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    known = _Known()

    @context_matcher()  # type: ignore[untyped-decorator, unused-ignore]
    def questions(context: Any) -> dict[str, Any]:
        if not _CELL.match(context.full_text):
            return {"completions": []}
        lines = context.full_text.split("\n")
        written = "\n".join([*lines[: context.cursor_line], context.text_until_cursor])
        fragment, words = suggestions(written, context.full_text, known.facts())
        return {
            "completions": [SimpleCompletion(text=word, type="question") for word in words],
            "matched_fragment": fragment,
            "suppress": True,
            "ordered": True,
        }

    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "__name__", "") != "questions"]
    matchers.append(questions)


def suggestions(
    written: str, whole: str, facts: Sequence[FactDescription]
) -> tuple[str, tuple[str, ...]]:
    """What can stand next, and the fragment before the cursor that it takes the place of.

    ``written`` is the cell up to the cursor, ``whole`` all of it: the fact may stand behind.
    """
    body = _CELL.sub("", written, count=1)
    fragment = _fragment(body)
    start = fragment.lstrip("'").casefold()
    options = tuple(_options(body, _asked_of(whole, facts), facts))
    return fragment, tuple(o for o in options if o.lstrip("'").casefold().startswith(start))


def _fragment(body: str) -> str:
    value = _VALUE.search(body)
    word = _WORD.search(body)
    return value[2] if value else word[0] if word else ""


def _asked_of(whole: str, facts: Sequence[FactDescription]) -> Sequence[FactDescription]:
    """The fact that the question names; all of them where it names none yet."""
    named = {name.casefold() for name in _FROM.findall(whole)}
    return [fact for fact in facts if fact.name in named] or facts


def _options(
    body: str, asked: Sequence[FactDescription], facts: Sequence[FactDescription]
) -> Iterator[str]:
    if _AFTER_FROM.search(body):
        yield from (fact.name for fact in facts)
        return
    value = _VALUE.search(body)
    if value:
        yield from _values(value[1].casefold(), asked)
        return
    dimensions = dict.fromkeys(d.name for fact in asked for d in fact.dimensions)
    yield from dimensions
    if _CONDITION.search(body) or _GROUP.search(body):
        return
    measures = (m.label for fact in asked for m in fact.measures)
    yield from dict.fromkeys(_FORMS.get(label, label) for label in measures)
    yield from _WORDS


def _values(dimension: str, asked: Sequence[FactDescription]) -> Iterator[str]:
    """The values of a closed list that enough people share, quoted as SQL has it."""
    found = (fact.dimension(dimension) for fact in asked)
    values = dict.fromkeys(v for one in found if one for v in one.values)
    yield from ("'" + value.replace("'", "''") + "'" for value in values)


class _Known:
    """What may be asked of the workspace at hand, looked up anew after a while."""

    def __init__(self) -> None:
        self._facts: tuple[FactDescription, ...] = ()
        self._until = 0.0

    def facts(self) -> tuple[FactDescription, ...]:
        if time.monotonic() >= self._until:
            try:
                with vitrail.open() as workspace:
                    self._facts = workspace.facts()
            except VitrailError:  # no workspace here, or nothing imported: nothing to complete
                self._facts = ()
            self._until = time.monotonic() + _FRESH
        return self._facts
