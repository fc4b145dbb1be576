"""``vitrail app``: the workbench in the browser."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import vitrail
from vitrail.access import is_loopback
from vitrail.cli.options import Folder
from vitrail.cli.output import say
from vitrail.errors import UsageError
from vitrail.house import carried


def app(
    folder: Folder = None,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option(help="Loopback only, until sign-in is set up.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Open the workbench on this machine; without sign-in it serves loopback only."""
    from vitrail.config import WORKSPACE_VARIABLE

    if not is_loopback(address):
        raise UsageError(
            f"Vitrail does not serve {address}: there is no sign-in, so anyone could look.",
            "Leave --address at 127.0.0.1; to reach it from elsewhere, use an SSH tunnel.",
        )
    with vitrail.open(folder) as workspace:  # a wrong workspace is told here, not in the browser
        root = workspace.layout.root
    say(f"Vitrail on http://{address}:{port} — Ctrl-C ends it.")
    command = [
        sys.executable, "-m", "streamlit", "run", str(carried("app.py")),
        "--server.port", str(port), "--server.address", address,
    ]  # fmt: skip
    environment = {**os.environ, WORKSPACE_VARIABLE: str(root)}
    os.chdir(carried())
    os.execve(sys.executable, command, environment)  # noqa: S606 - signals reach the server itself
