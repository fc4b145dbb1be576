"""The one module that owns exit codes; of several, the first of :data:`MEANINGS` that applies."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import Final

import typer
from typer.exceptions import TyperException

from vitrail.cli.interrupts import INTERRUPTED, Interrupts
from vitrail.cli.output import complain
from vitrail.errors import VitrailError

NOTHING: Final = 0
FOUND: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 3
REFUSED: Final = 4
FAULT: Final = 70

#: What each says, the first that applies first.
MEANINGS: Final = {
    INTERRUPTED: "interrupted, by Ctrl-C, a signal or a cancel on the page Scan",
    USAGE: "wrong usage or configuration; nothing was done",
    REFUSED: "refused: by the gate, for want of a role, or since it takes a second person",
    UNREADABLE: "some inputs could not be read as a whole; the others were",
    FOUND: "findings at or above `--fail-on`, a broken promise, something overdue or changed",
    NOTHING: "nothing to report",
    FAULT: "a fault of Vitrail's own, with a reference to the log and no data on screen",
}

_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_WRONG_PLACE: Final = {
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP,
    errno.ENAMETOOLONG,
}  # fmt: skip
#: How typer tells options that are alike, and the words that an option takes.
_OPTIONS: Final = re.compile(r"\(Possible options?: ([^ ,)]+)[^)]*\)")
_CHOICES: Final = re.compile(r"'([^']*)' is not one of (.+)", re.DOTALL)
_QUOTED: Final = re.compile(r"'([^']*)'")


def run(application: typer.Typer) -> int:
    """Run the application; turn whatever it raises into a sentence and an exit code."""
    interrupts = Interrupts()
    with interrupts.heeded():
        try:
            code = _code(application(standalone_mode=False, prog_name="vitrail"))
            sys.stdout.flush()  # else a full disk or a closed pipe speaks up after the last word
            # typer makes a plain 130 of an interrupt: whoever pressed is told all the same
            return _interrupted() if interrupts.pressed else code
        except Exception as error:  # libraries turn an interrupt into errors of their own
            return _interrupted() if interrupts.pressed else _told(error)
        except KeyboardInterrupt:
            return _interrupted()
        except SystemExit:  # typer leaves so where the pipe is closed
            _drop_output()
            return NOTHING


def _interrupted() -> int:
    complain("Interrupted.", "")
    return INTERRUPTED


def _told(error: Exception) -> int:
    if isinstance(error, VitrailError):
        complain(error.message, error.remedy)
        return error.exit_code
    if isinstance(error, TyperException):
        complain(_said_better(error.format_message()), "See --help of the command.")
        return USAGE
    if isinstance(error, typer.Abort):
        return _interrupted()
    if isinstance(error, BrokenPipeError):
        _drop_output()
        return NOTHING
    return _denied(error) if isinstance(error, OSError) else _fault(error)


def _said_better(message: str) -> str:
    """What typer says of a wrong word, with the one that may be meant said as everywhere."""
    from vitrail.did_you_mean import did_you_mean

    message = _OPTIONS.sub(r"Did you mean \1?", message.replace("Value error, ", ""))
    wrong = _CHOICES.search(message)
    if wrong is None:
        return message
    return message.rstrip(".") + "." + did_you_mean(wrong[1], _QUOTED.findall(wrong[2]))


def _drop_output() -> None:
    """Let what is still buffered go nowhere: the reader went away, or the disk takes no more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _code(result: object) -> int:
    return result if isinstance(result, int) else NOTHING


def _denied(error: OSError) -> int:
    """What the system refuses is the user's to mend; the rest is a fault of ours."""
    name = Path(os.fsdecode(error.filename)).name if error.filename else "The output"
    remedies = (
        (_NO_ROOM, "Make room on the disk, then do it again; nothing half-written was kept."),
        (_NO_RIGHT, "Give this user the right to it, or name another place."),
        (_WRONG_PLACE, "Name another path."),
    )
    for numbers, remedy in remedies:
        if error.errno in numbers:
            _drop_output()
            complain(f"{name}: {error.strerror}.", remedy)
            return USAGE
    return _fault(error)


def _fault(error: Exception) -> int:
    from vitrail.logs import fault

    reference = fault(error)
    complain(
        f"Vitrail itself failed ({type(error).__name__}, reference {reference}).",
        "The log under that reference says where; it holds no data of yours, so it can be shared.",
    )
    return FAULT


def worst(*codes: int) -> int:
    """The code that comes first in the order above."""
    order = (INTERRUPTED, USAGE, REFUSED, UNREADABLE, FOUND)
    return next((code for code in order if code in codes), NOTHING)
