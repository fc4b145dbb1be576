"""E-mail addresses written so that no program should read them: "jo at shop dot fr".

The sign and the full stops are spelt out, set in brackets, or apart; people write so in seven
languages. Where a public domain comes of it, and prose does not explain it as well, the words are
read as the signs that they stand for. "At" by itself is prose more often than not, so it counts
only with a full stop that is spelt out too, or after a name with signs in it ("jo.martin at
shop.fr").
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from vitrail.detect.layers import Piece
from vitrail.detect.offline import keep_offline
from vitrail.detect.vocabulary.contact import AT, DOT, NO_MAILBOX

_RARE: Final = "|".join(word for word in AT if word != "at")
_DOTS: Final = "|".join(DOT)
_OPEN, _CLOSE = r"[\[({<*]\s?", r"\s?[\])}>*]"
_BRACKETED_DOT: Final = rf"\s{{0,2}}{_OPEN}(?:\.|{_DOTS}){_CLOSE}\s{{0,2}}"
_TOLD_DOT: Final = rf"\s{{1,3}}(?:{_DOTS})\s{{1,3}}|_dot_"
_APART: Final = r"\s{1,2}@\s{0,2}|@\s{1,2}"

_SIGN: Final = re.compile(
    rf"(?P<sure>\s{{0,2}}{_OPEN}(?:at|a|@|{_RARE}){_CLOSE}\s{{0,2}}|\s{{1,3}}(?:{_RARE})\s{{1,3}})"
    rf"|(?P<word>\s{{1,3}}at\s{{1,3}}|_at_|{_APART})|(?P<sign>@)",
    re.IGNORECASE,
)
_STOP: Final = re.compile(
    rf"(?P<told>{_BRACKETED_DOT}|{_TOLD_DOT})|(?P<apart>\s\.\s)|(?P<sign>\.)", re.IGNORECASE
)
_LABEL: Final = re.compile(r"[^\W_]{1,63}(?:-{1,2}[^\W_]{1,63}){0,8}")
_TOLD: Final = re.compile(rf"{_BRACKETED_DOT}|{_TOLD_DOT}", re.IGNORECASE)
_MAILBOX: Final = re.compile(
    rf"(?<![\w.+\-])[\w+\-]+(?:(?:{_TOLD.pattern}|\.)[\w+\-]+){{0,4}}\Z", re.IGNORECASE
)
_REACH: Final = 130
"""Characters of a mailbox: RFC 5321 allows 64; spelling its full stops out may double that."""

_LABELS: Final = 6
_TELLING: Final = re.compile(r"[^\W\d_]\w*(?:[._+][^\W\d_]\w+)+")
_FILES: Final = frozenset(mimetypes.MimeTypes().types_map[True])  # no system's own list
_PROSE: Final = frozenset(NO_MAILBOX)
_ENGLISH: Final = frozenset(
    {"in", "it", "is", "to", "so", "no", "my", "me", "us", "at", "be", "am", "as", "by", "do"}
)
"""Countries' domains that are words of English, as "point" and "punt" are."""

_GAP: Final = "[^!-~]"  # a blank of any script, in bytes or characters
_CALLED_DOT: Final = (
    rf"(?:{_GAP}(?:{_DOTS}){_GAP}|[\[({{<*]{_GAP}?(?:\.|{_DOTS}){_GAP}?[\])}}>*]|_dot_)"
)
CALLS: Final = (
    rf"[\[({{<*]{_GAP}?(?:at|a|@|{_RARE}){_GAP}?[\])}}>*]",
    rf"{_GAP}(?:{_RARE}){_GAP}",
    rf"(?:{_GAP}at{_GAP}+|_at_|@{_GAP}*)[^ \n@]+{_GAP}*{_CALLED_DOT}",
    rf"[._+][^ \n]+(?:{_GAP}+at{_GAP}+|_at_)[^ \n]+\.[^ 0-9]",
    rf"(?:{_GAP}@|@{_GAP}){_GAP}*[^ \n@]+\.[^ 0-9]",
    rf"@{_GAP}*[^ \n@]+{_GAP}\.{_GAP}",
)
"""Wherever :func:`disguised` reads something, one of these matches, whatever its case."""


class _Domain(NamedTuple):
    """Its labels, and the full stops between them as they are written."""

    labels: list[str]
    stops: list[re.Match[str]]
    end: int

    @property
    def is_spelt(self) -> bool:
        return any(stop["told"] for stop in self.stops)


def disguised(text: str) -> Iterator[Piece]:
    """The signs of each disguised address in ``text``; ``text`` is decoded otherwise."""
    last = 0
    for sign in _SIGN.finditer(text):
        before = max(last, sign.start() - _REACH)
        mailbox = _MAILBOX.search(text[before : sign.start()])
        domain = _domain(text, sign.end()) if mailbox else None
        if mailbox is None or domain is None:
            continue
        name, first = _TOLD.sub(".", mailbox.group()), before + mailbox.start()
        whole = first == 0 and domain.end == len(text)
        if not _is_meant(sign, name, domain, whole=whole):
            continue
        for dot in _TOLD.finditer(mailbox.group()):
            yield Piece(first + dot.start(), first + dot.end(), ".")
        for match, read in ((sign, "@"), *((stop, ".") for stop in domain.stops)):
            if match.group() != read:
                yield Piece(match.start(), match.end(), read)
        last = domain.end


def _domain(text: str, start: int) -> _Domain | None:
    """The longest public domain that is written at ``start``, if any."""
    labels: list[str] = []
    stops: list[re.Match[str]] = []
    ends: list[int] = []
    label = _LABEL.match(text, start)
    while label and len(labels) < _LABELS:
        labels.append(label.group())
        ends.append(label.end())
        stop = _STOP.match(text, label.end())
        if stop is None:
            break
        stops.append(stop)
        label = _LABEL.match(text, stop.end())
    for size in range(len(labels), 1, -1):
        if _is_public(".".join(labels[:size])):
            return _Domain(labels[:size], stops[: size - 1], ends[size - 1])
    return None


def _is_meant(sign: re.Match[str], name: str, domain: _Domain, *, whole: bool) -> bool:
    """Whether an address is the best explanation. ``whole``: it is all that the cell says."""
    if sign["sure"]:
        return True
    if domain.is_spelt:
        told = {stop.group().strip().casefold() for stop in domain.stops}
        if told & {"point", "punt"} and domain.labels[-1].casefold() in _ENGLISH:
            return False
        return sign["sign"] is not None or not (
            name.casefold() in _PROSE or domain.labels[0].casefold() in _PROSE
        )
    if any(stop["apart"] for stop in domain.stops):
        return "@" in sign.group()  # "he looked at me . is it" is prose
    if sign["sign"] is not None:  # an address as it is usually written: nothing is disguised
        return False
    return (whole and "@" in sign.group()) or _is_telling(name)


def _is_telling(name: str) -> bool:
    """Whether it has signs as mailboxes have; no file's name, no domain, no version."""
    if _TELLING.fullmatch(name) is None or _is_public(name):
        return False
    return f".{name.rpartition('.')[2].casefold()}" not in _FILES


@lru_cache(maxsize=65_536)
def _is_public(domain: str) -> bool:
    keep_offline()
    import tldextract

    return bool(tldextract.extract(domain).fqdn)
