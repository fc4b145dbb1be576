"""``vitrail app``: the workbench in the browser."""

from __future__ import annotations

import os
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
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="The port that it listens on.")
    ] = 8501,
    address: Annotated[str, typer.Option(help="Loopback only, until sign-in is set up.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Open the workbench; without sign-in it serves this machine only."""
    from vitrail.config import WORKSPACE_VARIABLE
    from vitrail.workbench import serve
    from vitrail.workspace.streamlit_secrets import write_secrets

    with vitrail.open(folder) as workspace:  # a wrong workspace is told here, not in the browser
        root, sign_in = workspace.layout.root, workspace.settings.sign_in
        if sign_in is None and not is_loopback(address):
            raise UsageError(
                f"Vitrail does not serve {address}: there is no sign-in, so anyone could look.",
                "Leave --address at 127.0.0.1 and use an SSH tunnel to reach it from elsewhere, "
                "or set up [sign_in] in vitrail.toml.",
            )
        secrets = write_secrets(workspace)
    say(f"Vitrail on http://{address}:{port} — Ctrl-C ends it.")
    os.environ[WORKSPACE_VARIABLE] = str(root)
    os.chdir(carried())
    serve(port, address, secrets)
