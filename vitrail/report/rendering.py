"""Fills the templates. Everything is escaped: names of files and columns come from exports."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vitrail import __version__
from vitrail.report.looks import SEVERITIES, TONES, VERDICTS
from vitrail.report.plain import harmless, named
from vitrail.translation import LONG_DAY, _, language, ngettext, retold
from vitrail.translation import day as told_day
from vitrail.translation import number as told_number

_AFTER: Final = re.compile(r"(?<=[/_.·-])(?=[^/_.·-])")
_TEMPLATES: Final = Path(__file__).parent / "templates"
_TYPE: Final = Path(__file__).parent / "fonts" / "VitrailSans-page.woff2"


def render(template: str, **values: Any) -> str:
    """A template of ``report/templates/`` with its values; ``version`` is always there.

    Filters: ``number`` (1,240), ``share`` (12.4 %), ``day``, ``moment``, ``span`` (seconds as
    words), ``sentence`` (a capital first) and ``retold`` (what lower floors said in English).
    ``named(dataset, table, column)`` says where something stands.
    """
    return (
        _environment().get_template(template).render(version=__version__, lang=language(), **values)
    )


def number(value: float | None) -> str:
    """No decimals, thousands as the language marks them; a dash where there is none."""
    return "–" if value is None else told_number(value, ",.0f")


def share(value: float | None) -> str:
    """A rate from 0 to 1 as a percentage with one decimal."""
    return "–" if value is None else _("{figure:.1f} %", figure=100 * value)


def day(value: date | None) -> str:
    return "–" if value is None else told_day(value, LONG_DAY)


def moment(value: datetime | None) -> str:
    return "–" if value is None else f"{day(value)}, {value:%H:%M} UTC"


def span(seconds: float) -> str:
    """Seconds as people say them: ``0.4 s``, ``12 s``, ``3 min 5 s``, ``2 h 10 min``."""
    if seconds < 10:
        return f"{told_number(seconds, '.1f')} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def sentence(text: str) -> str:
    """The first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def breakable(text: str) -> Markup:
    """A long name that breaks after its separators, not within its words."""
    return Markup("<wbr>").join(_AFTER.split(harmless(text)))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    for function in (number, share, day, moment, span, sentence, retold, breakable):
        environment.filters[function.__name__] = function
    environment.globals |= {
        "_": _,
        "ngettext": ngettext,
        "named": named,
        "tones": TONES,
        "type": Markup(b64encode(_TYPE.read_bytes()).decode()),  # noqa: S704 - letters and digits
        "verdicts": {verdict.value: look for verdict, look in VERDICTS.items()},
        "severities": {severity.value: look for severity, look in SEVERITIES.items()},
    }
    return environment


def _shown(value: Any) -> Any:
    """What a template shows of a value: text from data does nothing but be read."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value
