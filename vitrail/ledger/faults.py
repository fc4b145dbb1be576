"""What SQLite says when it cannot, in a sentence with its remedy."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from vitrail.errors import Unwritable, UsageError, VitrailError
from vitrail.ledger.postgres_guards import MOVED, MOVED_CODE


def explain(error: DBAPIError, path: Path) -> VitrailError:
    """The error to raise in its place; it names the file, never what was to be written."""
    cause = error.orig
    if MOVED in str(cause):
        return _moved()
    name = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    for prefix, told in _SENTENCES.items():
        if name.startswith(prefix):
            return type(told)(
                told.message.format(name=path.name), told.remedy.format(folder=path.parent)
            )
    if isinstance(cause, sqlite3.IntegrityError):
        return VitrailError(f"The ledger {path.name} refused a line ({name}).")
    return VitrailError(f"The ledger {path.name} cannot be used ({name}).")


def _moved() -> UsageError:
    return UsageError(
        "This ledger was moved to another database; it takes no more lines.",
        "Open the workspace again: reload the page, begin the command anew. ledger_url in "
        "vitrail.toml says where the ledger is.",
    )


def explain_server(error: DBAPIError) -> VitrailError:
    """The same of a PostgreSQL server; neither its address nor a password is repeated."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state == MOVED_CODE:
        return _moved()
    for prefix, told in _OF_SERVER.items():
        if state.startswith(prefix):
            return type(told)(told.message, told.remedy)
    if not state:
        return Unwritable(
            "The ledger's database server cannot be reached, or does not let this user in.",
            "See that it runs, and that ledger_url in vitrail.toml names it, a database that is "
            "there, and a user; the password may be in PGPASSFILE or PGPASSWORD.",
        )
    return VitrailError(f"The ledger's database cannot be used ({state}).")


_OF_SERVER: dict[str, VitrailError] = {
    "42501": Unwritable(
        "This user may not write the ledger in its database.",
        "Let it create and use tables in its schema.",
    ),
    "25006": Unwritable("The ledger's database is read-only.", "Name the server that is not."),
    "53": Unwritable(
        "The ledger's database server has no room; nothing was half-written.",
        "Make room there and do it again.",
    ),
    "55P03": Unwritable(
        "The ledger is held by another program.",
        "Wait until it has finished, then do it again.",
    ),
    "57P": Unwritable(
        "The ledger's database server is shutting down or starting.",
        "Wait a little, then do it again.",
    ),
    "P0001": VitrailError("The ledger refused a line.", ""),
}

# each as the catalogues tell it, {name} and {folder} still to be filled in
_SENTENCES: dict[str, VitrailError] = {
    "SQLITE_BUSY": Unwritable(
        "The ledger {name} is held by another program.",
        "Wait until it has finished, or close what keeps the file open in {folder}.",
    ),
    "SQLITE_FULL": Unwritable(
        "The disk with the ledger {name} is full; nothing was half-written.",
        "Make room on the disk of {folder} and do it again.",
    ),
    "SQLITE_READONLY": Unwritable(
        "The ledger {name} may not be written.",
        "Run as the user who owns the workspace, or make {folder} writable for this one.",
    ),
    "SQLITE_CANTOPEN": Unwritable(
        "The ledger {name} cannot be opened or made.",
        "See that {folder} exists and that this user may write in it.",
    ),
    # no room even for what readers share
    "SQLITE_IOERR_SHMSIZE": Unwritable(
        "The disk with the ledger {name} is full; nothing was half-written.",
        "Make room on the disk of {folder} and do it again.",
    ),
    "SQLITE_IOERR": Unwritable(
        "The disk with the ledger {name} does not do what it is asked; nothing was half-written.",
        "See that the disk of {folder} is sound, has room and is not a network share.",
    ),
    "SQLITE_NOTADB": UsageError(
        "{name} is not a ledger.",
        "Restore it from the backup of the workspace, or move it out of {folder}.",
    ),
    "SQLITE_CORRUPT": UsageError(
        "The ledger {name} is damaged.",
        "Restore it from the backup of the workspace in {folder}.",
    ),
}
