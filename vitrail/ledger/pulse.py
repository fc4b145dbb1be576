"""The sign of life of a run, for other machines, which do not see its process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from vitrail.errors import VitrailError

#: Seconds from one beat to the next.
EVERY = 20.0


class Pulse:
    """Calls ``beat`` now and then, from a thread of its own, until it is stopped.

    A beat that cannot be written is left out: the run goes on, and the next may be.
    """

    def __init__(self, beat: Callable[[], None]) -> None:
        self._beat = beat
        self._ended = Event()
        self._thread = Thread(target=self._go_on, name="pulse", daemon=True)
        self._thread.start()

    def _go_on(self) -> None:
        while not self._ended.wait(EVERY):
            with suppress(VitrailError):
                self._beat()

    def stop(self) -> None:
        """No beat follows, and none is under way: what it writes to may be closed."""
        self._ended.set()
        self._thread.join(EVERY)
