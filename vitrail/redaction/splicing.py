"""Slices of a cell replaced so that what encloses them stays what it was: JSON, or a link."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, unquote

from vitrail.exports.copies.json_walk import leaves

_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)", re.DOTALL)
#: What a value within a link stands behind: a scheme, or a parameter's name.
_LINKED: Final = re.compile(r"""(?:\w:/{2}|[?&;][\w.\[\]%-]+=)[^\s"'<>]*\Z""")
_LINK_REACH: Final = 4_096


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a cell, half open, in code points; ``fingerprint`` of the value in it."""

    start: int
    end: int
    entity_type: str
    fingerprint: str | None = None


#: What stands in the place of a slice, by the slice and the value that it holds.
Replace = Callable[[Span, str], str]


def splice(cell: str, spans: Sequence[Span], put: Replace) -> str:
    """``cell`` with its ``spans`` replaced. A JSON text stays one, and so does a link."""
    spans = _apart(cell, spans)
    if cell.lstrip()[:1] in {"{", "["} and _is_json(cell):
        return _in_json(cell, spans, put)
    return _in_text(cell, spans, put)


def _apart(cell: str, spans: Sequence[Span]) -> list[Span]:
    """In order, within the cell; those that overlap as one, of the longer one's type."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        end = min(span.end, len(cell))
        if apart and span.start < apart[-1].end:
            last = apart.pop()
            longer = last if last.end - last.start >= end - span.start else span
            apart.append(replace(longer, start=last.start, end=max(last.end, end)))
        elif span.start < end:
            apart.append(replace(span, end=end))
    return apart


def _in_text(cell: str, spans: Sequence[Span], put: Replace) -> str:
    pieces: list[str] = []
    done = 0
    for span in spans:
        start, end = _whole_signs(cell, max(span.start, done), span.end)
        if end <= start:
            continue
        value = cell[start:end]
        if _LINKED.search(cell, max(0, start - _LINK_REACH), start):
            new = quote(put(span, unquote(value)), safe="*@:/.+")
        else:
            new = put(span, value)
        pieces += [cell[done:start], new]
        done = end
    return "".join((*pieces, cell[done:]))


def _whole_signs(cell: str, start: int, end: int) -> tuple[int, int]:
    """A slice that cuts no ``%40`` in two."""
    if "%" not in cell[max(0, start - 2) : end]:
        return start, end
    for sign in _PERCENT.finditer(cell, max(0, start - 2), end + 2):
        if sign.start() < start < sign.end():
            start = sign.start()
        if sign.start() < end < sign.end():
            end = sign.end()
    return start, end


def _is_json(cell: str) -> bool:
    try:
        json.loads(cell, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True


def _in_json(cell: str, spans: Sequence[Span], put: Replace) -> str:
    """Each token that a span reaches into is written again as a token of JSON."""
    pieces: list[str] = []
    done = 0
    for leaf in leaves(cell):
        inside = [span for span in spans if span.start < leaf.end and leaf.start < span.end]
        if not inside:
            continue
        token = cell[leaf.start : leaf.end]
        if leaf.is_text:
            new = _string(token, [_moved(span, leaf.start) for span in inside], put)
        else:
            new = json.dumps(put(inside[0], token))
        pieces += [cell[done : leaf.start], new]
        done = leaf.end
    return "".join((*pieces, cell[done:]))


def _moved(span: Span, by: int) -> Span:
    return replace(span, start=span.start - by, end=span.end - by)


def _string(token: str, spans: Sequence[Span], put: Replace) -> str:
    """A JSON string with slices of its written form replaced in what it says."""
    text = json.loads(token)
    starts, ends = _places(token)
    said = [
        replace(s, start=starts[max(0, s.start)], end=ends[min(len(token), s.end)]) for s in spans
    ]
    halves = any("\ud800" <= letter <= "\udfff" for letter in text)
    new = _in_text(text, [span for span in said if span.start < span.end], put)
    return json.dumps(new, ensure_ascii=token.isascii() or halves)


def _places(token: str) -> tuple[list[int], list[int]]:
    """Of each place in a JSON string as written, the place in what it says: for a slice that
    begins there, and for one that ends there. An escape is taken whole."""
    starts, ends = [0] * (len(token) + 1), [0] * (len(token) + 1)
    said, at = 0, 1
    while at < len(token) - 1:
        end = _sign_end(token, at)
        starts[at:end] = [said] * (end - at)
        said += 1
        ends[at + 1 : end + 1] = [said] * (end - at)
        at = end
    starts[at:] = [said] * (len(token) + 1 - at)
    ends[at:] = [said] * (len(token) + 1 - at)
    return starts, ends


def _sign_end(token: str, at: int) -> int:
    """Where the sign that is written from ``at`` on ends."""
    if token[at] != "\\":
        return at + 1
    end = at + len(_ESCAPE.match(token, at)[0])  # type: ignore[index]  # JSON has no other
    if "\ud800" <= json.loads(f'"{token[at:end]}"') < "\udc00" and token[end] == "\\":
        other = end + len(_ESCAPE.match(token, end)[0])  # type: ignore[index]
        if len(json.loads(f'"{token[at:other]}"')) == 1:  # two halves of one sign
            return other
    return end
