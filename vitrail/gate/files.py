"""The files of epochs: ``20260301-1a2b3c4d.duckdb``, and ``….1.duckdb`` once it was purged.

No file name is used twice. The engine knows an open file by its name: a process that holds one
would go on serving its rows whatever lies there now.
"""

from __future__ import annotations

from pathlib import Path


def epoch_file(folder: Path, epoch: str) -> Path:
    """The file of an epoch, the one purged last; it need not be there."""
    return max(epoch_files(folder, epoch), key=_purges, default=folder / f"{epoch}.duckdb")


def epoch_files(folder: Path, epoch: str) -> tuple[Path, ...]:
    """All files of an epoch: of more than one, an import that died has left the lesser."""
    whole = folder / f"{epoch}.duckdb"
    return (*((whole,) if whole.exists() else ()), *folder.glob(f"{epoch}.*.duckdb"))


def next_file(folder: Path, epoch: str) -> Path:
    """The file that an epoch will have once it is purged again."""
    return folder / f"{epoch}.{_purges(epoch_file(folder, epoch)) + 1}.duckdb"


def epochs_in(folder: Path) -> tuple[str, ...]:
    """Every epoch that is kept, oldest first."""
    return tuple(sorted({path.name.split(".")[0] for path in folder.glob("[0-9]*.duckdb")}))


def _purges(file: Path) -> int:
    """How often the epoch was purged, by its file's name."""
    number = file.name.split(".")[1]
    return int(number) if number.isdigit() else 0
