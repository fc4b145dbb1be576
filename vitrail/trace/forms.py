"""Every way of writing an identifier that is looked for: as it is, encoded, hashed."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from vitrail.normalisation import normalise_email, normalise_text
from vitrail.trace.identifiers import Identifier, Kind
from vitrail.trace.numbers import hashed_forms, spellings, writings

PLAIN: Final = "plain"
PERCENT: Final = "percent-encoded"
ESCAPED: Final = "escaped"
BASE64: Final = "base64"
HASHES: Final = ("MD5", "SHA-1", "SHA-256")

_HASHES: Final = (hashlib.md5, hashlib.sha1, hashlib.sha256)
_UNSIGNED: Final = re.compile(r"[A-Za-z0-9]{14}")


@dataclass(frozen=True, slots=True)
class Form:
    """One literal. ``anchor``: where in its bytes the span ends by which it is told apart from
    others, or as soon after as it can; None for its end. ``whole``: it counts only as a whole
    cell."""

    identifier: Identifier
    literal: str = field(repr=False)
    how: str
    anchor: int | None = 0
    whole: bool = False


#: A form but for its identifier: literal, how, anchor, whole. Of ten thousand persons there are two
#: hundred thousand, and a form is made of those alone that are met.
Spelling = tuple[str, str, int | None, bool]


def forms_of(one: Identifier) -> Iterator[Form]:
    """Each literal once."""
    return (Form(one, *spelling) for spelling in spellings_of(one))


def spellings_of(one: Identifier) -> Iterator[Spelling]:
    """:func:`forms_of`, not yet made."""
    seen: set[str] = set()
    for spelling in _MAKERS[one.kind](one):
        literal = spelling[0]
        if literal not in seen and len(literal) >= 4:
            seen.add(literal)
            yield spelling


def _email(one: Identifier) -> Iterator[Spelling]:
    given = one.text.strip()
    normal = normalise_email(one.text) or one.text.casefold()
    for address in dict.fromkeys((normal, given.casefold(), _unicode(normal))):
        local, _, domain = address.rpartition("@")
        anchor = len(local.encode())  # up to there all its writings share their bytes
        yield address, PLAIN, anchor, False
        once = quote(local, safe="").lower()
        for sign, encoded in (("%40", once), ("%2540", quote(once, safe="").lower())):
            yield f"{local}{sign}{domain}", PERCENT, anchor, False
            if encoded != local:
                yield f"{encoded}{sign}{domain}", PERCENT, len(encoded), False
        for sign in ("\\u0040", "&#64;", "&#x40;", "&commat;"):
            yield f"{local}{sign}{domain}", ESCAPED, anchor, False
    for address in dict.fromkeys((normal, given)):
        yield from _in_base64(address)
    yield from _hashed({one.text, given, given.lower(), normal})


def _unicode(address: str) -> str:
    local, _, domain = address.rpartition("@")
    if "xn--" in domain:  # any other is what it is, and the codec is slow
        with suppress(UnicodeError):
            domain = domain.encode("ascii").decode("idna")
    return f"{local}@{domain}"


def _phone(one: Identifier) -> Iterator[Spelling]:
    hashed: set[str] = {one.text.strip()}
    for writing in writings(one.text):
        for spelling in spellings(writing):
            yield spelling, PLAIN, None, False
        if writing.country:
            yield from _in_base64(f"+{writing.country}{writing.subscriber}")
        hashed |= hashed_forms(writing)
    yield from _hashed(hashed)


def _code(one: Identifier) -> Iterator[Spelling]:
    """An account's, a customer's or a device's id. A short number is anything's: it counts only
    where it is the whole cell."""
    text = one.text.strip()
    short = text.isdigit() and len(text) < 7
    yield text, PLAIN, None, short
    if short:
        return
    yield from _encoded(text)
    yield from _in_base64(text)


def _name(one: Identifier) -> Iterator[Spelling]:
    words = normalise_text(one.text).split(" ")
    for spelt in dict.fromkeys((tuple(words), tuple(map(_bare, words)))):
        turned = (spelt[-1], *spelt[:-1])
        for order in (spelt, turned):
            for between in (" ", ".", "_", "-", "+", "\u00a0"):
                yield between.join(order), PLAIN, _middle(order), False
            for text in dict.fromkeys((" ".join(order), " ".join(order).title())):
                yield from _encoded(text)  # encoded letters have no case to fold
        yield f"{turned[0]}, {' '.join(turned[1:])}", PLAIN, _middle(turned), False


def _middle(words: Sequence[str]) -> int:
    """Where a name's span ends best: it has some of the first word and some of the next, for many
    share either."""
    return len(words[0].encode()) + 7


def _bare(word: str) -> str:
    """A word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _encoded(text: str) -> Iterator[Spelling]:
    """As links and JSON write it, where that is not as it is."""
    once = quote(text, safe="")
    yield once, PERCENT, 0, False
    yield quote(once, safe=""), PERCENT, 0, False
    yield json.dumps(text)[1:-1], ESCAPED, 0, False
    yield unicodedata.normalize("NFD", text), PLAIN, 0, False


def _in_base64(text: str) -> Iterator[Spelling]:
    """Within a longer text in base64 a run begins at one of three places of its groups."""
    raw = text.encode()
    for shift in range(3):
        padded = b"\0" * shift + raw
        whole = len(padded) // 3 * 3
        yield from _signed(b64encode(padded[:whole])[4 if shift else 0 :].decode(), BASE64)


def _signed(letters: str, how: str) -> Iterator[Spelling]:
    """A run of base64 with its two signs as they are, as links write them, as JSON escapes one.

    The anchor is where none of them stood for long enough, so that the three have one span.
    """
    if "+" not in letters and "/" not in letters:
        yield letters, how, 0, False
        return
    linked = letters.replace("+", "-").replace("/", "_")
    for written in dict.fromkeys((letters, linked, letters.replace("/", "\\/"))):
        unsigned = _UNSIGNED.search(written)
        yield written, how, unsigned.end() if unsigned else 0, False


def _hashed(texts: Iterable[str]) -> Iterator[Spelling]:
    for text in sorted(texts):
        raw = text.encode()
        for name, algorithm in zip(HASHES, _HASHES, strict=True):
            digest = algorithm(raw, usedforsecurity=False).digest()
            yield digest.hex(), name, 0, False
            yield from _signed(b64encode(digest).decode().rstrip("="), name)


_MAKERS: Final = {
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _code,
    Kind.DEVICE: _code,
    Kind.CUSTOMER: _code,
    Kind.NAME: _name,
}
