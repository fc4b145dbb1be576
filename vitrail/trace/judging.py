"""Whether a literal in a cell is the identifier, or only a part of somebody else's."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64
from typing import Final

from vitrail.normalisation import normalise_email
from vitrail.trace.finder import Sighting
from vitrail.trace.forms import BASE64, HASHES, PLAIN, Form
from vitrail.trace.identifiers import Kind
from vitrail.trace.numbers import pattern, writings

_ENCODED: Final = re.compile(r"%(?:25)?([0-9A-Fa-f]{2})$|\\u([0-9A-Fa-f]{4})$|\\([nrtbf])$")
_RUN: Final = re.compile(r"[A-Za-z0-9+/_\-]+", re.A)
_STANDARD: Final = str.maketrans("-_", "+/")
_AROUND: Final = 48
_LOCAL: Final = frozenset("._+-")


def is_meant(sighting: Sighting, text: str, start: int) -> bool:
    """Whether ``text``, where the literal stands from code point ``start``, tells the person."""
    form = sighting.form
    end = start + len(form.literal)
    if form.whole:
        return text.strip() == form.literal
    if form.how == BASE64:
        return _in_base64(form, text, start, end)
    if form.how in HASHES:
        return _is_digest(form, text, start, end)
    if form.identifier.kind is Kind.PHONE:
        return _is_number(form, text, start, end)
    before, after = _before(text, start), text[end : end + 2]
    if form.identifier.kind is Kind.EMAIL:
        return _is_address(before, after)
    return _stands_alone(form, before, after)


def _before(text: str, start: int) -> str:
    """The character before, read as it was meant where it is encoded."""
    match = _ENCODED.search(text[max(0, start - 8) : start])
    if match is None:
        return text[start - 1 : start]
    if match[3]:
        return " "
    return chr(int(match[1] or match[2], 16))


def _is_address(before: str, after: str) -> bool:
    if before.isalnum() or (before != "" and before in _LOCAL):
        return False
    if after[:1].isalnum() or after[:1] in {"_", "@"}:
        return False
    return not (after[:1] in {".", "-"} and after[1:].isalnum())


def _stands_alone(form: Form, before: str, after: str) -> bool:
    if before.isalnum() or before == "_" or after[:1].isalnum() or after[:1] == "_":
        return False
    if form.literal.isdigit():
        return before not in {".", ","} and not (after[:1] in {".", ","} and after[1:].isdigit())
    return True


def _is_digest(form: Form, text: str, start: int, end: int) -> bool:
    """The digest whole; in hexadecimal its case is free, in base64 it is not."""
    hexadecimal = len(form.literal) in {32, 40, 64}
    if not hexadecimal and text[start:end] != form.literal:
        return False
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _is_number(form: Form, text: str, start: int, end: int) -> bool:
    first = max(0, start - _AROUND)
    around = text[first : end + _AROUND]
    return any(
        match.start() + first < end and match.end() + first > start
        for writing in writings(form.identifier.text)
        for match in pattern(writing).finditer(around)
    )


def _in_base64(form: Form, text: str, start: int, end: int) -> bool:
    """Whether the run around, decoded, holds the identifier and not a longer one."""
    if text[start:end].replace("\\/", "/") != form.literal.replace("\\/", "/"):
        return False
    for run in _RUN.finditer(text.replace("\\/", "/")):
        for shift in range(4):
            decoded = _decoded(run.group()[shift:])
            if decoded is not None and _holds(form, decoded):
                return True
    return False


def _decoded(letters: str) -> str | None:
    letters = letters.translate(_STANDARD)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return a2b_base64(letters + "=" * (-len(letters) % 4)).decode("utf-8", "replace")
    except (Error, ValueError):
        return None


def _holds(form: Form, decoded: str) -> bool:
    wanted = form.identifier
    if wanted.kind is Kind.PHONE:
        return any(pattern(w).search(decoded) for w in writings(wanted.text))
    text = wanted.text.strip()
    choices = {text, normalise_email(text) or text} if wanted.kind is Kind.EMAIL else {text}
    lowered = decoded.casefold()
    for choice in choices:
        place = lowered.find(choice.casefold())
        while place >= 0:
            end = place + len(choice)
            before, after = _before(decoded, place), decoded[end : end + 2]
            if wanted.kind is Kind.EMAIL:
                if _is_address(before, after):
                    return True
            elif _stands_alone(Form(wanted, choice, PLAIN), before, after):
                return True
            place = lowered.find(choice.casefold(), end)
    return False
