"""Where epochs lie: a file each, never written again, and ``CURRENT``, which names one of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from vitrail.gate.files import epoch_file, epoch_files, epochs_in, next_file
from vitrail.gate.manifest import EpochManifest
from vitrail.gate.staging import Kept
from vitrail.gate.store import CURRENT, EpochReader

_UNFINISHED: Final = (".staging.duckdb*", ".building.duckdb*", ".purging.duckdb*", ".CURRENT*")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of epochs of one workspace, for the one import that may write there."""

    folder: Path

    def file(self, epoch: str) -> Path:
        return epoch_file(self.folder, epoch)

    def in_force(self) -> str | None:
        """The epoch that ``CURRENT`` names; None before the first."""
        try:
            name = (self.folder / CURRENT).read_text("ascii").strip()
        except FileNotFoundError:
            return None
        return name if self.file(name).is_file() else None

    def epochs(self) -> tuple[str, ...]:
        """Every epoch, in force or old."""
        return epochs_in(self.folder)

    def manifest(self, epoch: str) -> EpochManifest:
        with closing(EpochReader(self.file(epoch))) as reader:
            return reader.manifest

    def manifests(self) -> tuple[EpochManifest, ...]:
        """Of all epochs that can be read, the newest first."""
        read = []
        for epoch in self.epochs():
            try:
                read.append(self.manifest(epoch))
            except (duckdb.Error, ValueError):  # a damaged epoch answers nothing either
                continue
        return tuple(sorted(read, key=lambda manifest: manifest.built_at, reverse=True))

    def kept(self) -> dict[str, Kept]:
        """Each fact as the newest epoch has it that has it at all."""
        found: dict[str, Kept] = {}
        for manifest in self.manifests():
            for fact in manifest.facts:
                found.setdefault(fact.name, Kept(fact, self.file(manifest.epoch)))
        return found

    def unused(self, epoch: str) -> str:
        """``epoch``, or with a number behind: a name that was in force once is not used again."""
        name, count = epoch, 1
        while self.file(name).exists():
            count += 1
            name = f"{epoch}-{count}"
        return name

    @contextmanager
    def workshop(self) -> Iterator[tuple[Path, Path]]:
        """Two names beside the epochs, on the same disk, for what is not finished yet."""
        self.sweep()
        try:
            yield self.folder / ".staging.duckdb", self.folder / ".building.duckdb"
        finally:
            self.sweep()

    def sweep(self) -> None:
        """Remove what an import that died has left."""
        for pattern in _UNFINISHED:
            for path in self.folder.glob(pattern):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
        for epoch in self.epochs():
            for path in set(epoch_files(self.folder, epoch)) - {self.file(epoch)}:
                path.unlink()

    def put_in_force(self, building: Path, epoch: str) -> None:
        """Name the finished file, then let ``CURRENT`` name it; both survive a power cut."""
        self._name(building, self.file(epoch))
        pointer = self.folder / f".{CURRENT}.new"
        pointer.write_text(f"{epoch}\n", "ascii")
        sync(pointer)
        pointer.replace(self.folder / CURRENT)
        sync(self.folder)

    def replace(self, building: Path, epoch: str) -> None:
        """Let the finished file be the epoch's, and remove the one that was."""
        former = self.file(epoch)
        self._name(building, next_file(self.folder, epoch))
        former.unlink()
        sync(self.folder)

    def _name(self, building: Path, file: Path) -> None:
        building.chmod(0o600)
        sync(building)
        building.rename(file)
        sync(self.folder)


def sync(path: Path) -> None:
    """Wait until a file, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
