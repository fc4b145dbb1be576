"""Words that several of the commands take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Id = Annotated[str, typer.Argument(help="The finding's id, from `vitrail findings list`.")]
Ids = Annotated[list[str], typer.Argument(help="The findings' ids.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, without personal data.")]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The last day of it."),
]
