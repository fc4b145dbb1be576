"""How sizes, times and progress are written."""

from __future__ import annotations

from vitrail.model import Progress
from vitrail.translation import N_, _, ngettext, number


def size(count: float) -> str:
    """Bytes as ``12.4 MB``."""
    for unit in (N_("B"), N_("kB"), N_("MB"), N_("GB")):
        if count < 1000:
            return f"{number(count, ',.0f' if unit == 'B' else ',.1f')} {_(unit)}"
        count /= 1000
    return f"{number(count, ',.1f')} {_('TB')}"


def duration(seconds: float | None) -> str:
    """Seconds as ``3 s``, ``4 min``, ``1.5 h``."""
    if seconds is None:
        return "?"
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{number(seconds / 3600, '.1f')} h"


def progress_words(progress: Progress | None) -> str:
    """``42 % of 7.8 MB · 310,000 cells/s · 1,204 hits · 12 s left · crm.xlsx``."""
    if progress is None:
        return _("Opening the exports…")
    left = progress.seconds_left
    parts = [
        _("{share:.0%} of {size}", share=progress.share, size=size(progress.total_bytes)),
        _("{rate:,.0f} cells/s", rate=progress.cells_per_second),
        ngettext("{count:,} hit", "{count:,} hits", progress.hits),
        _("{time} left", time=duration(left)) if left is not None else "",
        progress.current,
    ]
    return " · ".join(part for part in parts if part)
