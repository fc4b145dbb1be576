"""A workspace that is open: where it lies, its settings, keys and ledger, and who opened it."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

import vitrail.config as configuration
from vitrail import logs
from vitrail.access import local_actor
from vitrail.config import Settings
from vitrail.errors import KeyMismatch, Unwritable
from vitrail.keys import KEY_FILE_VARIABLE, Keyring
from vitrail.ledger import Ledger
from vitrail.model import (
    Actor,
)
from vitrail.workspace.layout import Layout


class OpenWorkspace:
    """What all that is done with a workspace works on; a context manager, or call :meth:`close`."""

    def __init__(
        self, layout: Layout, settings: Settings, keys: Keyring, ledger: Ledger, actor: Actor
    ) -> None:
        self.layout = layout
        self.settings = settings
        self.keys = keys
        self.ledger = ledger
        self.actor = actor

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.layout.root.name!r}, actor={self.actor.name!r})"

    @classmethod
    def open(cls, directory: str | Path | None = None, actor: Actor | None = None) -> Self:
        """Open ``directory`` (else as :func:`vitrail.config.find`), making its key at first."""
        root = configuration.find(Path(directory) if directory is not None else None).resolve()
        settings = configuration.load(root / configuration.FILE_NAME)
        layout = Layout(root, root / settings.exports)
        layout.prepare()
        logs.configure(root, days=settings.retention.logs)
        keys = _keys(layout)
        ledger = Ledger.open(
            settings.ledger_url or layout.ledger, keys.check_value, home=layout.root
        )
        return cls(layout, settings, keys, ledger, actor or local_actor())

    def close(self) -> None:
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _keys(layout: Layout) -> Keyring:
    """The workspace's key; made at first, but never anew beside a ledger that knows another."""
    if KEY_FILE_VARIABLE in os.environ or layout.key.exists():
        return Keyring.load(layout.key)
    if layout.ledger.exists():
        raise KeyMismatch(
            "This workspace's key is lost: its ledger is here, its file `key` is not.",
            "Restore `key` from its backup. Without it no person and no finding is known again; "
            "to begin anew, move ledger.db, facts and runs away.",
        )
    try:
        return Keyring.create(layout.key)
    except FileExistsError:  # another process made it meanwhile
        return Keyring.load(layout.key)
    except OSError as error:
        raise Unwritable(
            f"The workspace key cannot be written: {error.strerror}.",
            f"See that {layout.root.name} has room and that this user may write there.",
        ) from None
