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
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

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
    """The process that commands are forked from; started at the first, and over with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

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
        process = self._process = self._process or _started()
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(asked), file=process.stdin, flush=True)
        pid = int(process.stdout.readline())
        if not select.select([process.stdout], [], [], seconds)[0]:
            os.kill(pid, signal.SIGKILL)
            process.stdout.readline()
            raise subprocess.TimeoutExpired(list(arguments), seconds)
        return int(process.stdout.readline())


@cache
def loaded() -> Loaded:
    """The one of this process of tests."""
    return Loaded()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
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
    from vitrail.detect.minors import schools, vocabulary
    from vitrail.keys import Keyring

    detector = Detector(DetectorOptions(names="off"), Keyring(bytes(32)), cache_folder())
    detector.prepare()
    detector.recognizer_versions()
    detector.judge(
        pa.array(["+33 6 12 34 56 78", "somebody@example.org"]), ColumnContext("contact")
    )
    schools.stages()
    for code in vocabulary.LANGUAGES:
        vocabulary.language(code)


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


def _serve() -> None:
    """Fork a command for each line that comes; tell its process, then its exit code."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever importing says is no answer
    _load()
    gc.freeze()  # what is loaded stays shared: no collector of a fork touches it
    while line := sys.stdin.readline():
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(asked)
            from vitrail.cli import main

            try:
                return main()
            except SystemExit as end:
                _end(end)
        print(pid, file=answers, flush=True)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(code, file=answers, flush=True)
    gc.unfreeze()
    return None


if __name__ == "__main__":
    _serve()
