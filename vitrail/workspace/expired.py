"""What of a workspace's own files is past its period, and what each of them is.

A run is as old as its name says, an epoch as its manifest; anything else as its last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from vitrail import gate
from vitrail.scan import HITS_OF_A_RUN

if TYPE_CHECKING:
    from vitrail.config import Retention
    from vitrail.workspace.layout import Layout

_STAMP: Final = re.compile(r"-(\d{8}-\d{6})-")
_LOG: Final = re.compile(r"(\d{4}-\d\d-\d\d)\.jsonl")


@dataclass(frozen=True, slots=True)
class Expired:
    """One file or folder past its period. ``holder``: the folder whose users must be waited for."""

    path: Path
    holder: Path


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of own data: where it lies, its period in days, and what of it is past that."""

    name: str
    days: int
    home: Path
    expired: tuple[Expired, ...]


def categories(layout: Layout, periods: Retention, now: datetime) -> tuple[Category, ...]:
    """Each category of files with what is past its period on ``now`` (UTC)."""
    runs = [p for p in _entries(layout.runs) if p.is_dir()]
    checks = [p for p in runs if p.name.startswith("check-")]
    others = [p for p in runs if p not in checks]
    gone = _past(others, now, periods.runs)
    kept = [p for p in others if p not in gone]
    hits = [
        Expired(run / name, run)
        for run in _past(kept, now, periods.hits)
        for name in HITS_OF_A_RUN
        if (run / name).exists()
    ]
    return (
        Category("facts", periods.facts, layout.facts, _alone(_epochs(layout, periods, now))),
        Category("runs", periods.runs, layout.runs, _alone(gone)),
        Category("hits", periods.hits, layout.runs, tuple(hits)),
        Category("packs", periods.packs, layout.runs, _alone(_past(checks, now, periods.packs))),
        Category("reports", periods.reports, layout.reports,
                 _alone(_past(_entries(layout.reports), now, periods.reports))),
        Category("logs", periods.logs, layout.logs,
                 _alone(_past(_entries(layout.logs), now, periods.logs))),
        Category("tmp", periods.tmp, layout.tmp,
                 _alone(_past(_leftovers(layout.tmp), now, periods.tmp))),
    )  # fmt: skip


def exports_past(layout: Layout, periods: Retention, now: datetime) -> int | None:
    """How many export files are older than their period; None where there is none."""
    if periods.exports is None:
        return None
    files = (p for p in layout.exports.rglob("*") if p.is_file())
    return sum(_changed(p) < now - timedelta(days=periods.exports) for p in files)


def _entries(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if not p.name.startswith(".") and not p.is_symlink())


def _alone(paths: Iterable[Path]) -> tuple[Expired, ...]:
    return tuple(Expired(path, path) for path in paths)


def _past(paths: Iterable[Path], now: datetime, days: int) -> list[Path]:
    return [path for path in paths if _age(path) < now - timedelta(days=days)]


def _epochs(layout: Layout, periods: Retention, now: datetime) -> Iterator[Path]:
    before = now - timedelta(days=periods.facts)
    return (e.file for e in gate.old_epochs(layout.facts) if e.built_at < before)


def _leftovers(tmp: Path) -> Iterator[Path]:
    """What no living process has as its own, and no lock."""
    for path in _entries(tmp):
        alive = path.name.isdigit() and psutil.pid_exists(int(path.name))
        if path.suffix != ".lock" and not alive:
            yield path


def _age(path: Path) -> datetime:
    """When it was made (UTC)."""
    stamp, day = _STAMP.search(path.name), _LOG.fullmatch(path.name)
    if stamp is not None and path.is_dir():
        return datetime.strptime(stamp[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    if day is not None:
        return datetime.fromisoformat(day[1]).replace(tzinfo=UTC) + timedelta(days=1)
    return _changed(path)


def _changed(path: Path) -> datetime:
    """The last change of a file, or of anything in a folder."""
    inside = path.rglob("*") if path.is_dir() else ()
    return datetime.fromtimestamp(
        max(p.lstat().st_mtime for p in (path, *inside)), UTC
    )  # fmt: skip
