"""The one module that owns exit codes.

The first that applies: 130 interrupted, 2 wrong usage or configuration, 4 refused, 3 some inputs
unreadable, 1 findings or a broken promise, 0 nothing to report, 70 a fault of our own.
"""

from __future__ import annotations

import sys
from typing import Final

import click
import typer

from vitrail.cli.output import complain
from vitrail.errors import VitrailError

NOTHING: Final = 0
FOUND: Final = 1
USAGE: Final = 2
UNREADABLE: Final = 3
REFUSED: Final = 4
FAULT: Final = 70
INTERRUPTED: Final = 130


def run(application: typer.Typer) -> int:  # noqa: PLR0911 - a return for each exit code
    """Run the application; turn whatever it raises into a sentence and an exit code."""
    try:
        return _code(application(standalone_mode=False, prog_name="vitrail"))
    except VitrailError as error:
        complain(error.message, error.remedy)
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        complain("Interrupted.", "")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; say nothing more
        return NOTHING
    except Exception as error:
        return _fault(error)


def _code(result: object) -> int:
    return result if isinstance(result, int) else NOTHING


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
