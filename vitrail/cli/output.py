"""What the command line prints: answers to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from unicodedata import category

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, ProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from vitrail.model import InputFile, Progress

#: Columns where nobody's terminal says how wide it is: a pipe or a file.
_WIDE: Final = 180

#: Unicode's controls, directions, halves of characters, and ends of lines.
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _screen(stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _WIDE
    return Console(stderr=stderr, highlight=False, width=width)


def say(sentence: str) -> None:
    """A message for the person at the terminal."""
    _screen(stderr=True).print(Text(legible(sentence)), soft_wrap=True)


def complain(message: str, remedy: str) -> None:
    """What went wrong, and what to do about it."""
    text = Text("vitrail: ", style="bold") + Text(legible(message))
    if remedy:
        text.append(f" {legible(remedy)}", style="dim")
    _screen(stderr=True).print(text, soft_wrap=True)


def legible(text: str) -> str:
    """A line that moves no cursor: a file's name may hold a newline or a terminal's commands."""
    return "".join(
        c.encode("unicode_escape").decode() if category(c) in _UNSEEN else c for c in text
    )


def answer_text(text: str) -> None:
    """An answer as it is."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def answer_bytes(content: bytes) -> None:
    """An answer that is no text, such as a PDF."""
    sys.stdout.buffer.write(content)


def answer_json(document: dict[str, Any]) -> None:
    """One JSON document and nothing else."""
    answer_text(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def answer_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table; columns whose name ends in ``#`` hold numbers and stand to the right."""
    table = Table(title=title or None, title_justify="left", header_style="bold", box=None)
    for name in columns:
        right = name.endswith("#")
        table.add_column(name.rstrip("#"), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else legible(str(cell))) for cell in row))
    _screen().print(table)


def tell_unreadable(inputs: Sequence[InputFile]) -> None:
    """One sentence for each input that could not be read."""
    for item in inputs:
        name = item.name if item.table is None else f"{item.name} · {item.table}"
        complain(f"{name}: {item.reason}", item.remedy or "")


def _bar(*columns: ProgressColumn) -> Bar:
    """A bar on standard error that goes when it is done; where that is no terminal, not a line."""
    console = _screen(stderr=True)
    return Bar(*columns, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left, on a terminal; elsewhere nothing is drawn."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[told]}"),
    )
    with _bar(*columns) as bar:
        task = bar.add_task(title, total=1.0, told="")

        def watch(now: Progress) -> None:
            bar.update(task, completed=now.share, told=progress_words(now))

        yield watch


@contextmanager
def working(title: str) -> Iterator[Callable[[str, float | None], None]]:
    """A bar for work that is told in words, with the time that it has taken; on a terminal alone.

    What is yielded takes what is done now and the share that is done, None where nobody knows.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[told]}"),
    )
    with _bar(*columns) as bar:
        task = bar.add_task(title, total=None, told="")

        def step(words: str, share: float | None = None) -> None:
            total = None if share is None else 1.0
            bar.update(task, total=total, completed=share or 0.0, told=escape(legible(words)))

        yield step


def progress_words(now: Progress) -> str:
    """How far a scan is: ``12.5 of 40.0 MB, 81,000 rows, 240,000 cells/s, 310 hits, 0:42 left``."""
    left = now.seconds_left
    words = [
        f"{now.done_bytes / 1e6:,.1f} of {now.total_bytes / 1e6:,.1f} MB",
        f"{now.rows:,} rows",
        f"{now.cells_per_second:,.0f} cells/s",
        f"{now.hits:,} hits",
        *([] if left is None else [f"{timedelta(seconds=round(left))} left"]),
    ]
    return ", ".join(words)
