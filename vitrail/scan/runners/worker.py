"""A worker process: takes tasks from a pipe, writes parts, tells records; dies with its parent.

It is started as a fresh interpreter, not by ``multiprocessing``: a fork would copy locks that
another thread holds, and a spawn would run the user's own script again.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from multiprocessing.connection import Connection

from vitrail.errors import VitrailError


def main(descriptor: int) -> None:
    """Work until the parent closes the pipe. ``descriptor``: this end of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_die_with_parent, daemon=True).start()
    connection = Connection(descriptor)
    try:
        _work(connection)
    except (EOFError, BrokenPipeError):
        return


def _work(connection: Connection) -> None:
    import pyarrow as pa

    from vitrail.scan.tasks import Task
    from vitrail.scan.work import Work

    pa.set_cpu_count(1)  # the other cores have workers of their own
    setup = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own parent process
    try:
        work = Work(setup)
        connection.send(("ready", None))
        while True:
            connection.send(("done", work.do(Task.from_bytes(connection.recv_bytes()))))
    except VitrailError as error:
        connection.send(("error", (type(error).__name__, error.message, error.remedy)))


def _die_with_parent() -> None:
    """Standard input is a pipe that nobody writes to; it ends when the parent does."""
    sys.stdin.buffer.read()
    os._exit(1)
