"""Typst templates as tagged PDF; the same data give the same bytes."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

_TEMPLATES: Final = Path(__file__).parent / "templates"


def print_pdf(template: str, document: dict[str, Any], *, at: datetime) -> bytes:
    """``document``: all that the template shows, as text. ``at`` is the file's own date."""
    import typst

    compiled: bytes = typst.compile(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(document, ensure_ascii=False)},
        timestamp=at.replace(microsecond=0),  # all that the format takes
    )
    return compiled
