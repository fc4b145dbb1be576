"""The command line: the same core as the pages, told in a terminal.

Answers go to standard output, messages and progress to standard error. Exit codes are those of
:mod:`vitrail.cli.exits`.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from typing import Final

from vitrail.cli.interrupts import INTERRUPTED, leave_at_once

#: Refused, failed or interrupted on the way.
_CUT_SHORT: Final = {2, 4, 70, INTERRUPTED}


def main() -> None:
    """Run the command that the arguments name and leave with its exit code."""
    leave_at_once()  # nothing is begun while the first modules load, and at the end all is said
    from vitrail import logs
    from vitrail.cli.commands import application
    from vitrail.cli.exits import run

    logs.configure()  # until a workspace says where its own log is
    try:
        code = run(application)
    except KeyboardInterrupt:  # while the last words are written
        code = INTERRUPTED
    if code in _CUT_SHORT:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End without taking the interpreter apart: what was cut short may have left threads of a
    reader in the midst of a file, and one that comes back into a dismantled Python aborts it."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
