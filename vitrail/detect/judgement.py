"""Presidio's verdict on one text, without what Presidio builds around it.

A recogniser of patterns is: its regular expressions, a validator, words that speak for it. Run
directly they answer in microseconds where ``AnalyzerEngine.analyze`` takes a millisecond, most of
it spent on explanations and copies. The answers are the same, span by span and score by score; a
test holds the two side by side over a large random corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vitrail.detect.entities import ENTITIES, Family
from vitrail.detect.required import required_characters
from vitrail.detect.titles.heads import names_the_value
from vitrail.detect.wording import near_words, sentence_start, spellings

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

# Presidio's LemmaContextAwareEnhancer: a word that speaks for a result adds this much, and lifts
# it to at least the minimum.
BOOST, LIFT = 0.35, 0.4

REGEX_SECONDS: Final = 5
"""A pattern that runs longer on one cell is given up, as Presidio does after a minute."""


class Span(NamedTuple):
    """One result. ``bare``: by a pattern of digits alone. ``spoken``: a word spoke for it,
    ``called``: one that names nothing else.

    ``read``: the value, where the cell holds it encoded.
    """

    entity: str
    start: int
    end: int
    score: float
    recognizer: str
    bare: bool = False
    spoken: bool = False
    called: bool = False
    read: str | None = None

    def __repr__(self) -> str:
        return f"Span({self.entity}, {self.start}, {self.end}, {self.score}, {self.recognizer})"


Finder = Callable[[str], Iterable[tuple[int, int, float, bool]]]


class Judge:
    """One recogniser, ready to run: ``find`` yields (start, end, score, bare)."""

    __slots__ = (
        "_called", "_own", "_within_sentence", "columns", "context", "entity", "find", "name",
        "source", "validates",
    )  # fmt: skip

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self.source = recognizer
        self.entity: str = recognizer.supported_entities[0]
        self.name: str = recognizer.name
        self.context = frozenset(spellings(recognizer.context or ()))
        self._called = frozenset(spellings(getattr(recognizer, "called", ())))
        #: Words that speak for a value in the name of its column.
        self.columns = self.context.union(getattr(recognizer, "column_words", ()))
        #: Whether the words of the sentence before speak for nothing in this one.
        self._within_sentence: bool = getattr(recognizer, "within_sentence", False)
        kind = ENTITIES.get(self.entity)
        self._own = kind is not None and kind.family is Family.IDENTIFIER
        self.validates = _validates(recognizer)
        self.find: Finder = _finder(recognizer)

    def spans(self, text: str, column: frozenset[str], *, nearby: bool = True) -> list[Span]:
        """The recogniser's results with their scores raised where a word speaks for them.

        ``column``: words of the column's name. ``nearby``: whether words of the text count.
        """
        found = self._distinct(text)
        if not found:
            return []
        named = self.is_named(column)
        called = not self._called.isdisjoint(column)
        results = []
        for place, (start, end, score, bare) in enumerate(found):
            words = self._words(text, found, place) if nearby else frozenset[str]()
            spoken = named or not self.context.isdisjoint(words)
            raised = min(max(score + BOOST, LIFT), 1.0) if spoken else score
            by_name = called or not self._called.isdisjoint(words)
            results.append(Span(self.entity, start, end, raised, self.name, bare, spoken, by_name))
        return results

    def is_named(self, column: frozenset[str]) -> bool:
        """Whether the words of a column's name call its cells such values."""
        speaking = self.columns & column
        return bool(speaking) and names_the_value(speaking, column, a_persons_own=self._own)

    def _words(
        self, text: str, found: list[tuple[int, int, float, bool]], place: int
    ) -> frozenset[str]:
        """The words near a value that speak for it, and not for the one before or after it."""
        start, end = found[place][:2]
        since = found[place - 1][1] if place else 0
        until = found[place + 1][0] if place + 1 < len(found) else len(text)
        since = since if since <= start else 0
        if self._within_sentence:
            since = max(since, sentence_start(text, start))
        return near_words(text, start, end, since, max(until, end))

    def _distinct(self, text: str) -> list[tuple[int, int, float, bool]]:
        found = list(self.find(text))
        return found if len(found) < 2 else _uncontained(found)


