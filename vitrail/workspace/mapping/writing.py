"""Proposed sources written into ``vitrail.toml``, behind what stands there and stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import InlineTable, Table

import vitrail.config as configuration
from vitrail.errors import ConfigError, UsageError
from vitrail.proposal import ProposedSource
from vitrail.workspace import config_file, turns

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


def as_toml(sources: Sequence[ProposedSource]) -> str:
    """The sources as the lines that would be added."""
    blocks = []
    for source in sources:
        document = tomlkit.document()
        parent = tomlkit.table(is_super_table=True)
        parent.add(source.name, _table(source.entries))
        document.add("sources", parent)
        blocks.append(tomlkit.dumps(document).strip() + "\n")
    return "\n".join(blocks)


def write(workspace: OpenWorkspace, sources: Sequence[ProposedSource]) -> None:
    """Add the sources, all or none, and record it.

    Raises :class:`~vitrail.errors.Unwritable` where the file may not be written, and
    :class:`~vitrail.errors.ConfigError` where it would not be read again as it was meant.
    """
    path = workspace.layout.config.resolve()
    with turns.in_turn(workspace.layout.tmp, turns.CONFIG):
        before = config_file.read_to_change(path)
        text = before.decode("utf-8")
        end = "\r\n" if "\r\n" in text else "\n"
        lines = as_toml(sources).replace("\n", end)
        gap = "" if not text or text.endswith("\n") else end
        after = (text + gap + end + lines).encode()
        config_file.replace(path, after, lambda fresh: _read_again(fresh, sources))
    workspace.ledger.append(
        "mapping_written",
        workspace.actor.name,
        {
            "sources": len(sources),
            "tables": sorted({source.table for source in sources}),
            "before": hashlib.sha256(before).hexdigest(),
            "after": hashlib.sha256(after).hexdigest(),
        },
    )


def _table(entries: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in entries.items():
        table.add(key, _inline(value) if isinstance(value, Mapping) else value)
    return table


def _inline(value: Mapping[str, Any]) -> InlineTable:
    inline = tomlkit.inline_table()
    for key, inner in value.items():
        inline.add(key, _inline(inner) if isinstance(inner, Mapping) else inner)
    return inline


def _read_again(fresh: Path, sources: Sequence[ProposedSource]) -> None:
    try:
        read = configuration.load(fresh).sources
    except ConfigError:
        read = {}
    if any(read.get(source.name) != source.source for source in sources):
        raise UsageError(
            f"{configuration.FILE_NAME} cannot take these sources as it is written.",
            "Write each of its sources as a table of its own, [sources.name], not inline; then "
            "map again.",
        )
