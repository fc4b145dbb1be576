"""Who may do what. The one table that pages, command line and notebooks all ask."""

from __future__ import annotations

import getpass
import ipaddress
import os
from enum import StrEnum
from typing import Final

from vitrail.errors import Forbidden
from vitrail.model import Actor, Role


class Action(StrEnum):
    """What can be done to a workspace, each named as the ledger writes it."""

    ASK = "ask"
    PUBLISH = "publish"
    IMPORT = "import"
    SCAN = "scan"
    REDACT = "redact"
    TRACE = "trace"
    READ_FINDINGS = "read_findings"
    DECIDE = "decide"
    REVEAL = "reveal"
    HANDLE_CASES = "handle_cases"
    CHECK = "check"
    READ_ASSESSMENTS = "read_assessments"
    READ_LEDGER = "read_ledger"
    MOVE_LEDGER = "move_ledger"
    READ_SOURCES = "read_sources"
    MAP = "map"
    PURGE = "purge"
    LIST_KEYS = "list_keys"
    MANAGE_PEOPLE = "manage_people"
    READ_SETTINGS = "read_settings"
    PROPOSE_SETTINGS = "propose_settings"
    APPROVE_SETTINGS = "approve_settings"


_ANYONE: Final = frozenset(Role)
_AUDIT: Final = frozenset({Role.AUDITOR, Role.INVESTIGATOR})

#: Admins run the house; they may be the ones audited, so they decide on no finding, and on no
#: mapping, which says what the tests get to see. To publish spends a privacy budget that is never
#: refilled, for everyone: not what an analyst does in passing. What was published is free for all
#: to read.
ALLOWED: Final[dict[Action, frozenset[Role]]] = {
    Action.ASK: _ANYONE,
    Action.PUBLISH: frozenset({Role.ADMIN, Role.AUDITOR}),
    Action.IMPORT: frozenset({Role.ADMIN, Role.AUDITOR}),
    Action.SCAN: _AUDIT | {Role.ADMIN},
    Action.REDACT: _AUDIT | {Role.ADMIN},
    Action.TRACE: _AUDIT,
    Action.READ_FINDINGS: _AUDIT,
    Action.DECIDE: frozenset({Role.AUDITOR}),
    Action.REVEAL: _AUDIT,
    Action.HANDLE_CASES: frozenset({Role.AUDITOR}),
    Action.CHECK: _AUDIT | {Role.ADMIN},
    Action.READ_ASSESSMENTS: _ANYONE,
    Action.READ_LEDGER: _AUDIT | {Role.ADMIN},
    Action.MOVE_LEDGER: frozenset({Role.ADMIN}),
    Action.READ_SOURCES: _AUDIT | {Role.ADMIN},
    Action.MAP: frozenset({Role.AUDITOR}),
    Action.LIST_KEYS: frozenset({Role.AUDITOR}),
    Action.PURGE: frozenset({Role.ADMIN, Role.AUDITOR}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMIN}),
    Action.READ_SETTINGS: _AUDIT | {Role.ADMIN},
    Action.PROPOSE_SETTINGS: frozenset({Role.ADMIN}),
    Action.APPROVE_SETTINGS: frozenset({Role.ADMIN, Role.AUDITOR}),
}

#: What no admin does, whatever other role they hold. Every role at once has only the user of this
#: machine, who can read the files and the ledger anyway.
BARRED_TO_ADMINS: Final = frozenset({Action.DECIDE, Action.REVEAL})


def can(actor: Actor, action: Action) -> bool:
    """Whether one of the actor's roles allows the action, and none forbids it."""
    if action in BARRED_TO_ADMINS and Role.ADMIN in actor.roles and actor.roles != frozenset(Role):
        return False
    return not ALLOWED[action].isdisjoint(actor.roles)


def require(actor: Actor, action: Action) -> None:
    """Raise :class:`~vitrail.errors.Forbidden` unless :func:`can`."""
    if not can(actor, action):
        needed = " or ".join(sorted(role.value for role in ALLOWED[action]))
        needed += ", and not that of an admin" * (action in BARRED_TO_ADMINS)
        raise Forbidden(
            f"{actor.name} may not {action.value.replace('_', ' ')} here.",
            f"It takes the role {needed}; ask an admin of this workspace.",
        )


def local_actor() -> Actor:
    """The user of this machine, who can read the files anyway: every role."""
    return Actor(_user(), frozenset(Role))


def _user() -> str:
    """The name of this process's user: by its number, for ``USER=someone`` is no second person."""
    try:
        import pwd

        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a user without a name, as in some containers
        return "local"
    except ImportError:  # Windows
        return getpass.getuser()


def is_loopback(address: str | None) -> bool:
    """Whether a server at this address is reached from this machine only."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "0.0.0.0").is_loopback  # noqa: S104 - a test
    except ValueError:
        return False
