"""Every way of writing an identifier that is looked for: as it is, encoded, hashed."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
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

_HASHES: Final = tuple(
    partial(hashlib.new, name, usedforsecurity=False) for name in ("md5", "sha1", "sha256")
)
_URL_SAFE: Final = str.maketrans("+/", "-_")


@dataclass(frozen=True, slots=True)
class Form:
    """One literal. ``anchor``: where in its bytes the run begins by which it is told apart from
    others; None for its end. ``whole``: it counts only as a whole cell."""

    identifier: Identifier
    literal: str = field(repr=False)
    how: str
    anchor: int | None = 0
    whole: bool = False


def forms_of(one: Identifier) -> Iterator[Form]:
    """Each literal once."""
    seen: set[str] = set()
    for form in _MAKERS[one.kind](one):
        if form.literal not in seen and len(form.literal) >= 4:
            seen.add(form.literal)
            yield form


def _email(one: Identifier) -> Iterator[Form]:
    normal = normalise_email(one.text) or one.text.casefold()
    for address in dict.fromkeys((normal, one.text.strip().casefold(), _unicode(normal))):
        local, _, domain = address.rpartition("@")
        anchor = max(0, len(local.encode()) - 10)
        yield Form(one, address, PLAIN, anchor)
        once = quote(local, safe="").lower()
        for sign, encoded in (("%40", once), ("%2540", quote(once, safe="").lower())):
            yield Form(one, f"{local}{sign}{domain}", PERCENT, anchor)
            yield Form(one, f"{encoded}{sign}{domain}", PERCENT)
        for sign in ("\\u0040", "&#64;", "&#x40;", "&commat;"):
            yield Form(one, f"{local}{sign}{domain}", ESCAPED, anchor)
    for address in dict.fromkeys((normal, one.text.strip())):
        yield from _in_base64(one, address)
    yield from _hashed(one, {one.text, one.text.strip(), one.text.strip().lower(), normal})


def _unicode(address: str) -> str:
    local, _, domain = address.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    return f"{local}@{domain}"


def _phone(one: Identifier) -> Iterator[Form]:
    hashed: set[str] = {one.text.strip()}
    for writing in writings(one.text):
        for spelling in spellings(writing):
            yield Form(one, spelling, PLAIN, None)
        if writing.country:
            yield from _in_base64(one, f"+{writing.country}{writing.subscriber}")
        hashed |= hashed_forms(writing)
    yield from _hashed(one, hashed)


def _code(one: Identifier) -> Iterator[Form]:
    """An account's, a customer's or a device's id. A short number is anything's: it counts only
    where it is the whole cell."""
    text = one.text.strip()
    short = text.isdigit() and len(text) < 7
    yield Form(one, text, PLAIN, None, whole=short)
    if short:
        return
    yield from _encoded(one, text)
    yield from _in_base64(one, text)


def _name(one: Identifier) -> Iterator[Form]:
    words = normalise_text(one.text).split(" ")
    for spelt in dict.fromkeys((tuple(words), tuple(map(_bare, words)))):
        turned = (spelt[-1], *spelt[:-1])
        for order in (spelt, turned):
            for between in (" ", ".", "_", "-", "+", "\u00a0"):
                yield Form(one, between.join(order), PLAIN)
            for text in dict.fromkeys((" ".join(order), " ".join(order).title())):
                yield from _encoded(one, text)  # encoded letters have no case to fold
        yield Form(one, f"{turned[0]}, {' '.join(turned[1:])}", PLAIN)


def _bare(word: str) -> str:
    """A word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _encoded(one: Identifier, text: str) -> Iterator[Form]:
    """As links and JSON write it, where that is not as it is."""
    once = quote(text, safe="")
    yield Form(one, once, PERCENT)
    yield Form(one, quote(once, safe=""), PERCENT)
    yield Form(one, json.dumps(text)[1:-1], ESCAPED)
    yield Form(one, unicodedata.normalize("NFD", text), PLAIN)


def _in_base64(one: Identifier, text: str) -> Iterator[Form]:
    """Within a longer text in base64 a run begins at one of three places of its groups."""
    raw = text.encode()
    for shift in range(3):
        padded = b"\0" * shift + raw
        whole = len(padded) // 3 * 3
        letters = base64.b64encode(padded[:whole]).decode()[4 if shift else 0 :]
        for written in _writings_of_base64(letters):
            yield Form(one, written, BASE64)


def _writings_of_base64(letters: str) -> Iterable[str]:
    return dict.fromkeys((letters, letters.translate(_URL_SAFE), letters.replace("/", "\\/")))


def _hashed(one: Identifier, texts: Iterable[str]) -> Iterator[Form]:
    for text in sorted(texts):
        for name, algorithm in zip(HASHES, _HASHES, strict=True):
            digest = algorithm(text.encode())
            yield Form(one, digest.hexdigest(), name)
            letters = base64.b64encode(digest.digest()).decode().rstrip("=")
            for written in _writings_of_base64(letters):
                yield Form(one, written, name)


_MAKERS: Final = {
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _code,
    Kind.DEVICE: _code,
    Kind.CUSTOMER: _code,
    Kind.NAME: _name,
}
