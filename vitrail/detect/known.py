"""Hashes of e-mail addresses and phone numbers that the house knows.

A hash of an address is still personal data: whoever knows the address can make the same hash. So
the known values are hashed beforehand, and a scan looks each hash up. No value is kept, only
hashes and the fingerprints by which a hit is told to be of the same person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.detect.digits import digits_of
from vitrail.detect.normal import normal_form
from vitrail.keys import Keyring

RECOGNIZER: Final = "KnownHash"
ALGORITHMS: Final = ("MD5", "SHA-1", "SHA-256")
TYPES: Final = ("EMAIL_ADDRESS", "PHONE_NUMBER")

_HASHES: Final = tuple(
    partial(hashlib.new, name, usedforsecurity=False) for name in ("md5", "sha1", "sha256")
)
_HEAD: Final = 16
_EMAIL: Final = re.compile(r"[^\s@,;\"<>]{1,64}@[^\s@,;\"<>]{1,253}")
_PHONE: Final = re.compile(r"\+?[\d\s().\-/]{8,30}", re.A)
_FEWEST_DIGITS: Final = 8
"""As for E.164: shorter numbers are short codes, whose hashes say nothing of a person."""

Uint64s = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class KnownDigests:
    """What can be looked up: 128 bits of each digest, which is all of an MD5, and what it is of.

    Sorted by ``high``; ``high`` and ``low`` are the digest's first and second eight bytes.
    ``algorithm`` and ``entity`` are places in :data:`ALGORITHMS` and :data:`TYPES`; ``value`` is
    the place of the clear value's fingerprint in ``prints``, 16 bytes each. 22 bytes a digest.
    """

    high: Uint64s = field(repr=False)
    low: Uint64s = field(repr=False)
    algorithm: npt.NDArray[np.uint8] = field(repr=False)
    entity: npt.NDArray[np.uint8] = field(repr=False)
    value: npt.NDArray[np.int32] = field(repr=False)
    prints: bytes = field(repr=False)

    def __len__(self) -> int:
        return len(self.high)

    @classmethod
    def of(cls, values: Iterable[str], keys: Keyring) -> KnownDigests | None:
        """Of texts that are each an e-mail address or a phone number; others are passed over.
        None where there is none."""
        heads_of, prints = [bytearray() for _ in ALGORITHMS], bytearray()
        sources: list[tuple[int, int]] = []
        for number, (entity, text) in enumerate(_sorted(values)):
            kind = TYPES[entity]
            prints += bytes.fromhex(keys.fingerprint(kind, normal_form(kind, text)))
            for form in sorted(forms(entity, text)):
                sources.append((entity, number))
                written = form.encode("utf-8", "surrogatepass")
                for heads, algorithm in zip(heads_of, _HASHES, strict=True):
                    heads.extend(algorithm(written).digest()[:_HEAD])
        if not sources:
            return None
        halves = np.frombuffer(b"".join(heads_of), ">u8").reshape(-1, 2).astype(np.uint64)
        which = np.tile(np.array(sources, np.int32), (len(ALGORITHMS), 1))
        algorithm_of = np.repeat(np.arange(len(ALGORITHMS), dtype=np.uint8), len(sources))
        _, first = np.unique(halves[:, 0], return_index=True)
        return cls(
            halves[first, 0].copy(),
            halves[first, 1].copy(),
            algorithm_of[first],
            which[first, 0].astype(np.uint8),
            which[first, 1].copy(),
            bytes(prints),
        )

    def find(
        self, high: Uint64s, low: Uint64s, algorithm: npt.NDArray[np.uint8]
    ) -> npt.NDArray[np.int64]:
        """For each digest its place among the known, -1 where it is none of them."""
        at = np.minimum(np.searchsorted(self.high, high), len(self) - 1)
        known = (self.high[at] == high) & (self.low[at] == low) & (self.algorithm[at] == algorithm)
        return np.where(known, at, -1)

    def fingerprint(self, place: int) -> str:
        """The clear value's fingerprint, of the digest at ``place``."""
        start = int(self.value[place]) * _HEAD
        return self.prints[start : start + _HEAD].hex()

    def versions(self, keys: Keyring) -> dict[str, str]:
        """``EMAIL_ADDRESS/KnownHash`` → a digest of what is known, under the key."""
        found = {}
        for number, entity in enumerate(TYPES):
            of_type = self.entity == number
            if of_type.any():
                whole = hashlib.sha256(self.high[of_type].tobytes() + self.low[of_type].tobytes())
                found[f"{entity}/{RECOGNIZER}"] = keys.fingerprint("known", whole.hexdigest())[:16]
        return found


def known_type(text: str) -> int | None:
    """The place in :data:`TYPES` of what ``text`` is, None where it is neither."""
    text = text.strip()
    if _EMAIL.fullmatch(text):
        return 0
    if _PHONE.fullmatch(text) and len(digits_of(text)) >= _FEWEST_DIGITS:
        return 1
    return None


def forms(entity: int, text: str) -> set[str]:
    """The writings that are hashed: as it stands, and as manuals of advertisers ask for it: an
    address trimmed and in small letters; a number by its digits, with and without its +."""
    normal = normal_form(TYPES[entity], text)
    if entity == 0:
        return {text, text.strip(), text.strip().lower(), normal}
    digits = digits_of(text)
    return {text, text.strip(), digits, normal, f"+{normal}"}


def _sorted(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each value once, in an order of its own, so that the same values make the same digests."""
    typed = ((known_type(text), text) for text in set(values))
    yield from sorted((entity, text) for entity, text in typed if entity is not None)
