"""The browser that tests, pictures and measurements drive: Debian's Chromium."""

from __future__ import annotations

import shutil
from typing import Final

#: The first is the same without what draws a window, and a fifth quicker at a page.
_PROGRAMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser")
NOT_HERE: Final = "a browser is needed; on Debian: apt-get install chromium-headless-shell"


def chromium() -> str:
    """Where it lies. Raises ``FileNotFoundError`` where there is none."""
    for name in _PROGRAMS:
        if (found := shutil.which(name)) is not None:
            return found
    raise FileNotFoundError(NOT_HERE)
