"""Every exit code, and the errors that lead to it."""

from __future__ import annotations

import inspect

from handbook.tables import code, prose, table
from vitrail import errors
from vitrail.cli.exits import MEANINGS


def page() -> str:
    """One table; the first code that applies stands first."""
    return table(
        ("code", "says", "errors in Python"),
        ((code(str(number)), prose(words), _raised(number)) for number, words in MEANINGS.items()),
    )


def _raised(number: int) -> str:
    return ", ".join(
        code(name)
        for name, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, errors.VitrailError) and one.exit_code == number
    )
