"""Every command with its arguments and options, as typer knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from typer.main import get_command

from handbook.tables import code, prose, table
from vitrail.cli.commands import application


def commands() -> dict[str, Any]:
    """Each command by the words that call it: ``vitrail ledger verify``."""
    return dict(_within(get_command(application), "vitrail"))


def parameters(command: Any) -> list[Any]:
    """What a command takes, in the order of its help; hidden options are the program's own."""
    return [one for one in command.params if not getattr(one, "hidden", False)]


def page() -> str:
    """A section a command: what it does, then a table of what it takes."""
    return "\n\n".join(_section(name, command) for name, command in commands().items())


def _within(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
        return
    for word, one in below.items():
        if not one.hidden:
            yield from _within(one, f"{name} {word}")


def _section(name: str, command: Any) -> str:
    rows = [(_called(one), _default(one), _said(one)) for one in parameters(command)]
    parts = [prose(part) for part in (command.help or "").split("\n\n")]
    examples = (command.epilog or "").partition("\n")[2]
    return "\n\n".join([f"## {name}", *parts, examples, table(("takes", "by default", ""), rows)])


def _called(one: Any) -> str:
    if one.param_type_name == "argument":
        return code(one.metavar or one.name.upper())
    words = ", ".join([*one.opts, *one.secondary_opts])
    return code(f"{words} {one.metavar or ''}".strip())


def _said(one: Any) -> str:
    choices = ", ".join(map(code, _choices(one)))
    return f"{prose(one.help or '')} {f'({choices})' if choices else ''}".strip()


def _choices(one: Any) -> tuple[str, ...]:
    annotation = one.type_descriptor.annotation
    return tuple(map(str, get_args(annotation))) if get_origin(annotation) is Literal else ()


def _default(one: Any) -> str:
    if one.required:
        return "needed"
    if one.default in (None, "", (), []) or getattr(one, "is_flag", False):
        return ""
    return code(
        one.default.date().isoformat() if hasattr(one.default, "date") else str(one.default)
    )
