"""A workspace on disk: what lies where, and who may open it."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from vitrail.config import FILE_NAME, RECOGNIZERS_FILE
from vitrail.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Layout:
    """The places in a workspace folder; ``exports`` is read, never written."""

    root: Path
    exports: Path

    @property
    def config(self) -> Path:
        return self.root / FILE_NAME

    @property
    def recognizers(self) -> Path:
        return self.root / RECOGNIZERS_FILE

    @property
    def facts(self) -> Path:
        return self.root / "facts"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.db"

    @property
    def views(self) -> Path:
        return self.root / "views.json"

    @property
    def annotations(self) -> Path:
        return self.root / "annotations.json"

    @property
    def key(self) -> Path:
        return self.root / "key"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    def prepare(self) -> None:
        """Make the folders, each for its owner alone, and clear what dead processes left."""
        try:
            for folder in (self.facts, self.runs, self.reports, self.logs, self.tmp):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise ConfigError(
                f"The workspace {self.root.name} cannot be written: {error.strerror}.",
                "Give this user the right to write there, or make room on the disk.",
            ) from None
        for left in self.tmp.iterdir():
            if left.name.isdigit() and not psutil.pid_exists(int(left.name)):
                shutil.rmtree(left, ignore_errors=True)

    def scratch(self) -> Path:
        """This process's own folder below ``tmp``, for the engine to spill to."""
        folder = self.tmp / str(os.getpid())
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def new_run_id(kind: str) -> str:
    """A run's name: what it is, when it began (UTC), and four letters against a tie."""
    return f"{kind}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
