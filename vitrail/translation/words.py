"""A message in the language of who reads, with its values in their place."""

from __future__ import annotations

from string import Formatter
from typing import Any, Final, TypeVar

from vitrail.translation.catalogue import catalogue
from vitrail.translation.figures import day as _day
from vitrail.translation.figures import is_day, is_figure
from vitrail.translation.figures import number as _number
from vitrail.translation.speaking import language

M = TypeVar("M", bound=str)


class _InPlace(Formatter):
    """``str.format`` that writes numbers and days as the reader's language does."""

    def format_field(self, value: Any, spec: str) -> str:
        if is_day(value) and not spec:
            return _day(value)
        if is_figure(value):
            return _number(value, spec)
        return format(value, spec)


_IN_PLACE: Final = _InPlace()


def _(message: str, /, **values: Any) -> str:
    """The message told, ``{names}`` in it filled by ``values``: ``_("{n:,} cells", n=1240)``.

    ``message`` is a literal, or a constant marked by :func:`N_`.
    """
    told = catalogue(language()).words.gettext(message) if message else message
    return _IN_PLACE.vformat(told, (), values) if values else told


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The form for ``count``, which fills ``{count}`` in it: ``"{count:,} case"``."""
    told = catalogue(language()).words.ngettext(one, many, count)
    return _IN_PLACE.vformat(told, (), {"count": count, **values})


def N_(message: M, /) -> M:  # noqa: N802 - gettext's own name for it
    """Mark a constant for the catalogues; it is told where it is shown, by :func:`_`."""
    return message
