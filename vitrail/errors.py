"""One tree of errors. Each knows its exit code and tells the remedy in plain words.

- :class:`VitrailError` (70): the root; raised as such only for a fault of our own

  - :class:`UsageError` (2): wrong usage or configuration

    - :class:`ConfigError`: ``vitrail.toml`` or a policy file is wrong
    - :class:`KeyMismatch`: the key is lost, or belongs to another workspace
    - :class:`ModelMissing`: a model that the run needs is not installed
    - :class:`Unwritable`: no right, no room or no turn to write what must be written

  - :class:`InputUnreadable` (3): one input could not be read; the others go on

    - :class:`InputPartlyRead`: some rows of it could not be read as they stand; the others were

  - :class:`Refused` (4): refused by the gate

    - :class:`Forbidden`: refused for want of a role
    - :class:`Overtaken`: someone else decided in the meantime
    - :class:`SecondPerson`: it takes another person than who asked for it

      - :class:`EntryRefused`: not let in at the workbench's door

  - :class:`Cancelled` (130): someone asked to stop

No message may hold a raw value of an export: name the file, the column, the line, never the cell.
"""

from __future__ import annotations


class VitrailError(Exception):
    """A sentence for the user, what to do about it, and the exit code it leads to."""

    exit_code = 70

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(VitrailError):
    exit_code = 2


class ConfigError(UsageError):
    """``vitrail.toml``, a mapping, a fact, a control or a policy file is wrong."""


class KeyMismatch(UsageError):
    """The workspace's key is missing or another's."""


class ModelMissing(UsageError):
    """A model is not installed; the remedy names the command that installs it."""


class Unwritable(UsageError):
    """A file of the workspace cannot be written: read-only, full, or held by another."""


class InputUnreadable(VitrailError):
    """One file, table or cell could not be read. ``name`` is the dataset's."""

    exit_code = 3

    def __init__(self, name: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.name = name


class InputPartlyRead(InputUnreadable):
    """Told at the end of an input that was read, but for what the message names."""


class Refused(VitrailError):
    """The gate does not answer this question; the remedy says what can be asked instead."""

    exit_code = 4


class Forbidden(Refused):
    """The actor has no role for this."""


class EntryRefused(Forbidden):
    """Someone was not let in. ``rule`` is the ledger's one word for why."""

    def __init__(self, rule: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.rule = rule


class Overtaken(Refused):
    """Someone else has decided since it was looked at; nothing of theirs is overwritten."""


class SecondPerson(Refused):
    """It takes two, and the one who asked for it is not the second."""


class Cancelled(VitrailError):
    exit_code = 130
