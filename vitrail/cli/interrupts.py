"""Ctrl-C: a command leaves, whatever its libraries do with the interrupt.

They do much with it. Python lets go of it in a callback, DuckDB does where it imports pandas for
itself, and an import that it breaks may keep the lock on all imports for good. So it is raised
where it does no harm, once more where nothing came of it, and a thread waits with a last resort.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from types import FrameType
from typing import Final, NoReturn

INTERRUPTED: Final = 130

#: Seconds after which an interrupt that nothing came of is raised once more.
_AGAIN: Final = 0.05
#: Seconds for which modules that are being loaded hold an interrupt up.
_LOADING: Final = 2.0
#: Seconds that an interrupted command may take to leave; what is finished lies on disk by then.
_PATIENCE: Final = 20.0


def leave_at_once() -> None:
    """Let Ctrl-C end the process wherever no command runs: nothing is begun yet, or all is said."""
    signal.signal(signal.SIGINT, lambda _number, _frame: _end())


def _end() -> NoReturn:
    """Say so and end the process as it is: no code of ours runs any more."""
    with suppress(OSError):
        # a bar hides the cursor and stands in the line
        os.write(2, b"\x1b[?25h\n" if os.isatty(2) else b"")
        os.write(2, b"vitrail: Interrupted.\n")
    os._exit(INTERRUPTED)


class Interrupts:
    """Heeds Ctrl-C while a command runs; ``pressed`` stays true whatever becomes of it."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._over = False

    @property
    def pressed(self) -> bool:
        return self._since is not None

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Raise ``KeyboardInterrupt`` in the main thread until the block is left."""
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        Thread(target=_last_resort, args=[reading], daemon=True).start()
        # written to by the signal itself: the main thread may be waiting in a library
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        hook, sys.unraisablehook = sys.unraisablehook, _without_interrupts
        signal.signal(signal.SIGALRM, self._repeat)
        before = signal.signal(signal.SIGINT, self._note)
        try:
            yield
        finally:
            self._over = True
            signal.signal(signal.SIGINT, before)
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.unraisablehook = hook
            signal.set_wakeup_fd(-1)
            if not self.pressed:
                os.close(writing)  # ends the thread; once pressed, it waits for the process

    def _note(self, _number: int, frame: FrameType | None) -> None:
        if self._since is None:
            self._since = time.monotonic()
        # a timer of the system: a thread must not be started where locks may be held
        signal.setitimer(signal.ITIMER_REAL, _AGAIN, _AGAIN)
        if not _loading(frame):
            raise KeyboardInterrupt

    def _repeat(self, _number: int, frame: FrameType | None) -> None:
        """Raise it again, unless an exception is at work already: that may be what came of it."""
        if self._over or sys.exc_info()[1] is not None:
            return
        if not _loading(frame):
            raise KeyboardInterrupt
        if self._since is not None and time.monotonic() - self._since > _LOADING:
            _end()  # as safe as a kill, which every command survives


def _loading(frame: FrameType | None) -> bool:
    """Whether a module is being loaded: an interrupt there can leave Python's own locks held."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _without_interrupts(dropped: sys.UnraisableHookArgs) -> None:
    """An interrupt that fell into a callback is raised again anyway; the rest is told."""
    if not issubclass(dropped.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)


def _last_resort(reading: int) -> None:
    """End the process when it has not left in time after Ctrl-C; return when all is over."""
    number = b"-"
    while number and number[0] != signal.SIGINT:
        number = os.read(reading, 1)
    if number:
        time.sleep(_PATIENCE)
        _end()
    os.close(reading)
