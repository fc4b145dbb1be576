"""``%load_ext vitrail`` adds ``%%ask``: a question through the gate from a notebook cell.

    %%ask weekly
    SELECT week, count(DISTINCT person) FROM activity GROUP BY week

shows the release as a table and a picture and leaves it in the variable ``weekly``. Tab completes
facts, dimensions, measures and the values that may be asked for.
"""

from __future__ import annotations

from typing import Any, Final

from IPython.display import display

import vitrail
from vitrail.errors import UsageError, VitrailError
from vitrail.magic.completion import complete_questions
from vitrail.magic.picture import figure
from vitrail.model import Release

__all__ = ["figure", "register"]

_SHOWN: Final = {"--table": "table", "--plot": "plot"}


def register(shell: Any) -> None:
    """Add the magic and its completion to a running IPython."""

    def ask(line: str, cell: str | None = None) -> None:
        """``%%ask [variable] [--table|--plot]``, the question in SQL below; or ``%ask SELECT …``
        in one line."""
        try:
            name, shown = ("", "both") if cell is None else _options(line)
            with vitrail.open() as workspace:
                release = workspace.ask((line if cell is None else cell).strip())
        except VitrailError as error:
            print(f"{error.message} {error.remedy}".strip())  # noqa: T201 - a notebook's output
            return
        if name:
            shell.user_ns[name] = release
        _show(release, shown)

    shell.register_magic_function(ask, magic_kind="line_cell", magic_name="ask")
    complete_questions(shell)


def _options(line: str) -> tuple[str, str]:
    """The variable's name and what is shown, from what stands behind ``%%ask``."""
    words = line.split()
    names = [word for word in words if word not in _SHOWN]
    if len(names) > 1 or not all(name.isidentifier() for name in names):
        raise UsageError(
            "Behind %%ask stands the name of one variable, --table or --plot.",
            "The question stands in the lines below it.",
        )
    shown = next((_SHOWN[word] for word in words if word in _SHOWN), "both")
    return "".join(names), shown


def _show(release: Release, shown: str) -> None:
    drawn = figure(release) if shown != "table" else None
    if drawn is not None:
        display(drawn)
    if shown != "plot" or drawn is None:
        display(release)
