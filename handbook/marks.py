"""Which table each mark of a page stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handbook import (
    commands,
    controls,
    exits,
    facts,
    formats,
    kinds,
    licences,
    presets,
    recognizers,
    settings,
)

MADE: Mapping[str, Callable[[], str]] = {
    "commands": commands.page,
    "settings": settings.page,
    "retention": settings.retention,
    "sign-in": settings.sign_in,
    "facts": facts.page,
    "controls": controls.page,
    "recognizers": recognizers.page,
    "presets": presets.page,
    "ledger kinds": kinds.page,
    "exit codes": exits.page,
    "formats read": formats.read,
    "formats written": formats.written,
    "hits": formats.hits,
    "minors": formats.minors,
    "licences": licences.run_with,
    "licences of tools": licences.work_with,
}
MARK = re.compile(r"^<!-- made: ([a-z -]+) -->$", re.M)


def filled(page: str) -> str:
    """A page with each of its marks replaced by what it stands for."""
    return MARK.sub(lambda mark: MADE[mark[1]](), page)
