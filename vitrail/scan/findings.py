"""Hits grouped into the things that a human decides on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from vitrail.keys import Keyring
from vitrail.model import Finding

Declared = Mapping[tuple[str, str | None, str], str]


def findings(
    directory: Path, *, declared: Declared = MappingProxyType({}), keys: Keyring
) -> tuple[Finding, ...]:
    """The findings of a run, worst first. ``declared``: (dataset, table, exported column) →
    canonical column as the mapping says (``accounts.email``)."""
    raise NotImplementedError
