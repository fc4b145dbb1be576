"""The command line: the same core as the pages, told in a terminal.

Answers go to standard output, messages and progress to standard error. Exit codes are those of
:mod:`vitrail.cli.exits`.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name and leave with its exit code."""
    try:
        from vitrail import logs
        from vitrail.cli.commands import application
        from vitrail.cli.exits import run

        logs.configure()  # until a workspace says where its own log is
        code = run(application)
    except KeyboardInterrupt:  # while the first modules load, or the last words are written
        code = 130
    sys.exit(code)
