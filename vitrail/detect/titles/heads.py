"""Names whose last word tells something of a value: a ``passport_count`` holds no passports."""

from __future__ import annotations

from typing import Final

from vitrail.detect.wording import last_in_name

_TOLD: Final = frozenset({
    "count", "counts", "type", "status", "length", "flag", "verified", "valid", "confirmed", "ok",
    "anzahl", "nombre", "statut", "estado", "stato", "tipo", "typ",
})  # fmt: skip
_IDS: Final = frozenset({"id", "ids", "uuid", "guid"})
"""Who is known by a number of the state has it called an id (``passport_id``); accounts, cards and
phones have ids beside their numbers: a ``bank_id`` says which bank."""


def names_the_value(
    speaking: frozenset[str], words: frozenset[str], *, a_persons_own: bool
) -> bool:
    """Whether the words of a column's name mean the value that those ``speaking`` among them call,
    and not something about it. ``a_persons_own``: a number by which somebody is known."""
    tails = words & (_TOLD if a_persons_own else _TOLD | _IDS)
    return not any(
        last_in_name(tail, words) and not any(word.endswith(tail) for word in speaking)
        for tail in tails
    )
