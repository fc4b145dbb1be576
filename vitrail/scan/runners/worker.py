"""The process that workers are forked from, and what a worker does.

It is started as a fresh interpreter, not by ``multiprocessing``: a fork of the caller's process
would copy locks that another thread holds, and a spawn would run the user's own script again.
A worker takes tasks from a pipe, writes parts, tells records; all die with the process that
started them.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import socket
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from vitrail.errors import VitrailError


def main(descriptor: int) -> None:
    """Load, then fork a worker for each descriptor that comes, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a worker: its pipe ends
    control = socket.socket(fileno=descriptor)
    _load_libraries()
    _prepare(_message(control))
    gc.collect()
    gc.freeze()  # what is loaded stays shared: no collector touches it
    while True:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        pid = os.fork()
        if not pid:
            control.close()
            _serve(descriptors[0])
        os.close(descriptors[0])
        control.sendall(pid.to_bytes(8, "big"))


def _message(control: socket.socket) -> bytes:
    """What comes next, or nothing where the other end has closed."""
    size = int.from_bytes(control.recv(8, socket.MSG_WAITALL), "big")
    return control.recv(size, socket.MSG_WAITALL)


def _load_libraries() -> None:
    """Once for all workers, and before it is known what they will look for."""
    import presidio_analyzer  # noqa: F401 - half of the time that all of them take
    import pyarrow as pa

    import vitrail.scan.work  # noqa: F401

    pa.set_cpu_count(1)  # the other cores have workers of their own


def _prepare(message: bytes) -> None:
    """Fill this process's caches with what workers will want; each builds its own detector of it,
    with the run's keys. Where it cannot be built, they will tell."""
    from vitrail.detect.detector import Detector
    from vitrail.keys import Keyring

    if not message:
        return
    options, cache = pickle.loads(message)  # noqa: S301 - from our own parent process
    with suppress(VitrailError):
        Detector(options, Keyring(bytes(32)), cache).prepare()


def _serve(descriptor: int) -> None:
    """A worker's life; it never returns into the process that it was forked from."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        threading.Thread(target=_die_with_parent, daemon=True).start()
        _work(Connection(descriptor))
    except (EOFError, OSError):
        os._exit(0)
    finally:
        os._exit(1)


def _work(connection: Connection) -> None:
    from vitrail.scan.tasks import Task
    from vitrail.scan.work import Work

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
