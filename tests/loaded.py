"""Commands of Vitrail as processes of their own that need not load its libraries.

A command is the fork of a process that has imported all and begun nothing: it has an environment,
streams, an end and an exit code of its own, as one that a user starts; what is spared is the
seconds that it takes to import, and to make patterns of the words of every language. What is about
the start itself starts an interpreter instead.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from filelock import FileLock

Done = subprocess.CompletedProcess[str]
_ROOMS = (
    "cli",
    "workspace",
    "scan",
    "exports",
    "gate",
    "detect",
    "report",
    "redaction",
    "promises",
)


class Loaded:
    """The process that commands are forked from: one for all workers, started by whichever asks
    first, and over when the last of them is."""

    def __init__(self) -> None:
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        self._place = Path(tempfile.gettempdir(), f"vitrail-loaded-{run}")
        self._held: socket.socket | None = None

    def run(self, arguments: Sequence[str], environment: Mapping[str, str], seconds: float) -> Done:
        """``vitrail`` with these arguments, its two streams and its exit code."""
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder, name) for name in ("stdout", "stderr")]
            asked = {
                "arguments": list(arguments),
                "environment": dict(environment),
                "folder": str(Path.cwd()),
                "streams": [str(stream) for stream in streams],
            }
            code = self._asked(asked, arguments, seconds)
            out, err = (s.read_text("utf-8", errors="backslashreplace") for s in streams)
        return subprocess.CompletedProcess(list(arguments), code, out, err)

    def _asked(self, asked: dict[str, Any], arguments: Sequence[str], seconds: float) -> int:
        self._held = self._held or self._hold()
        with _connected(self._place) as connection, connection.makefile("rw") as lines:
            print(json.dumps(asked), file=lines, flush=True)
            pid = int(lines.readline())
            if not select.select([connection], [], [], seconds)[0]:
                os.kill(pid, signal.SIGKILL)
                lines.readline()
                raise subprocess.TimeoutExpired(list(arguments), seconds)
            return int(lines.readline())

    def _hold(self) -> socket.socket:
        """A connection that says nothing; while there is one, the process stays."""
        with FileLock(f"{self._place}.lock"):
            try:
                return _connected(self._place)
            except OSError:
                _start(self._place)
                return _connected(self._place)


@cache
def loaded() -> Loaded:
    """The one of this process of tests."""
    return Loaded()


def _connected(place: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(place))
    return connection


def _start(place: Path) -> None:
    place.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        subprocess.Popen(
            [sys.executable, __file__, str(listener.fileno())],
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a fork copies none of its threads
        )


def _load() -> None:
    for room in _ROOMS:
        package = importlib.import_module(f"vitrail.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "spark" not in found.name and "postgres" not in found.name:
                importlib.import_module(found.name)
    _make_patterns()


def _make_patterns() -> None:
    """What a process makes at its first scan and keeps: judges and words of every language."""
    import pyarrow as pa

    from vitrail.detect.automaton import cache_folder
    from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
    from vitrail.detect.minors import classifier, schools, topics, vocabulary
    from vitrail.keys import Keyring

    detector = Detector(DetectorOptions(names="off"), Keyring(bytes(32)), cache_folder())
    detector.prepare()
    detector.recognizer_versions()
    detector.judge(
        pa.array(["+33 6 12 34 56 78", "somebody@example.org"]), ColumnContext("contact")
    )
    schools.stages()
    classifier.learned()
    for code in vocabulary.LANGUAGES:
        vocabulary.language(code)
        topics.topics(code)


def _become(asked: dict[str, Any]) -> None:
    """The command that was asked for, in what was a fork of the loaded process."""
    reading = os.open(os.devnull, os.O_RDONLY)
    os.dup2(reading, 0)
    for descriptor, path in enumerate(asked["streams"], 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    sys.argv = ["vitrail", *asked["arguments"]]


def _end(end: SystemExit) -> None:
    """The end of a process but for taking apart what it was forked with, which takes longer than
    most commands."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(end.code or 0))


class Server:
    """Forks a command for each line that comes; tells its process, then its exit code."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._silent: list[socket.socket] = []
        self._running: dict[int, tuple[int, socket.socket]] = {}

    def serve(self) -> None:
        """Until nobody is connected any more."""
        while True:
            watched: list[socket.socket | int] = [self._listener, *self._silent, *self._running]
            ready, _, _ = select.select(watched, [], [])
            for one in ready:
                if one is self._listener:
                    self._silent.append(one.accept()[0])
                elif isinstance(one, socket.socket):
                    self._hear(one)
                else:
                    self._tell_end(one)
            if not self._silent and not self._running:
                return

    def _hear(self, connection: socket.socket) -> None:
        self._silent.remove(connection)
        with connection.makefile() as lines:
            line = lines.readline()
        if not line:
            return connection.close()
        pid = os.fork()
        if pid == 0:
            connection.close()
            self._run(json.loads(line))
        connection.sendall(f"{pid}\n".encode())
        self._running[os.pidfd_open(pid)] = (pid, connection)
        return None

    def _tell_end(self, process: int) -> None:
        pid, connection = self._running.pop(process)
        os.close(process)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(BrokenPipeError), connection:  # who asked may be over
            connection.sendall(f"{code}\n".encode())

    def _run(self, asked: dict[str, Any]) -> NoReturn:
        """In the fork: nothing that is the server's stays open."""
        for connection in (self._listener, *self._silent, *(c for _, c in self._running.values())):
            connection.close()
        for process in self._running:
            os.close(process)
        _become(asked)
        from vitrail.cli import main

        try:
            main()
        except SystemExit as end:
            _end(end)
        os._exit(0)


def _serve(listener: int) -> None:
    _load()
    gc.freeze()  # what is loaded stays shared: no collector of a fork touches it
    bound = socket.socket(fileno=listener)
    Server(bound).serve()
    Path(bound.getsockname()).unlink(missing_ok=True)
    Path(f"{bound.getsockname()}.lock").unlink(missing_ok=True)
    gc.unfreeze()


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