def _uncontained(
    found: list[tuple[int, int, float, bool]],
) -> list[tuple[int, int, float, bool]]:
    """Presidio's ``remove_duplicates`` within one recogniser."""
    kept: list[tuple[int, int, float, bool]] = []
    for item in sorted(found, key=lambda f: (f[0], f[0] - f[1], -f[2], f[3])):
        start, end, score, _ = item
        if not any(k[0] <= start and end <= k[1] and score <= k[2] for k in kept):
            kept.append(item)
    return kept


def same_type_once(spans: list[Span]) -> list[Span]:
    """Presidio's ``remove_duplicates`` over all recognisers: per type, contained results go."""
    if len(spans) < 2:
        return spans
    kept: list[Span] = []
    order = sorted(spans, key=lambda s: (s.entity, s.start, s.start - s.end, -s.score, s.bare))
    for span in order:
        if not any(
            k.entity == span.entity
            and k.start <= span.start
            and span.end <= k.end
            and span.score <= k.score
            for k in kept
        ):
            kept.append(span)
    return kept


def _validates(recognizer: Any) -> bool:
    """Whether the recogniser can make sure of a match, so that a weak pattern may score 1."""
    from presidio_analyzer import PatternRecognizer

    validate = getattr(type(recognizer), "validate_result", None)
    return validate is not None and validate is not PatternRecognizer.validate_result


def _finder(recognizer: Any) -> Finder:
    from presidio_analyzer import PatternRecognizer
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    if hasattr(recognizer, "spans"):
        return lambda text: ((s, e, score, False) for s, e, score in recognizer.spans(text))
    if type(recognizer).analyze is not PatternRecognizer.analyze:
        return _by_analyze(recognizer)
    find = _by_patterns(recognizer)
    if isinstance(recognizer, EmailRecognizer):
        from vitrail.detect.plain_email import plain_email

        return plain_email(recognizer.validate_result, find)
    return find


def _by_analyze(recognizer: Any) -> Finder:
    """For a recogniser with its own way of looking (Presidio's IBAN)."""
    entities = recognizer.supported_entities

    def find(text: str) -> Iterator[tuple[int, int, float, bool]]:
        for result in recognizer.analyze(text, entities):
            yield result.start, result.end, result.score, False

    return find


def _by_patterns(recognizer: Any) -> Finder:
    """``PatternRecognizer.analyze`` without its explanations; hooks not overridden are skipped."""
    import regex  # type: ignore[import-untyped]
    from presidio_analyzer import PatternRecognizer

    flags = recognizer.global_regex_flags
    patterns = [
        (
            regex.compile(p.regex, flags),
            required_characters(p.regex),
            p.score,
            p.name.endswith(" bare"),
        )
        for p in recognizer.patterns
    ]
    kind = type(recognizer)
    validate = recognizer.validate_result if _validates(recognizer) else None
    invalidate = (
        recognizer.invalidate_result
        if kind.invalidate_result is not PatternRecognizer.invalidate_result
        else None
    )

    def find(text: str) -> Iterator[tuple[int, int, float, bool]]:
        for pattern, needed, base, bare in patterns:
            if not all(letter in text for letter in needed):
                continue
            try:
                for match in pattern.finditer(text, timeout=REGEX_SECONDS):
                    found, score = match.group(), base
                    if validate is not None:
                        verdict = validate(found)
                        score = base if verdict is None else 1.0 if verdict else 0.0
                    if score and found and not (invalidate is not None and invalidate(found)):
                        yield match.start(), match.end(), score, bare
            except TimeoutError:
                continue

    return find
