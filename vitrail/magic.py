"""``%load_ext vitrail`` adds ``%%ask``: a question through the gate from a notebook cell.

    %%ask weekly
    SELECT week, count(DISTINCT person) FROM activity GROUP BY week

shows the release and leaves it in the variable ``weekly``.
"""

from __future__ import annotations

from typing import Any

from IPython.display import display

import vitrail
from vitrail.errors import VitrailError


def register(shell: Any) -> None:
    """Add the magic to a running IPython."""

    def ask(line: str, cell: str | None = None) -> None:
        """``%%ask [variable]``, the question in SQL below; or ``%ask SELECT …`` in one line."""
        question = line if cell is None else cell
        try:
            with vitrail.open() as workspace:
                release = workspace.ask(question.strip())
        except VitrailError as error:
            print(f"{error.message} {error.remedy}".strip())  # noqa: T201 - a notebook's output
            return
        if cell is not None and line.strip():
            shell.user_ns[line.strip()] = release
        display(release)

    shell.register_magic_function(ask, magic_kind="line_cell", magic_name="ask")
