"""A file of what is already known, so that a pipeline fails on what is new alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vitrail.keys import Keyring
from vitrail.model import Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings beside a baseline. ``gone``: ids that the baseline knows and the run lacks."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[str, ...]


def write_baseline(path: Path, directory: Path, findings: Sequence[Finding], keys: Keyring) -> None:
    """Write down the findings of the run in ``directory`` as known."""
    raise NotImplementedError


def compare_baseline(
    path: Path, directory: Path, findings: Sequence[Finding], keys: Keyring
) -> Comparison:
    """Which findings are new beside a baseline; refuses one written under another key."""
    raise NotImplementedError
