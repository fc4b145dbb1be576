"""Typst templates as tagged PDF; the same data give the same bytes."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitrail.report.looks import PAPER
from vitrail.report.plain import printable
from vitrail.translation import _, language
from vitrail.translation.printed import words_of

if TYPE_CHECKING:
    from typst import Fonts

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = _HERE / "templates"


def print_pdf(template: str, document: dict[str, Any], *, at: datetime) -> bytes:
    """``document``: all that the template shows, as text. ``at`` is the file's own date."""
    import typst

    data = {
        "lang": language(),
        "told": {words: _(words) for words in _words(template)},
        **printable(document),
        "tones": {k: v for k, v in PAPER.items() if k != "font"},
    }
    compiled: bytes = typst.compile(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=at.replace(microsecond=0),  # all that the format takes
    )
    return compiled


@cache
def _words(template: str) -> tuple[str, ...]:
    """What a template tells in the reader's language, and what all of them do."""
    return tuple(
        words
        for name in (template, "paper.typ")
        for words in words_of((_TEMPLATES / name).read_text("utf-8"))
    )


@cache
def _fonts() -> Fonts:
    """The type that Vitrail and Typst carry; none of the system, which differs between machines."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[_HERE / "fonts"])
