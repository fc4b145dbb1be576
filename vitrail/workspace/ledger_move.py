"""The ledger moved to a PostgreSQL server or back into its file, and ``vitrail.toml`` with it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import tomlkit

import vitrail.config as configuration
from vitrail.database_addresses import is_database, without_secrets
from vitrail.errors import ConfigError, UsageError
from vitrail.ledger import ChainReport
from vitrail.workspace import config_file, turns

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

_SETTING: Final = "ledger_url"
_VARIABLE: Final = "VITRAIL_SET_LEDGER_URL"


def move_ledger(workspace: OpenWorkspace, to: str) -> ChainReport:
    """Carry the ledger to the database at ``to``, or to ``ledger.db``; its chain as it arrived.

    In this order: the copy stands whole, the old ledger is sealed, the setting is changed. A move
    that was cut short is gone on with by the same call.
    """
    _require_movable(workspace, to)
    config = workspace.layout.config.resolve()
    with ExitStack() as held:
        for work in (turns.CYCLE, turns.IMPORT, turns.SCAN, turns.PURGE):
            held.enter_context(turns.alone(workspace.layout.tmp, work))
        held.enter_context(turns.in_turn(workspace.layout.tmp, turns.CONFIG))
        address = to if is_database(to) else None
        content = _changed(config_file.read_to_change(config), address)
        place = address or workspace.layout.ledger
        chain = workspace.ledger.carry_over(place, home=workspace.layout.root)
        config_file.replace(config, content, lambda file: _require_read(file, address))
    return chain


def _require_movable(workspace: OpenWorkspace, to: str) -> None:
    """Refuse what would not end well, before anything is touched."""
    own = workspace.layout.ledger.name
    if _VARIABLE in os.environ:
        raise UsageError(
            f"{_VARIABLE} says where the ledger is, whatever stands in vitrail.toml.",
            "Unset it, with the address in vitrail.toml, and move then.",
        )
    if not is_database(to):
        if to != own:
            raise UsageError(
                "A ledger is moved to a PostgreSQL database, or back into its own file.",
                f"Give postgresql://user@host/database, or {own}.",
            )
    elif not without_secrets(to):
        raise UsageError(
            "This is no address of a database.", "Write postgresql://user@host/database."
        )
    elif _tells_password(to):
        raise UsageError(
            "The address would put a password into vitrail.toml.",
            "Leave it out: the password belongs into PGPASSFILE or PGPASSWORD.",
        )
    if to == (workspace.settings.ledger_url or own):
        raise UsageError("The ledger is there already.", "Name another place.")


def _tells_password(address: str) -> bool:
    from psycopg.conninfo import conninfo_to_dict

    return len(conninfo_to_dict(address)) > len(without_secrets(address))


def _changed(before: bytes, address: str | None) -> bytes:
    """The file with the setting changed, every comment and line end where it was."""
    text = before.decode("utf-8")
    document = tomlkit.parse(text)
    if address is None:
        document.pop(_SETTING, None)
    else:
        document[_SETTING] = address
    return tomlkit.dumps(document).encode()


def _require_read(file: Path, address: str | None) -> None:
    if configuration.load(file).ledger_url != address:
        raise ConfigError(
            "The ledger is moved, but vitrail.toml cannot take its new address as it is written.",
            f"Write {_SETTING} = the address that you gave before all sections.",
        )
