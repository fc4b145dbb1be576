"""Markdown as the pages need it: tables, and words that mean themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. Cells are Markdown; what would end a cell or a row is written out."""
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def code(words: str) -> str:
    """As it is typed; nothing where there is nothing. No bar can stand in a cell's code."""
    return f"`{words.replace('|', '/')}`" if words else ""


def prose(words: str) -> str:
    """A docstring's words: one line, single backticks, no roles of Sphinx."""
    return " ".join(words.split()).replace("``", "`").replace("<", "&lt;")


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
