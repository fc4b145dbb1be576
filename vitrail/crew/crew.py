"""Workers made of one process that has loaded everything: each is a fork of it.

Libraries and patterns are loaded once, not once a worker, and their memory is shared. The process
is a fresh interpreter without threads, so a fork of it copies no lock that another thread holds;
it can load while the scan is still being planned.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import vitrail
from vitrail.errors import VitrailError

_ROOT: Final = str(Path(vitrail.__file__).parents[1])
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from vitrail.scan.runners.worker import main; main(int(sys.argv[2]))"
)


#: So many times in a row the process that workers are forked from may die.
_STARTS: Final = 4


class Member:
    """A worker. Its end of ``connection`` closes when it dies, however it does."""

    def __init__(self, pid: int, connection: Connection) -> None:
        self._pid = pid
        self.connection = connection

    def tell(self, message: bytes) -> None:
        """Send it something; where it has died, what is read from its connection tells."""
        with suppress(OSError):
            self.connection.send_bytes(message)

    def end(self) -> None:
        """Kill it and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(OSError, EOFError):
            while True:
                self.connection.recv_bytes()
        self.connection.close()


class Crew:
    """Where workers come from. Nothing is loaded before :meth:`start` or the first worker."""

    def __init__(self) -> None:
        self._briefing = b""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Begin to load libraries, beside what this process does."""
        if self._process is not None:
            return
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, _ROOT, str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a library's warning could quote a cell
                pass_fds=[theirs.fileno()],
                env={**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
            )
        self._tell(self._briefing)

    def brief(self, briefing: object) -> None:
        """Say what workers will look for, so that patterns and models are loaded too (see
        :mod:`vitrail.scan.runners.worker`). The first word holds: where a run asks its workers
        for something else, each loads that for itself."""
        if not self._briefing:
            self._briefing = pickle.dumps(briefing, protocol=5)
            if self._process is not None:
                self._tell(self._briefing)

    def member(self) -> Member:
        """A new worker; only after :meth:`brief`."""
        for _ in range(_STARTS):
            self.start()
            with suppress(OSError):
                return self._forked()
            self.close()
        raise VitrailError(
            "A scanning process could not start.",
            "Run `vitrail doctor`; with little memory, try --jobs 1.",
        )

    def close(self) -> None:
        """End the process that workers are forked from. They die with this process, or by
        :meth:`Member.end`."""
        if self._process is None:
            return
        self._control.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None

    def _tell(self, message: bytes) -> None:
        with suppress(OSError):  # where it has died already, the first worker tells
            if message:
                self._control.sendall(len(message).to_bytes(8, "big") + message)

    def _forked(self) -> Member:
        ours, theirs = Pipe()
        try:
            with theirs:
                socket.send_fds(self._control, [b"w"], [theirs.fileno()])
            told = self._control.recv(8, socket.MSG_WAITALL)
            if len(told) < 8:
                raise ConnectionResetError
        except BaseException:
            ours.close()
            raise
        return Member(int.from_bytes(told, "big"), ours)
