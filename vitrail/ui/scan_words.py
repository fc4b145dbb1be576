"""How sizes, times and progress are written. No Streamlit here."""

from __future__ import annotations

from vitrail.model import Progress


def size(count: float) -> str:
    """Bytes as ``12.4 MB``."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "B" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"


def duration(seconds: float | None) -> str:
    """Seconds as ``3 s``, ``4 min``, ``1.5 h``."""
    if seconds is None:
        return "?"
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def progress_words(progress: Progress | None) -> str:
    """``42 % of 7.8 MB · 310,000 cells/s · 1,204 hits · 12 s left · crm.xlsx``."""
    if progress is None:
        return "Opening the exports…"
    left = progress.seconds_left
    parts = [
        f"{progress.share:.0%} of {size(progress.total_bytes)}",
        f"{progress.cells_per_second:,.0f} cells/s",
        f"{progress.hits:,} hits",
        f"{duration(left)} left" if left is not None else "",
        progress.current,
    ]
    return " · ".join(part for part in parts if part)
