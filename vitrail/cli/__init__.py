"""The command line: the same core as the pages, told in a terminal.

Answers go to standard output, messages and progress to standard error. Exit codes are those of
:mod:`vitrail.cli.exits`.
"""

from __future__ import annotations

import sys

from vitrail.cli.exits import run


def main() -> None:
    """Run the command that the arguments name and leave with its exit code."""
    from vitrail import logs
    from vitrail.cli.commands import application

    logs.configure()  # until a workspace says where its own log is
    sys.exit(run(application))
