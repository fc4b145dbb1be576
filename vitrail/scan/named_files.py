"""The files that a scan's options name, so that a run goes on with the same ones or not at all.

``run.json`` holds each by its path from the run's folder, which stays true where the two are moved
together, and by its SHA-256 under the key: of a list of few addresses a bare one could be guessed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.scan.documents import read_options, read_run
from vitrail.scan.options import ScanOptions

_OPTIONS: Final = ("recognizers", "known")


def named_files(options: ScanOptions, directory: Path, keys: Keyring) -> dict[str, dict[str, str]]:
    """By option: ``path`` from ``directory``, and ``fingerprint``."""
    found = {}
    for option in _OPTIONS:
        name = getattr(options, option)
        if name is not None:
            path = Path(name).resolve()
            where = os.path.relpath(path, directory.resolve())
            found[option] = {"path": where, "fingerprint": _fingerprint(path, keys)}
    return found


def options_to_go_on(directory: Path, keys: Keyring) -> ScanOptions:
    """The options of the run in ``directory``, their files found and unchanged.

    Raises :class:`~vitrail.errors.UsageError` where one has changed or is not there any more.
    """
    options = read_options(directory)
    files: Mapping[str, Any] = read_run(directory).get("files", {})
    paths: dict[str, Any] = {}
    for option in _OPTIONS:
        name = getattr(options, option)
        if name is None:
            continue
        if option not in files:
            raise UsageError(
                f"Where {name} lies is not known of this run.",
                f"Go on at the command line with --resume and --{option} FILE.",
            )
        path = (directory / files[option]["path"]).resolve()
        if not path.is_file():
            raise UsageError(
                f"{name}, with which this run was begun, is not where it was.",
                "Put it back, or start a new scan.",
            )
        if _fingerprint(path, keys) != files[option]["fingerprint"]:
            raise UsageError(
                f"{name} has changed since this run was begun.",
                "Put it back as it was, or start a new scan.",
            )
        paths[option] = str(path)
    return replace(options, **paths)


def _fingerprint(path: Path, keys: Keyring) -> str:
    with path.open("rb") as file:
        return keys.fingerprint("file", hashlib.file_digest(file, "sha256").hexdigest())
