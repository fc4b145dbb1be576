"""Vitrail shows what a company's users do without showing who they are, and proves from
exported data that the company keeps the promises of its privacy policy.

    import vitrail
    ws = vitrail.open("DIR")
    ws.ask("SELECT country, count(DISTINCT person) FROM activity GROUP BY country")
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    import plotly.graph_objects as go

    from vitrail.model import Actor, Release
    from vitrail.workspace import Workspace

__version__: Final = "0.1.0"

# ONNX Runtime tells its maker of each session, from its import on, unless this is set before.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def open(  # noqa: A001 - `vitrail.open` is the name that users know
    directory: str | Path | None = None, actor: Actor | None = None
) -> Workspace:
    """Open a workspace; without an actor, as the local user with every role."""
    from vitrail.workspace import Workspace

    return Workspace.open(directory, actor)


def plot(release: Release) -> go.Figure | None:
    """A release of one dimension as a chart in the template of the pages; None for any other."""
    from vitrail.magic import figure

    return figure(release)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext vitrail`` adds ``%%ask`` to a notebook."""
    from vitrail.magic import register

    register(shell)
