"""Which of several results on the same characters stays."""

from __future__ import annotations

from vitrail.detect.judgement import Span


def settle(spans: list[Span]) -> list[Span]:
    """Validated over unvalidated, longer over shorter, higher score, a word over none,
    a name of its own over a word for many.

    A score of 1 is what a validator gives. The rest is by position, so that the order is stable.
    """
    if len(spans) < 2:
        return spans
    kept: list[Span] = []
    for span in sorted(spans, key=_rank):
        if all(span.end <= k.start or k.end <= span.start for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, s.end))


def _rank(span: Span) -> tuple[bool, int, float, bool, bool, int, str, str]:
    return (
        span.score < 1.0,
        span.start - span.end,
        -span.score,
        not span.spoken,
        not span.called,
        span.start,
        span.entity,
        span.recognizer,
    )
