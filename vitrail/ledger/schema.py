"""Brings a ledger to the present shape; a no-op in microseconds where it already has it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect

from vitrail.errors import UsageError

HEAD: Final = "0008"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The migration that the ledger stands at; None for an empty file."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def upgrade(connection: Connection, *, versions: Path | None = None, to: str = "head") -> None:
    """Run what is missing, within the caller's transaction: all of it or none.

    ``versions`` adds a folder of migrations to the package's own.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    folders = [_MIGRATIONS / "versions", *([versions] if versions else [])]
    config = Config()
    config.set_main_option("script_location", _escaped(_MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(_escaped, folders)))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError:
        raise UsageError(
            "The ledger was made by a newer version of Vitrail.",
            "Install that version or a later one: `vitrail doctor` tells which this is.",
        ) from None


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")  # a percent sign is an interpolation to configparser
