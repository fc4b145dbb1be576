"""What Streamlit needs for signing in, in a file of this process alone."""

from __future__ import annotations

import json
from pathlib import Path

from vitrail.private_files import write_private
from vitrail.sign_in import client_secret
from vitrail.workspace.open_workspace import OpenWorkspace


def write_secrets(workspace: OpenWorkspace) -> Path | None:
    """Write it below ``tmp/<pid>``, for the owner alone; None where sign-in is not set up.

    The folder is cleared at the first opening after the process has ended. The secret is in no
    argument, no environment of the server and no log.
    """
    sign_in = workspace.settings.sign_in
    if sign_in is None:
        return None
    auth = {
        "redirect_uri": sign_in.redirect_uri,
        "cookie_secret": workspace.keys.cookies,
        "client_id": sign_in.client_id,
        "client_secret": client_secret(sign_in, workspace.layout.root),
        "server_metadata_url": sign_in.metadata_url,
    }
    asked = {"scope": sign_in.scope, "prompt": sign_in.prompt}
    lines = ["[auth]", *_lines(auth), "[auth.client_kwargs]", *_lines(asked), ""]
    place = workspace.layout.scratch() / "secrets.toml"
    write_private(place, "\n".join(lines))
    return place


def _lines(values: dict[str, str]) -> list[str]:
    # a text in JSON is one in TOML too
    return [f"{key} = {json.dumps(value)}" for key, value in values.items()]
