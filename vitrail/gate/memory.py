"""Counts around cells, kept for the next question: a page asks much about the same conditions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Final, TypeVar

_MOST_KEPT: Final = 256
_LARGEST: Final = 5_000

Kept = TypeVar("Kept", bound=Sized)


class CountMemory:
    """The last counts of one epoch, whose rows never change; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Sized] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What ``make`` gave for this key before, or gives now; very large ones are not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]
        made = make()
        if len(made) <= _LARGEST:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return made
